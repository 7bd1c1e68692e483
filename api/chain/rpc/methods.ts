import { isHex, numberToHex } from "viem";
import type { Hex } from "viem";
import { RpcError } from "./error.ts";
import {
  invalid,
  toAddress,
  toAddresses,
  toBlock,
  toBlockTag,
  toBoolean,
  toCall,
  toHash,
  toQuantity,
  toStorageKeys,
  toTopics,
} from "./params.ts";
import type { Reading } from "./params.ts";

/** The chain as the endpoint needs it: somebody to ask, and the door for transactions from outside. */
export interface RpcChain {
  request(call: { method: string; params?: unknown }): Promise<unknown>;
  submit(raw: Hex): Promise<Hex>;
}

/** One request for events covers this many blocks at most, and is answered with so many events at most. */
export const MAX_LOG_BLOCKS = 10_000n;
export const MAX_LOGS = 10_000;

/** Passed on to the chain, with their parameters checked. They read and change nothing. */
const READING: Readonly<Record<string, readonly Reading[]>> = {
  web3_clientVersion: [],
  net_version: [],
  eth_chainId: [],
  eth_blockNumber: [],
  eth_gasPrice: [],
  eth_maxPriorityFeePerGas: [],
  eth_getBlockByNumber: [toBlockTag, toBoolean],
  eth_getBlockByHash: [toHash, toBoolean],
  eth_getTransactionByHash: [toHash],
  eth_getTransactionReceipt: [toHash],
  eth_getCode: [toAddress, toBlock],
  eth_getBalance: [toAddress, toBlock],
  eth_getTransactionCount: [toAddress, toBlock],
  eth_getStorageAt: [toAddress, toQuantity, toBlock],
  eth_getProof: [toAddress, toStorageKeys, toBlock],
  eth_call: [toCall, toBlock],
  eth_estimateGas: [toCall, toBlock],
};

/** Throws RpcError, whatever goes wrong. */
export async function callMethod(
  chain: RpcChain,
  method: string,
  params: readonly unknown[],
): Promise<unknown> {
  try {
    if (method === "eth_getLogs") return await getLogs(chain, params[0]);
    if (method === "eth_sendRawTransaction") return await sendRaw(chain, params[0]);
    const readings = Object.hasOwn(READING, method) ? READING[method] : undefined;
    if (!readings)
      throw new RpcError("MethodNotFound", "the method does not exist or is not offered");
    if (params.length > readings.length) throw invalid(`at most ${readings.length} parameters`);
    return await chain.request({ method, params: readings.map((read, i) => read(params[i])) });
  } catch (error) {
    throw RpcError.from(error);
  }
}

function sendRaw(chain: RpcChain, raw: unknown): Promise<Hex> {
  if (!isHex(raw)) throw invalid("a raw transaction");
  return chain.submit(raw);
}

async function getLogs(chain: RpcChain, filter: unknown): Promise<unknown> {
  if (typeof filter !== "object" || filter === null) throw invalid("a filter");
  const { address, topics, ...blocks } = filter as Record<string, unknown>;
  const params = {
    ...(await toRange(chain, blocks)),
    ...(address === undefined ? {} : { address: toAddresses(address) }),
    topics: toTopics(topics),
  };
  const logs = (await chain.request({ method: "eth_getLogs", params: [params] })) as unknown[];
  if (logs.length > MAX_LOGS)
    throw new RpcError("LimitExceeded", `more than ${MAX_LOGS} events: ask for fewer blocks`);
  return logs;
}

async function toRange(
  chain: RpcChain,
  { blockHash, fromBlock, toBlock: until }: Record<string, unknown>,
): Promise<object> {
  if (blockHash !== undefined) return { blockHash: toHash(blockHash) };
  const head = BigInt((await chain.request({ method: "eth_blockNumber", params: [] })) as Hex);
  const from = toNumber(fromBlock, head);
  const to = toNumber(until, head);
  if (to - from >= MAX_LOG_BLOCKS)
    throw new RpcError("LimitExceeded", `more than ${MAX_LOG_BLOCKS} blocks: ask for fewer`);
  return { fromBlock: numberToHex(from), toBlock: numberToHex(to) };
}

function toNumber(value: unknown, head: bigint): bigint {
  const tag = toBlockTag(value);
  if (tag === "earliest") return 0n;
  return isHex(tag) ? BigInt(tag) : head;
}
