import { type Hex, sha256 } from "viem";
import { canonicalBytes, parseCanonical } from "../../../protocol/anchor/json.ts";
import type { PublishedRecord } from "../../../protocol/anchor/record.ts";
import { fundAbi } from "../../../protocol/abi/fund.ts";
import { decodeLogs, eventsNamed } from "../../../protocol/verify/events.ts";
import { type PeriodFile, collectFund } from "../../../protocol/verify/fund/evidence.ts";
import {
  type ChainLog,
  type ChainTransaction,
  type PeriodExport,
  type RecordEntry,
  SourceMissing,
  type Sources,
  textMatches,
} from "../../../protocol/verify/source.ts";

/** Everything that a verification reads, to be altered. */
export type FundContent = {
  records: RecordEntry[];
  documents: Map<Hex, Uint8Array>;
  logs: ChainLog[];
  transactions: Map<Hex, ChainTransaction>;
  code: Map<Hex, Hex>;
  exports: PeriodFile[];
};

// Records are read as they stand, whatever their type.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Said = any;
type Type = PublishedRecord["type"];

/** An amount of a record with some fen more. */
export const addFen = (text: string, fen: bigint): string => String(BigInt(text) + fen);

/** Which of the records of a type: the one of this number. */
export const numbered =
  (number: number) =>
  (said: Said): boolean =>
    said.number === number;

/** What is altered, the check and subject that must name it, and how. */
export type FundTamper = readonly [string, string, (copy: FundContent) => void];

/** Reads everything once. */
export async function readContent(sources: Sources): Promise<FundContent> {
  const info = await sources.records.community();
  const evidence = (await collectFund(sources, info))!;
  const addresses = [info.registry, info.anchor, info.assembly, info.fund];
  const logs = await Promise.all(addresses.map((address) => sources.chain.logs(address)));
  return {
    records: await sources.records.findRecords({}),
    documents: evidence.documents,
    logs: logs.flat(),
    transactions: evidence.transactions,
    code: evidence.code,
    exports: evidence.exports!,
  };
}

/** Asks for each proof, head and block once, because every altered copy asks again. */
export function remember({ records, chain }: Sources): Sources {
  const answers = new Map<string, Promise<unknown>>();
  const once = <Inputs extends unknown[], Answer>(
    name: string,
    ask: (...inputs: Inputs) => Promise<Answer>,
  ) => {
    return (...inputs: Inputs): Promise<Answer> => {
      const key = JSON.stringify([name, inputs]);
      const known = answers.get(key) ?? ask(...inputs);
      answers.set(key, known);
      return known as Promise<Answer>;
    };
  };
  return {
    records: {
      community: once("community", () => records.community()),
      findRecords: once("records", (query) => records.findRecords(query)),
      record: once("record", (index) => records.record(index)),
      inclusion: once("inclusion", (index, size) => records.inclusion(index, size)),
      consistency: once("consistency", (first, second) => records.consistency(first, second)),
      checkpoint: once("checkpoint", (size: number) => records.checkpoint!(size)),
      document: once("document", (hash) => records.document(hash)),
      exportPeriod: once("export", (wanted: PeriodExport) => records.exportPeriod!(wanted)),
      exportProjects: once("projects", () => records.exportProjects!()),
    },
    chain: {
      chainId: once("chainId", () => chain.chainId()),
      logs: once("logs", (address, topics) => chain.logs(address, topics)),
      transaction: once("transaction", (hash) => chain.transaction(hash)),
      block: once("block", (number) => chain.block(number)),
      code: once("code", (address) => chain.code(address)),
    },
  };
}

export function copyContent(content: FundContent): FundContent {
  const { records, documents, logs, transactions, code, exports } = content;
  return {
    records: records.map((entry) => ({ ...entry })),
    documents: new Map([...documents].map(([hash, bytes]) => [hash, Uint8Array.from(bytes)])),
    logs: logs.map((log) => ({ ...log, topics: [...log.topics] })),
    transactions: new Map([...transactions].map(([hash, each]) => [hash, { ...each }])),
    code: new Map(code),
    exports: exports.map((file) => ({ ...file, bytes: Uint8Array.from(file.bytes!) })),
  };
}

