import type { Hex } from "viem";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { toConveneMessage } from "../../assembly/meeting/record.ts";
import type { Batch, Extension, Meeting } from "../../database/generated/client.ts";
import { findSubject } from "../registry/proposalKinds.ts";
import type { FsckContext, ProposalKind } from "../subject.ts";

const BOTH = ["registrar", "committee"] as const;

const convene: ProposalKind = {
  primaryType: "Convene",
  roles: BOTH,
  table: "Meeting",
  async facts(context, proposal) {
    const place = { table: "Meeting", name: "meeting" };
    const meeting = await findSubject<Meeting>(context, proposal, place);
    if (!meeting) return undefined;
    const record = JSON.parse(meeting.record) as RecordOf<"meeting">;
    const { title, roll, motions, opensAt, closesAt } = record;
    return {
      payload: { meeting: meeting.id },
      message: toConveneMessage(record, meeting.recordLeaf as Hex),
      summary: { kind: "convene", title, roll, motions: motions.length, opensAt, closesAt },
    };
  },
};

const extend: ProposalKind = {
  primaryType: "Extend",
  roles: BOTH,
  table: "Extension",
  async facts(context, proposal) {
    const place = { table: "Extension", name: "extension" };
    const row = await findSubject<Extension>(context, proposal, place);
    if (!row) return undefined;
    const { meeting } = JSON.parse(row.record) as RecordOf<"extension">;
    const closesAt = row.closesAt.getTime() / 1000;
    return {
      payload: { extension: row.id },
      message: { meeting, closesAt, record: row.recordLeaf },
      summary: { kind: "extend", meeting, closesAt },
    };
  },
};

const sealPaper: ProposalKind = {
  primaryType: "PaperBatch",
  roles: ["teller", "teller"],
  table: "Batch",
  async facts(context, proposal) {
    const batch = await findSubject<Batch>(context, proposal, { table: "Batch", name: "batch" });
    const meeting = batch && (await findMeeting(context, batch.meetingId));
    if (meeting === undefined) return undefined;
    const { id, root, count } = batch!;
    return {
      payload: { batch: id },
      message: { meeting, root, count },
      summary: { kind: "sealPaper", meeting, count },
    };
  },
};

async function findMeeting({ snapshot }: FsckContext, id: string): Promise<number | undefined> {
  const sql = `SELECT "number" FROM "Meeting" WHERE "id" = $1`;
  return (await snapshot.rows<{ number: number }>(sql, [id]))[0]?.number;
}

export const assemblyProposals = { convene, extend, sealPaper };
