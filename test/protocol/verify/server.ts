import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Hex } from "viem";
import { recordLeaf } from "../../../protocol/anchor/record.ts";
import type { RecordQuery, RecordSource } from "../../../protocol/verify/source.ts";
import type { TestCommunity } from "./community.ts";

type Answer = object | Uint8Array;

function describe({ index, text: bytes }: { index: number; text: string }): object {
  return { index, bytes, leaf: recordLeaf(text(bytes)), at: "" };
}

/** Two at a time, so that pages are followed. */
async function listRecords(records: RecordSource, query: URLSearchParams): Promise<object> {
  const type = query.get("type") as NonNullable<RecordQuery["type"]> | null;
  const all = await records.findRecords(type ? { type } : {});
  const after = Number(query.get("after") ?? -1);
  const items = all.filter(({ index }) => index > after).slice(0, 2);
  return { items: items.map(describe), next: items.length === 2 ? items[1]!.index : null };
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** Answers the public routes of ARCHITECTURE.md from a test community. */
async function answer(
  community: TestCommunity,
  path: string,
  query: URLSearchParams,
): Promise<Answer> {
  const { records } = community.sources;
  const [, index, rest] = /^\/records\/(\d+)(\/proof)?$/.exec(path) ?? [];
  const number = (name: string): number => Number(query.get(name));
  if (path === "") return { ...community.info, name: "test" };
  if (index !== undefined && rest)
    return { path: await records.inclusion(Number(index), number("size")) };
  if (index !== undefined) return describe(await records.record(Number(index)));
  if (path === "/consistency")
    return { path: await records.consistency(number("from"), number("to")) };
  if (path === "/log/checkpoint") return text(await records.checkpoint!(number("size")));
  const [, document] = /^\/documents\/(0x[0-9a-f]{64})$/.exec(path) ?? [];
  if (document) return records.document(document as Hex);
  if (path !== "/records") throw new Error("not found");
  return listRecords(records, query);
}

async function answerRpc(community: TestCommunity, body: string): Promise<object> {
  type Ask = { id: number; method: string; params: unknown[] };
  const asked = JSON.parse(body) as Ask | Ask[];
  const respond = async ({ id, method, params }: Ask) => {
    return { jsonrpc: "2.0", id, result: await community.request(method, ...params) };
  };
  return Array.isArray(asked) ? Promise.all(asked.map(respond)) : respond(asked);
}

/** Serves a test community over HTTP as a service does; `close` ends it. */
export async function serve(community: TestCommunity): Promise<{ url: string; close(): void }> {
  const server = http.createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, "http://localhost");
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      const prefix = "/api/communities/test";
      const result =
        pathname === "/api/rpc"
          ? answerRpc(community, body)
          : answer(community, pathname.replace(prefix, ""), searchParams);
      result.then(
        (value) => response.end(value instanceof Uint8Array ? value : JSON.stringify(value)),
        () => response.writeHead(404).end("{}"),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
