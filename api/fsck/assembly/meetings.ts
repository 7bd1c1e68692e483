import type { Hex } from "viem";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { canonicalText } from "../../../protocol/anchor/json.ts";
import type { Extension, Meeting } from "../../database/generated/client.ts";
import { toConveneMessage } from "../../assembly/meeting/record.ts";
import type { ConvenedMeeting } from "../../assembly/meeting/find.ts";
import { toResultRecord } from "../../assembly/counting/result.ts";
import { compareCopy, findOrphanRecords, leafOf, parseCopy } from "../records.ts";
import type { FsckContext } from "../subject.ts";
import type { ChainMeetings } from "./chainMeetings.ts";

/** A meeting with what the log and its roll say of it. */
export type MeetingRow = Meeting & {
  logged: string | null;
  loggedResult: string | null;
  voters: number | null;
  rollAreaE4: bigint | null;
  rollId: string | null;
};

const MEETINGS = `
  SELECT m.*, r."text" AS logged, s."text" AS "loggedResult", x."voters", x."totalAreaE4" AS "rollAreaE4", x."id" AS "rollId"
  FROM "Meeting" m
  LEFT JOIN "Record" r ON r."communityId" = m."communityId" AND r."index" = m."recordIndex" AND r."type" = 'meeting'
  LEFT JOIN "Record" s ON s."communityId" = m."communityId" AND s."index" = m."resultIndex" AND s."type" = 'result'
  LEFT JOIN "Roll" x ON x."communityId" = m."communityId" AND x."number" = m."roll" AND x."state" = 'frozen'
  ORDER BY m."communityId", m."number", m."createdAt"`;

export const streamMeetings = ({ snapshot }: FsckContext): AsyncGenerator<MeetingRow> =>
  snapshot.stream<MeetingRow>(MEETINGS);

const CONVENED = ["announced", "concluded"];
export const isConvened = (meeting: Meeting): meeting is Meeting & ConvenedMeeting =>
  CONVENED.includes(meeting.state) && meeting.number !== null;

/** The meeting is the one that was recorded, convened, extended and concluded on chain. */
export async function inspectMeeting(
  context: FsckContext,
  meeting: MeetingRow,
  onChain: ChainMeetings,
): Promise<void> {
  const { inspection } = context;
  const place = { community: meeting.communityId, table: "Meeting", row: meeting.id };
  inspection.count("Meeting", meeting.communityId);
  inspection.equal(
    { ...place, field: "record or recordLeaf" },
    leafOf(meeting.record),
    meeting.recordLeaf,
  );
  const convened = CONVENED.includes(meeting.state);
  if (convened) compareCopy(context, { place, text: meeting.record, logged: meeting.logged });
  const { voters, rollAreaE4 } = meeting;
  if (voters === null) inspection.missing({ ...place, table: "Roll", row: `roll ${meeting.roll}` });
  else inspection.compare(place, meeting, { totalHeads: voters, totalAreaE4: rollAreaE4 });
  const extensions = await inspectExtensions(context, meeting, onChain);
  inspectRecord(context, meeting, extensions);
  if (convened) await onChain.inspect(meeting);
  if (meeting.state === "concluded") await inspectResult(context, meeting, onChain);
}

function inspectRecord(
  context: FsckContext,
  meeting: MeetingRow,
  extensions: readonly Extension[],
): void {
  const place = { community: meeting.communityId, table: "Meeting", row: meeting.id };
  const record = parseCopy<RecordOf<"meeting">>(context, place, meeting.record);
  if (!record) return;
  // The plans that are signed with it stand in the record alone.
  const {
    plans: { length: motions },
    ...message
  } = toConveneMessage(record, meeting.recordLeaf as Hex);
  context.inspection.equal({ ...place, field: "items" }, motions, meeting.items.length);
  const { opensAt, closesAt, ...terms } = message;
  const moved = extensions.filter(({ state }) => state === "extended").at(-1)?.closesAt;
  context.inspection.compare(place, meeting, {
    communityId: record.community,
    title: record.title,
    ...terms,
    roll: record.roll,
    record: meeting.record,
    opensAt: new Date(Number(opensAt) * 1000),
    closesAt: moved ?? new Date(Number(closesAt) * 1000),
  });
}

type Extended = Extension & { logged: string | null };

const EXTENSIONS = `
  SELECT e.*, r."text" AS logged FROM "Extension" e
  LEFT JOIN "Record" r ON r."communityId" = $2 AND r."index" = e."recordIndex" AND r."type" = 'extension'
  WHERE e."meetingId" = $1 ORDER BY e."closesAt"`;

async function inspectExtensions(
  context: FsckContext,
  meeting: MeetingRow,
  onChain: ChainMeetings,
): Promise<Extension[]> {
  const { snapshot, inspection } = context;
  const { id, communityId: community } = meeting;
  const rows = await snapshot.rows<Extended>(EXTENSIONS, [id, community]);
  inspection.count("Extension", community, rows.length);
  for (const row of rows) {
    const place = { community, table: "Extension", row: row.id };
    inspection.equal(
      { ...place, field: "record or recordLeaf" },
      leafOf(row.record),
      row.recordLeaf,
    );
    const record = parseCopy<RecordOf<"extension">>(context, place, row.record);
    if (record) {
      const closesAt = new Date(record.closesAt * 1000);
      inspection.equal({ ...place, field: "closesAt" }, closesAt, row.closesAt);
      inspection.equal({ ...place, field: "meetingId" }, record.meeting, meeting.number);
    }
    if (row.state !== "extended") continue;
    compareCopy(context, { place, text: row.record, logged: row.logged });
    await onChain.inspectExtension(meeting, row);
  }
  return rows;
}

/** The published result is the log's own, and follows from the tallies on chain. */
async function inspectResult(
  context: FsckContext,
  meeting: MeetingRow,
  onChain: ChainMeetings,
): Promise<void> {
  const { inspection, snapshot } = context;
  const place = { community: meeting.communityId, table: "Meeting", row: meeting.id };
  const text = meeting.result === null ? "" : canonicalText(meeting.result);
  compareCopy(context, { place, text, logged: meeting.loggedResult, field: "result" });
  const counted = await onChain.readConclusion(meeting);
  if (!counted || !isConvened(meeting)) return;
  const lapsed = await snapshot.rows<{ number: number }>(
    `SELECT "number" FROM "Batch" WHERE "meetingId" = $1 AND "state" = 'lapsed' ORDER BY "number"`,
    [meeting.id],
  );
  const expected = toResultRecord(meeting, {
    ...counted,
    lapsed: lapsed.map(({ number }) => number),
  });
  inspection.equal({ ...place, field: "result against the chain" }, canonicalText(expected), text);
}

/** Records of meetings, extensions and results that belong to no row; meetings on chain that nobody keeps. */
export async function findOrphanMeetings(
  context: FsckContext,
  onChain: ChainMeetings,
): Promise<void> {
  const columns = { meeting: "recordIndex", result: "resultIndex" } as const;
  for (const [type, column] of Object.entries(columns)) {
    const owned = `SELECT "communityId" AS community, "${column}" AS index FROM "Meeting"`;
    await findOrphanRecords(context, { type, table: "Meeting", owned });
  }
  await findOrphanRecords(context, {
    type: "extension",
    table: "Extension",
    owned: `SELECT m."communityId" AS community, e."recordIndex" AS index
      FROM "Extension" e JOIN "Meeting" m ON m."id" = e."meetingId"`,
  });
  await onChain.findUnlisted();
}
