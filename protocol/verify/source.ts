import type { Hex } from "viem";
import type { PublishedRecord } from "../anchor/record.ts";
import type { BookForm } from "../fund/export/form.ts";
import type { DisclosedField } from "../anchor/sealed.ts";
import type { ChainState } from "./state/state.ts";

/** Where a community lives; what a verification is about. */
export type CommunityInfo = {
  community: string;
  chainId: number;
  registry: Hex;
  anchor: Hex;
  assembly: Hex;
  fund: Hex;
};

/**
 * A record as the log holds it: `text` is its canonical JSON. Its leaf is always recomputed. `disclosures` is what is
 * told of its sealed fields.
 */
export type RecordEntry = {
  index: number;
  text: string;
  disclosures?: readonly DisclosedField[] | undefined;
};

/** Which records are wanted; all given conditions must hold. */
export type RecordQuery = {
  type?: PublishedRecord["type"];
  roll?: number;
  meeting?: number;
  /** Of redactions: of which record. */
  record?: number;
};

/** A closed period and the form of its books. */
export type PeriodExport = { number: number; form: BookForm };

/** What a community publishes. Nothing it says is trusted; a promise that rejects means that it could not be had. */
export interface RecordSource {
  community(): Promise<CommunityInfo>;
  /** The records that meet the query, by index. */
  findRecords(query: RecordQuery): Promise<RecordEntry[]>;
  /** One record by its index. */
  record(index: number): Promise<RecordEntry>;
  /** The inclusion proof of a record in the log of `size`. */
  inclusion(index: number, size: number): Promise<Hex[]>;
  /** The consistency proof from the log of `first` records to that of `second`. */
  consistency(first: number, second: number): Promise<Hex[]>;
  /** The head of that size as the log has signed it (c2sp.org/tlog-checkpoint), from sources that keep it. */
  checkpoint?(size: number): Promise<string>;
  /** The bytes of a document by their SHA-256. */
  document(sha256: Hex): Promise<Uint8Array>;
  /** The books of a closed period as they are given out, from sources that have them. */
  exportPeriod?(wanted: PeriodExport): Promise<Uint8Array>;
  /** The projects as they are given out (OCDS), from a service. */
  exportProjects?(): Promise<Uint8Array>;
}

/** An event as a node gives it. */
export type ChainLog = {
  address: Hex;
  topics: Hex[];
  data: Hex;
  blockNumber: number;
  blockHash: Hex;
  transactionHash: Hex;
  logIndex: number;
};

/** A transaction as a node gives it. */
export type ChainTransaction = {
  hash: Hex;
  blockHash: Hex;
  from: Hex;
  to: Hex | null;
  input: Hex;
};

/** What of a block is looked at. */
export type ChainBlock = { number: number; hash: Hex; timestamp: number };

/** A node, or what was kept of its answers. */
export interface ChainSource {
  chainId(): Promise<number>;
  /** The events of a contract with these topics (null: any), in the order of the chain. */
  logs(address: Hex, topics?: readonly (Hex | null)[]): Promise<ChainLog[]>;
  transaction(hash: Hex): Promise<ChainTransaction>;
  block(number: number): Promise<ChainBlock>;
  code(address: Hex): Promise<Hex>;
}

/** Both sources of a verification; `state` where the chain's state comes with proofs. */
export type Sources = { records: RecordSource; chain: ChainSource; state?: ChainState };

/** Says that a source does not have what was asked for. */
export class SourceMissing extends Error {
  readonly code = "SourceMissing";
  readonly what: string;
  constructor(what: string, options?: ErrorOptions) {
    super(`the source has no ${what}`, options);
    this.what = what;
  }
}

/** Whether a record meets a query; one that cannot be read (undefined) may be any, and is given. */
export function matchesQuery(
  record: unknown,
  { type, roll, meeting, record: of }: RecordQuery,
): boolean {
  if (typeof record !== "object" || record === null) return true;
  const fields = record as { type?: unknown; roll?: unknown; meeting?: unknown; record?: unknown };
  return (
    (type === undefined || fields.type === type) &&
    (roll === undefined || fields.roll === roll) &&
    (meeting === undefined || fields.meeting === meeting) &&
    (of === undefined || fields.record === of)
  );
}

/** The same of a record's text; one that is no JSON may be any. */
export function textMatches(text: string, query: RecordQuery): boolean {
  try {
    return matchesQuery(JSON.parse(text), query);
  } catch {
    return true;
  }
}