/** Sources that give what a content holds; proofs, blocks and heads come from the real ones. */
export function sourcesFrom(content: FundContent, real: Sources): Sources {
  const { records, documents, logs, transactions, code } = content;
  const get = <Key, Value>(map: Map<Key, Value>, key: Key): Promise<Value> => {
    const found = map.get(key);
    return found === undefined ? Promise.reject(new SourceMissing("it")) : Promise.resolve(found);
  };
  const fits = (log: ChainLog, topics: readonly (Hex | null)[]): boolean =>
    topics.every((topic, i) => topic === null || log.topics[i] === topic);
  return {
    records: {
      community: () => real.records.community(),
      findRecords: (query) =>
        Promise.resolve(records.filter(({ text }) => textMatches(text, query))),
      record: (index) => Promise.resolve(records.find((entry) => entry.index === index)!),
      inclusion: (index, size) => real.records.inclusion(index, size),
      consistency: (first, second) => real.records.consistency(first, second),
      checkpoint: (size) => real.records.checkpoint!(size),
      document: (hash) => get(documents, hash),
      exportPeriod: ({ number, form }) =>
        Promise.resolve(
          content.exports.find((file) => file.number === number && file.form === form)!.bytes!,
        ),
      exportProjects: () => real.records.exportProjects!(),
    },
    chain: {
      chainId: () => real.chain.chainId(),
      logs: (address, topics = []) =>
        Promise.resolve(
          logs.filter((log) => log.address.toLowerCase() === address && fits(log, topics)),
        ),
      transaction: (hash) => get(transactions, hash),
      block: (number) => real.chain.block(number),
      code: (address) => get(code, address),
    },
  };
}

const encode = (said: Said): string => new TextDecoder().decode(canonicalBytes(said));

/** Changes the record of a type that meets a condition, the first one unless told. */
export function changeRecord(
  content: FundContent,
  type: Type,
  change: (said: Said) => void,
  isWanted: (said: Said) => boolean = () => true,
): void {
  const entry = content.records.find(({ text }) => {
    const said = JSON.parse(text);
    return said.type === type && isWanted(said);
  })!;
  const said = JSON.parse(entry.text);
  change(said);
  entry.text = encode(said);
}

/** Changes a document and the hash by which one record names it: a liar who is careful. */
export function changeDocument(
  content: FundContent,
  {
    type,
    of,
    isWanted,
  }: { type: Type; of: (said: Said) => Hex; isWanted?: (said: Said) => boolean },
  change: (document: Said) => void,
): void {
  changeRecord(
    content,
    type,
    (said) => {
      const hash = of(said);
      const document = parseCanonical(content.documents.get(hash)!) as Said;
      change(document);
      const bytes = canonicalBytes(document);
      content.documents.set(sha256(bytes), bytes);
      const text = JSON.stringify(said).replaceAll(hash, sha256(bytes));
      Object.assign(said, JSON.parse(text));
    },
    isWanted,
  );
}

/** Changes one byte of the document that a record names. */
export function flipDocument(content: FundContent, type: Type, of: (said: Said) => Hex): void {
  const said = content.records
    .map(({ text }) => JSON.parse(text))
    .find((each) => each.type === type && of(each))!;
  const bytes = content.documents.get(of(said))!;
  bytes[bytes.length - 3]! ^= 1;
}

/** The log of an event of the Fund. */
export function fundLog(content: FundContent, name: string, at = 0): ChainLog {
  const { events } = decodeLogs(fundAbi, content.logs);
  return eventsNamed(events, name as never)[at]!["log"];
}

/** Changes the hex digit at `index` of a text, from the end where negative. */
export function flip(hex: Hex, index: number): Hex {
  const at = index < 0 ? hex.length + index : 2 + index;
  return `${hex.slice(0, at)}${hex[at] === "0" ? "1" : "0"}${hex.slice(at + 1)}` as Hex;
}

/** Changes what an event says. */
export function flipEvent(content: FundContent, name: string, index: number, at = 0): void {
  const log = fundLog(content, name, at);
  log.data = flip(log.data, index);
}

/** Changes the call behind an event. */
export function flipCall(content: FundContent, name: string, index: number, at = 0): void {
  const { transactionHash } = fundLog(content, name, at);
  const transaction = content.transactions.get(transactionHash)!;
  transaction.input = flip(transaction.input, index);
}

/** Leaves an event out. */
export function dropEvent(content: FundContent, name: string, at = 0): void {
  const dropped = fundLog(content, name, at);
  content.logs = content.logs.filter((log) => log !== dropped);
}
