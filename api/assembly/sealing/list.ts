import { SELF_SEALED } from "../../../protocol/assembly/ballot.ts";
import { toInstant } from "../../clock.ts";
import type { Batch } from "../../database/generated/client.ts";
import { listLeaves } from "../ballot/read.ts";
import type { AssemblyContext } from "../context.ts";
import { getMeeting } from "../meeting/find.ts";

/** The batches on chain with their leaves: an owner finds his own, and sees that no other one was put in its place. */
export async function listBatches(
  { db }: AssemblyContext,
  request: { communityId: string; meeting: number; after?: number | undefined; limit: number },
) {
  const { id: meetingId } = await getMeeting(db, request.communityId, request.meeting);
  const batches = await db.batch.findMany({
    where: {
      meetingId,
      number: request.after === undefined ? { not: null } : { gt: request.after },
    },
    orderBy: { number: "asc" },
    take: request.limit,
  });
  const next = batches.length === request.limit ? batches.at(-1)!.number : null;
  const items = [];
  for (const batch of batches)
    items.push({ ...viewBatch(batch), leaves: await listLeaves(db, batch) });
  return { items, next };
}

function viewBatch(batch: Batch) {
  return {
    batch: batch.number!,
    state: batch.state as "sealed" | "opening" | "opened" | "lapsed",
    origin: batch.origin % SELF_SEALED === 1 ? ("paper" as const) : ("own" as const),
    selfSealed: batch.origin >= SELF_SEALED,
    foreign: batch.foreign,
    root: batch.root,
    count: batch.count,
    sealedAt: toInstant(batch.sealedAt!),
    sealedIn: batch.sealedIn!,
    openedAt: batch.openedAt ? toInstant(batch.openedAt) : null,
    openedIn: batch.openedIn,
    codes: batch.codes,
  };
}
