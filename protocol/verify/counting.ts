import { bytesToHex, hexToBytes } from "viem";
import { createDigests } from "../assembly/opening.ts";
import { openingOrder } from "../assembly/order.ts";
import type { MeetingFacts } from "./convening.ts";
import type { AssemblyEvent } from "./events.ts";
import { type Evidence, timeOf } from "./evidence.ts";
import { CODE, type JudgedBallot, type Progress, createJudge } from "./judging.ts";
import type { KeyRing } from "./keys.ts";
import { type ReadContext, type Reading, readAlone, readBatch } from "./reading.ts";
import type { Checks } from "./report.ts";
import type { RollFacts } from "./roll.ts";
import type { SealedBatch, Sealing } from "./sealing.ts";
import { Count, type MotionTally, type Standing } from "./standing.ts";

type Counted = Extract<AssemblyEvent, { eventName: "BatchCounted" }>;
type Alone = Extract<AssemblyEvent, { eventName: "BallotCounted" }>;
type Lapsed = Extract<AssemblyEvent, { eventName: "BatchLapsed" }>;
type Step = Counted | Alone | Lapsed;

/** What is known when the counting begins. */
export type CountSetup = {
  roll: RollFacts;
  meeting: MeetingFacts;
  ring: KeyRing;
  sealing: Sealing;
  onProgress?: Progress | undefined;
};

/** Tallies and the voters behind them, and which ballot stands for each. */
type Recounted = {
  tallies: MotionTally[];
  voted: number[];
  standing: ReadonlyMap<number, Standing>;
};

/** A batch that was opened, every ballot with the code that the chain gave it. */
export type OpenedBatch = { batch: number; ballots: JudgedBallot[] };

/**
 * The recount, undefined where a ballot or an area could not be relied on; how far the count has come, and what was
 * opened so far.
 */
export type CountFacts = {
  recounted: Recounted | undefined;
  done: number;
  lapsed: number[];
  opened: OpenedBatch[];
};

/** A step of the count with the ballots that it opens, when they are those that were sealed. */
type ReadStep = { step: Step; sealed: SealedBatch; ballots: JudgedBallot[] | undefined };

// A batch waits an hour for its turn before it may lapse (SPEC section 4).
const TURN_SECONDS = 3_600;

function stepsOf({ assembly }: Evidence): Step[] {
  const names: readonly string[] = ["BatchCounted", "BallotCounted", "BatchLapsed"];
  return assembly.filter((event): event is Step => names.includes(event.eventName ?? ""));
}

function readStep(context: ReadContext, step: Step, sealed: SealedBatch): Reading | undefined {
  if (!sealed.sound && step.eventName !== "BatchLapsed") return { fault: "dependsOnFailed" };
  if (step.eventName === "BatchCounted") return readBatch(context, step, sealed);
  return step.eventName === "BallotCounted" ? readAlone(context, step, sealed) : undefined;
}

/** Whether what was opened is what was sealed. */
function checkContent(step: Step, sealed: SealedBatch, reading: Reading, checks: Checks): boolean {
  const alone = step.eventName === "BallotCounted";
  const name = alone ? "ballotAlone" : "batchContent";
  const subject = alone ? `${sealed.batch}/${step.args.voter}` : sealed.batch;
  const expected = sealed.commitment;
  if (!("fault" in reading)) {
    const found = reading.commitment;
    // A ballot opened alone has one check, which is made when it is counted.
    if (alone && found === expected) return true;
    return checks.equal({ name, subject, expected, found });
  }
  const { fault } = reading;
  if (fault !== "malformed") return checks.skip(name, subject, fault);
  return checks.that(false, { name, subject, expected, found: "", detail: fault });
}

async function readSteps(
  evidence: Evidence,
  setup: CountSetup,
  checks: Checks,
): Promise<ReadStep[]> {
  const { ring, roll, meeting } = setup;
  const { batches } = setup.sealing;
  const { assembly: contract, chainId } = evidence.info;
  const motions = meeting.items.length;
  const domain = { chainId, contract };
  const digestOf = createDigests({ domain, meeting: BigInt(evidence.meeting), motions });
  const context = { evidence, ring, digestOf };
  const found = stepsOf(evidence).flatMap((step) => {
    const sealed = batches.find(({ batch }) => batch === Number(step.args.batch));
    if (!sealed) return [];
    const reading = readStep(context, step, sealed);
    const sound = reading && checkContent(step, sealed, reading, checks) && "ballots" in reading;
    return [{ step, sealed, opened: sound ? reading.ballots : undefined }];
  });
  const total = found.reduce((sum, { opened }) => sum + (opened?.length ?? 0), 0);
  const judging = { ring, voters: roll.voters, motions, digestOf };
  const judge = createJudge(judging, total, setup.onProgress);
  const read: ReadStep[] = [];
  for (const { step, sealed, opened } of found) {
    const ballots = opened && (await Promise.all(opened.map((b) => judge(b, step.log))));
    read.push({ step, sealed, ballots });
  }
  return read;
}

