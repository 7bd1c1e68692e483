import type { Hex } from "viem";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import type {
  EntryBody,
  EntryKind,
  OriginalKind,
  UnitPosting,
} from "../../../protocol/fund/entry.ts";
import { buildUnitTree, entryTree } from "../../../protocol/fund/unitTree.ts";
import type { UnitTree } from "../../../protocol/fund/unitTree.ts";
import { toInstant } from "../../clock.ts";
import type { Tx } from "../../database/client.ts";
import type { FundUnit } from "../../database/generated/client.ts";
import type { FundContext } from "../context.ts";
import type { NewEntry, PostedEntry } from "./entry.ts";
import { toDay } from "./lock.ts";

/** An entry with all that its record says. */
export interface FullEntry extends EntryBody, Omit<NewEntry, keyof EntryBody | "schedule"> {
  kind: EntryKind;
  /** The kind whose figures move: a reversal's is that of its original. */
  moves: OriginalKind;
  schedule?: Hex | undefined;
  number: number;
  reverses?: number | undefined;
  reason?: string | undefined;
}

/** The sum tree of what the units have to do with an entry; amounts without their sign, which the posting says. */
export function toEntryTree(
  communityId: string,
  number: number,
  { units, rows }: { units: readonly UnitPosting[]; rows: ReadonlyMap<string, FundUnit> },
): UnitTree {
  const leaves = units.map(({ unit, building, amountFen }) => {
    const salt = rows.get(unit)!.salt as Hex;
    return { unit, building, salt, figures: [amountFen < 0n ? -amountFen : amountFen] };
  });
  return buildUnitTree(entryTree(communityId, number), leaves);
}

/** Publishes the entry's record and keeps its row. */
export async function writeEntry(
  { anchor, clock }: FundContext,
  tx: Tx,
  { entry, tree }: { entry: FullEntry; tree: UnitTree | undefined },
): Promise<PostedEntry> {
  const { communityId, number } = entry;
  const now = clock.now();
  const record = toRecord(entry, tree, toInstant(now));
  const { index, leaf } = await anchor.append(tx, communityId, record);
  await tx.fundEntry.create({
    data: {
      communityId,
      number,
      fund: entry.fund,
      kind: entry.kind,
      moves: entry.moves,
      date: toDay(entry.date),
      occurred: entry.occurred === undefined ? null : toDay(entry.occurred),
      narration: entry.narration,
      category: entry.category ?? null,
      units: entry.units.length,
      unitsRoot: record.units?.root ?? null,
      schedule: entry.schedule ?? null,
      reverses: entry.reverses ?? null,
      reason: entry.reason ?? null,
      linked: record.linked,
      documents: record.documents,
      author: record.author,
      confirmer: record.confirmer,
      source: record.source,
      recordIndex: index,
      recordLeaf: leaf,
      postedAt: now,
    },
  });
  await tx.fundBooks.update({ where: { communityId }, data: { lastEntry: number } });
  return { number, recordIndex: index, leaf };
}

const orNull = <Value>(value: Value | undefined): Value | null => value ?? null;

function toRecord(entry: FullEntry, tree: UnitTree | undefined, at: string): RecordOf<"entry"> {
  return {
    v: 1,
    type: "entry",
    community: entry.communityId,
    at,
    number: entry.number,
    fund: entry.fund,
    kind: entry.kind,
    date: entry.date,
    occurred: orNull(entry.occurred),
    narration: entry.narration,
    category: orNull(entry.category),
    postings: entry.postings.map(({ account, amountFen }) => {
      return { account, amount: String(amountFen) };
    }),
    units: tree ? toUnitsField(entry, tree) : null,
    reverses: orNull(entry.reverses),
    reason: orNull(entry.reason),
    linked: [...(entry.linked ?? [])],
    documents: [...(entry.documents ?? [])],
    author: orNull(entry.by?.author),
    confirmer: orNull(entry.by?.confirmer),
    source: orNull(entry.source),
  };
}

function toUnitsField({ units, schedule }: FullEntry, tree: UnitTree) {
  const sign = units.some(({ amountFen }) => amountFen < 0n) ? -1n : 1n;
  return {
    count: tree.count,
    root: tree.root.hash,
    buildings: tree.buildings.map(({ building, count, sums }) => {
      return { building, count, amount: String(sign * sums[0]!) };
    }),
    schedule: schedule ?? null,
  };
}
