import type { ErrorRequestHandler, Response } from "express";
import type { Logger } from "pino";
import * as z from "zod";
import { DomainError, ERROR_CODES, statusOf } from "./errors.ts";
import type { ErrorCode } from "./errors.ts";

/** RFC 9457. `code` and `params` say it to the page, which has the words in its reader's language. */
export const problemSchema = z
  .object({
    type: z.string().meta({ example: "urn:mingzhang:error:RollNotFound" }),
    title: z.string().meta({ example: "Roll not found" }),
    status: z.int(),
    code: z.enum(ERROR_CODES as [ErrorCode, ...ErrorCode[]]),
    params: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "Problem" });

export type Problem = z.infer<typeof problemSchema>;

export function toProblem(error: DomainError): Problem {
  const { code, params } = error;
  const words = code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return {
    type: `urn:mingzhang:error:${code}`,
    title: words,
    status: statusOf(code),
    code,
    params,
  };
}

export function sendProblem(response: Response, error: DomainError): void {
  const problem = toProblem(error);
  if (problem.status === 429)
    response.set("Retry-After", String(error.params["retryAfterSeconds"]));
  response.set("Cache-Control", "no-store").status(problem.status);
  response.type("application/problem+json").send(JSON.stringify(problem));
}

/** The one place where a thrown error becomes an answer. */
export function problemHandler(log: Logger): ErrorRequestHandler {
  return (thrown: unknown, _request, response, next) => {
    const requestId = String(response.locals["requestId"]);
    const error = toDomainError(thrown);
    if (!error) log.error({ err: thrown, requestId }, "a bug, or something broke");
    if (response.headersSent) {
      next(thrown); // Express cuts the connection: half an answer must not look like a whole one.
      return;
    }
    sendProblem(response, error ?? new DomainError("InternalError", { requestId }));
  };
}

/** What Express and its parsers throw for a bad request, under our names; undefined for a bug. */
function toDomainError(thrown: unknown): DomainError | undefined {
  if (thrown instanceof DomainError) return thrown;
  if (!(thrown instanceof Error) || !("status" in thrown)) return undefined;
  if (thrown.status === 413) return new DomainError("BodyTooLarge", {}, thrown);
  const isClients =
    typeof thrown.status === "number" && thrown.status >= 400 && thrown.status < 500;
  return isClients ? new DomainError("BodyMalformed", {}, thrown) : undefined;
}
