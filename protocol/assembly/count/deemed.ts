import { conclude, type Conclusion, type Extents } from "./conclude.ts";
import {
  isExact,
  OPTIONS,
  type Division,
  type Extent,
  type Option,
  type Span,
} from "./dimension.ts";
import { measureMargin, type Margin } from "./margin.ts";
import { toParticipation, type Participation } from "./participation.ts";
import type { Rule } from "./rule.ts";

/** Why no delivered and unreturned ballot joins an answer. */
export type NotDeemedReason = "noneUnreturned" | "tie" | "differentMajorities" | "unknown";

/**
 * The result with every ballot that was delivered and not returned added to the answer that most
 * returned ballots gave. `joins` is that answer, or null with the `reason` why nothing is deemed; the
 * rest then equals the strict result, except for the reason "unknown": there the rest holds
 * only what would follow whichever way those ballots go.
 */
export interface DeemedResult extends Participation, Conclusion {
  readonly joins: Option | null;
  readonly reason: NotDeemedReason | null;
  readonly margin: Margin | null;
}

/** An answer that may have most of the returned ballots, or "tie" where none may have. */
type Majority = Option | "tie";

/** Computes the deemed result beside the strict one. */
export function deem(rule: Rule, extents: Extents): DeemedResult {
  const heads = possibleMajorities(extents.heads);
  const area = possibleMajorities(extents.area);
  const none = noneUnreturned(extents.heads) && noneUnreturned(extents.area);
  const targets = none ? [null] : possibleTargets(heads, area);
  const results = targets.map((target) => resultWith(rule, extents, target));
  const [first] = results;
  if (first !== undefined && results.length === 1) {
    const reason = none ? "noneUnreturned" : notDeemedReason(heads, area);
    return { joins: targets[0] ?? null, reason: targets[0] ? null : reason, ...first };
  }
  return { joins: null, reason: "unknown", ...agreement(results) };
}

function noneUnreturned({ unreturned }: Extent): boolean {
  return isExact(unreturned) && unreturned.low === 0n;
}

function possibleMajorities({ options }: Extent): readonly Majority[] {
  const others = (option: Option): Span[] =>
    OPTIONS.filter((other) => other !== option).map((other) => options[other]);
  const sure = OPTIONS.find((option) =>
    others(option).every((other) => options[option].low > other.high),
  );
  if (sure !== undefined) return [sure];
  const possible = OPTIONS.filter((option) =>
    others(option).every((other) => options[option].high > other.low),
  );
  return [...possible, "tie"];
}

// Ballots are deemed only where heads and area have the same majority (LAW: never on a tie).
function possibleTargets(
  heads: readonly Majority[],
  area: readonly Majority[],
): readonly (Option | null)[] {
  const shared = OPTIONS.filter((option) => heads.includes(option) && area.includes(option));
  const certain = heads.length === 1 && area.length === 1 && shared.length === 1;
  return certain ? shared : [...shared, null];
}

function notDeemedReason(heads: readonly Majority[], area: readonly Majority[]): NotDeemedReason {
  const isTie = (majorities: readonly Majority[]): boolean =>
    majorities.length === 1 && majorities[0] === "tie";
  return isTie(heads) || isTie(area) ? "tie" : "differentMajorities";
}

type Result = Omit<DeemedResult, "joins" | "reason">;

function resultWith(rule: Rule, extents: Extents, target: Option | null): Result {
  const joined: Extents =
    target === null
      ? extents
      : { heads: join(extents.heads, target), area: join(extents.area, target) };
  const conclusion = conclude(rule, joined);
  return {
    participating: toParticipation(joined),
    ...conclusion,
    margin: measureMargin(rule, joined, conclusion),
  };
}

// The unreturned ballots take part now, and stand in one answer. An unknown number of them helps the
// motion most when large if they are in favour, when small if they are not.
function join(extent: Extent, target: Option): Extent {
  const { low, high } = extent.unreturned;
  const helps = target === "for";
  return {
    ...extent,
    participating: {
      low: extent.participating.low + low,
      high: extent.participating.high + high,
    },
    worst: joinDivision(extent.worst, helps ? low : high, helps),
    best: joinDivision(extent.best, helps ? high : low, helps),
  };
}

function joinDivision(division: Division, count: bigint, inFavour: boolean): Division {
  return {
    ...division,
    inFavour: division.inFavour + (inFavour ? count : 0n),
    participating: division.participating + count,
  };
}

function agreement(results: readonly Result[]): Result {
  const agreed = <T>(read: (result: Result) => T): T | null => {
    const [first, ...rest] = results.map(read);
    return first !== undefined && rest.every((other) => other === first) ? first : null;
  };
  return {
    participating: {
      heads: agreed((result) => result.participating.heads),
      area: agreed((result) => result.participating.area),
      headsShare: agreed((result) => result.participating.headsShare),
      areaShare: agreed((result) => result.participating.areaShare),
    },
    quorum: agreed((result) => result.quorum),
    outcome: agreed((result) => result.outcome),
    margin: null,
  };
}
