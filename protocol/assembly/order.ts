import type { CONFLICT_POLICIES } from "../anchor/record/assembly.ts";
import type { Origin } from "./ballot.ts";

/** Which of two ballots of one voter counts (SPEC section 4). */
export type ConflictPolicy = (typeof CONFLICT_POLICIES)[number];

/** What the order of opening depends on: the number of a batch in the order of sealing, and its origin. */
export type OrderedBatch = { batch: number; origin: Origin };

/** Negative when batch `a` is opened before batch `b`: the ballot opened first stands. */
export function compareBatches(policy: ConflictPolicy, a: OrderedBatch, b: OrderedBatch): number {
  if (policy === "oldestFirst") return a.batch - b.batch;
  if (policy === "paperFirst" && a.origin !== b.origin) return a.origin === "paper" ? -1 : 1;
  return b.batch - a.batch;
}

/** The batches of a meeting in the order in which they are opened. */
export function openingOrder<Batch extends OrderedBatch>(
  policy: ConflictPolicy,
  batches: readonly Batch[],
): Batch[] {
  return [...batches].sort((a, b) => compareBatches(policy, a, b));
}
