import type { Talk } from "../../database/generated/client.ts";
import { inspectRecorded } from "../recorded.ts";
import type { FsckContext } from "../subject.ts";

type Row = Talk & { meeting: number | null; voters: number | null };

/** What was asked, objected to and answered, as it was published; who asked is told to nobody. */
export async function inspectTalk(context: FsckContext): Promise<void> {
  for (const kind of ["question", "objection", "answer"] as const) {
    const rows = inspectRecorded<Row, typeof kind>(context, {
      ...{ table: "Talk", type: kind, key: ["record"], index: "record", time: "at" },
      also: `m."number" AS meeting, r2."voters"`,
      join: `LEFT JOIN "Meeting" m ON m."id" = t."meetingId" AND m."communityId" = t."communityId"
        LEFT JOIN "Roll" r2 ON r2."communityId" = m."communityId" AND r2."number" = m."roll" AND r2."state" = 'frozen'`,
      where: `t."kind" = '${kind}'`,
      expected: (record) => ({
        ...{ kind: record.type, meeting: record.meeting, sealed: record.text.sealed },
        to: record.type === "answer" ? record.to : null,
        office: record.type === "answer" ? record.office : null,
      }),
    });
    for await (const { row, place } of rows) {
      const { voter, voters } = row;
      const isOwner = voter !== null && voter >= 0 && voter < (voters ?? 0);
      const passed = kind === "answer" ? voter === null : isOwner;
      context.inspection.secret({ ...place, field: "voter" }, passed);
    }
  }
}
