import { fromAreaE4 } from "../../registry/area.ts";
import type { Dimension } from "./case.ts";
import type { Conclusion, Extents } from "./conclude.ts";
import { isExact, type Extent } from "./dimension.ts";
import { passes, requiredPart, type Outcome, type Rule, type Threshold } from "./rule.ts";

/** Heads as a number, area as a decimal text in m²; both as integers while computing. */
type Quantity = bigint | number | string;

/** How far one test in one dimension is from turning round. */
export interface Distance<Q extends Quantity = Quantity> {
  readonly met: boolean;
  /** The smallest figure that meets the test. */
  readonly required: Q;
  /** The smallest change of the figure that turns the test: an increase where not met, else a decrease. */
  readonly change: Q;
}

/** One test in both dimensions; null where the figure or what it is measured against is unknown. */
export interface TestMargin {
  readonly heads: Distance<number> | null;
  readonly area: Distance<string> | null;
}

/** The smallest change that would give another outcome. */
export interface OutcomeChange {
  /** Which figure has to change: those who take part, or, among the same participants, those in favour. */
  readonly of: "participating" | "inFavour";
  readonly direction: "more" | "fewer";
  /** Whether heads and area must both change so, or either of them suffices. */
  readonly needs: "both" | "either";
  /** 0 where heads already meet the test; null where unknown. */
  readonly heads: number | null;
  readonly area: string | null;
}

/**
 * What would change the result. `quorum` measures the participants, `inFavour` the votes in favour
 * with the participants as they are; `quorum` is null where the law knows none. `change` sums up the
 * test that decided: null where the outcome is open.
 */
export interface Margin {
  readonly quorum: TestMargin | null;
  readonly inFavour: TestMargin;
  readonly change: OutcomeChange | null;
}

interface Distances {
  readonly heads: Distance<bigint> | null;
  readonly area: Distance<bigint> | null;
}

/** Measures both tests of a rule and says what would change the outcome. */
export function measureMargin(rule: Rule, extents: Extents, { outcome }: Conclusion): Margin {
  const quorum = inBoth(extents, (extent) => quorumDistance(rule.quorum, extent));
  const inFavour = inBoth(extents, (extent) => inFavourDistance(rule, extent));
  return {
    quorum: rule.quorum === null ? null : toTestMargin(quorum),
    inFavour: toTestMargin(inFavour),
    change: outcome === null ? null : outcomeChange(outcome, { quorum, inFavour }),
  };
}

function inBoth(extents: Extents, measure: (extent: Extent) => Distance<bigint> | null): Distances {
  return { heads: measure(extents.heads), area: measure(extents.area) };
}

function quorumDistance(
  threshold: Threshold | null,
  { total, participating }: Extent,
): Distance<bigint> | null {
  if (threshold === null || !isExact(total) || !isExact(participating)) return null;
  return distance(threshold, participating.low, total.low);
}

function inFavourDistance(
  { inFavour, base }: Rule,
  { worst, best }: Extent,
): Distance<bigint> | null {
  if (worst.inFavour !== best.inFavour || worst[base] !== best[base]) return null;
  return distance(inFavour, worst.inFavour, worst[base]);
}

function distance(threshold: Threshold, part: bigint, whole: bigint): Distance<bigint> {
  const required = requiredPart(threshold, whole);
  const met = passes(threshold, part, whole);
  return { met, required, change: met ? part - required + 1n : required - part };
}

function outcomeChange(
  outcome: Outcome,
  { quorum, inFavour }: { quorum: Distances; inFavour: Distances },
): OutcomeChange {
  if (outcome === "Adopted") {
    return { of: "inFavour", direction: "fewer", needs: "either", ...changes(inFavour, "met") };
  }
  const [of, distances] =
    outcome === "QuorumNotReached"
      ? (["participating", quorum] as const)
      : (["inFavour", inFavour] as const);
  return { of, direction: "more", needs: "both", ...changes(distances, "unmet") };
}

function changes(
  distances: Distances,
  tests: "met" | "unmet",
): Pick<OutcomeChange, "heads" | "area"> {
  const change = (dimension: Dimension): bigint | null => {
    const found = distances[dimension];
    if (found === null) return null;
    return found.met === (tests === "met") ? found.change : 0n;
  };
  const [heads, area] = [change("heads"), change("area")];
  return {
    heads: heads === null ? null : Number(heads),
    area: area === null ? null : fromAreaE4(area),
  };
}

function toTestMargin({ heads, area }: Distances): TestMargin {
  return {
    heads: heads && toDistance(heads, Number),
    area: area && toDistance(area, fromAreaE4),
  };
}

function toDistance<Q extends Quantity>(
  { met, required, change }: Distance<bigint>,
  toQuantity: (value: bigint) => Q,
): Distance<Q> {
  return { met, required: toQuantity(required), change: toQuantity(change) };
}
