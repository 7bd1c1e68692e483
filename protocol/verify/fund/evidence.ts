import { type Abi, type Hex, encodeEventTopics, sha256, slice } from "viem";
import type { PublishedRecord, RecordOf } from "../../anchor/record.ts";
import { anchorAbi } from "../../abi/anchor.ts";
import { assemblyAbi } from "../../abi/assembly.ts";
import { fundAbi } from "../../abi/fund.ts";
import { registryAbi } from "../../abi/registry.ts";
import { BOOK_FORMS, type BookForm } from "../../fund/export/form.ts";
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
import {
  type GivenProof,
  anchoredHeads,
  attempt,
  collectProofs,
  readAll,
  readCheckpoint,
} from "../evidence.ts";
import type { ChainBlock, ChainLog, ChainTransaction, CommunityInfo, Sources } from "../source.ts";
import type { ChainState } from "../state/state.ts";
import { placed } from "./books.ts";
import {
  type Chosen,
  type FundScope,
  choose,
  isChosenAssembly,
  isChosenFund,
  projectOf,
} from "./choose.ts";

/** Everything that was read to verify funds. What could not be had is simply not there. */
export type FundEvidence = {
  scope: FundScope;
  /** What belongs to a project or a period; undefined where everything is looked at. */
  chosen: Chosen | undefined;
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
  /** The whole log, or what a project or a period rests on. */
  records: ReadRecord[];
  documents: Map<Hex, Uint8Array>;
  /** Proofs of the records, where not the whole log is there. */
  inclusion: Map<number, GivenProof>;
  consistency: Map<number, Hex[]>;
  checkpoint: string | null | undefined;
  state: ChainState | undefined;
  /** The books of closed periods as they are given out; undefined where the source has none. */
  exports: PeriodFile[] | undefined;
  /** The projects as a service gives them out. */
  projects: Uint8Array | undefined;
};

/** A closed period's books in a form; without bytes where they could not be had. */
export type PeriodFile = { number: number; form: BookForm; bytes: Uint8Array | undefined };

type Events = Pick<FundEvidence, "registry" | "anchor" | "assembly" | "fund" | "broken">;

/** Reads the records that a source has and the events that belong to a scope; undefined where it does not answer. */
export async function collectFund(
  sources: Sources,
  info: CommunityInfo,
  scope: FundScope = { kind: "community" },
): Promise<FundEvidence | undefined> {
  const { chain, records: source } = sources;
  const entries = await attempt(source.findRecords({}));
  const all = await attempt(collectEvents(sources, info));
  if (!entries || !all) return undefined;
  const records = [...entries].sort((a, b) => a.index - b.index).map(readRecord);
  const chosen = choose({ records, fund: all.fund }, scope);
  const events = chosen ? narrowEvents(all, chosen) : all;
  const log = await collectLog(sources, { records, anchor: all.anchor, chosen });
  const looked = [
    ...[...events.fund, ...events.registry, ...events.assembly].map(logOf),
    ...log.heads.map((head) => head.log),
  ];
  return {
    ...{ scope, chosen, info, ...events, records, ...log.proofs, state: sources.state },
    exports: await collectExports(sources, { records, scope }),
    projects: await attempt(source.exportProjects?.() ?? Promise.reject(new Error("none"))),
    chainId: await attempt(chain.chainId()),
    transactions: await readAll(
      [...events.fund, ...eventsNamed(events.registry, "OfficerSet")].map(
        (event) => event.log.transactionHash,
      ),
      (hash) => chain.transaction(hash),
    ),
    blocks: await readAll(
      looked.map(({ blockNumber }) => blockNumber),
      (number) => chain.block(number),
    ),
    code: await readAll(wantedCode(info, events), (address) => chain.code(address)),
    documents: await readAll(
      [...wantedDocuments({ records, chosen }), ...shownDocuments({ records, chosen })],
      (hash) => source.document(hash),
    ),
  };
}

/** What is given out of the periods that are looked at. */
async function collectExports(
  { records: source }: Sources,
  { records, scope }: Pick<FundEvidence, "records" | "scope">,
): Promise<PeriodFile[] | undefined> {
  const hasBooks = scope.kind === "period" || scope.kind === "community";
  if (!source.exportPeriod || !hasBooks) return undefined;
  const files: PeriodFile[] = [];
  for (const { record } of placed({ records }, "period")) {
    const { period: number } = record;
    if (scope.kind === "period" && number !== scope.period) continue;
    for (const form of BOOK_FORMS) {
      files.push({ number, form, bytes: await attempt(source.exportPeriod({ number, form })) });
    }
  }
  return files;
}

function narrowEvents(all: Events, chosen: Chosen): Events {
  return {
    ...all,
    assembly: all.assembly.filter((event) => isChosenAssembly(chosen, event)),
    fund: all.fund.filter((event) => isChosenFund(chosen, event)),
  };
}

type Log = Pick<FundEvidence, "records" | "anchor" | "chosen">;
type Proofs = Pick<FundEvidence, "inclusion" | "consistency" | "checkpoint">;

/** How the records are proven: the whole log by its heads, a part of it by proofs; and the heads that this takes. */
async function collectLog(sources: Sources, { records, anchor, chosen }: Log) {
  const all = anchoredHeads({ anchor });
  const last = all.at(-1);
  const none: Proofs = { inclusion: new Map(), consistency: new Map(), checkpoint: undefined };
  if (!chosen) return { heads: last ? [last] : [], proofs: none };
  const proofs = await collectProofs(sources, all, records);
  const used = new Set([...proofs.inclusion.values()].map(({ size }) => size));
  const heads = all.filter((head) => used.has(head.size) || head === last);
  return { heads, proofs: { ...proofs, checkpoint: await readCheckpoint(sources, last) } };
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

type Wanting = Pick<FundEvidence, "records" | "chosen">;

/** Whether an entry is looked into, with its schedule and its documents. */
export function isLookedInto(
  { chosen }: Pick<FundEvidence, "chosen">,
  { number }: Pick<RecordOf<"entry">, "number">,
): boolean {
  return chosen?.entries?.has(number) ?? true;
}

/** Documents that the checks read, or that entries rest on. */
export function wantedDocuments({ records, chosen }: Wanting): Hex[] {
  const hashes = records.flatMap(({ record }): string[] => {
    const read = record && (NAMED[record.type] as Reader<never> | undefined);
    const isOpen = record?.type !== "entry" || isLookedInto({ chosen }, record);
    return isOpen ? (read?.(record as never) ?? []) : [];
  });
  return hashes as Hex[];
}

/** Files of a project's steps. Which of them are for everybody only the service knows, so none is missed. */
export function shownDocuments({ records, chosen }: Wanting): Hex[] {
  if (!chosen) return [];
  const hashes = records
    .filter((entry) => projectOf(entry) !== undefined)
    .flatMap(({ record }): string[] => {
      const { documents = [] } = record as { documents?: { sha256: string }[] };
      const invoice = record?.type === "projectInvoice" ? [record.sha256] : [];
      return [...documents.map(({ sha256: hash }) => hash), ...invoice];
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
