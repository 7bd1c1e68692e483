import { type Hex, encodeEventTopics, numberToHex, sha256, slice } from "viem";
import { anchorAbi } from "../abi/anchor.ts";
import { assemblyAbi } from "../abi/assembly.ts";
import { registryAbi } from "../abi/registry.ts";
import type { PublishedRecord, RecordOf } from "../anchor/record.ts";
import { type ReadRecord, readRecord, sealedFields, wantedDocuments } from "./entry.ts";
import {
  type AnchorEvent,
  type AssemblyEvent,
  type RegistryEvent,
  compareLogs,
  decodeLogs,
  eventsNamed,
} from "./events.ts";
import type {
  ChainBlock,
  ChainLog,
  ChainTransaction,
  CommunityInfo,
  RecordEntry,
  RecordQuery,
  Sources,
} from "./source.ts";
import type { ChainState } from "./state/state.ts";

/** An anchored head of the log. */
export type AnchoredHead = { size: number; root: Hex; log: ChainLog };

/** A proof that was given for a record, in the log of `size`. */
export type GivenProof = { size: number; path: Hex[] };

/** Everything that was read to verify one meeting. What could not be had is simply not there. */
export type Evidence = {
  meeting: number;
  info: CommunityInfo;
  chainId: number | undefined;
  registry: RegistryEvent[];
  anchor: AnchorEvent[];
  assembly: AssemblyEvent[];
  /** Events that do not decode. */
  broken: ChainLog[];
  transactions: Map<Hex, ChainTransaction>;
  blocks: Map<number, ChainBlock>;
  code: Map<Hex, Hex>;
  records: ReadRecord[];
  inclusion: Map<number, GivenProof>;
  /** Proofs from a head to the last head, by the first's size. */
  consistency: Map<number, Hex[]>;
  /** The last head as the log has signed it; null where it could not be had, undefined where nobody keeps it. */
  checkpoint: string | null | undefined;
  documents: Map<Hex, Uint8Array>;
  state: ChainState | undefined;
};

const PARALLEL_READS = 24;

/** What a promise gives, or undefined when it rejects: a source that fails is a source that has nothing. */
export async function attempt<Value>(promise: Promise<Value>): Promise<Value | undefined> {
  try {
    return await promise;
  } catch {
    return undefined;
  }
}

/** Reads all items, some at a time; those that cannot be had are left out. */
export async function readAll<Key, Value>(
  keys: Iterable<Key>,
  read: (key: Key) => Promise<Value>,
): Promise<Map<Key, Value>> {
  const found = new Map<Key, Value>();
  const queue = [...new Set(keys)];
  const work = async (): Promise<void> => {
    for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
      const value = await attempt(read(key));
      if (value !== undefined) found.set(key, value);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_READS }, work));
  return found;
}

const word = (value: number | bigint): Hex => numberToHex(value, { size: 32 });

async function readLogs(
  { chain }: Sources,
  address: Hex,
  topics: (Hex | null)[],
): Promise<ChainLog[]> {
  return (await attempt(chain.logs(address, topics))) ?? [];
}

type Events = Pick<Evidence, "registry" | "anchor" | "assembly" | "broken">;

/** The heads that the Anchor accepted. */
export function anchoredHeads({ anchor }: Pick<Evidence, "anchor">): AnchoredHead[] {
  return eventsNamed(anchor, "HeadAnchored").map(({ args, log }) => {
    return { size: Number(args.size), root: args.root, log };
  });
}

/** The roll of the meeting, when it was convened. */
export function rollOf({ assembly }: Pick<Evidence, "assembly">): bigint | undefined {
  return eventsNamed(assembly, "MeetingConvened")[0]?.args.roll;
}

async function collectEvents(
  sources: Sources,
  info: CommunityInfo,
  meeting: number,
): Promise<Events> {
  const officers = encodeEventTopics({ abi: registryAbi, eventName: "OfficerSet" });
  const linked = encodeEventTopics({ abi: registryAbi, eventName: "AssemblySet" });
  const read = (address: Hex, topics: (Hex | null)[]) => readLogs(sources, address, topics);
  const [assemblyLogs, anchorLogs, ...registryLogs] = await Promise.all([
    read(info.assembly, [null, word(meeting)]),
    read(info.anchor, []),
    read(info.registry, [officers[0]]),
    read(info.registry, [linked[0]]),
  ]);
  const assembly = decodeLogs(assemblyAbi, assemblyLogs);
  const roll = rollOf({ assembly: assembly.events });
  if (roll !== undefined) registryLogs.push(await read(info.registry, [null, word(roll)]));
  const registry = decodeLogs(registryAbi, registryLogs.flat().sort(compareLogs));
  const anchor = decodeLogs(anchorAbi, anchorLogs);
  return {
    registry: registry.events,
    anchor: anchor.events,
    assembly: assembly.events,
    broken: [...registry.broken, ...anchor.broken, ...assembly.broken],
  };
}

/** Contracts whose code is looked at: the three themselves, officers or their verifiers, pages of areas and keys. */
function wantedCode(info: CommunityInfo, { registry }: Events): Hex[] {
  // An officer who is a contract signs in a way that only that contract knows; a key, as its verifier checks it.
  const officers = eventsNamed(registry, "OfficerSet").map(({ args }) => slice(args.signer, 0, 20));
  const stores = [
    ...eventsNamed(registry, "AreasStored"),
    ...eventsNamed(registry, "RollFrozen"),
    ...eventsNamed(registry, "KeysBound"),
  ].map(({ args }) => args.store);
  const contracts = [info.registry, info.anchor, info.assembly];
  return [...contracts, ...officers, ...stores].map((address) => address.toLowerCase() as Hex);
}

