import { READING, takeEarly } from "./early.ts";
import { noteAnswer } from "./kept.ts";
import { Problem } from "./problem.ts";
import { anything, maybe, object, record, ShapeError, text, type Reader } from "./shape.ts";

const problemShape = object({ code: text, params: maybe(record(anything)) });

export interface RequestOptions {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly body?: unknown;
  readonly form?: FormData;
  /** Sent on writes, so that a request repeated after a lost answer does its work once. */
  readonly idempotencyKey?: string;
}

function toInit(options: RequestOptions): RequestInit {
  const headers: Record<string, string> = { ...READING.headers };
  const init: RequestInit = { ...READING, method: options.method ?? "GET", headers };
  if (options.idempotencyKey) headers["idempotency-key"] = options.idempotencyKey;
  if (options.form) init.body = options.form;
  else if (options.body !== undefined) {
    headers["content-type"] = "application/json";
    init.body = JSON.stringify(options.body);
  }
  return init;
}

async function send(path: string, options: RequestOptions): Promise<Response> {
  try {
    const isRead = options.method === undefined || options.method === "GET";
    return await ((isRead && takeEarly(path)) || fetch(path, toInit(options)));
  } catch {
    throw new Problem("ServiceUnreachable");
  }
}

async function readProblem(response: Response): Promise<Problem> {
  const { status } = response;
  try {
    const { code, params } = problemShape(await response.json());
    return new Problem(code, { status, ...(params ? { params } : {}) });
  } catch {
    return new Problem("ServiceFault", { status });
  }
}

/** Asks the service and takes its answer only in the shape that `read` knows. */
export async function request<T>(
  path: string,
  read: Reader<T>,
  options: RequestOptions = {},
): Promise<T> {
  const response = await send(path, options);
  noteAnswer(response);
  if (!response.ok) throw await readProblem(response);
  const body: unknown =
    response.status === 204 ? undefined : await response.json().catch(() => null);
  try {
    return read(body);
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new Problem("AnswerNotUnderstood", { params: { path, at: error.at.join(".") } });
  }
}

/** The bytes of a document, which are the same whenever they come. */
export async function requestBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await send(path, {});
  if (!response.ok) throw await readProblem(response);
  return new Uint8Array(await response.arrayBuffer());
}
