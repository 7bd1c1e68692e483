import type { Hex } from "viem";
import type { Db } from "../../database/client.ts";
import { DomainError } from "../../http/errors.ts";

export interface StoredRecord {
  index: number;
  leaf: Hex;
  /** Canonical text. */
  bytes: string;
  at: string;
}

/** Undefined where no record was ever published: there is no such community. */
export async function findLogSize(db: Db, communityId: string): Promise<number | undefined> {
  const log = await db.log.findUnique({ where: { communityId }, select: { size: true } });
  return log?.size;
}

interface Row {
  index: number;
  leaf: string;
  text: string;
  at: Date;
}

const toRecord = ({ index, leaf, text, at }: Row): StoredRecord => ({
  index,
  leaf: leaf as Hex,
  bytes: text,
  at: at.toISOString(),
});

export async function getRecord(db: Db, communityId: string, index: number): Promise<StoredRecord> {
  const where = { communityId_index: { communityId, index } };
  const row = await db.record.findUnique({ where });
  if (!row) throw new DomainError("RecordNotFound", { index });
  return toRecord(row);
}

export interface RecordPage {
  after?: number | undefined;
  limit: number;
  type?: string | undefined;
}

export async function listRecords(
  db: Db,
  communityId: string,
  { after = -1, limit, type }: RecordPage,
): Promise<{ items: StoredRecord[]; next: number | null }> {
  const rows = await db.record.findMany({
    where: { communityId, index: { gt: after }, ...(type === undefined ? {} : { type }) },
    orderBy: { index: "asc" },
    take: limit,
  });
  const next = rows.length === limit ? rows.at(-1)!.index : null;
  return { items: rows.map(toRecord), next };
}
