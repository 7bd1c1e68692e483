import type { Hex } from "viem";
import type { PublishedRecord } from "../../protocol/anchor/record.ts";
import type { Tx } from "../database/client.ts";

export interface AppendedRecord {
  index: number;
  leaf: Hex;
}

export interface NewDocument {
  communityId: string;
  /** Shown when saved; names no person. */
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** The log of a community, and the documents that its records refer to. */
export interface Anchor {
  /** Appends inside the caller's transaction; communities take turns, and a head is due as soon as it commits. */
  append(tx: Tx, communityId: string, record: PublishedRecord): Promise<AppendedRecord>;
  /** Stores bytes of our own making under their hash; the file is on disk before the transaction commits. */
  putDocument(tx: Tx, document: NewDocument): Promise<{ sha256: string }>;
  /** The same for a file that somebody handed in: its content must be of an allowed kind, which is returned. */
  putUpload(
    tx: Tx,
    upload: Omit<NewDocument, "mediaType">,
  ): Promise<{ sha256: string; mediaType: string }>;
  getDocument(
    communityId: string,
    sha256: string,
  ): Promise<{ name: string; mediaType: string; bytes: Buffer }>;
}
