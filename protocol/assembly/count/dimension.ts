import type { CountCase, Dimension, Figures } from "./case.ts";
import { CountError } from "./error.ts";

/** The least and the most that a figure can be; equal where it is known. */
export interface Span {
  readonly low: bigint;
  readonly high: bigint;
}

/** Votes in favour and what they are measured against, as they stand in one possible completion. */
export interface Division {
  readonly inFavour: bigint;
  readonly participating: bigint;
  readonly total: bigint;
}

/**
 * What is known of one dimension (heads, or 1e-4 m²). `worst` and `best` are the completions of the
 * unknown figures that are hardest and easiest on the motion; both are the same where nothing that
 * matters is unknown.
 */
export interface Extent {
  readonly total: Span;
  readonly participating: Span;
  readonly worst: Division;
  readonly best: Division;
  readonly unreturned: Span;
  readonly options: Readonly<Record<Option, Span>>;
  /** The printed participants differ from the sum of the parts. */
  readonly inconsistent: boolean;
}

/** The answers that a deemed ballot can join. */
export type Option = "for" | "against" | "abstain";

/** The answers in the order of the official bulletin. */
export const OPTIONS = ["for", "against", "abstain"] as const satisfies readonly Option[];

// Stands for "no upper bound": so far above every figure that can be written (64 bits) that no test
// with it depends on its size.
const UNBOUNDED = 1n << 128n;

interface Known {
  readonly total: bigint | null;
  readonly printed: bigint | null;
  readonly inFavour: bigint | null;
  /** Sum of the known participating parts other than those in favour. */
  readonly others: bigint;
  readonly othersComplete: boolean;
  /** Least number of owners accounted for: returned ballots of every kind, and unreturned ones. */
  readonly accounted: bigint;
  /** Known ballots that cannot be among the participants. */
  readonly aside: bigint;
}

/** Bounds of one dimension of a case; throws CountError where the figures cannot have happened. */
export function toExtent(source: CountCase, dimension: Dimension): Extent {
  const known = readKnown(source, dimension);
  // A total of nothing is refused where it is given, so an unknown one is at least one head or 0.0001 m².
  const leastTotal = known.accounted > 0n ? known.accounted : 1n;
  const total = spanOf(known.total, leastTotal, UNBOUNDED);
  const participating = participatingSpan(known, total);
  const room = partsHigh(known, { total, participating });
  const inFavour = spanOf(known.inFavour, 0n, atLeastZero(room - known.others));
  return {
    total,
    participating,
    ...divisions(known, inFavour, { total, participating }),
    unreturned: unreturnedSpan(source, dimension, { known, total }),
    options: optionSpans(source, dimension, { known, room }),
    inconsistent: isInconsistent(known),
  };
}

/** Whether both ends of a span meet. */
export function isExact(span: Span): boolean {
  return span.low === span.high;
}

function readKnown(source: CountCase, dimension: Dimension): Known {
  const at = (figures: Figures): bigint | null => figures[dimension];
  const participates = source.rules.invalid === "participates";
  const invalid = at(source.invalid);
  const parts = [at(source.against), at(source.abstain), ...(participates ? [invalid] : [])];
  const others = sumKnown(parts);
  const unreturned = at(source.deliveredUnreturned) ?? 0n;
  const ignored = participates ? 0n : (invalid ?? 0n);
  const printed = at(source.participating);
  const returned = others + (at(source.for) ?? 0n) + ignored;
  const known: Known = {
    total: at(source.total),
    printed,
    inFavour: at(source.for),
    others,
    othersComplete: !parts.includes(null),
    accounted: (printed !== null && printed > returned ? printed : returned) + unreturned,
    aside: ignored + unreturned,
  };
  requirePossible(known, dimension);
  return known;
}

function requirePossible({ total, printed, accounted }: Known, dimension: Dimension): void {
  if (total === null) return;
  if (printed !== null && printed > total) {
    throw new CountError(
      "ParticipatingExceedsTotal",
      "more participants than the total",
      `participating.${dimension}`,
    );
  }
  if (accounted > total) {
    throw new CountError("PartsExceedTotal", "the parts exceed the total", `total.${dimension}`);
  }
}

function participatingSpan(known: Known, total: Span): Span {
  if (known.printed !== null) return { low: known.printed, high: known.printed };
  const low = known.others + (known.inFavour ?? 0n);
  if (known.inFavour !== null && known.othersComplete) return { low, high: low };
  return { low, high: total.high - known.aside };
}

// The most that the parts can add up to: printed participants may hold ballots that are set aside.
function partsHigh(
  known: Known,
  { total, participating }: Pick<Extent, "total" | "participating">,
): bigint {
  const left = total.high - known.aside;
  return participating.high < left ? participating.high : left;
}

// A printed number of participants bounds the parts but does not complete them: notices exist in
// which some ballots stand in no column. So an unknown part is at most the rest, never exactly it.
function divisions(
  known: Known,
  inFavour: Span,
  { total, participating }: Pick<Extent, "total" | "participating">,
): Pick<Extent, "worst" | "best"> {
  const accounted = inFavour.high + known.others + known.aside;
  // What is found in favour belongs to the total too, so it raises one that is unknown.
  const leastTotal = isExact(total) || total.low > accounted ? total.low : accounted;
  const { printed, others } = known;
  const most = known.othersComplete ? inFavour.low + others : participating.high;
  return {
    worst: { inFavour: inFavour.low, participating: printed ?? most, total: total.high },
    best: {
      inFavour: inFavour.high,
      participating: printed ?? inFavour.high + others,
      total: leastTotal,
    },
  };
}

function unreturnedSpan(
  source: CountCase,
  dimension: Dimension,
  { known, total }: { known: Known; total: Span },
): Span {
  return spanOf(source.deliveredUnreturned[dimension], 0n, total.high - known.accounted);
}

function optionSpans(
  source: CountCase,
  dimension: Dimension,
  { known, room }: { known: Known; room: bigint },
): Readonly<Record<Option, Span>> {
  const rest = atLeastZero(room - known.others - (known.inFavour ?? 0n));
  const span = (figures: Figures): Span => spanOf(figures[dimension], 0n, rest);
  return { for: span(source.for), against: span(source.against), abstain: span(source.abstain) };
}

function isInconsistent({ printed, inFavour, others, othersComplete }: Known): boolean {
  if (printed === null) return false;
  const sum = others + (inFavour ?? 0n);
  // Known parts that already exceed the participants differ from them whatever the rest is.
  return inFavour !== null && othersComplete ? sum !== printed : sum > printed;
}

function spanOf(figure: bigint | null, low: bigint, high: bigint): Span {
  return figure === null ? { low, high } : { low: figure, high: figure };
}

function sumKnown(figures: readonly (bigint | null)[]): bigint {
  return figures.reduce<bigint>((sum, figure) => sum + (figure ?? 0n), 0n);
}

function atLeastZero(value: bigint): bigint {
  return value < 0n ? 0n : value;
}
