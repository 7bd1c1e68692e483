import type { Hex } from "viem";
import { SourceMissing, matchesQuery } from "../../../protocol/verify/source.ts";
import type { RecordEntry, RecordQuery, RecordSource } from "../../../protocol/verify/source.ts";
import type { Db } from "../../database/client.ts";
import { listDisclosed } from "../disclosure/disclosures.ts";
import { findCheckpoint } from "./checkpoints.ts";
import { proveGrowth, proveRecord } from "./proofs.ts";

/** Where a community lives is not for the log to say. */
export type LogSource = Omit<RecordSource, "community">;

export interface LogSourceDeps {
  db: Db;
  communityId: string;
  readDocument: (sha256: Hex) => Promise<{ confidential: boolean; bytes: Uint8Array }>;
}

/** A community's log as verification reads it, straight from the database: for evidence bundles. */
export function createLogSource({ db, communityId, readDocument }: LogSourceDeps): LogSource {
  return {
    findRecords: (query) => findRecords(db, communityId, query),
    async record(index) {
      const where = { communityId_index: { communityId, index } };
      const row = await db.record.findUnique({ where, select: { index: true, text: true } });
      if (!row) throw new SourceMissing(`record ${index}`);
      const [entry] = await discloseAll(db, communityId, [row]);
      return entry!;
    },
    inclusion: (index, size) => proveRecord(db, communityId, { index, size }),
    consistency: (from, to) => proveGrowth(db, communityId, { from, to }),
    async checkpoint(size) {
      const checkpoint = await findCheckpoint(db, communityId, size);
      if (!checkpoint) throw new SourceMissing(`checkpoint ${size}`);
      return checkpoint.note;
    },
    async document(sha256) {
      const { confidential, bytes } = await readDocument(sha256);
      if (confidential) throw new SourceMissing(`document ${sha256}`);
      return bytes;
    },
  };
}

async function findRecords(
  db: Db,
  communityId: string,
  query: RecordQuery,
): Promise<RecordEntry[]> {
  const { type } = query;
  const rows = await db.record.findMany({
    where: { communityId, ...(type ? { type } : {}) },
    orderBy: { index: "asc" },
    select: { index: true, text: true },
  });
  const matching = rows.filter(({ text }) => matchesQuery(JSON.parse(text), query));
  return discloseAll(db, communityId, matching);
}

async function discloseAll(
  db: Db,
  communityId: string,
  rows: readonly { index: number; text: string }[],
): Promise<RecordEntry[]> {
  const texts = rows.map(({ text }) => text);
  const disclosed = await listDisclosed(db, communityId, texts);
  return rows.map((row, i) => ({ ...row, disclosures: disclosed[i]! }));
}
