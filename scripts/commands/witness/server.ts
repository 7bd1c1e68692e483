import http from "node:http";
import type { AddressInfo } from "node:net";
import { addSignatures } from "../../../protocol/anchor/tlog/checkpoint.ts";
import { NoteInvalid } from "../../../protocol/anchor/tlog/fault.ts";
import {
  type VerifierKey,
  formatVerifierKey,
  verifierKeyOf,
} from "../../../protocol/anchor/tlog/key.ts";
import { decodeText, formatNote, formatSignature } from "../../../protocol/anchor/tlog/note.ts";
import { cosignNote } from "../../../protocol/anchor/tlog/signature.ts";
import { decide, parseAddCheckpoint } from "../../../protocol/anchor/tlog/witness.ts";
import type { WitnessStore } from "./store.ts";

// The HTTP interface of c2sp.org/tlog-witness.

const MAX_BODY_BYTES = 256 * 1024;
const REQUEST_TIMEOUT_MS = 10_000;
const TEXT = "text/plain; charset=utf-8";
const SIZE = "text/x.tlog.size";

type Answer = { status: number; body: string; type?: string };

export interface WitnessOptions {
  store: WitnessStore;
  /** Keys of the logs that are witnessed; a key's name is its log's origin. */
  logs: readonly VerifierKey[];
  now?: () => Date;
}

/** Decides, keeps and cosigns in one go: nothing else runs in this process in between. */
export function addCheckpoint(
  { store, logs, now = () => new Date() }: WitnessOptions,
  body: string,
): Answer {
  const request = parseAddCheckpoint(body);
  const decision = decide(request, {
    keysOf: (origin) => logs.filter(({ name }) => name === origin),
    lastOf: (origin) => store.lastOf(origin),
  });
  if (decision.status === 409) return { status: 409, body: `${decision.size}\n`, type: SIZE };
  if (decision.status !== 200) {
    if (decision.status === 422) store.keepEvidence(body);
    return { status: decision.status, body: `${decision.reason}\n` };
  }
  const { note } = decision;
  const seconds = BigInt(Math.floor(now().getTime() / 1000));
  const cosignature = cosignNote(note.text, store.signer, seconds);
  // Of the submitted lines only those by a key of the log: others were not looked at.
  const signatures = note.signatures.filter((line) =>
    logs.some(({ name, keyId }) => name === line.name && keyId === line.keyId),
  );
  store.keep(addSignatures(formatNote({ text: note.text, signatures }), [cosignature]));
  return { status: 200, body: formatSignature(cosignature) };
}

async function readBody(request: http.IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return decodeText(Buffer.concat(chunks));
}

async function answer(options: WitnessOptions, request: http.IncomingMessage): Promise<Answer> {
  const { pathname } = new URL(request.url ?? "/", "http://witness");
  if (pathname === "/add-checkpoint") {
    if (request.method !== "POST") return { status: 405, body: "POST\n" };
    const body = await readBody(request);
    return body === undefined ? { status: 413, body: "too long\n" } : addCheckpoint(options, body);
  }
  if (request.method !== "GET" && request.method !== "HEAD") return { status: 405, body: "GET\n" };
  const { store } = options;
  const [, hash] = /^\/([0-9a-f]{64})\/checkpoint$/.exec(pathname) ?? [];
  const note = hash === undefined ? undefined : store.noteAt(hash);
  if (note !== undefined) return { status: 200, body: note };
  if (pathname !== "/") return { status: 404, body: "not found\n" };
  const key = formatVerifierKey(verifierKeyOf(store.signer, "cosignature"));
  return { status: 200, body: `${key}\n` };
}

async function respond(
  options: WitnessOptions,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const result = await answer(options, request).catch((error: unknown): Answer => {
    if (error instanceof NoteInvalid) return { status: 400, body: `${error.fault}\n` };
    // Nothing was cosigned: what could not be kept is not said either.
    return { status: 500, body: "the witness could not keep it\n" };
  });
  response.writeHead(result.status, {
    "Content-Type": result.type ?? TEXT,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(result.body);
}

/** Answers on an address until closed. */
export async function serveWitness(
  options: WitnessOptions,
  where: { host: string; port: number },
): Promise<{ url: string; close(): Promise<void> }> {
  const server = http.createServer((request, response) => void respond(options, request, response));
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(where.port, where.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${where.host.includes(":") ? `[${where.host}]` : where.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
