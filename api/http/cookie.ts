import type { Request, Response } from "express";

/** Names of the cookies: a person's session, and the operator's while he sets up. */
export const SESSION_COOKIE = "mingzhang_session";
export const OPERATOR_COOKIE = "mingzhang_operator";
type CookieName = typeof SESSION_COOKIE | typeof OPERATOR_COOKIE;

/** Browsers take a `__Host-` cookie over https only. */
const nameOf = (cookie: CookieName, isSecure: boolean): string =>
  isSecure ? `__Host-${cookie}` : cookie;

export function readCookie(
  request: Request,
  cookie: CookieName,
  isSecure: boolean,
): string | undefined {
  const name = nameOf(cookie, isSecure);
  for (const pair of (request.headers.cookie ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

const traitsOf = (isSecure: boolean) =>
  ({ httpOnly: true, sameSite: "strict", secure: isSecure, path: "/" }) as const;

export function setCookie(
  response: Response,
  cookie: CookieName,
  { token, expires, isSecure }: { token: string; expires: Date; isSecure: boolean },
): void {
  response.cookie(nameOf(cookie, isSecure), token, { ...traitsOf(isSecure), expires });
}

export function clearCookie(response: Response, cookie: CookieName, isSecure: boolean): void {
  response.clearCookie(nameOf(cookie, isSecure), traitsOf(isSecure));
}