/** What can be asked of the records, once the events are known. */
function wantedRecords(events: Events, meeting: number): RecordQuery[] {
  const roll = Number(rollOf(events) ?? 0n);
  const types = ["roll", "meeting", "keys", "revocation"] as const;
  return [
    { type: "community" },
    { type: "logKey" },
    ...types.map((type) => ({ type, roll })),
    { type: "extension", meeting },
    { type: "result", meeting },
  ];
}

/** What was redacted of these records; asked only where a sealed field discloses nothing. */
function wantedRedactions(entries: readonly RecordEntry[]): RecordQuery[] {
  return entries
    .map(readRecord)
    .filter((entry) => sealedFields(entry).length > (entry.disclosures?.length ?? 0))
    .map(({ index }) => ({ type: "redaction", record: index }));
}

async function collectRecords({ records }: Sources, queries: RecordQuery[]): Promise<ReadRecord[]> {
  const find = async (wanted: RecordQuery[]): Promise<RecordEntry[]> => {
    const found = await Promise.all(wanted.map((query) => attempt(records.findRecords(query))));
    return found.flatMap((entries) => entries ?? []);
  };
  const asked = await find(queries);
  const redactions = await find(wantedRedactions(asked));
  const byIndex = new Map([...asked, ...redactions].map((entry) => [entry.index, entry]));
  return [...byIndex.values()].sort((a, b) => a.index - b.index).map(readRecord);
}

/** The first head that holds a record. */
export function headFor(heads: readonly AnchoredHead[], index: number): AnchoredHead | undefined {
  return heads.find(({ size }) => size > index);
}

/** The proofs of records, each in the first head that holds it, and of these heads to the last. */
export async function collectProofs(
  { records: source }: Sources,
  heads: AnchoredHead[],
  records: ReadRecord[],
): Promise<Pick<Evidence, "inclusion" | "consistency">> {
  const last = heads.at(-1);
  const inclusion = await readAll(
    records.map(({ index }) => index),
    async (index) => {
      const size = headFor(heads, index)?.size;
      if (size === undefined) return undefined;
      return { size, path: await source.inclusion(index, size) };
    },
  );
  const used = new Set([...inclusion.values()].flatMap((proof) => (proof ? [proof.size] : [])));
  if (last) used.delete(last.size);
  const consistency = await readAll(used, (size) => source.consistency(size, last!.size));
  return { inclusion: inclusion as Map<number, GivenProof>, consistency };
}

/** The signed form of a head; null where it could not be had, undefined where the source keeps none. */
export async function readCheckpoint(
  { records }: Sources,
  head: AnchoredHead | undefined,
): Promise<string | null | undefined> {
  if (!records.checkpoint || !head) return undefined;
  return (await attempt(records.checkpoint(head.size))) ?? null;
}

function allLogs(
  { registry, anchor, assembly }: Events,
  heads: readonly AnchoredHead[],
): ChainLog[] {
  const used = new Set(heads.map(({ log }) => log));
  return [...registry, ...assembly, ...anchor.filter(({ log }) => used.has(log))].map(
    ({ log }) => log,
  );
}

/** Reads everything that the verification of a meeting needs, and nothing that it does not. */
export async function collectMeeting(
  sources: Sources,
  info: CommunityInfo,
  meeting: number,
): Promise<Evidence> {
  const { chain, records: source } = sources;
  const chainId = await attempt(chain.chainId());
  const events = await collectEvents(sources, info, meeting);
  const records = await collectRecords(sources, wantedRecords(events, meeting));
  const heads = anchoredHeads(events);
  const proofs = await collectProofs(sources, heads, records);
  const used = new Set([...proofs.inclusion.values()].map(({ size }) => size));
  const usedHeads = heads.filter((head) => used.has(head.size) || head === heads.at(-1));
  const logs = allLogs(events, usedHeads);
  const transactions = await readAll(
    logs.map((log) => log.transactionHash),
    (hash) => chain.transaction(hash),
  );
  const blocks = await readAll(
    logs.map((log) => log.blockNumber),
    (number) => chain.block(number),
  );
  const code = await readAll(wantedCode(info, events), (address) => chain.code(address));
  const documents = await readAll(wantedDocuments(records), (hash) => source.document(hash));
  return {
    meeting,
    info,
    chainId,
    ...events,
    ...proofs,
    checkpoint: await readCheckpoint(sources, heads.at(-1)),
    records,
    transactions,
    blocks,
    code,
    documents,
    state: sources.state,
  };
}

/** The records of one type, by index. */
export function recordsOf<Type extends PublishedRecord["type"]>(
  evidence: Pick<Evidence, "records">,
  type: Type,
): (ReadRecord & { record: RecordOf<Type> })[] {
  return evidence.records.filter(
    (entry): entry is ReadRecord & { record: RecordOf<Type> } => entry.record?.type === type,
  );
}

/** The time of the block that a log stands in. */
export function timeOf({ blocks }: Pick<Evidence, "blocks">, log: ChainLog): number | undefined {
  return blocks.get(log.blockNumber)?.timestamp;
}

/** The bytes of a document, if they are those that the hash names. */
export function documentOf(
  { documents }: Pick<Evidence, "documents">,
  hash: string,
): Uint8Array | undefined {
  const bytes = documents.get(hash as Hex);
  return bytes && sha256(bytes) === hash ? bytes : undefined;
}
