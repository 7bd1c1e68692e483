import { randomUUID } from "node:crypto";
import type { Hex } from "viem";
import { MAX_BATCH } from "../../../protocol/assembly/ballot.ts";
import { paperBatchTypedData } from "../../../protocol/assembly/meeting.ts";
import { arrangePaper } from "../../../protocol/assembly/opening.ts";
import type { Tx } from "../../database/client.ts";
import type { Batch, PaperBallot } from "../../database/generated/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import type { Attestation } from "../../registry/service.ts";
import { LONG_TRANSACTION, signingDomain } from "../context.ts";
import type { AssemblyContext } from "../context.ts";
import { toPaper } from "../counting/opening.ts";
import { toArguments } from "../meeting/convene.ts";
import { getMeeting, requireConvened } from "../meeting/find.ts";
import type { ConvenedMeeting } from "../meeting/find.ts";
import { settleSealed } from "../sealing/settle.ts";
import { requirePaperTime } from "./enter.ts";

const SEAL_PAPER = "sealPaper";

export interface PaperSealing {
  communityId: string;
  meeting: number;
  teller: OfficerCaller;
}

/**
 * Puts the checked paper ballots before two tellers as one batch. A batch that was proposed and not signed yet is taken
 * back, and its ballots come along.
 */
export async function proposePaperBatch(
  context: AssemblyContext,
  { communityId, meeting: number, teller }: PaperSealing,
): Promise<{ proposal: string; root: Hex; count: number }> {
  return context.db.$transaction(async (tx) => {
    const meeting = await getMeeting(tx, communityId, number);
    requirePaperTime(meeting, context.clock.now());
    await takeBack(context, tx, meeting);
    const papers = await tx.paperBallot.findMany({
      where: { meetingId: meeting.id, state: "checked" },
      orderBy: { checkedAt: "asc" },
      take: MAX_BATCH,
    });
    if (papers.length === 0) throw new DomainError("PaperNoneChecked", { meeting: number });
    const { root, batchId } = await fixPaper(context, tx, { meeting, papers });
    const count = papers.length;
    const domain = await signingDomain(context, tx, communityId);
    const proposal = await context.registry.proposals.create(tx, {
      communityId,
      kind: SEAL_PAPER,
      typedData: paperBatchTypedData(domain, { meeting: BigInt(number), root, count }),
      summary: { kind: SEAL_PAPER, meeting: number, count },
      roles: ["teller", "teller"],
      payload: { batch: batchId },
      createdBy: teller,
    });
    await tx.batch.update({ where: { id: batchId }, data: { proposalId: proposal.id } });
    return { proposal: proposal.id, root, count };
  }, LONG_TRANSACTION);
}

async function takeBack(
  { registry }: AssemblyContext,
  tx: Tx,
  meeting: ConvenedMeeting,
): Promise<void> {
  const open = await tx.batch.findMany({ where: { meetingId: meeting.id, state: "proposed" } });
  for (const { proposalId } of open) await registry.proposals.withdraw(tx, proposalId!);
}

/** Nothing of the batch stands on chain: its ballots are to be proposed again. */
async function releasePaper(tx: Tx, batchId: string, failure: string): Promise<Batch> {
  const data = { state: "checked" as const, batchId: null, place: null };
  await tx.paperBallot.updateMany({ where: { batchId }, data });
  return tx.batch.update({ where: { id: batchId }, data: { state: "refused", failure } });
}

async function fixPaper(
  context: AssemblyContext,
  tx: Tx,
  { meeting, papers }: { meeting: ConvenedMeeting; papers: readonly PaperBallot[] },
): Promise<{ root: Hex; batchId: string }> {
  const { root, ballots } = arrangePaper(BigInt(meeting.number), papers.map(toPaper));
  const batchId = randomUUID();
  await tx.batch.create({
    data: {
      id: batchId,
      meetingId: meeting.id,
      state: "proposed",
      origin: 1,
      root,
      count: papers.length,
      createdAt: context.clock.now(),
    },
  });
  const leaves = ballots.map(({ leaf }) => leaf);
  await tx.$executeRaw`
    UPDATE "PaperBallot" SET state = 'sealing', "batchId" = ${batchId}::uuid, place = fixed.place - 1
    FROM unnest(${leaves}::text[]) WITH ORDINALITY AS fixed (leaf, place)
    WHERE "meetingId" = ${meeting.id}::uuid AND "PaperBallot".leaf = fixed.leaf`;
  return { root, batchId };
}

async function sendPaperBatch(
  context: AssemblyContext,
  tx: Tx,
  { id, attestations }: { id: string; attestations: readonly [Attestation, Attestation] },
): Promise<void> {
  const batch = await tx.batch.findUniqueOrThrow({ where: { id }, include: { meeting: true } });
  const meeting = requireConvened(batch.meeting);
  requirePaperTime(meeting, context.clock.now());
  await tx.batch.update({ where: { id }, data: { state: "sealing" } });
  await context.chain.enqueue(tx, {
    communityId: meeting.communityId,
    contract: "assembly",
    functionName: "sealPaper",
    args: [BigInt(meeting.number), batch.root, batch.count, toArguments(attestations)],
    kind: SEAL_PAPER,
    ref: id,
  });
}

/** When the time for paper is over: what two tellers have not signed by then cannot count, and shows as such. */
export async function closePaper(
  context: AssemblyContext,
  meeting: ConvenedMeeting,
): Promise<void> {
  await context.db.$transaction(async (tx) => {
    await takeBack(context, tx, meeting);
    const where = {
      meetingId: meeting.id,
      state: { in: ["entered" as const, "checked" as const] },
    };
    await tx.paperBallot.updateMany({ where, data: { state: "late" } });
  });
}

export function registerPaper(context: AssemblyContext): void {
  const { chain, registry, log } = context;
  registry.proposals.onComplete(SEAL_PAPER, async (tx, proposal, attestations) => {
    const { batch } = proposal.payload as { batch: string };
    await sendPaperBatch(context, tx, { id: batch, attestations });
  });
  chain.onMined(SEAL_PAPER, (tx, call, receipt) =>
    settleSealed(context, tx, { id: call.ref, receipt }),
  );
  chain.onFailed(SEAL_PAPER, async (tx, call, { code }) => {
    log.error({ batch: call.ref, code }, "a batch of paper was refused by the chain");
    const { proposalId } = await releasePaper(tx, call.ref, code);
    if (proposalId) await registry.proposals.markFailed(tx, proposalId, code);
  });
  registry.proposals.onWithdraw(SEAL_PAPER, async (tx, { payload }) => {
    await releasePaper(tx, (payload as { batch: string }).batch, "withdrawn");
  });
}
