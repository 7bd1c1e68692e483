import {
  type Abi,
  type DecodeEventLogReturnType,
  type Hex,
  decodeEventLog,
  decodeFunctionData,
} from "viem";
import type { DecodeFunctionDataReturnType } from "viem";
import type { anchorAbi } from "../abi/anchor.ts";
import type { assemblyAbi } from "../abi/assembly.ts";
import type { fundAbi } from "../abi/fund.ts";
import type { registryAbi } from "../abi/registry.ts";
import type { CheckDetail } from "./report.ts";
import type { ChainLog, ChainTransaction } from "./source.ts";

/** An event of a contract, decoded, beside the log that it was decoded from. */
export type ChainEvent<ContractAbi extends Abi> = DecodeEventLogReturnType<ContractAbi> & {
  log: ChainLog;
};

/** An event of the Registry. */
export type RegistryEvent = ChainEvent<typeof registryAbi>;

/** An event of the Anchor. */
export type AnchorEvent = ChainEvent<typeof anchorAbi>;

/** An event of the Assembly. */
export type AssemblyEvent = ChainEvent<typeof assemblyAbi>;

/** An event of the Fund. */
export type FundEvent = ChainEvent<typeof fundAbi>;

type Named = { eventName?: string | undefined };

/** The events of this name, in the order of the chain. */
export function eventsNamed<Event extends Named, Name extends Event["eventName"]>(
  events: readonly Event[],
  name: Name,
): Extract<Event, { eventName: Name }>[] {
  return events.filter((event) => event.eventName === name) as Extract<
    Event,
    { eventName: Name }
  >[];
}

/** Decodes logs with a contract's interface; logs that do not decode are given back apart. */
export function decodeLogs<ContractAbi extends Abi>(
  abi: ContractAbi,
  logs: readonly ChainLog[],
): { events: ChainEvent<ContractAbi>[]; broken: ChainLog[] } {
  const events: ChainEvent<ContractAbi>[] = [];
  const broken: ChainLog[] = [];
  for (const log of logs) {
    try {
      const topics = log.topics as [Hex, ...Hex[]];
      const decoded = decodeEventLog({ abi: abi, data: log.data, topics, strict: true });
      events.push({ ...decoded, log } as unknown as ChainEvent<ContractAbi>);
    } catch {
      broken.push(log);
    }
  }
  return { events, broken };
}

type Call<ContractAbi extends Abi> = DecodeFunctionDataReturnType<ContractAbi>;

/** The call behind an event, or why it cannot be told: an event comes of a transaction, which may go to another contract first. */
export type ReadCall<ContractAbi extends Abi, Name extends string> =
  | Extract<Call<ContractAbi>, { functionName: Name }>
  | { functionName?: undefined; fault: CheckDetail };

/**
 * The call by which a contract came to emit an event; one of the functions named. A transaction to
 * the contract itself that makes none of these calls cannot be: that is `malformed`.
 */
export function readCall<
  ContractAbi extends Abi,
  Name extends Call<ContractAbi>["functionName"] & string,
>(
  abi: ContractAbi,
  { address, transactionHash }: Pick<ChainLog, "address" | "transactionHash">,
  { names, transactions }: { names: readonly Name[]; transactions: Map<Hex, ChainTransaction> },
): ReadCall<ContractAbi, Name> {
  const transaction = transactions.get(transactionHash);
  if (!transaction) return { fault: "missing" };
  if (transaction.to?.toLowerCase() !== address.toLowerCase()) return { fault: "notDirectCall" };
  try {
    const call = decodeFunctionData({ abi, data: transaction.input });
    const wanted = (names as readonly string[]).includes(call.functionName);
    return wanted ? (call as ReadCall<ContractAbi, Name>) : { fault: "malformed" };
  } catch {
    return { fault: "malformed" };
  }
}

/** Negative when log `a` stands before log `b` on the chain. */
export function compareLogs(a: ChainLog, b: ChainLog): number {
  return a.blockNumber - b.blockNumber || a.logIndex - b.logIndex;
}
