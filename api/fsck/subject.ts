import type { Cipher } from "../cipher.ts";
import type { Community, Proposal } from "../database/generated/client.ts";
import type { Role } from "../http/authority.ts";
import type { ChainView } from "./chain/view.ts";
import type { Inspection } from "./inspection.ts";
import type { Snapshot } from "./snapshot.ts";

/** What every inspection works with. */
export interface FsckContext {
  snapshot: Snapshot;
  inspection: Inspection;
  /** By id. */
  communities: ReadonlyMap<string, Community>;
  /** Undefined where the chain could not be had; what depends on it is listed as not inspected. */
  chain: ChainView | undefined;
  /** Undefined where the key directory is not at hand. */
  cipher: Cipher | undefined;
  dataDirectory: string;
  /** When the snapshot was taken. */
  startedAt: Date;
  onError?: ((error: unknown) => void) | undefined;
}

/** A table whose rows are inspected; `onlyHere` are the columns that nothing else says, so that nobody can check them. */
export interface InspectedTable {
  onlyHere: readonly string[];
}

/**
 * Or `noEvidence`: proves nothing, such as who is logged in, or answers kept for a day. Or `notYet`: proves something,
 * and nobody has written down how to inspect it; then an inspection is never complete.
 */
export type TableNote = InspectedTable | "noEvidence" | "notYet";

/** Calls of one kind, by what they are about. */
export interface CallSource {
  kind: string;
  /** What they call. */
  functions: readonly string[];
  /** The table of the rows that they are about. */
  table: string;
  /**
   * SQL that gives `ref` (without the number of attempts) and `call`: what must have become of the row's call:
   * `pending`, `done`, `failed`, or null where there need be none.
   */
  refs: string;
}

/** What a proposal must say, by the rows that it is about. */
export interface ProposalFacts {
  payload: object;
  /** Of the signed message; integers of any type. */
  message: object;
  /** What the signers were told. */
  summary: object;
}

export interface ProposalKind {
  /** The type of the message that is signed. */
  primaryType: string;
  roles: readonly [Role, Role];
  /** The table of the rows that it is about. */
  table: string;
  /** Undefined: the row that the proposal is about is not there. */
  facts(context: FsckContext, proposal: Proposal): Promise<ProposalFacts | undefined>;
}

/** One part of the inspection. Every table of the schema belongs to exactly one. */
export interface Subject {
  name: string;
  tables: Readonly<Record<string, TableNote>>;
  calls?: readonly CallSource[];
  /** By the kind of the proposal. */
  proposals?: Readonly<Record<string, ProposalKind>>;
  inspect(context: FsckContext): Promise<void>;
}
