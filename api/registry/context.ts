import type { Hex } from "viem";
import type { PublishedRecord } from "../../protocol/anchor/record.ts";
import type { Chain } from "../chain/service.ts";
import type { Cipher } from "../cipher.ts";
import type { Clock } from "../clock.ts";
import type { Db, Tx } from "../database/client.ts";
import type { RandomBytes } from "../../protocol/registry/permutation.ts";
import type { LoginProof } from "../http/session.ts";
import type { ProposalBook } from "./proposal/proposals.ts";

/** What the registry publishes through; the log that stands behind it is a later subject. */
export interface Publication {
  append(
    tx: Tx,
    communityId: string,
    record: PublishedRecord,
  ): Promise<{ index: number; leaf: Hex }>;
  putDocument(
    tx: Tx,
    document: { communityId: string; name: string; mediaType: string; bytes: Uint8Array },
  ): Promise<{ sha256: Hex }>;
  /** The key of the log that is anchored there, as a vkey. */
  logKey(chainId: number, anchor: Hex): string;
  /** How many records there are, how many a head on chain covers, and that head's root. */
  describeLog(communityId: string): Promise<LogState>;
}

export interface LogState {
  size: number;
  anchoredSize: number;
  root: Hex | null;
  /** The log's name and key (vkey), under which it signs checkpoints; null before its first record. */
  origin: string | null;
  key: string | null;
}

/** What the parts of the registry work with. */
export interface RegistryContext {
  db: Db;
  chain: Chain;
  clock: Clock;
  cipher: Cipher;
  publication: Publication;
  proposals: ProposalBook;
  requireProof(proof: LoginProof, purpose: "login" | "enrol"): Promise<void>;
  /** Draws voter numbers and salts; the demonstration's is seeded. */
  random: RandomBytes;
}

/** Large communities write tens of thousands of rows at once. */
export const LONG_TRANSACTION = { timeout: 120_000, maxWait: 20_000 };
