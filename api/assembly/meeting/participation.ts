import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { LANES, addCounts } from "../../../protocol/assembly/tally.ts";
import type { Count } from "../../../protocol/assembly/tally.ts";
import { toAreaE4 } from "../../../protocol/registry/area.ts";
import type { Db } from "../../database/client.ts";
import type { ConvenedMeeting } from "./find.ts";
import { countsFrom } from "./find.ts";

/** Who takes part: heads and area, never choices. Once counted, those whose ballot counts. */
export async function measureParticipation(
  db: Db,
  meeting: ConvenedMeeting,
  now: Date,
): Promise<Count> {
  if (meeting.state === "concluded") return countParticipants(meeting);
  return now < countsFrom(meeting) ? measureArrived(db, meeting.id) : measureSealed(db, meeting.id);
}

/** Every counted ballot stands in one lane of each motion. */
function countParticipants({ result }: ConvenedMeeting): Count {
  const [motion] = (result as unknown as RecordOf<"result">).motions;
  const counts = LANES.map((lane) => motion![lane]).map(({ heads, area }) => {
    return { heads, areaE4: toAreaE4(area) };
  });
  return counts.reduce(addCounts);
}

interface Row {
  heads: number;
  areaE4: bigint;
}

/** Voters of whom a ballot is accepted, or on paper read by two tellers; each once, whatever they sent. */
async function measureArrived(db: Db, meetingId: string): Promise<Count> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT count(*)::int AS heads, coalesce(sum(area), 0)::bigint AS "areaE4"
    FROM (
      SELECT voter, "areaE4" AS area FROM "Ballot"
      WHERE "meetingId" = ${meetingId}::uuid AND state IN ('waiting', 'sealing', 'sealed')
      UNION
      SELECT voter, "areaE4" AS area FROM "PaperBallot"
      WHERE "meetingId" = ${meetingId}::uuid AND state IN ('checked', 'sealing', 'sealed')
    ) AS participants`;
  return rows[0]!;
}

/** Once the count has begun, what is not on chain takes no part any more. */
async function measureSealed(db: Db, meetingId: string): Promise<Count> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT count(*)::int AS heads, coalesce(sum(area), 0)::bigint AS "areaE4"
    FROM (
      SELECT voter, "areaE4" AS area FROM "Ballot"
      WHERE "meetingId" = ${meetingId}::uuid AND state = 'sealed'
      UNION
      SELECT voter, "areaE4" AS area FROM "PaperBallot"
      WHERE "meetingId" = ${meetingId}::uuid AND state = 'sealed'
    ) AS participants`;
  return rows[0]!;
}
