import { RpcError } from "./rpc/error.ts";
import { callMethod } from "./rpc/methods.ts";
import type { RpcChain } from "./rpc/methods.ts";

export { RpcError };

const MAX_BATCH = 50;

type Id = string | number | null;

interface Reply {
  jsonrpc: "2.0";
  id: Id;
  result?: unknown;
  error?: { code: number; message: string; data?: string };
}

/**
 * Answers the body of one JSON-RPC 2.0 request, single or batch, for anybody who wants to read the chain. Undefined:
 * it asked for no answer.
 */
export async function answerRpc(
  chain: RpcChain,
  body: unknown,
): Promise<Reply | Reply[] | undefined> {
  if (!Array.isArray(body)) return answerOne(chain, body);
  if (body.length === 0 || body.length > MAX_BATCH) {
    const message = `a batch holds 1 to ${MAX_BATCH} requests`;
    return refuse(null, new RpcError("InvalidRequest", message));
  }
  const replies: Reply[] = [];
  // One after the other: a batch is no way round the limits.
  for (const request of body) {
    const reply = await answerOne(chain, request);
    if (reply) replies.push(reply);
  }
  return replies.length > 0 ? replies : undefined;
}

async function answerOne(chain: RpcChain, request: unknown): Promise<Reply | undefined> {
  const { jsonrpc, id, method, params = [] } = toRecord(request);
  if (jsonrpc !== "2.0" || typeof method !== "string" || !Array.isArray(params) || !isId(id)) {
    return refuse(null, new RpcError("InvalidRequest", "not a JSON-RPC 2.0 request"));
  }
  // A notification wants no answer, and there is nothing here that would be done for its own sake.
  if (id === undefined) return undefined;
  try {
    return { jsonrpc: "2.0", id, result: await callMethod(chain, method, params) };
  } catch (error) {
    return refuse(id, RpcError.from(error));
  }
}

const toRecord = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

const isId = (id: unknown): id is Id | undefined =>
  id === undefined || id === null || typeof id === "string" || typeof id === "number";

function refuse(id: Id, { code, message, data }: RpcError): Reply {
  const error = data === undefined ? { code, message } : { code, message, data };
  return { jsonrpc: "2.0", id, error };
}
