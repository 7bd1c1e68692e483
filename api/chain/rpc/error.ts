import type { Hex } from "viem";
import { findRevertData, listCauses, textOf } from "../failure.ts";

/** EIP-1474, and 3 for a revert, as every node does by now. */
const CODES = {
  ParseError: -32700,
  InvalidRequest: -32600,
  MethodNotFound: -32601,
  InvalidParams: -32602,
  InternalError: -32603,
  InvalidInput: -32000,
  TransactionRejected: -32003,
  LimitExceeded: -32005,
  Reverted: 3,
} as const;

export type RpcErrorKind = keyof typeof CODES;

/** An answer of the JSON-RPC endpoint that says no. */
export class RpcError extends Error {
  readonly kind: RpcErrorKind;
  readonly data: Hex | undefined;

  constructor(kind: RpcErrorKind, message: string, rest: { data?: Hex; cause?: unknown } = {}) {
    super(message, { cause: rest.cause });
    this.name = "RpcError";
    this.kind = kind;
    this.data = rest.data;
  }

  get code(): number {
    return CODES[this.kind];
  }

  /** A node's answer in one shape, whichever the node. Anything that is not one stays our own failure. */
  static from(error: unknown): RpcError {
    if (error instanceof RpcError) return error;
    const answer = findAnswer(error);
    if (!answer)
      return new RpcError("InternalError", "the chain does not answer", { cause: error });
    const { code, message, data } = answer;
    if (data !== undefined || code === 3 || /revert/i.test(message)) {
      return new RpcError("Reverted", "execution reverted", { data: data ?? "0x", cause: error });
    }
    const kind = KIND_OF_CODE.get(code) ?? "InvalidInput";
    return new RpcError(kind, message.slice(0, 200), { cause: error });
  }
}

const KIND_OF_CODE = new Map(
  Object.entries(CODES).map(([kind, code]) => [code as number, kind as RpcErrorKind]),
);

interface Answer {
  code: number;
  message: string;
  data: Hex | undefined;
}

function findAnswer(error: unknown): Answer | undefined {
  for (const cause of listCauses(error)) {
    if (typeof cause !== "object" || cause === null || !("code" in cause)) continue;
    if (typeof cause.code !== "number") continue;
    return { code: cause.code, message: textOf(cause), data: findRevertData(cause) };
  }
  return undefined;
}
