import type { VotingHours } from "../ballot/hours.ts";
import type { AssemblyContext } from "../context.ts";
import { requireConvened } from "../meeting/find.ts";
import type { ConvenedMeeting } from "../meeting/find.ts";
import { fixBatches } from "./fix.ts";
import { markLate } from "./settle.ts";

const RETRY_SECONDS = 5;

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
  if (await wasRefused(context, meeting.id, now)) return 0;
  return fixBatches(context, meeting);
}

/** What the chain refused a moment ago it would refuse again. */
async function wasRefused({ db }: AssemblyContext, meetingId: string, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - RETRY_SECONDS * 1000);
  const where = { meetingId, state: "refused" as const, origin: 0, createdAt: { gt: since } };
  return (await db.batch.count({ where })) > 0;
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
