import type { TransactionReceipt } from "viem";
import type { Tx } from "../../database/client.ts";
import { publishEvent } from "../../http/events.ts";
import type { AssemblyContext } from "../context.ts";
import { getEvent } from "../events.ts";
import { lockMeeting, requireConvened } from "../meeting/find.ts";
import { SEAL } from "./fix.ts";

/** On chain: the batch has the number that the chain gave it, and its ballots are sealed. */
export async function settleSealed(
  context: AssemblyContext,
  tx: Tx,
  { id, receipt }: { id: string; receipt: TransactionReceipt },
): Promise<void> {
  const event = getEvent(receipt, "BatchSealed");
  const { timestamp } = await context.chain.client.getBlock({ blockHash: receipt.blockHash });
  const number = Number(event.batch);
  const { meetingId } = await tx.batch.findUniqueOrThrow({ where: { id } });
  await lockMeeting(tx, meetingId);
  const batch = await tx.batch.update({
    where: { id },
    data: {
      state: "sealed",
      number,
      sealedAt: new Date(Number(timestamp) * 1000),
      sealedIn: receipt.transactionHash,
      failure: null,
    },
    include: { meeting: true },
  });
  await tx.ballot.updateMany({ where: { batchId: id }, data: { state: "sealed" } });
  await tx.paperBallot.updateMany({ where: { batchId: id }, data: { state: "sealed" } });
  const meeting = requireConvened(batch.meeting);
  const data = { meeting: meeting.number, batch: number, ballots: batch.count };
  await publishEvent(tx, meeting.communityId, { type: "sealed", data });
}

/**
 * The chain refused a batch, so nothing of it stands there. Its ballots wait again for another one, except where the
 * voter has sent a later ballot meanwhile.
 */
async function release(tx: Tx, id: string, failure: string): Promise<void> {
  await tx.batch.update({ where: { id }, data: { state: "refused", failure } });
  await tx.$executeRaw`
    UPDATE "Ballot" AS mine SET state = 'replaced', "batchId" = NULL, place = NULL
    WHERE "batchId" = ${id}::uuid AND EXISTS (
      SELECT 1 FROM "Ballot" AS later
      WHERE later."meetingId" = mine."meetingId" AND later.voter = mine.voter AND later.id > mine.id
        AND later.state IN ('waiting', 'sealing', 'sealed'))`;
  await tx.$executeRaw`
    UPDATE "Ballot" SET state = 'waiting', "waitingVoter" = voter, "batchId" = NULL, place = NULL
    WHERE "batchId" = ${id}::uuid`;
}

/** Ballots that could not be sealed before closing are a failure of the service: they stay listed as such. */
export async function markLate(context: AssemblyContext, meetingId: string): Promise<void> {
  const { count } = await context.db.ballot.updateMany({
    where: { meetingId, state: "waiting" },
    data: { state: "late", waitingVoter: null },
  });
  if (count > 0)
    context.log.error({ meetingId, ballots: count }, "ballots were not sealed before closing");
}

export function registerSealing(context: AssemblyContext): void {
  const { chain, log } = context;
  chain.onMined(SEAL, (tx, call, receipt) => settleSealed(context, tx, { id: call.ref, receipt }));
  chain.onFailed(SEAL, async (tx, call, error) => {
    log.error({ batch: call.ref, code: error.code }, "a batch was refused by the chain");
    await release(tx, call.ref, error.code);
  });
}
