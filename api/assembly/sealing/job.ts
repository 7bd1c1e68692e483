import type { VotingHours } from "../ballot/hours.ts";
import type { AssemblyContext } from "../context.ts";
import { requireConvened } from "../meeting/find.ts";
import type { ConvenedMeeting } from "../meeting/find.ts";
import { fixBatches } from "./fix.ts";
import { markLate } from "./settle.ts";

/** Seals what waits, in every meeting; returns how many ballots went on their way. */
export async function sealWaiting(context: AssemblyContext, hours: VotingHours): Promise<number> {
  const { blockTime } = await context.chain.status();
  hours.observe(new Date(Number(blockTime) * 1000));
  let sealed = 0;
  for (const meeting of await listUnfinished(context))
    sealed += await sealMeeting(context, hours, meeting);
  if (sealed > 0) context.chain.wake();
  return sealed;
}

/** Meetings with ballots on their way to the chain. */
async function listUnfinished({ db }: AssemblyContext): Promise<ConvenedMeeting[]> {
  const ballots = { some: { state: { in: ["waiting" as const, "sealing" as const] } } };
  const meetings = await db.meeting.findMany({ where: { state: "announced", ballots } });
  return meetings.map(requireConvened);
}

async function sealMeeting(
  context: AssemblyContext,
  hours: VotingHours,
  meeting: ConvenedMeeting,
): Promise<number> {
  const now = hours.now();
  hours.report(meeting.id, await measureDelay(context, meeting.id, now));
  if (now >= meeting.closesAt) {
    await markLate(context, meeting.id);
    return 0;
  }
  return fixBatches(context, meeting);
}

/** Seconds since the oldest unsealed ballot was accepted. */
async function measureDelay(
  { db }: AssemblyContext,
  meetingId: string,
  now: Date,
): Promise<number> {
  const state = { in: ["waiting" as const, "sealing" as const] };
  const oldest = await db.ballot.aggregate({
    where: { meetingId, state },
    _min: { acceptedAt: true },
  });
  const acceptedAt = oldest._min.acceptedAt;
  return acceptedAt ? Math.max(0, (now.getTime() - acceptedAt.getTime()) / 1000) : 0;
}
