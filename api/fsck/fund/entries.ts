import type { Hex } from "viem";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { findEntryFault } from "../../../protocol/fund/entry.ts";
import { readSchedule } from "../../../protocol/fund/schedule.ts";
import { buildUnitTree, entryTree } from "../../../protocol/fund/unitTree.ts";
import type { FundEntry } from "../../database/generated/client.ts";
import { readDocument } from "../anchor/documents.ts";
import type { Place } from "../inspection.ts";
import { inspectRecorded } from "../recorded.ts";
import type { RecordedRow } from "../recorded.ts";
import type { FsckContext } from "../subject.ts";

type Row = FundEntry & {
  /** What a reversal takes back. */
  original: string | null;
  /** `[position, account, amount]` of each posting, in their order. */
  lines: [number, string, string][] | null;
};

interface UnitPart {
  unit: string;
  building: string;
  amountFen: bigint;
  salt: string | null;
}

const LINES = `
  (SELECT json_agg(json_build_array(p."position", p."account", p."amountFen"::text) ORDER BY p."position")
   FROM "FundPosting" p WHERE p."communityId" = t."communityId" AND p."number" = t."number") AS lines`;

/** Every entry says what its record says, down to the single posting and the single unit. */
export async function inspectEntries(context: FsckContext): Promise<void> {
  const entries = inspectRecorded<Row, "entry">(context, {
    table: "FundEntry",
    type: "entry",
    key: ["number"],
    time: "postedAt",
    also: `o."kind" AS original, ${LINES}`,
    join: `LEFT JOIN "FundEntry" o ON o."communityId" = t."communityId" AND o."number" = t."reverses"`,
    expected: toRow,
  });
  for await (const entry of entries) {
    comparePostings(context, entry);
    await inspectUnits(context, entry);
  }
  await findStrayUnits(context);
}

/** What the row says by its record; a reversal moves the figures of its original's kind. */
function toRow(record: RecordOf<"entry">, { original }: Row): object {
  const { number, fund, kind, date, occurred, narration, category, units, ...rest } = record;
  const { reverses, reason, linked, documents, author, confirmer, source } = rest;
  return {
    ...{ number, fund, kind, date, occurred, narration, category },
    ...{ reverses, reason, linked, documents, author, confirmer, source },
    moves: kind === "reversal" ? original : kind,
    units: units?.count ?? 0,
    unitsRoot: units?.root ?? null,
    schedule: units?.schedule ?? null,
  };
}

function comparePostings(
  { inspection }: FsckContext,
  { row, record, place: { community } }: RecordedRow<Row, "entry">,
): void {
  const stored = new Map((row.lines ?? []).map(([position, ...line]) => [position, line]));
  record.postings.forEach(({ account, amount }, position) => {
    const place = { community, table: "FundPosting", row: `${record.number}/${position}` };
    const line = stored.get(position);
    stored.delete(position);
    if (!line) return void inspection.missing(place);
    inspection.compare(
      place,
      { account: line[0], amountFen: line[1] },
      { account, amountFen: amount },
    );
  });
  for (const position of stored.keys()) {
    inspection.extra({ community, table: "FundPosting", row: `${record.number}/${position}` });
  }
}

/** The units' parts add up to what the record says of every building, and lead to its root under the units' salts. */
async function inspectUnits(context: FsckContext, entry: RecordedRow<Row, "entry">): Promise<void> {
  const { record, place } = entry;
  const { community, number, units: published, postings } = record;
  if (!published) return;
  const parts = await readParts(context, community, number);
  const { inspection } = context;
  const own: Place = { community, table: "FundUnitPosting", row: String(number) };
  const isWhole = inspection.equal({ ...own, field: "units" }, published.count, parts.length);
  const sums = sumBuildings(parts);
  const areBuildings = published.buildings.map(({ building, amount }) => {
    const found = sums.get(building) ?? 0n;
    sums.delete(building);
    return inspection.equal({ ...own, field: `building ${building}` }, amount, found);
  });
  for (const building of sums.keys()) inspection.extra(own, `building ${building}`);
  const lines = postings.map(({ account, amount }) => ({ account, amountFen: BigInt(amount) }));
  const fault = findEntryFault({ ...record, postings: lines, units: parts });
  if (isWhole) inspection.equal({ ...place, field: "invariants" }, "sound", fault ?? "sound");
  const isScheduled = await compareSchedule(context, { record, parts, own });
  const isSame = isWhole && sums.size === 0 && areBuildings.every(Boolean) && isScheduled;
  compareRoot(context, { record, parts, isSame });
}

const readParts = (
  { snapshot }: FsckContext,
  community: string,
  number: number,
): Promise<UnitPart[]> =>
  snapshot.rows<UnitPart>(
    `SELECT p."unit", p."building", p."amountFen", u."salt" FROM "FundUnitPosting" p
     LEFT JOIN "FundUnit" u ON u."communityId" = p."communityId" AND u."unit" = p."unit"
     WHERE p."communityId" = $1 AND p."number" = $2`,
    [community, number],
  );

function sumBuildings(parts: readonly UnitPart[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { building, amountFen } of parts) {
    sums.set(building, (sums.get(building) ?? 0n) + amountFen);
  }
  return sums;
}

const sizeOf = (amountFen: bigint): bigint => (amountFen < 0n ? -amountFen : amountFen);

interface Parts {
  record: RecordOf<"entry">;
  parts: readonly UnitPart[];
}

/** Where the shares are public, the unit that differs is named. */
async function compareSchedule(
  context: FsckContext,
  { record, parts, own }: Parts & { own: Place },
): Promise<boolean> {
  const { schedule: hash } = record.units!;
  const bytes = hash === null ? undefined : await readDocument(context, hash);
  if (!bytes) return true;
  const byUnit = new Map(parts.map(({ unit, amountFen }) => [unit, sizeOf(amountFen)]));
  const shares = readSchedule(bytes).units.map(({ unit, amount }) => {
    const place = { ...own, row: `${own.row}/${unit}`, field: "amountFen" };
    return context.inspection.equal(place, amount, byUnit.get(unit));
  });
  return shares.every(Boolean);
}

/** Where the amounts agree with everything else and the root does not, a salt was changed. */
function compareRoot(
  { inspection }: FsckContext,
  { record, parts, isSame }: Parts & { isSame: boolean },
): void {
  const { community, number, units } = record;
  const found = rootOf(entryTree(community, number), parts);
  const row = { community, row: `of entry ${number}` };
  const place = isSame
    ? { ...row, table: "FundUnit", field: "salt" }
    : { ...row, table: "FundUnitPosting", field: "root" };
  inspection.equal(place, units!.root, found);
}

function rootOf(tree: string, parts: readonly UnitPart[]): string {
  try {
    const leaves = parts.map(({ unit, building, amountFen, salt }) => {
      return { unit, building, salt: salt as Hex, figures: [sizeOf(amountFen)] };
    });
    return buildUnitTree(tree, leaves).root.hash;
  } catch {
    return "none";
  }
}

/** Parts of entries that have none, or that are not there. */
async function findStrayUnits({ snapshot, inspection }: FsckContext): Promise<void> {
  const sql = `
    SELECT p."communityId" AS community, p."number" || '/' || p."unit" AS row FROM "FundUnitPosting" p
    LEFT JOIN "FundEntry" e ON e."communityId" = p."communityId" AND e."number" = p."number"
    WHERE e."number" IS NULL OR e."unitsRoot" IS NULL`;
  for await (const { community, row } of snapshot.stream<{ community: string; row: string }>(sql)) {
    inspection.extra({ community, table: "FundUnitPosting", row });
  }
}
