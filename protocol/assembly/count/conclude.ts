import type { Extent } from "./dimension.ts";
import { passes, type Outcome, type Rule } from "./rule.ts";

/** What is known of both dimensions. */
export interface Extents {
  readonly heads: Extent;
  readonly area: Extent;
}

/** What follows whatever the unknown figures are; null where it depends on them. */
export interface Conclusion {
  readonly quorum: boolean | null;
  readonly outcome: Outcome | null;
}

/** Concludes what is the same in every completion of the unknown figures. */
export function conclude(rule: Rule, { heads, area }: Extents): Conclusion {
  const quorum = both(meetsQuorum(rule, heads), meetsQuorum(rule, area));
  if (quorum === null) return { quorum, outcome: null };
  if (!quorum) return { quorum, outcome: "QuorumNotReached" };
  const adopted = both(isInFavour(rule, heads), isInFavour(rule, area));
  if (adopted === null) return { quorum, outcome: null };
  return { quorum, outcome: adopted ? "Adopted" : "NotAdopted" };
}

// The law of 2007 asks for no quorum, so none can be missed.
function meetsQuorum({ quorum }: Rule, { total, participating }: Extent): boolean | null {
  if (quorum === null) return true;
  return settled(
    passes(quorum, participating.low, total.high),
    passes(quorum, participating.high, total.low),
  );
}

function isInFavour({ inFavour, base }: Rule, { worst, best }: Extent): boolean | null {
  return settled(
    passes(inFavour, worst.inFavour, worst[base]),
    passes(inFavour, best.inFavour, best[base]),
  );
}

// Every test is monotone, so the two extreme completions speak for all that lie between them.
function settled(inWorst: boolean, inBest: boolean): boolean | null {
  return inWorst === inBest ? inWorst : null;
}

// The dimensions are independent: one that fails for certain decides, whatever the other does.
function both(heads: boolean | null, area: boolean | null): boolean | null {
  if (heads === false || area === false) return false;
  return heads === null || area === null ? null : true;
}
