import { randomUUID } from "node:crypto";
import type { Hex } from "viem";
import { MAX_BATCH } from "../../../protocol/assembly/ballot.ts";
import { treeRoot } from "../../../protocol/registry/tree.ts";
import type { Tx } from "../../database/client.ts";
import { LONG_TRANSACTION } from "../context.ts";
import type { AssemblyContext } from "../context.ts";
import type { ConvenedMeeting } from "../meeting/find.ts";
import { planBatches } from "./plan.ts";

export const SEAL = "seal";

interface WaitingBallot {
  id: bigint;
  page: number;
  position: number;
  leaf: Hex;
}

/** The rest goes with the next step. */
const MAX_BALLOTS_AT_ONCE = 10 * MAX_BATCH;

/**
 * Groups the waiting ballots of a meeting into batches and writes down their content together with the calls that seal
 * them: whatever happens later, a sealed batch is the one that stands here. Returns how many ballots went.
 */
export function fixBatches(context: AssemblyContext, meeting: ConvenedMeeting): Promise<number> {
  return context.db.$transaction(async (tx) => {
    const waiting = await takeWaiting(tx, meeting.id);
    for (const ballots of planBatches(waiting)) await fixBatch(context, tx, { meeting, ballots });
    return waiting.length;
  }, LONG_TRANSACTION);
}

/** Locked until the transaction ends, so that no later ballot replaces one of them meanwhile. */
const takeWaiting = (tx: Tx, meetingId: string) =>
  tx.$queryRaw<WaitingBallot[]>`
    SELECT id, page, position, leaf FROM "Ballot"
    WHERE "meetingId" = ${meetingId}::uuid AND state = 'waiting'
    ORDER BY id LIMIT ${MAX_BALLOTS_AT_ONCE} FOR UPDATE SKIP LOCKED`;

async function fixBatch(
  context: AssemblyContext,
  tx: Tx,
  { meeting, ballots }: { meeting: ConvenedMeeting; ballots: readonly WaitingBallot[] },
): Promise<void> {
  const id = randomUUID();
  const root = treeRoot(ballots.map((ballot) => ballot.leaf));
  const count = ballots.length;
  const createdAt = context.clock.now();
  await tx.batch.create({ data: { id, meetingId: meeting.id, origin: 0, root, count, createdAt } });
  await putIntoBatch(tx, id, ballots);
  await context.chain.enqueue(tx, {
    communityId: meeting.communityId,
    contract: "assembly",
    functionName: "seal",
    args: [BigInt(meeting.number), root, count],
    kind: SEAL,
    ref: id,
  });
}

async function putIntoBatch(
  tx: Tx,
  batchId: string,
  ballots: readonly WaitingBallot[],
): Promise<void> {
  const ids = ballots.map((ballot) => ballot.id);
  await tx.$executeRaw`
    UPDATE "Ballot" SET state = 'sealing', "waitingVoter" = NULL, "batchId" = ${batchId}::uuid, place = fixed.place - 1
    FROM unnest(${ids}::bigint[]) WITH ORDINALITY AS fixed (id, place)
    WHERE "Ballot".id = fixed.id`;
}