function checkOrder(steps: readonly ReadStep[], setup: CountSetup, checks: Checks): void {
  const order = openingOrder(setup.meeting.conflict, setup.sealing.batches);
  const turns = steps.filter(({ step }) => step.eventName !== "BallotCounted");
  turns.forEach(({ sealed }, i) => {
    const expected = order[i]?.batch;
    checks.equal({ name: "batchOrder", subject: sealed.batch, expected, found: sealed.batch });
  });
}

function checkLapses(
  evidence: Evidence,
  steps: readonly ReadStep[],
  { meeting }: CountSetup,
  checks: Checks,
): number[] {
  const countsFrom = meeting.closesAt + meeting.paperSeconds;
  const deadline = countsFrom + Math.max(meeting.revealSeconds, TURN_SECONDS);
  let progressedAt = 0;
  const lapsed: number[] = [];
  for (const { step, sealed } of steps) {
    if (step.eventName === "BallotCounted") continue;
    const time = timeOf(evidence, step.log);
    if (step.eventName === "BatchLapsed") {
      lapsed.push(sealed.batch);
      const turn = sealed.selfSealed ? 0 : progressedAt + TURN_SECONDS;
      const from = Math.max(deadline, turn);
      const comparison = { expected: { from }, found: { at: time }, detail: "wrongTime" } as const;
      if (time === undefined) checks.skip("batchLapsed", sealed.batch, "missing");
      else checks.that(time >= from, { name: "batchLapsed", subject: sealed.batch, ...comparison });
    }
    progressedAt = time ?? progressedAt;
  }
  return lapsed;
}

function checkCodes({ step, sealed, ballots }: ReadStep, count: Count, checks: Checks): boolean {
  if (step.eventName === "BatchCounted") {
    const codes = ballots!.map((ballot) => count.countNext(ballot, sealed));
    const expected = bytesToHex(new Uint8Array(codes));
    const found = step.args.codes.toLowerCase();
    return checks.equal({ name: "batchCodes", subject: sealed.batch, expected, found });
  }
  if (step.eventName !== "BallotCounted") return true;
  const [ballot] = ballots as [JudgedBallot];
  const code = count.countAlone(ballot, sealed);
  const { voter, answers, leaf } = step.args;
  const expected = { code, voter: ballot.voter, answers: ballot.answers, leaf: ballot.leaf };
  const found = { code: CODE.counted, voter: Number(voter), answers, leaf };
  return checks.equal({
    name: "ballotAlone",
    subject: `${sealed.batch}/${voter}`,
    expected,
    found,
  });
}

/** Replays the count; from the first step on that cannot be relied on, what follows is not judged. */
function replay(
  steps: readonly ReadStep[],
  setup: CountSetup,
  checks: Checks,
): Recounted | undefined {
  const { areasE4 } = setup.roll;
  const { items, conflict: policy } = setup.meeting;
  const count = new Count({ motions: items.length, policy, areasE4: areasE4 ?? [] });
  let reliable = areasE4 !== undefined && setup.sealing.complete;
  for (const read of steps) {
    const { step, sealed, ballots } = read;
    if (step.eventName === "BatchLapsed") continue;
    reliable &&= ballots !== undefined;
    if (reliable) reliable = checkCodes(read, count, checks);
    else if (step.eventName === "BatchCounted") {
      checks.skip("batchCodes", sealed.batch, "dependsOnFailed");
    }
  }
  const { tallies, voted, standing } = count;
  return reliable ? { tallies, voted, standing } : undefined;
}

/** The batches that were opened whole and read, with the chain's codes. */
function listOpened(steps: readonly ReadStep[]): OpenedBatch[] {
  return steps.flatMap(({ step, sealed, ballots }) => {
    if (step.eventName !== "BatchCounted" || !ballots) return [];
    const codes = hexToBytes(step.args.codes);
    return [
      { batch: sealed.batch, ballots: ballots.map((one, i) => ({ ...one, code: codes[i] ?? 0 })) },
    ];
  });
}

/** Opens every batch again: content, order, every signature, every code; gives the recounted tallies. */
export async function checkCounting(
  evidence: Evidence,
  setup: CountSetup,
  checks: Checks,
): Promise<CountFacts> {
  const steps = await readSteps(evidence, setup, checks);
  checkOrder(steps, setup, checks);
  const lapsed = checkLapses(evidence, steps, setup, checks);
  const recounted = replay(steps, setup, checks);
  const done = steps.filter(({ step }) => step.eventName !== "BallotCounted").length;
  return { recounted, done, lapsed, opened: listOpened(steps) };
}
