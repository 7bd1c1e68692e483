import type { RequestHandler } from "express";
import { rateLimit } from "express-rate-limit";
import { DomainError } from "./errors.ts";

/** Requests per minute from one address. Neighbours may share one, so a ballot's limit is not a household's. */
export const DEFAULT_LIMITS = { login: 30, enrolment: 30, ballot: 300, rpc: 1200, import: 20 };

export type LimitName = keyof typeof DEFAULT_LIMITS;
export type Limits = Record<LimitName, number>;

const WINDOW_SECONDS = 60;

export function createLimiters(limits: Limits): Record<LimitName, RequestHandler> {
  const entries = Object.entries(limits).map(([name, limit]) => [name, createLimiter(limit)]);
  return Object.fromEntries(entries) as Record<LimitName, RequestHandler>;
}

function createLimiter(limit: number): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_SECONDS * 1000,
    limit,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    // The operator says how many proxies there are; the header alone says nothing.
    validate: { xForwardedForHeader: false },
    handler: (_request, _response, next) => {
      next(new DomainError("TooManyRequests", { retryAfterSeconds: WINDOW_SECONDS }));
    },
  });
}
