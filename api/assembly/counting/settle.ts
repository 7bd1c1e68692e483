import { hexToBytes } from "viem";
import type { Hex, TransactionReceipt } from "viem";
import type { Tx } from "../../database/client.ts";
import { publishEvent } from "../../http/events.ts";
import type { AssemblyContext } from "../context.ts";
import { listEvents } from "../events.ts";
import { lockMeeting, requireConvened } from "../meeting/find.ts";
import type { ConvenedMeeting } from "../meeting/find.ts";
import { readCounts, readMeeting } from "./chain.ts";
import { findByRoot } from "./opening.ts";
import { recount, toResultRecord } from "./result.ts";
import type { MotionCount } from "./result.ts";
import { sumTallies } from "../../../protocol/assembly/tally.ts";

export const OPEN = "open";
export const LAPSE = "lapse";
export const CONCLUDE = "conclude";

export interface CountedBatch {
  meeting: ConvenedMeeting;
  number: number;
  /** One byte per ballot; undefined when the batch lapsed. */
  codes: Hex | undefined;
  transactionHash: Hex;
}

/** A batch has been opened or has lapsed: every ballot in it gets the code that the contract gave it. */
export async function settleCounted(
  context: AssemblyContext,
  tx: Tx,
  { meeting, number, codes, transactionHash }: CountedBatch,
): Promise<void> {
  const data = {
    state: codes === undefined ? ("lapsed" as const) : ("opened" as const),
    codes: codes ?? null,
    openedAt: context.clock.now(),
    openedIn: transactionHash,
    failure: null,
  };
  await lockMeeting(tx, meeting.id);
  const where = { meetingId_number: { meetingId: meeting.id, number } };
  const known = await tx.batch.findUniqueOrThrow({ where });
  if (known.state === "opened" || known.state === "lapsed") return;
  const batch = await tx.batch.update({ where, data });
  if (codes !== undefined) await putCodes(tx, batch, codes);
  const event = { meeting: meeting.number, batch: number, ballots: batch.count };
  await publishEvent(tx, meeting.communityId, {
    type: codes === undefined ? "lapsed" : "counted",
    data: event,
  });
}

type SealedBatch = Awaited<ReturnType<Tx["batch"]["update"]>>;

async function putCodes(tx: Tx, batch: SealedBatch, codes: Hex): Promise<void> {
  const values = [...hexToBytes(codes)];
  if (batch.foreign) {
    const ballot = await findByRoot(tx, batch);
    // The same ballot may stand in a batch of ours too: there it has its own code.
    if (ballot && ballot.batchId === null) {
      await tx.ballot.update({ where: { id: ballot.id }, data: { code: values[0]! } });
    }
    return;
  }
  await tx.$executeRaw`
    UPDATE "Ballot" SET code = given.code
    FROM unnest(${values}::int[]) WITH ORDINALITY AS given (code, place)
    WHERE "batchId" = ${batch.id}::uuid AND "Ballot".place = given.place - 1`;
  await tx.$executeRaw`
    UPDATE "PaperBallot" SET code = given.code
    FROM unnest(${values}::int[]) WITH ORDINALITY AS given (code, place)
    WHERE "batchId" = ${batch.id}::uuid AND "PaperBallot".place = given.place - 1`;
}

/** The count is over: the result goes into the log. */
export async function settleConcluded(
  context: AssemblyContext,
  tx: Tx,
  { id, transactionHash }: { id: string; transactionHash: Hex },
): Promise<void> {
  const row = await lockMeeting(tx, id);
  if (row.state === "concluded") return;
  const meeting = requireConvened(row);
  const { concludedAt: seconds, batches } = await readMeeting(context, meeting);
  const concludedAt = new Date(seconds * 1000);
  const motions = await readCounts(context, meeting);
  compareWithRule(context, meeting, motions);
  const lapsed = await listLapsed(tx, id);
  const record = toResultRecord(meeting, { motions, batches, lapsed, concludedAt });
  const { index } = await context.anchor.append(tx, meeting.communityId, record);
  await tx.meeting.update({
    where: { id },
    data: {
      state: "concluded",
      concludedAt,
      concludedIn: transactionHash,
      result: record,
      resultIndex: index,
    },
  });
  const data = { meeting: meeting.number, stage: "preliminary" };
  await publishEvent(tx, meeting.communityId, { type: "meeting", data });
}

async function listLapsed(tx: Tx, meetingId: string): Promise<number[]> {
  const where = { meetingId, state: "lapsed" as const };
  const batches = await tx.batch.findMany({ where, orderBy: { number: "asc" } });
  return batches.map(({ number }) => number!);
}

/** The contract decides; that the rule of `protocol/` says otherwise would be a bug in one of the two. */
function compareWithRule(
  { log }: AssemblyContext,
  meeting: ConvenedMeeting,
  motions: readonly MotionCount[],
): void {
  motions.forEach(({ outcome, tallies }, motion) => {
    const own = recount(meeting, motion, sumTallies(tallies));
    if (own.outcome === outcome) return;
    log.error({ meeting: meeting.id, motion, outcome, own: own.outcome }, "outcomes differ");
  });
}

/** References are the row's id and the number of refusals so far. */
const idOf = (ref: string): string => ref.split(":")[0]!;

/** Back in the queue, under another reference; the reason stays visible. */
async function putBack(
  { clock }: AssemblyContext,
  tx: Tx,
  { id, failure }: { id: string; failure: string },
): Promise<void> {
  const refused = { failure, failedAt: clock.now(), failures: { increment: 1 } };
  const where = { id, state: "opening" as const };
  await tx.batch.updateMany({ where, data: { state: "sealed", ...refused } });
}

async function settleCall(
  context: AssemblyContext,
  tx: Tx,
  { id, receipt }: { id: string; receipt: TransactionReceipt },
): Promise<void> {
  const batch = await tx.batch.findUniqueOrThrow({ where: { id }, include: { meeting: true } });
  const meeting = requireConvened(batch.meeting);
  const number = batch.number!;
  const [counted] = listEvents(receipt, "BatchCounted");
  const { transactionHash } = receipt;
  await settleCounted(context, tx, { meeting, number, codes: counted?.codes, transactionHash });
}

export function registerCounting(context: AssemblyContext): void {
  const { chain } = context;
  for (const kind of [OPEN, LAPSE]) {
    chain.onMined(kind, (tx, call, receipt) =>
      settleCall(context, tx, { id: idOf(call.ref), receipt }),
    );
    chain.onFailed(kind, (tx, call, error) =>
      putBack(context, tx, { id: idOf(call.ref), failure: error.code }),
    );
  }
  chain.onMined(CONCLUDE, (tx, call, { transactionHash }) =>
    settleConcluded(context, tx, { id: idOf(call.ref), transactionHash }),
  );
  chain.onFailed(CONCLUDE, async (tx, call, { code }) => {
    const failedAt = context.clock.now();
    const data = { failure: code, failedAt, failures: { increment: 1 } };
    await tx.meeting.update({ where: { id: idOf(call.ref) }, data });
  });
}
