import type { Measure } from "../../protocol/assembly/count/rule.ts";
import type { Count, Tally } from "../../protocol/assembly/tally.ts";
import type { Recount } from "../../protocol/verify/meeting.ts";
import type { MotionResult, MotionTally } from "./meeting.ts";

const toMeasure = ({ heads, areaE4 }: Count): Measure => ({ heads: BigInt(heads), area: areaE4 });

const toParts = (tally: Tally): MotionTally => ({
  for: toMeasure(tally.for),
  against: toMeasure(tally.against),
  abstain: toMeasure(tally.abstain),
  invalid: toMeasure(tally.invalid),
});

/** A recounted motion in the shape in which results are shown. */
export function toMotionResult(recount: Recount, motion: Recount["motions"][number]): MotionResult {
  const { outcome, participating, tally, origins } = motion;
  return {
    outcome,
    total: { heads: BigInt(recount.voters), area: recount.totalAreaE4 },
    participating: toMeasure(participating),
    ...toParts(tally),
    origins: [
      { origin: "own", ...toParts(origins.own) },
      { origin: "paper", ...toParts(origins.paper) },
    ],
  };
}
