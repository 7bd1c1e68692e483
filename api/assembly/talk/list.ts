import { toInstant } from "../../clock.ts";
import type { Talk } from "../../database/generated/client.ts";
import type { AssemblyContext } from "../context.ts";
import { getMeeting } from "../meeting/find.ts";

/** What was asked and objected about a meeting, in its order, each with its answers. A redacted text is null. */
export async function listTalk(context: AssemblyContext, communityId: string, number: number) {
  const { db, anchor } = context;
  const { id: meetingId } = await getMeeting(db, communityId, number);
  const rows = await db.talk.findMany({ where: { meetingId }, orderBy: { record: "asc" } });
  const view = async ({ record, sealed, at }: Talk) => ({
    record,
    at: toInstant(at),
    text: await anchor.readField(db, communityId, { sealed }),
  });
  const items = [];
  for (const row of rows) {
    if (row.kind === "answer") continue;
    const answers = rows.filter(({ to }) => to === row.record);
    items.push({
      ...(await view(row)),
      kind: row.kind,
      answers: await Promise.all(
        answers.map(async (answer) => ({ ...(await view(answer)), office: answer.office! })),
      ),
    });
  }
  return { items };
}
