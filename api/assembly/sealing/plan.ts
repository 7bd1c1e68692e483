import { MAX_BATCH } from "../../../protocol/assembly/ballot.ts";
import type { KeyPlace } from "../../../protocol/assembly/ballot.ts";

/**
 * Cuts waiting ballots into batches, each sorted by key page, position and leaf as the contract demands: neighbours of
 * one page share a batch, which makes them cheaper to count.
 */
export function planBatches<B extends KeyPlace & { leaf: string }>(
  ballots: readonly B[],
  max = MAX_BATCH,
): B[][] {
  const sorted = ballots.toSorted(
    (a, b) => a.page - b.page || a.position - b.position || (a.leaf < b.leaf ? -1 : 1),
  );
  const batches: B[][] = [];
  for (let from = 0; from < sorted.length; from += max)
    batches.push(sorted.slice(from, from + max));
  return batches;
}
