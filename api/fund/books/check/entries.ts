import type { Hex } from "viem";
import { recordLeaf } from "../../../../protocol/anchor/record.ts";
import type { RecordOf } from "../../../../protocol/anchor/record.ts";
import { findEntryFault, isReversalOf } from "../../../../protocol/fund/entry.ts";
import type { EntryBody } from "../../../../protocol/fund/entry.ts";
import { entryTree } from "../../../../protocol/fund/unitTree.ts";
import type { StoredEntry } from "../find.ts";
import { findEntries } from "../find.ts";
import { readSalts, toEntryLeaves } from "../proof.ts";
import { compare, toCheck, tryRoot } from "./finding.ts";
import type { Check, CheckContext, Difference } from "./finding.ts";

const AT_ONCE = 200;

type Visit = (entry: StoredEntry, body: EntryBody) => Promise<Difference[]> | Difference[];

/** Every entry by itself: numbered without gap, sound, as its record says, and a reversal the mirror of its original. */
export async function checkEntries(context: CheckContext): Promise<Check[]> {
  const salts = await readSalts(context.db, context.communityId);
  const visits: Record<string, Visit> = {
    entryInvariants: (entry, body) =>
      compare(nameOf(entry), "sound", findEntryFault(body) ?? "sound"),
    entryRecords: (entry, body) => compareRecord(context, entry, body),
    entryRoots: (entry, body) => compareRoot(context, { entry, body, salts }),
    reversals: (entry, body) => compareReversal(context, entry, body),
  };
  const failed: Record<string, Difference[]> = Object.fromEntries(
    Object.keys(visits).map((name) => [name, []]),
  );
  const numbering: Difference[] = [];
  let expected = context.lastEntry;
  for await (const entry of readEntries(context)) {
    numbering.push(...compare(`entry ${expected}`, expected, entry.number));
    expected = entry.number - 1;
    const body = await readBody(context, entry);
    for (const [name, visit] of Object.entries(visits)) {
      failed[name]!.push(...(await visit(entry, body)));
    }
  }
  numbering.push(...compare("first entry", 0, expected));
  return [
    toCheck("entryNumbers", context.lastEntry, numbering),
    ...Object.entries(failed).map(([name, list]) => toCheck(name, context.lastEntry, list)),
  ];
}

const nameOf = ({ number }: { number: number }): string => `entry ${number}`;

async function* readEntries({ db, communityId, lastEntry }: CheckContext) {
  let before = lastEntry + 1;
  for (;;) {
    const page = await findEntries(db, communityId, { before, limit: AT_ONCE });
    yield* page;
    if (page.length < AT_ONCE) return;
    before = page.at(-1)!.number;
  }
}

async function readBody(
  { db, communityId }: CheckContext,
  { number, fund, kind, postings }: StoredEntry,
): Promise<EntryBody> {
  const units = await db.fundUnitPosting.findMany({ where: { communityId, number } });
  return {
    ...{ fund, kind, units },
    postings: postings.map(({ account, amountFen }) => ({ account, amountFen })),
  };
}

/** The row against the record in the log, and the record against its own leaf. */
async function compareRecord(
  { db, communityId }: CheckContext,
  entry: StoredEntry,
  { units }: EntryBody,
): Promise<Difference[]> {
  const where = { communityId_index: { communityId, index: entry.recordIndex } };
  const row = await db.record.findUnique({ where });
  const place = nameOf(entry);
  if (!row) return [{ place, expected: `record ${entry.recordIndex}`, found: "none" }];
  const record = JSON.parse(row.text) as RecordOf<"entry">;
  const leaf = recordLeaf(new TextEncoder().encode(row.text));
  const wanted = fieldsOfRecord(record);
  const found = fieldsOfRow(entry);
  return [
    ...compare(`${place} leaf`, entry.leaf, leaf),
    ...Object.entries(wanted).flatMap(([field, value]) =>
      compare(`${place} ${field}`, value, found[field]),
    ),
    ...compare(`${place} buildings`, describeBuildings(record), sumBuildings(units)),
  ];
}

type Fields = Record<string, unknown>;

/** What of an entry the record and the row both say. */
const fieldsOfRecord = (record: RecordOf<"entry">): Fields => ({
  ...pickFields(record),
  postings: record.postings.map(({ account, amount }) => `${account} ${amount}`).join(", "),
  units: record.units?.count ?? 0,
  root: record.units?.root ?? null,
  schedule: record.units?.schedule ?? null,
});

const fieldsOfRow = (entry: StoredEntry): Fields => ({
  ...pickFields(entry),
  postings: entry.postings.map(({ account, amountFen }) => `${account} ${amountFen}`).join(", "),
  units: entry.units,
  root: entry.unitsRoot,
  schedule: entry.schedule,
});

const SAME_FIELDS = [
  "number",
  "fund",
  "kind",
  "date",
  "occurred",
  "narration",
  "category",
  "reverses",
  "reason",
  "linked",
  "documents",
  "author",
  "confirmer",
  "source",
] as const;

const pickFields = (from: Record<(typeof SAME_FIELDS)[number], unknown>): Fields =>
  Object.fromEntries(SAME_FIELDS.map((field) => [field, from[field]]));

const describeBuildings = ({ units }: RecordOf<"entry">): string =>
  (units?.buildings ?? [])
    .map(({ building, amount }) => `${building} ${amount}`)
    .sort()
    .join(", ");

function sumBuildings(units: EntryBody["units"]): string {
  const totals = new Map<string, bigint>();
  for (const { building, amountFen } of units) {
    totals.set(building, (totals.get(building) ?? 0n) + amountFen);
  }
  return [...totals]
    .map(([building, amount]) => `${building} ${amount}`)
    .sort()
    .join(", ");
}

interface Rooted {
  entry: StoredEntry;
  body: EntryBody;
  salts: ReadonlyMap<string, Hex>;
}

/** Every unit's part leads to the root that the record names. */
function compareRoot({ communityId }: CheckContext, { entry, body, salts }: Rooted): Difference[] {
  const { number, unitsRoot } = entry;
  const leaves = toEntryLeaves(body.units, salts);
  const tree = tryRoot(entryTree(communityId, number), leaves);
  return compare(`entry ${number}`, unitsRoot ?? "none", tree?.root.hash ?? "none");
}

async function compareReversal(
  context: CheckContext,
  entry: StoredEntry,
  body: EntryBody,
): Promise<Difference[]> {
  if (entry.kind !== "reversal") return [];
  const number = entry.reverses ?? 0;
  const [original] = await findEntries(context.db, context.communityId, {
    before: number + 1,
    limit: 1,
  });
  if (original?.number !== number) {
    return [{ place: nameOf(entry), expected: `entry ${number}`, found: "none" }];
  }
  const mirrored = isReversalOf(body, await readBody(context, original));
  return compare(
    nameOf(entry),
    `the mirror of entry ${number}`,
    mirrored ? `the mirror of entry ${number}` : "another",
  );
}
