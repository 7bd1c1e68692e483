import type { Logger } from "pino";
import type { Hex } from "viem";
import type { PublishedRecord } from "../../protocol/anchor/record.ts";
import { originOf } from "../../protocol/anchor/tlog/checkpoint.ts";
import type { SealedText } from "../../protocol/anchor/sealed.ts";
import type { Chain } from "../chain/service.ts";
import type { Cipher } from "../cipher.ts";
import type { Clock } from "../clock.ts";
import type { Db, Tx } from "../database/client.ts";
import { readField, sealForRecord } from "./disclosure/disclosures.ts";
import { requireAllowedType } from "./document/content.ts";
import { Documents } from "./document/documents.ts";
import { FileStore } from "./document/files.ts";
import { requireLogsMatchChain } from "./log/check.ts";
import { completeCheckpoints, findOrigin, signText } from "./log/checkpoints.ts";
import type { LogKeys } from "./log/keys.ts";
import { Heads, findHeadOver, listHeads } from "./log/heads.ts";
import { appendRecord } from "./log/log.ts";
import { createLogSource } from "./log/source.ts";
import type { LogSource } from "./log/source.ts";
import { OutsideViews, describeOutside } from "./witness/outside.ts";
import type { Outside } from "./witness/settings.ts";
import { findLogSize } from "./log/records.ts";

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
  /** Kept encrypted and never served to the public, such as the scan of a signed ballot. */
  confidential?: boolean;
}

export interface StoredDocument {
  name: string;
  mediaType: string;
  confidential: boolean;
  bytes: Buffer;
}

export interface LogDescription {
  size: number;
  anchoredSize: number;
  root: Hex | null;
  /** The log's name and key (vkey), under which it signs checkpoints; null before its first record. */
  origin: string | null;
  key: string | null;
}

/** The log of every community, and the documents that its records refer to. */
export interface Anchor {
  /** Appends inside the caller's transaction; appends to one log take turns, and a head is due once it commits. */
  append(tx: Tx, communityId: string, record: PublishedRecord): Promise<AppendedRecord>;
  /** Stores bytes under their hash; the file is on disk before the transaction commits. */
  putDocument(tx: Tx, document: NewDocument): Promise<{ sha256: Hex }>;
  /** The same for a file that somebody handed in: its content must be of an allowed kind, and of the one that its name says. */
  putUpload(
    tx: Tx,
    upload: Omit<NewDocument, "mediaType"> & { fileName?: string },
  ): Promise<{ sha256: Hex; mediaType: string }>;
  /** For a field that may identify a person: the record gets its salted hash; salt and text are kept beside it. */
  sealText(tx: Tx, communityId: string, text: string): Promise<SealedText>;
  /** The text of a field of a record, sealed or plain; null once it is redacted. */
  readField(db: Db | Tx, communityId: string, field: SealedText | string): Promise<string | null>;
  /** Confidential ones too: the caller sees to who may read. Throws DocumentNotFound. */
  getDocument(communityId: string, sha256: Hex): Promise<StoredDocument>;
  /** How many records there are, how many a head on chain covers, and that head's root. */
  describeLog(communityId: string): Promise<LogDescription>;
  /** The key of the log that is anchored there, as a vkey. */
  logKey(chainId: number, anchor: Hex): string;
  /** A note (c2sp.org/signed-note) under the key of the log of this name; its text is never a checkpoint's. */
  signNote(origin: string, text: string): string;
  /** Who has seen the log from outside. */
  describeWitnesses(communityId: string): ReturnType<typeof describeOutside>;
  /** The first head on chain that covers a record; undefined until there is one. */
  findHeadOver(
    communityId: string,
    index: number,
  ): Promise<{ size: number; root: Hex } | undefined>;
  /** A community's log as verification reads it. */
  source(communityId: string): LogSource;
  /** Enqueues a head for every log that has grown, without waiting for more records to share it. */
  anchorDue(): Promise<void>;
  /** Compares with the chain, then keeps anchoring until closed. Throws when a log has lost what was anchored. */
  open(): Promise<void>;
  close(): Promise<void>;
}

export interface AnchorDeps {
  db: Db;
  chain: Chain;
  clock: Clock;
  cipher: Cipher;
  filesDirectory: string;
  logKeys: LogKeys;
  outside: Outside;
  log: Logger;
}

export function createAnchor(deps: AnchorDeps): Anchor {
  const views = new OutsideViews(deps);
  const heads = new Heads({ ...deps, onAnchored: () => views.note() });
  const documents = new Documents({ ...deps, files: new FileStore(deps.filesDirectory) });
  return {
    async append(tx, communityId, record) {
      const appended = await appendRecord({ tx, clock: deps.clock }, communityId, record);
      heads.noteAppend();
      return appended;
    },
    putDocument: (tx, document) => documents.put(tx, document),
    async putUpload(tx, { fileName, ...upload }) {
      const mediaType = await requireAllowedType(upload.bytes, [upload.name, fileName ?? ""]);
      return { ...(await documents.put(tx, { ...upload, mediaType })), mediaType };
    },
    sealText: (tx, communityId, text) =>
      sealForRecord({ tx, clock: deps.clock }, communityId, text),
    readField,
    getDocument: (communityId, sha256) => documents.get(communityId, sha256),
    async describeLog(communityId) {
      const [head] = await listHeads(deps.db, communityId, { before: undefined, limit: 1 });
      const size = (await findLogSize(deps.db, communityId)) ?? 0;
      const origin = (await findOrigin(deps.db, communityId)) ?? null;
      const key = origin === null ? null : deps.logKeys.keyOf(origin);
      return { size, anchoredSize: head?.size ?? 0, root: head?.root ?? null, origin, key };
    },
    logKey: (chainId, anchor) => deps.logKeys.keyOf(originOf(chainId, anchor)),
    signNote: (origin, text) => signText(deps.logKeys, origin, text),
    describeWitnesses: (communityId) => describeOutside(deps.db, communityId, deps.outside),
    findHeadOver: (communityId, index) => findHeadOver(deps.db, communityId, index),
    source: (communityId) =>
      createLogSource({
        db: deps.db,
        communityId,
        readDocument: (sha256) => documents.get(communityId, sha256),
      }),
    anchorDue: () => heads.anchorDue(),
    async open() {
      await requireLogsMatchChain(deps);
      await completeCheckpoints(deps);
      heads.open();
      views.open();
    },
    async close() {
      await views.close();
      await heads.close();
    },
  };
}
