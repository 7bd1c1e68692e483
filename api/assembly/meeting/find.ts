import { stageAt } from "../../../protocol/assembly/meeting.ts";
import type { Stage, StageTimes } from "../../../protocol/assembly/meeting.ts";
import { toSeconds } from "../../clock.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { Meeting } from "../../database/generated/client.ts";
import { DomainError } from "../../http/errors.ts";

/** A meeting that stands on chain. */
export type ConvenedMeeting = Meeting & { number: number };

export async function getMeeting(
  db: Db | Tx,
  communityId: string,
  number: number,
): Promise<ConvenedMeeting> {
  const meeting = await db.meeting.findUnique({
    where: { communityId_number: { communityId, number } },
  });
  if (!meeting) throw new DomainError("AssemblyMeetingUnknown", { meeting: number });
  return requireConvened(meeting);
}

/**
 * Of several transactions that settle something about a meeting one goes first, and the others see what it did: the
 * outbox's handlers and the jobs that look at the chain may find the same event. Ballots are stored meanwhile.
 */
export async function lockMeeting(tx: Tx, id: string): Promise<Meeting> {
  await tx.$queryRaw`SELECT 1 FROM "Meeting" WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return tx.meeting.findUniqueOrThrow({ where: { id } });
}

/** For rows that only a meeting on chain can have brought about. */
export function requireConvened(meeting: Meeting): ConvenedMeeting {
  if (meeting.number === null) throw new Error(`meeting ${meeting.id} is not on chain`);
  return { ...meeting, number: meeting.number };
}

const seconds = (date: Date): number => Number(toSeconds(date));

export function timesOf(meeting: Meeting): StageTimes {
  const { opensAt, closesAt, paperSeconds, objectionSeconds, concludedAt } = meeting;
  return {
    opensAt: seconds(opensAt),
    closesAt: seconds(closesAt),
    paperSeconds,
    objectionSeconds,
    concludedAt: concludedAt ? seconds(concludedAt) : undefined,
  };
}

export const stageOf = (meeting: Meeting, now: Date): Stage =>
  stageAt(timesOf(meeting), seconds(now));

const addSeconds = (date: Date, more: number): Date => new Date(date.getTime() + more * 1000);

/** From when on batches may be opened. */
export const countsFrom = (meeting: Meeting): Date =>
  addSeconds(meeting.closesAt, meeting.paperSeconds);

/** From when on batches that nobody opens may lapse. */
export const revealEndsAt = (meeting: Meeting): Date =>
  addSeconds(countsFrom(meeting), meeting.revealSeconds);

/** When the preliminary result becomes final; undefined before the count is concluded. */
export const finalAt = (meeting: Meeting): Date | undefined =>
  meeting.concludedAt ? addSeconds(meeting.concludedAt, meeting.objectionSeconds) : undefined;
