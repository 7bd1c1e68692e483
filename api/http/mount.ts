import { createHash } from "node:crypto";
import { promisify } from "node:util";
import zlib from "node:zlib";
import express, { Router } from "express";
import type { Request, RequestHandler, Response } from "express";
import * as z from "zod";
import { requireAllowed } from "./authority.ts";
import type { PersonKey } from "./authority.ts";
import { findCaller } from "./caller.ts";
import type { CallerDeps } from "./caller.ts";
import { sendPublicJson } from "./compress.ts";
import { SESSION_COOKIE, setCookie } from "./cookie.ts";
import { DomainError } from "./errors.ts";
import type { Idempotency } from "./idempotency.ts";
import { createLimiters } from "./limits.ts";
import type { Limits } from "./limits.ts";
import { originGuard } from "./origin.ts";
import { FILE, RAW } from "./route.ts";
import type { CachePolicy, Call, FileAnswer, Route } from "./route.ts";
import { readForm } from "./upload.ts";

export interface MountDeps extends CallerDeps {
  idempotency: Idempotency;
  limits: Limits;
  /** Origins whose pages may write. */
  origins: readonly string[];
}

const gzip = promisify<zlib.InputType, Buffer>(zlib.gzip);

const DEFAULT_MAX_BODY_BYTES = 100_000;

/** Turns the route table into a router: every border check happens here, and nowhere else. */
export function mountRoutes(routes: readonly Route[], deps: MountDeps): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const limiters = createLimiters(deps.limits);
  for (const route of routes) {
    const steps: RequestHandler[] = [originGuard(route, deps.origins)];
    if (route.body && !route.upload) {
      steps.push(express.json({ limit: route.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES }));
    }
    // After the body: a login is counted by the key that it names.
    if (route.limit) steps.push(limiters[route.limit]);
    router[route.method](route.path, ...steps, (request, response) =>
      answer({ route, request, response, deps }),
    );
    if (route.crossOrigin) router.options(route.path, originGuard(route, deps.origins));
  }
  return router;
}

interface Exchange {
  route: Route;
  request: Request;
  response: Response;
  deps: MountDeps;
}

async function answer(exchange: Exchange): Promise<void> {
  const { route, request, response, deps } = exchange;
  const caller = await findCaller(deps, request, route.who);
  requireAllowed(route.who, caller);
  const { body, file } = await readInput(route, request);
  const call: Call = {
    params: parse(route.params, request.params, "params"),
    query: parse(route.query, request.query, "query"),
    body,
    file,
    caller,
    openSession: (person) => openSession(exchange, person),
    request,
    response,
  };
  if (route.response === RAW) {
    await route.handle(call);
  } else if (route.response === FILE) {
    await sendFile(exchange, (await route.handle(call)) as FileAnswer);
  } else {
    await sendJson(exchange, route.response.parse(await handleOnce(exchange, call)));
  }
}

async function openSession({ response, deps }: Exchange, person: PersonKey): Promise<void> {
  const { token, session } = await deps.sessions.open(person);
  const cookie = { token, expires: session.expiresAt, isSecure: deps.isSecure };
  setCookie(response, SESSION_COOKIE, cookie);
}

async function readInput(route: Route, request: Request): Promise<Pick<Call, "body" | "file">> {
  if (route.upload) {
    const form = await readForm(request, route.upload.maxBytes);
    if (!form.file) throw new DomainError("FileMissing");
    return { body: parse(route.body ?? z.object({}), form.fields, "body"), file: form.file };
  }
  const body = route.body ? parse(route.body, request.body, "body") : {};
  return { body, file: undefined };
}

function parse(schema: z.ZodType, value: unknown, place: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // Places and kinds of faults only: the values themselves may be personal data.
  const faults = result.error.issues.slice(0, 20).map(({ path, code }) => {
    return `${[place, ...path].join(".")}: ${code}`;
  });
  throw new DomainError("InputInvalid", { faults });
}

function handleOnce({ route, request, deps }: Exchange, call: Call): Promise<unknown> {
  const key = request.get("Idempotency-Key");
  if (key === undefined || route.method === "get") return route.handle(call);
  const who = call.caller.session?.keyId ?? (call.caller.isOperator ? "operator" : "public");
  const fingerprint = createHash("sha256").update(JSON.stringify(call.body));
  if (call.file) fingerprint.update(call.file.bytes);
  const attempt = {
    key,
    scope: `${who} ${route.method} ${request.path}`,
    fingerprint: fingerprint.digest("hex"),
  };
  return deps.idempotency.once(attempt, () => route.handle(call));
}

const CACHE_CONTROL: Record<CachePolicy, string> = {
  "no-store": "no-store",
  revalidate: "no-cache",
  immutable: "public, max-age=31536000, immutable",
};

const cacheControlOf = (route: Route): string => CACHE_CONTROL[route.cache ?? "no-store"];

async function sendJson({ route, request, response }: Exchange, value: unknown): Promise<void> {
  response.status(route.status ?? 200).set("Cache-Control", cacheControlOf(route));
  if (route.status === 204) response.end();
  else if (route.who === "public") await sendPublicJson(request, response, value);
  else response.json(value);
}

async function sendFile(
  { route, request, response }: Exchange,
  { mediaType, bytes, name, compress = false }: FileAnswer,
): Promise<void> {
  response.status(200).set({
    "Cache-Control": cacheControlOf(route),
    "Content-Type": mediaType,
    "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    // Whatever a file holds, it never acts as a page of ours.
    "Content-Security-Policy": "sandbox; default-src 'none'",
  });
  if (compress) response.vary("Accept-Encoding");
  if (compress && request.acceptsEncodings("gzip", "identity") === "gzip") {
    response.set("Content-Encoding", "gzip").send(await gzip(bytes));
  } else {
    response.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }
}
