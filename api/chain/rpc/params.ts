import { isAddress, isHex, numberToHex } from "viem";
import type { Hex } from "viem";
import { TRANSACTION_GAS_CAP } from "../foreign.ts";
import { RpcError } from "./error.ts";

/** Reads one parameter and gives what the node is asked with. Throws RpcError. */
export type Reading = (value: unknown) => unknown;

const MAX_CALL_CHARACTERS = 512 * 1024;
const MAX_STORAGE_KEYS = 100;
const MAX_ALTERNATIVES = 50;
const BLOCK_TAGS: ReadonlySet<unknown> = new Set(["latest", "earliest", "safe", "finalized"]);

export const invalid = (wanted: string): RpcError =>
  new RpcError("InvalidParams", `invalid params: ${wanted} expected`);

export function toBoolean(value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value !== "boolean") throw invalid("a boolean");
  return value;
}

export function toHash(value: unknown): Hex {
  if (!isHex(value) || value.length !== 66) throw invalid("a hash of 32 bytes");
  return value;
}

export function toAddress(value: unknown): Hex {
  if (typeof value !== "string" || !isAddress(value, { strict: false }))
    throw invalid("an address");
  return value;
}

export function toQuantity(value: unknown): Hex {
  if (!isHex(value) || value.length > 66 || value === "0x") throw invalid("a quantity");
  return value;
}

export function toStorageKeys(value: unknown): Hex[] {
  if (!Array.isArray(value) || value.length > MAX_STORAGE_KEYS)
    throw invalid(`a list of at most ${MAX_STORAGE_KEYS} keys`);
  return value.map(toQuantity);
}

/** There is no pending block to be seen: what is not on chain yet is not shown. */
export function toBlockTag(value: unknown): string {
  if (value === undefined || value === "pending") return "latest";
  return BLOCK_TAGS.has(value) ? (value as string) : toQuantity(value);
}

/** EIP-1898: also by hash. */
export function toBlock(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return toBlockTag(value);
  const { blockHash, blockNumber } = value as Record<string, unknown>;
  return blockHash === undefined ? toBlockTag(blockNumber) : { blockHash: toHash(blockHash) };
}

/** Only what a reading call needs; gas no more than any transaction could carry. */
export function toCall(value: unknown): object {
  if (typeof value !== "object" || value === null) throw invalid("a call");
  const { from, to, data, input, gas } = value as Record<string, unknown>;
  const payload = input ?? data ?? "0x";
  if (!isHex(payload) || payload.length > MAX_CALL_CHARACTERS) throw invalid("call data");
  const wanted = gas === undefined ? TRANSACTION_GAS_CAP : BigInt(toQuantity(gas));
  const given = wanted < TRANSACTION_GAS_CAP ? wanted : TRANSACTION_GAS_CAP;
  return {
    ...(from === undefined ? {} : { from: toAddress(from) }),
    to: toAddress(to),
    data: payload,
    gas: numberToHex(given),
  };
}

export function toTopics(value: unknown): unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > 4) throw invalid("at most 4 topics");
  return value.map((topic) => (topic === null ? null : oneOrMany(topic, toHash)));
}

export const toAddresses = (value: unknown): unknown => oneOrMany(value, toAddress);

function oneOrMany(value: unknown, read: Reading): unknown {
  if (!Array.isArray(value)) return read(value);
  if (value.length > MAX_ALTERNATIVES) throw invalid(`at most ${MAX_ALTERNATIVES} alternatives`);
  return value.map(read);
}
