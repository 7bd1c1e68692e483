import * as z from "zod";
import { OPERATOR_COOKIE, clearCookie, readCookie, setCookie } from "../../http/cookie.ts";
import { instant } from "../../http/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import type { Registry } from "../service.ts";
import { closeSetup, openSetup } from "./setup.ts";

export interface SetupRouteDeps {
  registry: Registry;
  operatorTokenHash: string;
  isSecure: boolean;
}

/** With what the terminal says a browser becomes the operator's. */
export const setupRoutes = (deps: SetupRouteDeps): Route[] => [
  ...stateRoute(deps),
  ...sessionRoutes(deps),
];

function stateRoute({ registry: { context } }: SetupRouteDeps): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/setup",
      who: "public",
      summary:
        "Whether a community stands here already, and whether this browser is the operator's",
      response: z.object({ isEmpty: z.boolean(), isOperator: z.boolean() }),
      async handle({ caller }) {
        const isEmpty = (await context.db.community.count()) === 0;
        return { isEmpty, isOperator: caller.isOperator };
      },
    }),
  ];
}

function sessionRoutes(deps: SetupRouteDeps): Route[] {
  const { isSecure, operatorTokenHash } = deps;
  const { context } = deps.registry;
  return [
    defineRoute({
      method: "post",
      path: "/setup/session",
      who: "public",
      limit: "enrolment",
      summary:
        "Use up the code that the program printed, or show the operator's token; sets a cookie",
      body: z.strictObject({ code: z.string().min(1).max(100) }),
      response: z.object({ expiresAt: instant }),
      async handle({ body: { code }, response }) {
        const { token, expires } = await openSetup(context, { code, operatorTokenHash });
        setCookie(response, OPERATOR_COOKIE, { token, expires, isSecure });
        return { expiresAt: expires.toISOString() };
      },
    }),
    defineRoute({
      method: "delete",
      path: "/setup/session",
      who: "operator",
      summary: "This browser is the operator's no longer",
      status: 204,
      response: z.unknown(),
      async handle({ request, response }) {
        const token = readCookie(request, OPERATOR_COOKIE, isSecure);
        if (token !== undefined) await closeSetup(context, token);
        clearCookie(response, OPERATOR_COOKIE, isSecure);
      },
    }),
  ];
}
