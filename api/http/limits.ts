import type { Request, RequestHandler } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import { DomainError } from "./errors.ts";

/**
 * Requests per minute. A whole estate may sit behind one address: logins are counted by key, enrolments only when
 * they fail (wrong codes), and the limits by address are not a household's.
 */
export const DEFAULT_LIMITS = {
  challenge: 600,
  login: 12,
  enrolment: 30,
  ballot: 300,
  rpc: 1200,
  import: 20,
};

export type LimitName = keyof typeof DEFAULT_LIMITS;
export type Limits = Record<LimitName, number>;

const WINDOW_SECONDS = 60;

type Traits = Pick<
  Parameters<typeof rateLimit>[0] & object,
  "keyGenerator" | "skipSuccessfulRequests"
>;

const TRAITS: Partial<Record<LimitName, Traits>> = {
  login: { keyGenerator: keyOf },
  enrolment: { skipSuccessfulRequests: true },
};

/** The key that somebody wants to log in with, at his address: nobody can lock others out by naming theirs. */
function keyOf(request: Request): string {
  const { keyId } = (request.body ?? {}) as { keyId?: unknown };
  const address = ipKeyGenerator(request.ip ?? "");
  return typeof keyId === "string" ? `${address} ${keyId.slice(0, 66).toLowerCase()}` : address;
}

export function createLimiters(limits: Limits): Record<LimitName, RequestHandler> {
  const names = Object.keys(limits) as LimitName[];
  const entries = names.map((name) => [name, createLimiter(limits[name], TRAITS[name])]);
  return Object.fromEntries(entries) as Record<LimitName, RequestHandler>;
}

function createLimiter(limit: number, traits: Traits = {}): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_SECONDS * 1000,
    limit,
    ...traits,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    // The operator says how many proxies there are; the header alone says nothing.
    validate: { xForwardedForHeader: false },
    handler: (_request, _response, next) => {
      next(new DomainError("TooManyRequests", { retryAfterSeconds: WINDOW_SECONDS }));
    },
  });
}
