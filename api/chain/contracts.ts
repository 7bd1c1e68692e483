import { anchorAbi } from "../../protocol/abi/anchor.ts";
import { assemblyAbi } from "../../protocol/abi/assembly.ts";
import { registryAbi } from "../../protocol/abi/registry.ts";
import { anchorBytecode, assemblyBytecode, registryBytecode } from "./bytecode.ts";
import type { Abi, Hex } from "viem";

export type ContractName = "registry" | "anchor" | "assembly";

export interface ContractCode {
  abi: Abi;
  bytecode: Hex;
}

/** The three contracts of every community, in the order of their deployment. */
export type Contracts = Readonly<Record<ContractName, ContractCode>>;

/** An error may come up from a contract that was called by the one called: all of them are known by name. */
export function errorsOf(contracts: Contracts): Abi {
  return Object.values(contracts).flatMap(({ abi }) => abi.filter((item) => item.type === "error"));
}

export const communityContracts: Contracts = {
  registry: { abi: registryAbi, bytecode: registryBytecode },
  anchor: { abi: anchorAbi, bytecode: anchorBytecode },
  assembly: { abi: assemblyAbi, bytecode: assemblyBytecode },
};
