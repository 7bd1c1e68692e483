import type { Abi, Hex } from "viem";
import { decodeLogs } from "../../../protocol/verify/events.ts";
import type { ChainEvent } from "../../../protocol/verify/events.ts";
import { RpcChainSource } from "../../../protocol/verify/rpc.ts";
import type { FsckContext } from "../subject.ts";

/** The events of a contract up to the block that the snapshot can know of; none without chain or contract. */
export async function readEvents<ContractAbi extends Abi>(
  { chain, inspection }: FsckContext,
  address: string | null | undefined,
  abi: ContractAbi,
): Promise<ChainEvent<ContractAbi>[]> {
  if (!chain || !address) return [];
  const source = new RpcChainSource((ask) => chain.request(ask));
  const logs = await source.logs(address as Hex);
  const known = logs.filter(({ blockNumber }) => BigInt(blockNumber) <= chain.block);
  const { events, broken } = decodeLogs(abi, known);
  for (const { blockNumber, logIndex } of broken) {
    const row = `event ${blockNumber}/${logIndex}`;
    inspection.find({ kind: "differs", table: "chain", row });
  }
  return events;
}
