import type { Request, Response } from "express";

/** Browsers take a `__Host-` cookie over https only. */
const nameOf = (isSecure: boolean): string =>
  isSecure ? "__Host-mingzhang_session" : "mingzhang_session";

export function readSessionCookie(request: Request, isSecure: boolean): string | undefined {
  const name = nameOf(isSecure);
  for (const pair of (request.headers.cookie ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

const traitsOf = (isSecure: boolean) =>
  ({ httpOnly: true, sameSite: "strict", secure: isSecure, path: "/" }) as const;

export function setSessionCookie(
  response: Response,
  cookie: { token: string; expires: Date; isSecure: boolean },
): void {
  const { token, expires, isSecure } = cookie;
  response.cookie(nameOf(isSecure), token, { ...traitsOf(isSecure), expires });
}

export function clearSessionCookie(response: Response, isSecure: boolean): void {
  response.clearCookie(nameOf(isSecure), traitsOf(isSecure));
}
