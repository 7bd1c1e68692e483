import type { Abi, Hex } from "viem";

export type ContractName = "registry" | "anchor" | "assembly" | "fund";

export interface ContractCode {
  abi: Abi;
  bytecode: Hex;
}

/** The contracts of every community, in the order of their deployment. */
export type Contracts = Readonly<Record<ContractName, ContractCode>>;

/** An error may come up from a contract that was called by the one called: all of them are known by name. */
export function errorsOf(contracts: Contracts): Abi {
  return Object.values(contracts).flatMap(({ abi }) => abi.filter((item) => item.type === "error"));
}
