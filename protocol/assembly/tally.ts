import type { Answer } from "./sheet.ts";

/** Heads and area, always side by side; area in 1e-4 m². */
export type Count = { heads: number; areaE4: bigint };

/** The four lanes of one motion and origin; `invalid` holds the blank and unreadable answers. */
export type Tally = { invalid: Count; for: Count; against: Count; abstain: Count };

/** The lanes in the order in which they stand in the word, lowest first. */
export const LANES = ["invalid", "for", "against", "abstain"] as const;

const LANE_BITS = 64n;
const AREA_BITS = 48n;

/** A tally without any ballot. */
export function emptyTally(): Tally {
  const none = (): Count => ({ heads: 0, areaE4: 0n });
  return { invalid: none(), for: none(), against: none(), abstain: none() };
}

/** The lane that an answer is counted in. */
export function laneOf(answer: Answer): keyof Tally {
  return answer === "blank" ? "invalid" : answer;
}

/** Adds one voter to a lane, in place. */
export function addVoter(tally: Tally, answer: Answer, areaE4: bigint): void {
  const lane = tally[laneOf(answer)];
  lane.heads += 1;
  lane.areaE4 += areaE4;
}

/** Takes one voter out of a lane, in place: another ballot of his has taken this one's place. */
export function removeVoter(tally: Tally, answer: Answer, areaE4: bigint): void {
  const lane = tally[laneOf(answer)];
  lane.heads -= 1;
  lane.areaE4 -= areaE4;
}

/** The sum of two counts. */
export function addCounts(a: Count, b: Count): Count {
  return { heads: a.heads + b.heads, areaE4: a.areaE4 + b.areaE4 };
}

/** The sum of several tallies, lane by lane. */
export function sumTallies(tallies: readonly Tally[]): Tally {
  const sum = emptyTally();
  for (const tally of tallies) {
    for (const lane of LANES) sum[lane] = addCounts(sum[lane], tally[lane]);
  }
  return sum;
}

/** Reads the 256-bit word of one motion and origin: four lanes of `heads << 48 | area`. */
export function fromTallyWord(word: bigint): Tally {
  const tally = emptyTally();
  LANES.forEach((lane, i) => {
    const bits = (word >> (LANE_BITS * BigInt(i))) & ((1n << LANE_BITS) - 1n);
    tally[lane] = {
      heads: Number(bits >> AREA_BITS),
      areaE4: bits & ((1n << AREA_BITS) - 1n),
    };
  });
  return tally;
}

/** The 256-bit word of a tally. */
export function toTallyWord(tally: Tally): bigint {
  return LANES.reduce((word, lane, i) => {
    const { heads, areaE4 } = tally[lane];
    return word | (((BigInt(heads) << AREA_BITS) | areaE4) << (LANE_BITS * BigInt(i)));
  }, 0n);
}
