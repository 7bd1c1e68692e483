import type { Hex } from "viem";
import { requireAllowed } from "../http/authority.ts";
import type { Caller, Role } from "../http/authority.ts";
import type { Call, Route, Upload } from "../http/route.ts";

/** Somebody who acts for a community. */
export interface Actor {
  /** keccak(signer) */
  id: Hex;
  roles: readonly Role[];
}

/** What a person asks of the service. */
export interface Ask {
  method: Route["method"];
  /** As the route declares it, e.g. `/communities/:community/rolls/:roll/keys`. */
  path: string;
  params?: Record<string, string | number>;
  body?: unknown;
  file?: Upload;
  as?: Actor;
}

/** The service's routes as a caller sees them. */
export interface Port {
  ask<T>(ask: Ask): Promise<T>;
}

/**
 * The routes without the network: the same checks of input and authority, the same handlers, the same answers as over
 * HTTP. `site` is the origin that logins and enrolments are signed for.
 */
export function createRoutePort(routes: readonly Route[], site: string): Port {
  const byName = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));
  return {
    async ask<T>(ask: Ask): Promise<T> {
      const route = byName.get(`${ask.method} ${ask.path}`);
      if (!route || typeof route.response === "string") throw new Error(`no route ${ask.path}`);
      const caller = toCaller(ask.as);
      requireAllowed(route.who, caller);
      const call = {
        params: route.params.parse(toTexts(ask.params)),
        query: route.query.parse({}),
        body: route.body?.parse(ask.body ?? {}),
        file: ask.file,
        caller,
        // Each ask says itself who asks.
        openSession: () => Promise.resolve(),
        request: { headers: { origin: site } },
      };
      return route.response.parse(await route.handle(call as unknown as Call)) as T;
    },
  };
}

/** In a path everything is text. */
const toTexts = (params: Ask["params"] = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));

function toCaller(actor: Actor | undefined): Caller {
  const officer = actor && { id: actor.id, roles: [...actor.roles] };
  const session = actor && {
    id: actor.id,
    kind: 0 as const,
    keyId: actor.id,
    expiresAt: new Date(0),
  };
  return { session, isOperator: false, officer, isOwner: false };
}
