import type { Request, RequestHandler } from "express";
import { DomainError } from "./errors.ts";
import type { Route } from "./route.ts";

/**
 * Pages of other origins may read what is public (an independent verifier does) and may not write. A cookie is never
 * sent along for them: it is SameSite=Strict, and the allowance below carries no credentials.
 */
export function originGuard(route: Route, origins: readonly string[]): RequestHandler {
  const isOpen = route.crossOrigin ?? (route.method === "get" && route.who === "public");
  return (request, response, next) => {
    if (isOpen) {
      response.set("Access-Control-Allow-Origin", "*");
      response.set("Cross-Origin-Resource-Policy", "cross-origin");
      if (request.method === "OPTIONS") {
        response.set("Access-Control-Allow-Methods", route.method.toUpperCase());
        response.set("Access-Control-Allow-Headers", "Content-Type");
        response.set("Access-Control-Max-Age", "86400").status(204).end();
        return;
      }
      next();
      return;
    }
    if (request.method !== "GET") requireOrigin(request.headers, origins);
    next();
  };
}

/** Browsers send `Origin` with every write; programs without cookies need not. */
function requireOrigin(
  headers: { origin?: string | undefined; cookie?: string | undefined },
  origins: readonly string[],
): void {
  const { origin, cookie } = headers;
  if (origin === undefined && cookie === undefined) return;
  if (origin === undefined || !origins.includes(origin)) throw new DomainError("OriginNotAllowed");
}

/** The origin under which somebody reached the service, where no setting says what it is. */
export const reachedAt = (request: Request): string =>
  `${request.protocol}://${request.get("host") ?? ""}`;
