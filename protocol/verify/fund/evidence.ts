import { type Abi, type Hex, encodeEventTopics, sha256, slice } from "viem";
import type { PublishedRecord, RecordOf } from "../../anchor/record.ts";
import { anchorAbi } from "../../abi/anchor.ts";
import { assemblyAbi } from "../../abi/assembly.ts";
import { fundAbi } from "../../abi/fund.ts";
import { registryAbi } from "../../abi/registry.ts";
import { type ReadRecord, readRecord } from "../entry.ts";
import {
  type AnchorEvent,
  type AssemblyEvent,
  type ChainEvent,
  type FundEvent,
  type RegistryEvent,
  decodeLogs,
  eventsNamed,
} from "../events.ts";
import { attempt, readAll } from "../evidence.ts";
import type { ChainBlock, ChainLog, ChainTransaction, CommunityInfo, Sources } from "../source.ts";

/** Everything that was read to verify a community's funds. What could not be had is simply not there. */
export type FundEvidence = {
  info: CommunityInfo;
  chainId: number | undefined;
  registry: RegistryEvent[];
  anchor: AnchorEvent[];
  /** Of the Assembly: what was convened, decided and concluded. */
  assembly: AssemblyEvent[];
  fund: FundEvent[];
  /** Events that do not decode. */
  broken: ChainLog[];
  transactions: Map<Hex, ChainTransaction>;
  blocks: Map<number, ChainBlock>;
  code: Map<Hex, Hex>;
  /** The whole log. */
  records: ReadRecord[];
  documents: Map<Hex, Uint8Array>;
};

type Events = Pick<FundEvidence, "registry" | "anchor" | "assembly" | "fund" | "broken">;

/** Reads the records that a source has; undefined where it does not answer. */
export async function collectFund(
  sources: Sources,
  info: CommunityInfo,
): Promise<FundEvidence | undefined> {
  const { chain, records: source } = sources;
  const entries = await attempt(source.findRecords({}));
  const events = await attempt(collectEvents(sources, info));
  if (!entries || !events) return undefined;
  const records = [...entries].sort((a, b) => a.index - b.index).map(readRecord);
  const acts = events.fund.map(({ log }) => log);
  const looked = [...acts, ...eventsNamed(events.assembly, "MeetingConcluded").map(logOf)];
  return {
    info,
    ...events,
    records,
    chainId: await attempt(chain.chainId()),
    transactions: await readAll(
      acts.map((log) => log.transactionHash),
      (hash) => chain.transaction(hash),
    ),
    blocks: await readAll(
      looked.map((log) => log.blockNumber),
      (number) => chain.block(number),
    ),
    code: await readAll(wantedCode(info, events), (address) => chain.code(address)),
    documents: await readAll(wantedDocuments(records), (hash) => source.document(hash)),
  };
}

const logOf = ({ log }: { log: ChainLog }): ChainLog => log;

async function collectEvents({ chain }: Sources, info: CommunityInfo): Promise<Events> {
  const broken: ChainLog[] = [];
  const read = async <ContractAbi extends Abi>(
    abi: ContractAbi,
    address: Hex,
    topics?: (Hex | null)[],
  ): Promise<ChainEvent<ContractAbi>[]> => {
    const decoded = decodeLogs(abi, await chain.logs(address, topics));
    broken.push(...decoded.broken);
    return decoded.events;
  };
  const topicsOf = {
    officers: encodeEventTopics({ abi: registryAbi, eventName: "OfficerSet" }),
    linked: encodeEventTopics({ abi: registryAbi, eventName: "AssemblySet" }),
    convened: encodeEventTopics({ abi: assemblyAbi, eventName: "MeetingConvened" }),
    decided: encodeEventTopics({ abi: assemblyAbi, eventName: "MotionDecided" }),
    concluded: encodeEventTopics({ abi: assemblyAbi, eventName: "MeetingConcluded" }),
  };
  const [officers, linked, convened, decided, concluded, anchor, fund] = await Promise.all([
    read(registryAbi, info.registry, [topicsOf.officers[0]]),
    read(registryAbi, info.registry, [topicsOf.linked[0]]),
    read(assemblyAbi, info.assembly, [topicsOf.convened[0]]),
    read(assemblyAbi, info.assembly, [topicsOf.decided[0]]),
    read(assemblyAbi, info.assembly, [topicsOf.concluded[0]]),
    read(anchorAbi, info.anchor),
    read(fundAbi, info.fund),
  ]);
  const registry = [...officers, ...linked];
  return { registry, anchor, assembly: [...convened, ...decided, ...concluded], fund, broken };
}

/** The four contracts, and officers or their verifiers. */
function wantedCode(info: CommunityInfo, { registry }: Events): Hex[] {
  const officers = eventsNamed(registry, "OfficerSet").map(({ args }) => slice(args.signer, 0, 20));
  const contracts = [info.registry, info.anchor, info.assembly, info.fund];
  return [...contracts, ...officers].map((address) => address.toLowerCase() as Hex);
}

type Reader<Type extends PublishedRecord["type"]> = (record: RecordOf<Type>) => string[];

/** Documents by the type of the record that names them. */
const NAMED: { [Type in PublishedRecord["type"]]?: Reader<Type> } = {
  roll: ({ lines }) => [lines],
  meeting: ({ motions }) => motions.flatMap(({ plan }) => (plan ? [plan.scope.sha256] : [])),
  projectEmergency: ({ plan }) => [plan.scope.sha256],
  entry: ({ units, documents }) => [...(units?.schedule ? [units.schedule] : []), ...documents],
  period: ({ statement }) => [statement],
  balances: ({ buildings }) => [buildings],
  statement: ({ lines }) => [lines],
};

/** Documents that the checks read, or that entries rest on. */
export function wantedDocuments(records: readonly ReadRecord[]): Hex[] {
  const hashes = records.flatMap(({ record }): string[] => {
    const read = record && (NAMED[record.type] as Reader<never> | undefined);
    return read?.(record as never) ?? [];
  });
  return hashes as Hex[];
}

/** The bytes of a document, if they are those that the hash names. */
export function documentOf(
  { documents }: Pick<FundEvidence, "documents">,
  hash: string,
): Uint8Array | undefined {
  const bytes = documents.get(hash as Hex);
  return bytes && sha256(bytes) === hash ? bytes : undefined;
}
