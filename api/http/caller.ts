import { createHash, timingSafeEqual } from "node:crypto";
import type { Request } from "express";
import type { Caller, Directory, Session } from "./authority.ts";
import { OPERATOR_COOKIE, SESSION_COOKIE, readCookie } from "./cookie.ts";
import type { Who } from "./route.ts";
import type { Sessions } from "./session.ts";

export interface CallerDeps {
  sessions: Sessions;
  directory: Directory;
  /** SHA-256 of the token with which the operator creates communities, in hex. */
  operatorTokenHash: string;
  isSecure: boolean;
}

/** Finds out who calls; only as much as the route asks for. */
export async function findCaller(deps: CallerDeps, request: Request, who: Who): Promise<Caller> {
  const isOperator =
    holdsOperatorToken(request, deps.operatorTokenHash) || (await isSettingUp(deps, request));
  const session = await findSession(deps, request);
  const community = request.params["community"];
  if (!session || typeof community !== "string") {
    return { session, isOperator, officer: undefined, isOwner: false };
  }
  const officer = await deps.directory.findOfficer(community, session);
  const isOwner = who === "owner" && (await deps.directory.isOwner(community, session));
  return { session, isOperator, officer, isOwner };
}

async function findSession(deps: CallerDeps, request: Request): Promise<Session | undefined> {
  const token = readCookie(request, SESSION_COOKIE, deps.isSecure);
  return token === undefined ? undefined : deps.sessions.find(token);
}

async function isSettingUp(deps: CallerDeps, request: Request): Promise<boolean> {
  const token = readCookie(request, OPERATOR_COOKIE, deps.isSecure);
  return token !== undefined && deps.directory.isOperator(token);
}

function holdsOperatorToken(request: Request, expectedHash: string): boolean {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  if (token === undefined) return false;
  const hash = createHash("sha256").update(token).digest();
  return timingSafeEqual(hash, Buffer.from(expectedHash, "hex"));
}
