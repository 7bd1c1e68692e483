import { SELF_SEALED } from "../../../protocol/assembly/ballot.ts";
import { mayRetry } from "../../chain/patience.ts";
import type { Batch } from "../../database/generated/client.ts";
import type { VotingHours } from "../ballot/hours.ts";
import type { AssemblyContext } from "../context.ts";
import { countsFrom, requireConvened, revealEndsAt } from "../meeting/find.ts";
import type { ConvenedMeeting } from "../meeting/find.ts";
import { readMeeting, readNextBatch } from "./chain.ts";
import { closePaper } from "../paper/seal.ts";
import { adoptConclusion, adoptForeignBatches, adoptForeignCounts } from "./foreign.ts";
import { findOpening } from "./opening.ts";
import { CONCLUDE, LAPSE, OPEN } from "./settle.ts";

/** A batch whose turn it is may lapse once nothing has happened for an hour. */
const LAPSE_SECONDS = 3600;

/**
 * Takes the count of every closed meeting one step further. Each step is a call written together with the state it
 * leads to, so that the count goes on where it stood after any interruption. Returns whether a count is going on.
 */
export async function advanceCounts(
  context: AssemblyContext,
  hours: VotingHours,
): Promise<boolean> {
  const meetings = await context.db.meeting.findMany({ where: { state: "announced" } });
  const now = hours.now();
  let busy = false;
  for (const meeting of meetings.map(requireConvened)) {
    if (now < meeting.opensAt) continue;
    const isClosed = now >= countsFrom(meeting);
    if (await isUnderWay(context, meeting)) {
      busy ||= isClosed;
      continue;
    }
    await adoptForeignBatches(context, meeting);
    if (isClosed) busy = (await advance(context, meeting, now)) || busy;
  }
  return busy;
}

/** A call on its way: only once it is settled do database and chain say the same. */
async function isUnderWay({ db }: AssemblyContext, meeting: ConvenedMeeting): Promise<boolean> {
  const state = { in: ["sealing" as const, "opening" as const] };
  return (await db.batch.count({ where: { meetingId: meeting.id, state } })) > 0;
}

/** Whether a call was enqueued. */
async function advance(
  context: AssemblyContext,
  meeting: ConvenedMeeting,
  now: Date,
): Promise<boolean> {
  await closePaper(context, meeting);
  await adoptForeignCounts(context, meeting);
  const next = await readNextBatch(context, meeting);
  if (next === undefined) return conclude(context, meeting, now);
  const batch = await context.db.batch.findUnique({
    where: { meetingId_number: { meetingId: meeting.id, number: next } },
  });
  if (batch?.state !== "sealed" || !mayRetry(batch, now)) return false;
  const call = await findCall(context, { meeting, batch, now });
  if (!call) return false;
  await enqueue(context, { meeting, batch, call });
  return true;
}

interface Turn {
  meeting: ConvenedMeeting;
  batch: Batch;
  now: Date;
}

async function findCall(context: AssemblyContext, turn: Turn): Promise<BatchCall | undefined> {
  const opening = await findOpening(context.db, turn.batch);
  if (opening) return { ...opening, kind: OPEN };
  return (await mayLapse(context, turn))
    ? { functionName: "lapse", args: [], kind: LAPSE }
    : undefined;
}

/** As the contract has it: docs/SPEC.md section 4, "Count". */
async function mayLapse(context: AssemblyContext, { meeting, batch, now }: Turn): Promise<boolean> {
  if (now < revealEndsAt(meeting)) return false;
  const { progressedAt } = await readMeeting(context, meeting);
  const startedAt = countsFrom(meeting).getTime() / 1000;
  const waitedSeconds = now.getTime() / 1000 - Math.max(progressedAt, startedAt);
  // The hour from the start holds for all; that from the last progress not for what a voter sealed himself.
  const isSelfSealed = batch.origin >= SELF_SEALED;
  return isSelfSealed
    ? now.getTime() / 1000 - startedAt >= LAPSE_SECONDS
    : waitedSeconds >= LAPSE_SECONDS;
}

interface BatchCall {
  functionName: string;
  args: readonly unknown[];
  kind: string;
}

async function enqueue(
  context: AssemblyContext,
  { meeting, batch, call }: { meeting: ConvenedMeeting; batch: Batch; call: BatchCall },
): Promise<void> {
  await context.db.$transaction(async (tx) => {
    const where = { id: batch.id, state: "sealed" as const };
    const { count } = await tx.batch.updateMany({ where, data: { state: "opening" } });
    if (count === 0) return;
    await context.chain.enqueue(tx, {
      ...call,
      communityId: meeting.communityId,
      contract: "assembly",
      args: [BigInt(meeting.number), BigInt(batch.number!), ...call.args],
      // A refused call keeps its reference: the next attempt needs another one.
      ref: `${batch.id}:${batch.failures}`,
    });
  });
  context.chain.wake();
}

async function conclude(
  context: AssemblyContext,
  meeting: ConvenedMeeting,
  now: Date,
): Promise<boolean> {
  const { concludedAt } = await readMeeting(context, meeting);
  if (concludedAt !== 0) {
    // Somebody else may have concluded it, as anybody may.
    await adoptConclusion(context, meeting);
    return false;
  }
  if (!mayRetry(meeting, now)) return false;
  await context.db.$transaction((tx) =>
    context.chain.enqueue(tx, {
      communityId: meeting.communityId,
      contract: "assembly",
      functionName: "conclude",
      args: [BigInt(meeting.number)],
      kind: CONCLUDE,
      ref: `${meeting.id}:${meeting.failures}`,
    }),
  );
  context.chain.wake();
  return false;
}
