import { bytesToHex, decodeFunctionData, encodeFunctionData } from "viem";
import type { Address, Hex, TransactionReceipt } from "viem";
import type { Tx } from "../database/client.ts";
import type { ChainCall as CallRow } from "../database/generated/client.ts";
import type { ContractName, Contracts } from "./contracts.ts";
import type { ContractFailure } from "./failure.ts";

export type { CallRow };

/** A function call on one of a community's contracts. */
export interface ChainCall {
  communityId: string;
  contract: ContractName;
  functionName: string;
  args: readonly unknown[];
  /** Names the handler. */
  kind: string;
  /** Names what the call is about. (kind, ref) is unique for ever: enqueuing twice is once. */
  ref: string;
}

export type MinedHandler = (tx: Tx, call: ChainCall, receipt: TransactionReceipt) => Promise<void>;
export type FailedHandler = (tx: Tx, call: ChainCall, error: ContractFailure) => Promise<void>;

export class Handlers {
  readonly mined = new Map<string, MinedHandler>();
  readonly failed = new Map<string, FailedHandler>();
}

/** The name under which the creation of a contract stands in the place of a function. */
export const CONSTRUCTOR = "constructor";

export function encodeCall({ contract, functionName, args }: ChainCall, contracts: Contracts): Hex {
  return encodeFunctionData({ abi: contracts[contract].abi, functionName, args });
}

/** The call as it was enqueued. The arguments of a constructor are not given back. */
export function toCall(row: CallRow, contracts: Contracts): ChainCall {
  const { communityId, functionName, kind, ref } = row;
  const contract = row.contract as ContractName;
  const call = { communityId, contract, functionName, args: [], kind, ref };
  if (row.to === null) return call;
  const { abi } = contracts[contract];
  return { ...call, args: decodeFunctionData({ abi, data: bytesToHex(row.data) }).args ?? [] };
}

/** What the chain is asked to do. */
export interface Message {
  from: Address;
  to: Address | null;
  data: Hex;
}

export const toMessage = (row: CallRow, from: Address): Message => ({
  from,
  to: row.to as Address | null,
  data: bytesToHex(row.data),
});
