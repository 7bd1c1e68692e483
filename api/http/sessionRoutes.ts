import * as z from "zod";
import { getSession } from "./authority.ts";
import { SESSION_COOKIE, clearCookie, setCookie } from "./cookie.ts";
import { hex, hexOut, instant, personKeySchema, signedSchema } from "./fields.ts";
import { defineRoute } from "./route.ts";
import type { Route } from "./route.ts";
import type { Sessions } from "./session.ts";

const challengeSchema = z.object({
  challenge: hexOut,
  site: z.string(),
  chainId: z.int(),
  expiresAt: instant,
});

const sessionSchema = z.object({ kind: z.int(), keyId: hexOut, expiresAt: instant });

export interface SessionRouteDeps {
  sessions: Sessions;
  /** Origins under which the page is served; the first is the main one. */
  origins: readonly [string, ...string[]];
  isSecure: boolean;
}

export const sessionRoutes = (deps: SessionRouteDeps): Route[] => [
  ...openRoutes(deps),
  ...ownRoutes(deps),
];

function openRoutes({ sessions, origins, isSecure }: SessionRouteDeps): Route[] {
  return [
    defineRoute({
      method: "post",
      path: "/session/challenge",
      who: "public",
      limit: "challenge",
      summary: "A challenge for one signed Login; also for enrolments",
      response: challengeSchema,
      async handle({ request }) {
        const { origin = origins[0] } = request.headers;
        const challenge = await sessions.createChallenge(origin);
        return { ...challenge, expiresAt: challenge.expiresAt.toISOString() };
      },
    }),
    defineRoute({
      method: "post",
      path: "/session",
      who: "public",
      limit: "login",
      summary: "Log in with a signed Login; sets the cookie",
      body: z.strictObject({ ...personKeySchema.shape, ...signedSchema.shape, challenge: hex(32) }),
      response: sessionSchema,
      async handle({ body, response }) {
        const { token, session } = await sessions.create(body);
        setCookie(response, SESSION_COOKIE, { token, expires: session.expiresAt, isSecure });
        return { ...session, expiresAt: session.expiresAt.toISOString() };
      },
    }),
  ];
}

function ownRoutes({ sessions, isSecure }: SessionRouteDeps): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/session",
      who: "session",
      summary: "Whose session this is",
      response: sessionSchema,
      async handle({ caller }) {
        const session = getSession(caller);
        return { ...session, expiresAt: session.expiresAt.toISOString() };
      },
    }),
    defineRoute({
      method: "delete",
      path: "/session",
      who: "session",
      summary: "Log out",
      status: 204,
      response: z.unknown(),
      async handle({ caller, response }) {
        await sessions.end(getSession(caller));
        clearCookie(response, SESSION_COOKIE, isSecure);
      },
    }),
  ];
}
