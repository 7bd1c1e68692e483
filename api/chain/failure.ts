import { BaseError, decodeErrorResult, isHex } from "viem";
import type { Abi, Hex } from "viem";

export type FailureParam = string | number | boolean | null | readonly FailureParam[];

/** What a contract said when it refused: its error's name and arguments, big numbers in decimal. Final. */
export type ContractFailure = {
  code: string;
  params: Readonly<Record<string, FailureParam>>;
};

/** The chain must not be used as it stands: the service refuses to start, or stops driving, and says why. */
export class ChainRefusal extends Error {
  readonly code: ChainRefusalCode;
  readonly params: Readonly<Record<string, FailureParam>>;

  constructor(code: ChainRefusalCode, params: Readonly<Record<string, FailureParam>> = {}) {
    const named = Object.entries(params).map(([name, value]) => `${name} ${String(value)}`);
    super([REFUSALS[code], named.join(", ")].filter((part) => part !== "").join(" "));
    this.name = "ChainRefusal";
    this.code = code;
    this.params = params;
  }
}

const REFUSALS = {
  ChainBlockDiffers:
    "The journal does not lead to the blocks it led to before: it was changed, or the chain's software was. Restore the database from a backup.",
  ChainBlockMissing:
    "The journal has a gap: a block is missing. Restore the database from a backup.",
  ChainTransactionDiffers:
    "A transaction of the journal is not the one that its hash names: it was changed. Restore the database from a backup.",
  ChainJournalIncomplete:
    "Calls are recorded as sent, but their transactions are missing from the journal. Restore the database from a backup.",
  ChainChanged:
    "This database stands on another chain. Give the settings it was started with, or start with an empty database.",
  ChainAheadOfDatabase:
    "The chain holds transactions of the relayer that the database does not know: the database is older than the chain, restored from a backup or copied, or the relayer's key is used elsewhere. Restore the newest backup; never use one key with two databases.",
  ChainRelayerMissing: "An external chain needs the relayer's key.",
  ChainTransactionStuck:
    "The chain does not take a transaction that the journal holds. Nothing more is sent until this is resolved.",
} as const;

export type ChainRefusalCode = keyof typeof REFUSALS;

/** Undefined: not the contract's answer but something that may pass, like a network that is down. */
export function findFailure(error: unknown, errors: Abi): ContractFailure | undefined {
  for (const cause of listCauses(error)) {
    const data = findRevertData(cause);
    if (data !== undefined && data !== "0x") return decodeFailure(data, errors);
    const message = textOf(cause);
    if (/out of gas|gas required exceeds/i.test(message)) return { code: "OutOfGas", params: {} };
    if (data === "0x" || isRevertCode(cause) || /revert|invalid opcode|VM Exception/i.test(message))
      return { code: "Reverted", params: {} };
  }
  return undefined;
}

/** What a node said, without what viem adds: the request and its address. */
export function textOf(cause: unknown): string {
  if (typeof cause !== "object" || cause === null) return "";
  if ("details" in cause && typeof cause.details === "string") return cause.details;
  return "message" in cause && typeof cause.message === "string" ? cause.message : "";
}

/** From the innermost out: the node's own answer stands there. */
export function listCauses(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let at = error; at !== undefined && at !== null && causes.length < 10;) {
    causes.unshift(at);
    at = typeof at === "object" && "cause" in at ? at.cause : undefined;
  }
  return causes;
}

/** Nodes put it into `data`, or into `data.data`. */
export function findRevertData(cause: unknown): Hex | undefined {
  if (typeof cause !== "object" || cause === null || !("data" in cause)) return undefined;
  const { data } = cause;
  if (typeof data === "string") return isHex(data) ? data : undefined;
  return typeof data === "object" ? findRevertData(data) : undefined;
}

const isRevertCode = (cause: unknown): boolean =>
  typeof cause === "object" && cause !== null && "code" in cause && cause.code === 3;

export function decodeFailure(data: Hex, errors: Abi): ContractFailure {
  try {
    const { errorName, args, abiItem } = decodeErrorResult({ abi: errors, data });
    const inputs = abiItem.type === "error" ? abiItem.inputs : [];
    const params = (args ?? []).map((value, index): [string, FailureParam] => [
      inputs[index]?.name ?? String(index),
      toParam(value),
    ]);
    return { code: errorName, params: Object.fromEntries(params) };
  } catch (error) {
    if (!(error instanceof BaseError)) throw error;
    return { code: "Reverted", params: { data: data.slice(0, 138) } };
  }
}

export function toParam(value: unknown): FailureParam {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (Array.isArray(value)) return value.map(toParam);
  if (typeof value === "object" && value !== null) return Object.values(value).map(toParam);
  return null;
}
