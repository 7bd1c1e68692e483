import { pino } from "pino";
import type { Logger } from "pino";
import type { RequestHandler } from "express";

export function createLog(level: string): Logger {
  return pino({ level, base: null, serializers: { err: describeError } });
}

interface LoggedError {
  type: string;
  message: string;
  code: unknown;
  stack: string | undefined;
  cause: LoggedError | undefined;
}

/**
 * Of an error only what is ours to say. A failed query's message quotes the values it was given, a parser's what it
 * stumbled over: both may be personal data and stay out.
 */
export function describeError(error: unknown): LoggedError | undefined {
  if (!(error instanceof Error)) return undefined;
  const isQuoting = /^Prisma|^DatabaseError|^error$|^ZodError|^SyntaxError/.test(error.name);
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message: isQuoting ? "(kept out: it may quote personal data)" : error.message,
    code: "code" in error ? error.code : undefined,
    stack: frames.slice(0, 12).join("\n"),
    cause: describeError(error.cause),
  };
}

/** One line per request: the route as declared, never the address as typed, no body, no person. */
export function requestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = process.hrtime.bigint();
    const requestId = crypto.randomUUID();
    response.locals["requestId"] = requestId;
    response.set("X-Request-Id", requestId);
    response.on("finish", () => {
      const milliseconds = Number(process.hrtime.bigint() - startedAt) / 1e6;
      const route = routeName(request);
      log.info(
        {
          requestId,
          method: request.method,
          route,
          status: response.statusCode,
          ms: Math.round(milliseconds),
        },
        "request",
      );
    });
    next();
  };
}

/** `/api/communities/:community/me`; "page" for anything that is no route. */
export function routeName(request: { route?: unknown; baseUrl: string }): string {
  const { route } = request;
  if (typeof route !== "object" || route === null || !("path" in route)) return "page";
  return request.baseUrl + String(route.path);
}
