/** The law that a resolution falls under: the Civil Code since 2021-01-01, before it the law of 2007. */
export type Regime = "civil-code" | "property-law-2007";

/** What a vote can come to; a motion that fails never implies the opposite decision. */
export type Outcome = "QuorumNotReached" | "Adopted" | "NotAdopted";

/** A share that must be reached, `numerator/denominator` of a whole. */
export interface Threshold {
  readonly numerator: bigint;
  readonly denominator: bigint;
  /** True where the law says "more than": the share itself does not suffice. */
  readonly strict: boolean;
}

/** The two tests of one kind of motion; heads and area must each pass both. */
export interface Rule {
  /** Participants against all owners in the scope; null where the law knows no quorum. */
  readonly quorum: Threshold | null;
  readonly inFavour: Threshold;
  /** The whole that the votes in favour are measured against. */
  readonly base: "participating" | "total";
}

// "以上" (or more) includes the figure itself, "过半数" (more than half) does not: Civil Code Art. 1259.
const TWO_THIRDS: Threshold = { numerator: 2n, denominator: 3n, strict: false };
const THREE_QUARTERS: Threshold = { numerator: 3n, denominator: 4n, strict: false };
const MORE_THAN_HALF: Threshold = { numerator: 1n, denominator: 2n, strict: true };

// Civil Code Art. 278 para. 2: two thirds must take part; items 6-8 need three quarters of those who
// take part, the other items more than half of them.
const ORDINARY: Rule = { quorum: TWO_THIRDS, inFavour: MORE_THAN_HALF, base: "participating" };
const SPECIAL: Rule = { quorum: TWO_THIRDS, inFavour: THREE_QUARTERS, base: "participating" };

// Property Law of 2007 Art. 76 para. 2: raising or using the fund and altering or rebuilding need two
// thirds of all owners and of all area, the rest more than half of all. It knows no separate quorum.
const ORDINARY_2007: Rule = { quorum: null, inFavour: MORE_THAN_HALF, base: "total" };
const SPECIAL_2007: Rule = { quorum: null, inFavour: TWO_THIRDS, base: "total" };

/** The two tests for an item of Art. 278 (1 to 9) under a regime. */
export function findRule(regime: Regime, item: number): Rule {
  if (regime === "civil-code") return item >= 6 && item <= 8 ? SPECIAL : ORDINARY;
  return item >= 5 && item <= 7 ? SPECIAL_2007 : ORDINARY_2007;
}

/** Whether a part of a whole reaches the threshold, in integers. */
export function passes(threshold: Threshold, part: bigint, whole: bigint): boolean {
  const left = threshold.denominator * part;
  const right = threshold.numerator * whole;
  return threshold.strict ? left > right : left >= right;
}

/** The smallest part of a whole that reaches the threshold. */
export function requiredPart(threshold: Threshold, whole: bigint): bigint {
  const product = threshold.numerator * whole;
  const quotient = product / threshold.denominator;
  if (threshold.strict) return quotient + 1n;
  return product % threshold.denominator === 0n ? quotient : quotient + 1n;
}

/** Heads and area (1e-4 m²), both known. */
export interface Measure {
  readonly heads: bigint;
  readonly area: bigint;
}

/** The known figures that an outcome follows from. */
export interface Tally {
  readonly total: Measure;
  readonly participating: Measure;
  readonly inFavour: Measure;
}

/** The outcome of a tally without unknown figures: what the contract `Outcome` computes on chain. */
export function decideOutcome(rule: Rule, { total, participating, inFavour }: Tally): Outcome {
  const { quorum, base } = rule;
  const reaches = (threshold: Threshold, part: Measure, whole: Measure): boolean =>
    passes(threshold, part.heads, whole.heads) && passes(threshold, part.area, whole.area);
  if (quorum !== null && !reaches(quorum, participating, total)) return "QuorumNotReached";
  const whole = base === "total" ? total : participating;
  return reaches(rule.inFavour, inFavour, whole) ? "Adopted" : "NotAdopted";
}
