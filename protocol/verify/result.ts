import type { RecordOf } from "../anchor/record.ts";
import { OUTCOMES } from "../anchor/record/assembly.ts";
import { type Measure, type Outcome, decideOutcome, findRule } from "../assembly/count/rule.ts";
import { type Count, type Tally, addCounts, fromTallyWord, sumTallies } from "../assembly/tally.ts";
import { fromAreaE4 } from "../registry/area.ts";
import type { MeetingFacts } from "./convening.ts";
import type { CountFacts } from "./counting.ts";
import { type AssemblyEvent, eventsNamed } from "./events.ts";
import { type Evidence, recordsOf, timeOf } from "./evidence.ts";
import type { Checks } from "./report.ts";
import type { RollFacts } from "./roll.ts";
import type { MotionTally } from "./standing.ts";

type Decided = Extract<AssemblyEvent, { eventName: "MotionDecided" }>;

/** What one motion comes to by this recount. */
export type RecountedMotion = {
  item: number;
  outcome: Outcome;
  participating: Count;
  tally: Tally;
  origins: MotionTally;
};

/** What a result follows from. */
export type ResultSetup = {
  roll: RollFacts;
  meeting: MeetingFacts;
  batches: number;
  count: CountFacts;
  proven: ReadonlySet<number>;
};

const toMeasure = ({ heads, areaE4 }: Count): Measure => ({ heads: BigInt(heads), area: areaE4 });

function recount(
  origins: MotionTally,
  item: number,
  { roll, meeting }: ResultSetup,
): RecountedMotion {
  const tally = sumTallies([origins.own, origins.paper]);
  const returned = addCounts(addCounts(tally.for, tally.against), tally.abstain);
  const participating = meeting.invalidParticipates ? addCounts(returned, tally.invalid) : returned;
  const outcome = decideOutcome(findRule("civil-code", item), {
    total: { heads: BigInt(roll.voters), area: roll.totalAreaE4 },
    participating: toMeasure(participating),
    inFavour: toMeasure(tally.for),
  });
  return { item, outcome, participating, tally, origins };
}

const showCount = ({ heads, areaE4 }: Count) => ({ heads, area: fromAreaE4(areaE4) });

/** A tally as it is published: heads and square metres per option. */
function showTally(tally: Tally) {
  return {
    for: showCount(tally.for),
    against: showCount(tally.against),
    abstain: showCount(tally.abstain),
    invalid: showCount(tally.invalid),
  };
}

function checkDecided(motion: RecountedMotion, { args }: Decided, checks: Checks): void {
  const subject = String(args.motion);
  const found = showTally(fromTallyWord(args.tally));
  checks.equal({ name: "tally", subject, expected: showTally(motion.tally), found });
  const outcome = OUTCOMES[args.outcome];
  checks.equal({ name: "outcome", subject, expected: motion.outcome, found: outcome });
}

function checkMotions(
  evidence: Evidence,
  motions: readonly RecountedMotion[] | undefined,
  { meeting }: ResultSetup,
  checks: Checks,
): void {
  const decided = eventsNamed(evidence.assembly, "MotionDecided");
  meeting.items.forEach((_, i) => {
    const event = decided.find(({ args }) => Number(args.motion) === i);
    if (event && motions) return checkDecided(motions[i]!, event, checks);
    const detail = event ? "dependsOnFailed" : "notYet";
    checks.skip("tally", i, detail);
    checks.skip("outcome", i, detail);
  });
}

/** The count ended after its beginning, with no batch left, and says when the result is final. */
function checkConclusion(
  evidence: Evidence,
  { meeting, batches, count }: ResultSetup,
  checks: Checks,
): void {
  const [event] = eventsNamed(evidence.assembly, "MeetingConcluded");
  const time = event && timeOf(evidence, event.log);
  if (!event || time === undefined) {
    checks.skip("conclusion", "", event ? "missing" : "notYet");
    return;
  }
  const motions = eventsNamed(evidence.assembly, "MotionDecided").length;
  const countsFrom = meeting.closesAt + meeting.paperSeconds;
  const found = {
    afterPaper: time >= countsFrom,
    batches: count.done,
    motions,
    finalAt: Number(event.args.finalAt),
  };
  const finalAt = time + meeting.objectionSeconds;
  const expected = { afterPaper: true, batches, motions: meeting.items.length, finalAt };
  checks.equal({ name: "conclusion", expected, found });
}

function fromRecord({ motions, batches, lapsed }: RecordOf<"result">) {
  return { motions, batches, lapsed };
}

function toPublished(
  motions: readonly RecountedMotion[],
  setup: ResultSetup,
): ReturnType<typeof fromRecord> {
  const { roll, batches, count } = setup;
  return {
    motions: motions.map(({ outcome, participating, tally, origins }) => ({
      outcome,
      total: showCount({ heads: roll.voters, areaE4: roll.totalAreaE4 }),
      participating: showCount(participating),
      ...showTally(tally),
      origins: (["own", "paper"] as const).map((origin) => ({
        origin,
        ...showTally(origins[origin]),
      })),
    })),
    batches,
    lapsed: [...count.lapsed].sort((a, b) => a - b),
  };
}

function checkRecord(
  evidence: Evidence,
  motions: readonly RecountedMotion[] | undefined,
  setup: ResultSetup,
  checks: Checks,
): void {
  const published = recordsOf(evidence, "result").filter(
    ({ record }) => record.meeting === evidence.meeting,
  );
  const last = published.filter(({ index }) => setup.proven.has(index)).at(-1);
  if (!last || !motions) {
    const concluded = eventsNamed(evidence.assembly, "MeetingConcluded").length > 0;
    const unpublished = concluded ? "notPublished" : "notYet";
    checks.skip("resultRecord", "", published.length > 0 ? "dependsOnFailed" : unpublished);
    return;
  }
  const { lapsed, ...rest } = fromRecord(last.record);
  const found = { ...rest, lapsed: [...lapsed].sort((a, b) => a - b) };
  checks.equal({ name: "resultRecord", expected: toPublished(motions, setup), found });
}

/** Tallies, outcomes and the published result are what the recount comes to; gives the recount. */
export function checkResult(
  evidence: Evidence,
  setup: ResultSetup,
  checks: Checks,
): RecountedMotion[] | undefined {
  const { items } = setup.meeting;
  const motions = setup.count.recounted?.tallies.map((origins, i) =>
    recount(origins, items[i]!, setup),
  );
  checkMotions(evidence, motions, setup, checks);
  checkConclusion(evidence, setup, checks);
  checkRecord(evidence, motions, setup, checks);
  return motions;
}
