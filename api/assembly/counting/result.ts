import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { ORIGINS, OUTCOMES } from "../../../protocol/anchor/record/assembly.ts";
import type { CountCase } from "../../../protocol/assembly/count/case.ts";
import { countCase } from "../../../protocol/assembly/count/count.ts";
import type { CountResult } from "../../../protocol/assembly/count/count.ts";
import { sumTallies } from "../../../protocol/assembly/tally.ts";
import type { Count, Tally } from "../../../protocol/assembly/tally.ts";
import { fromAreaE4, toAreaE4 } from "../../../protocol/registry/area.ts";
import { toInstant } from "../../clock.ts";
import type { ConvenedMeeting } from "../meeting/find.ts";
import { parseMeetingRecord } from "../meeting/record.ts";

type ResultRecord = RecordOf<"result">;
type MotionResult = ResultRecord["motions"][number];
type Outcome = (typeof OUTCOMES)[number];

/** What the contract says about one motion. */
export interface MotionCount {
  outcome: Outcome;
  /** In the order of `ORIGINS`. */
  tallies: readonly Tally[];
}

export interface Conclusion {
  motions: readonly MotionCount[];
  batches: number;
  lapsed: readonly number[];
  concludedAt: Date;
}

/** The record of a result: the contract's tallies and outcomes, origins apart. */
export function toResultRecord(meeting: ConvenedMeeting, conclusion: Conclusion): ResultRecord {
  return {
    v: 1,
    type: "result",
    community: meeting.communityId,
    at: toInstant(conclusion.concludedAt),
    meeting: meeting.number,
    motions: conclusion.motions.map((count, motion) => toMotionResult(meeting, motion, count)),
    batches: conclusion.batches,
    lapsed: [...conclusion.lapsed],
  };
}

function toMotionResult(
  meeting: ConvenedMeeting,
  motion: number,
  count: MotionCount,
): MotionResult {
  const tally = sumTallies(count.tallies);
  const { participating } = recount(meeting, motion, tally);
  return {
    outcome: count.outcome,
    total: { heads: meeting.totalHeads, area: fromAreaE4(meeting.totalAreaE4) },
    participating: { heads: participating.heads!, area: participating.area! },
    ...toFigures(tally),
    origins: ORIGINS.map((origin, i) => ({ origin, ...toFigures(count.tallies[i]!) })),
  };
}

const toFigure = ({ heads, areaE4 }: Count) => ({ heads, area: fromAreaE4(areaE4) });

const toFigures = (tally: Tally) => ({
  for: toFigure(tally.for),
  against: toFigure(tally.against),
  abstain: toFigure(tally.abstain),
  invalid: toFigure(tally.invalid),
});

/** The counting rule of `protocol/` on a tally of a motion. */
export function recount(meeting: ConvenedMeeting, motion: number, tally: Tally): CountResult {
  const figures = ({ heads, areaE4 }: Count) => ({ heads: BigInt(heads), area: areaE4 });
  const source: CountCase = {
    id: motion,
    regime: "civil-code",
    item: meeting.items[motion]!,
    total: { heads: BigInt(meeting.totalHeads), area: meeting.totalAreaE4 },
    participating: { heads: null, area: null },
    for: figures(tally.for),
    against: figures(tally.against),
    abstain: figures(tally.abstain),
    invalid: figures(tally.invalid),
    deliveredUnreturned: { heads: 0n, area: 0n },
    rules: {
      invalid: meeting.invalidParticipates ? "participates" : "ignored",
      deemed: "none",
    },
  };
  return countCase(source);
}

export type ResultView = MotionResult & {
  title: string;
  item: number;
  shares: Pick<CountResult["participating"], "headsShare" | "areaShare">;
  margin: CountResult["margin"];
};

/** The published result with what would change it. */
export function viewResult(meeting: ConvenedMeeting): ResultView[] {
  const { motions } = meeting.result as unknown as ResultRecord;
  const record = parseMeetingRecord(meeting);
  return motions.map((result, i) => {
    const { participating, margin } = recount(meeting, i, toTally(result));
    const { headsShare, areaShare } = participating;
    const { title, item } = record.motions[i]!;
    return { ...result, title, item, shares: { headsShare, areaShare }, margin };
  });
}

type Figure = MotionResult["total"];

const toCount = ({ heads, area }: Figure): Count => ({ heads, areaE4: toAreaE4(area) });

const toTally = (result: MotionResult): Tally => ({
  for: toCount(result.for),
  against: toCount(result.against),
  abstain: toCount(result.abstain),
  invalid: toCount(result.invalid),
});
