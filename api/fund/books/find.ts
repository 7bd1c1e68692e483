import type { Hex } from "viem";
import type { EntryKind, OriginalKind, Posting } from "../../../protocol/fund/entry.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { FundEntry, FundPosting } from "../../database/generated/client.ts";
import { DomainError } from "../../http/errors.ts";
import type { ChargeCategory, Fund, PostedEntry } from "./entry.ts";
import { fromDay, toDay } from "./lock.ts";

/** An entry as it stands in the books. */
export interface StoredEntry extends PostedEntry {
  fund: Fund;
  kind: EntryKind;
  /** The kind whose figures it moves: a reversal's is that of its original. */
  moves: OriginalKind;
  date: string;
  occurred: string | null;
  narration: string;
  category: ChargeCategory | null;
  postings: (Posting & { balanceFen: bigint })[];
  units: number;
  unitsRoot: Hex | null;
  schedule: Hex | null;
  reverses: number | null;
  reversedBy: number | null;
  reason: string | null;
  linked: number[];
  documents: Hex[];
  author: Hex | null;
  confirmer: Hex | null;
  source: string | null;
  postedAt: Date;
}

export interface EntryFilter {
  fund?: Fund | undefined;
  kind?: EntryKind | undefined;
  /** Days, both included. */
  from?: string | undefined;
  to?: string | undefined;
  /** Only entries whose `source` begins so: `payment `. */
  source?: string | undefined;
  /** Numbers below this one, the newest first. */
  before?: number | undefined;
  limit?: number | undefined;
}

const MAX_ENTRIES = 200;

/** Entries, the newest first. */
export async function findEntries(
  db: Db | Tx,
  communityId: string,
  { fund, kind, from, to, source, before, limit = MAX_ENTRIES }: EntryFilter = {},
): Promise<StoredEntry[]> {
  const rows = await db.fundEntry.findMany({
    where: {
      communityId,
      ...(fund && { fund }),
      ...(kind && { kind }),
      ...(source !== undefined && { source: { startsWith: source } }),
      date: { ...(from && { gte: toDay(from) }), ...(to && { lte: toDay(to) }) },
      ...(before !== undefined && { number: { lt: before } }),
    },
    include: { postings: { orderBy: { position: "asc" } } },
    orderBy: { number: "desc" },
    take: limit,
  });
  return withReversals(db, communityId, rows);
}

/** Throws EntryNotFound. */
export async function getEntry(
  db: Db | Tx,
  communityId: string,
  number: number,
): Promise<StoredEntry> {
  const row = await db.fundEntry.findUnique({
    where: { communityId_number: { communityId, number } },
    include: { postings: { orderBy: { position: "asc" } } },
  });
  if (!row) throw new DomainError("EntryNotFound", { number });
  const [entry] = await withReversals(db, communityId, [row]);
  return entry!;
}

/** What was posted for a source before; undefined without a source. */
export async function findBySource(
  db: Db | Tx,
  communityId: string,
  source: string | undefined,
): Promise<PostedEntry | undefined> {
  if (source === undefined) return undefined;
  const where = { communityId_source: { communityId, source } };
  const row = await db.fundEntry.findUnique({ where });
  if (!row) return undefined;
  return { number: row.number, recordIndex: row.recordIndex, leaf: row.recordLeaf as Hex };
}

type Row = FundEntry & { postings: FundPosting[] };

async function withReversals(
  db: Db | Tx,
  communityId: string,
  rows: readonly Row[],
): Promise<StoredEntry[]> {
  const numbers = rows.map(({ number }) => number);
  const reversals = await db.fundEntry.findMany({
    where: { communityId, reverses: { in: numbers } },
    select: { number: true, reverses: true },
  });
  const reversedBy = new Map(reversals.map(({ number, reverses }) => [reverses, number]));
  return rows.map((row) => toEntry(row, reversedBy.get(row.number) ?? null));
}

const toEntry = (row: Row, reversedBy: number | null): StoredEntry => ({
  number: row.number,
  recordIndex: row.recordIndex,
  leaf: row.recordLeaf as Hex,
  fund: row.fund as Fund,
  kind: row.kind as EntryKind,
  moves: row.moves as OriginalKind,
  date: fromDay(row.date),
  occurred: row.occurred && fromDay(row.occurred),
  narration: row.narration,
  category: row.category as ChargeCategory | null,
  postings: row.postings.map(({ account, amountFen, balanceFen }) => {
    return { account, amountFen, balanceFen };
  }),
  units: row.units,
  unitsRoot: row.unitsRoot as Hex | null,
  schedule: row.schedule as Hex | null,
  reverses: row.reverses,
  reversedBy,
  reason: row.reason,
  linked: row.linked,
  documents: row.documents as Hex[],
  author: row.author as Hex | null,
  confirmer: row.confirmer as Hex | null,
  source: row.source,
  postedAt: row.postedAt,
});
