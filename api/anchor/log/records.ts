import type { Hex } from "viem";
import type { DisclosedField } from "../../../protocol/anchor/sealed.ts";
import type { Db } from "../../database/client.ts";
import { DomainError } from "../../http/errors.ts";
import { listDisclosed } from "../disclosure/disclosures.ts";

export interface StoredRecord {
  index: number;
  leaf: Hex;
  /** Canonical text. */
  bytes: string;
  at: string;
}

/** A record with what is still disclosed of its sealed fields. */
export type DisclosedRecord = StoredRecord & { disclosures: DisclosedField[] };

async function disclose(
  db: Db,
  communityId: string,
  records: readonly StoredRecord[],
): Promise<DisclosedRecord[]> {
  const texts = records.map(({ bytes }) => bytes);
  const disclosed = await listDisclosed(db, communityId, texts);
  return records.map((record, i) => ({ ...record, disclosures: disclosed[i]! }));
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

/** The same with what is disclosed of its sealed fields. */
export async function getDisclosedRecord(
  db: Db,
  communityId: string,
  index: number,
): Promise<DisclosedRecord> {
  const [record] = await disclose(db, communityId, [await getRecord(db, communityId, index)]);
  return record!;
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
): Promise<{ items: DisclosedRecord[]; next: number | null }> {
  const rows = await db.record.findMany({
    where: { communityId, index: { gt: after }, ...(type === undefined ? {} : { type }) },
    orderBy: { index: "asc" },
    take: limit,
  });
  const next = rows.length === limit ? rows.at(-1)!.index : null;
  return { items: await disclose(db, communityId, rows.map(toRecord)), next };
}
