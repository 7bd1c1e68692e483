import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { fromAreaE4 } from "../../../protocol/registry/area.ts";
import { toInstant } from "../../clock.ts";
import { readSnapshot } from "../../database/client.ts";
import type { Db } from "../../database/client.ts";
import type { Extension, Meeting } from "../../database/generated/client.ts";
import type { AssemblyContext } from "../context.ts";
import { viewResult } from "../counting/result.ts";
import { parseMeetingRecord } from "./record.ts";
import { countsFrom, finalAt, getMeeting, requireConvened, stageOf } from "./find.ts";
import type { ConvenedMeeting } from "./find.ts";
import { measureParticipation } from "./participation.ts";

type WithExtensions = Meeting & { extensions: Extension[] };

/** A meeting as everybody sees it: participation always, choices only once the count is over. */
export async function viewMeeting(context: AssemblyContext, communityId: string, number: number) {
  // An extension's row and the meeting's new end change together.
  const meeting = await readSnapshot(context.db, async (tx) => {
    const { id } = await getMeeting(tx, communityId, number);
    return tx.meeting.findUniqueOrThrow({ where: { id }, include: WITH_EXTENSIONS });
  });
  return toView(context, meeting);
}

export async function listMeetings(context: AssemblyContext, communityId: string) {
  const meetings = await readSnapshot(context.db, (tx) =>
    tx.meeting.findMany({
      where: { communityId, number: { not: null } },
      include: WITH_EXTENSIONS,
      orderBy: { number: "desc" },
    }),
  );
  return Promise.all(meetings.map((meeting) => toView(context, meeting)));
}

const WITH_EXTENSIONS = {
  extensions: { where: { state: "extended" }, orderBy: { closesAt: "asc" } },
} as const;

async function toView(context: AssemblyContext, row: WithExtensions) {
  const meeting = requireConvened(row);
  const now = context.clock.now();
  const { heads, areaE4 } = await measureParticipation(context.db, meeting, now);
  const final = finalAt(meeting);
  return {
    ...(await describe(context, meeting)),
    stage: stageOf(meeting, now),
    total: { heads: meeting.totalHeads, area: fromAreaE4(meeting.totalAreaE4) },
    participation: { heads, area: fromAreaE4(areaE4) },
    ballots: await countBallots(context.db, meeting.id),
    extended: row.extensions.length > 0,
    extensions: row.extensions.map(viewExtension),
    concludedAt: meeting.concludedAt ? toInstant(meeting.concludedAt) : null,
    concludedIn: meeting.concludedIn,
    finalAt: final ? toInstant(final) : null,
    ...(await viewOutcome(context.db, meeting)),
    resultIndex: meeting.resultIndex,
  };
}

/** What was fixed when the meeting was convened; only the end may have moved since. */
async function describe({ db, anchor, settings }: AssemblyContext, meeting: ConvenedMeeting) {
  const acceptsUntil = new Date(meeting.closesAt.getTime() - settings.sealMarginSeconds * 1000);
  const record = parseMeetingRecord(meeting);
  const { title, scope, organiser, roll, motions, profile } = record;
  const contact = await anchor.readField(db, meeting.communityId, record.contact);
  return {
    number: meeting.number,
    title,
    scope,
    organiser,
    contact,
    roll,
    motions,
    profile,
    noticeAt: toInstant(new Date(record.noticeAt * 1000)),
    opensAt: toInstant(meeting.opensAt),
    closesAt: toInstant(meeting.closesAt),
    acceptsUntil: toInstant(acceptsUntil),
    countsFrom: toInstant(countsFrom(meeting)),
    record: { index: meeting.recordIndex, leaf: meeting.recordLeaf },
    announcedIn: meeting.announcedIn,
  };
}

function viewExtension({ record, recordIndex, closesAt }: Extension) {
  const { reason } = JSON.parse(record) as RecordOf<"extension">;
  return { closesAt: toInstant(closesAt), reason, recordIndex };
}

/** Ballots on their way and on chain; `late` ones are a failure of the service that everybody shall see. */
async function countBallots(db: Db, meetingId: string) {
  const rows = await db.ballot.groupBy({ by: ["state"], where: { meetingId }, _count: true });
  const countOf = (state: string): number => rows.find((row) => row.state === state)?._count ?? 0;
  return {
    waiting: countOf("waiting") + countOf("sealing"),
    sealed: countOf("sealed"),
    late: countOf("late"),
  };
}

/** Nothing about choices before the count is over. */
async function viewOutcome(db: Db, meeting: ConvenedMeeting) {
  if (meeting.state !== "concluded") return { result: null, skipped: null };
  return { result: viewResult(meeting), skipped: await countSkipped(db, meeting.id) };
}

/** Ballots that were skipped, by the contract's code. */
async function countSkipped(db: Db, meetingId: string): Promise<Record<string, number>> {
  const query = {
    by: ["code" as const],
    where: { meetingId, code: { gt: 1 } },
    _count: true as const,
  };
  const rows = [...(await db.ballot.groupBy(query)), ...(await db.paperBallot.groupBy(query))];
  const counts: Record<string, number> = {};
  for (const { code, _count } of rows) counts[`${code}`] = (counts[`${code}`] ?? 0) + _count;
  return counts;
}
