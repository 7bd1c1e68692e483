import type { FsckContext, Subject } from "../subject.ts";
import { inspectBallots } from "./ballots.ts";
import { inspectBatches } from "./batches.ts";
import { ChainMeetings } from "./chainMeetings.ts";
import { findOrphanMeetings, inspectMeeting, streamMeetings } from "./meetings.ts";
import { inspectPayees } from "./payees.ts";
import { assemblyProposals } from "./proposalKinds.ts";
import { inspectTalk } from "./talk.ts";

const sealed = (origin: number): string => `
  SELECT "id"::text AS ref, CASE WHEN "state" = 'sealing' THEN 'pending'
    WHEN "state" IN ('sealed', 'opening', 'opened', 'lapsed') THEN 'done'
    WHEN "state" = 'refused' AND "failure" <> 'withdrawn' THEN 'failed' END AS call
  FROM "Batch" WHERE "origin" = ${origin} AND NOT "foreign"`;

const OPENING = `SELECT "id"::text AS ref, NULL AS call FROM "Batch"`;

/** Meetings, ballots of both kinds, their sealing and their count. */
export const assemblySubject: Subject = {
  name: "assembly",
  tables: {
    Meeting: { onlyHere: ["createdAt", "announcedAt", "failure", "failures", "failedAt"] },
    PayeeAccount: { onlyHere: ["createdAt"] },
    Talk: { onlyHere: [] },
    Extension: { onlyHere: ["createdAt", "failure"] },
    Batch: { onlyHere: ["createdAt", "openedAt", "failure", "failures", "failedAt"] },
    Ballot: { onlyHere: ["id", "repeat", "acceptedAt"] },
    PaperBallot: { onlyHere: ["id", "enteredAt", "checkedAt"] },
  },
  calls: [
    {
      kind: "convene",
      functions: ["convene"],
      table: "Meeting",
      refs: `
        SELECT "id"::text AS ref, CASE WHEN "state" = 'convening' THEN 'pending'
          WHEN "state" IN ('announced', 'concluded') THEN 'done'
          WHEN "state" = 'refused' AND "failure" <> 'withdrawn' THEN 'failed' END AS call FROM "Meeting"`,
    },
    {
      kind: "extend",
      functions: ["extend"],
      table: "Extension",
      refs: `
        SELECT "id"::text AS ref, CASE WHEN "state" = 'extending' THEN 'pending' WHEN "state" = 'extended' THEN 'done'
          WHEN "state" = 'refused' AND "failure" <> 'withdrawn' THEN 'failed' END AS call FROM "Extension"`,
    },
    { kind: "seal", functions: ["seal"], table: "Batch", refs: sealed(0) },
    { kind: "sealPaper", functions: ["sealPaper"], table: "Batch", refs: sealed(1) },
    // Anybody may open, declare lapsed and conclude: it need not have been the service.
    { kind: "open", functions: ["openBatch", "openPaper"], table: "Batch", refs: OPENING },
    { kind: "lapse", functions: ["lapse"], table: "Batch", refs: OPENING },
    {
      kind: "conclude",
      functions: ["conclude"],
      table: "Meeting",
      refs: `SELECT "id"::text AS ref, NULL AS call FROM "Meeting"`,
    },
  ],
  proposals: assemblyProposals,
  async inspect(context: FsckContext) {
    const onChain = new ChainMeetings(context);
    for await (const meeting of streamMeetings(context)) {
      await inspectMeeting(context, meeting, onChain);
      await inspectBatches(context, meeting, onChain);
      await inspectBallots(context, meeting);
    }
    await findOrphanMeetings(context, onChain);
    await inspectPayees(context);
    await inspectTalk(context);
  },
};
