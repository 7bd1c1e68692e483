import type { RecordOf } from "../../../../protocol/anchor/record.ts";
import { buildUnitTree } from "../../../../protocol/fund/unitTree.ts";
import type { UnitFigures, UnitTree } from "../../../../protocol/fund/unitTree.ts";
import type { Db, Tx } from "../../../database/client.ts";

export type Check = RecordOf<"booksCheck">["checks"][number];

/** A place where the books say something else than they should. */
export type Difference = Check["failed"][number];

export interface CheckContext {
  db: Db | Tx;
  communityId: string;
  /** Entries up to this one are looked at. */
  lastEntry: number;
}

// A record has at most 65,535 bytes.
const SHOWN = 10;
const TEXT_LENGTH = 160;

/** A check's outcome; of many differences the first are published. */
export const toCheck = (name: string, inspected: number, failed: Difference[]): Check => ({
  name,
  inspected,
  differing: failed.length,
  failed: failed.slice(0, SHOWN).map(({ place, expected, found }) => ({
    place: place.slice(0, TEXT_LENGTH),
    expected: expected.slice(0, TEXT_LENGTH),
    found: found.slice(0, TEXT_LENGTH),
  })),
});

/** The root over leaves, or why there is none: a row that somebody changed may hold anything. */
export function tryRoot(name: string, leaves: readonly UnitFigures[]): UnitTree | undefined {
  try {
    return buildUnitTree(name, leaves);
  } catch {
    return undefined;
  }
}

/** Empty where both are the same. */
export function compare(place: string, expected: unknown, found: unknown): Difference[] {
  const [wanted, there] = [String(expected), String(found)];
  return wanted === there ? [] : [{ place, expected: wanted || "none", found: there || "none" }];
}
