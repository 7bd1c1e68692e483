import { getAbiItem } from "viem";
import type { Hex } from "viem";
import { assemblyAbi } from "../../../protocol/abi/assembly.ts";
import type { Tx } from "../../database/client.ts";
import { publishEvent } from "../../http/events.ts";
import { LONG_TRANSACTION } from "../context.ts";
import type { AssemblyContext } from "../context.ts";
import { lockMeeting } from "../meeting/find.ts";
import type { ConvenedMeeting } from "../meeting/find.ts";
import { readMeeting } from "./chain.ts";
import { settleConcluded, settleCounted } from "./settle.ts";

/**
 * Takes up batches that others sealed: owners themselves, or another relayer. They stand in the same order and are
 * counted like ours; what is in them is known only where the owner sent us the ballot too.
 */
export async function adoptForeignBatches(
  context: AssemblyContext,
  meeting: ConvenedMeeting,
): Promise<void> {
  const { batches } = await readMeeting(context, meeting);
  const known = await context.db.batch.count({
    where: { meetingId: meeting.id, number: { not: null } },
  });
  if (batches <= known) return;
  for (const sealed of await listSealed(context, meeting)) await adopt(context, meeting, sealed);
}

interface SealedBatch {
  number: number;
  origin: number;
  root: Hex;
  count: number;
  transactionHash: Hex;
  blockNumber: bigint;
}

async function listSealed(
  context: AssemblyContext,
  meeting: ConvenedMeeting,
): Promise<SealedBatch[]> {
  const logs = await context.chain.client.getLogs({
    ...(await placeOf(context, meeting)),
    event: getAbiItem({ abi: assemblyAbi, name: "BatchSealed" }),
    args: { meeting: BigInt(meeting.number) },
    strict: true,
  });
  return logs.map(({ args, transactionHash, blockNumber }) => ({
    number: Number(args.batch),
    origin: args.origin,
    root: args.root,
    count: Number(args.count),
    transactionHash,
    blockNumber,
  }));
}

async function placeOf(context: AssemblyContext, { communityId }: ConvenedMeeting) {
  const { assembly } = await context.registry.getCommunity(context.db, communityId);
  return { address: assembly, fromBlock: 0n } as const;
}

async function adopt(
  context: AssemblyContext,
  meeting: ConvenedMeeting,
  sealed: SealedBatch,
): Promise<void> {
  const { number, blockNumber, transactionHash, ...rest } = sealed;
  const { timestamp } = await context.chain.client.getBlock({ blockNumber });
  const sealedAt = new Date(Number(timestamp) * 1000);
  await context.db.$transaction(async (tx) => {
    await lockMeeting(tx, meeting.id);
    if (await isKnown(tx, meeting.id, sealed)) return;
    const row = { ...rest, number, foreign: true, state: "sealed" as const, sealedAt };
    await tx.batch.create({
      data: { ...row, meetingId: meeting.id, sealedIn: transactionHash, createdAt: sealedAt },
    });
    const event = { meeting: meeting.number, batch: number, ballots: sealed.count };
    await publishEvent(tx, meeting.communityId, { type: "sealed", data: event });
  });
}

/** Taken up already, or ours and about to be settled from its receipt. */
async function isKnown(tx: Tx, meetingId: string, { number, root }: SealedBatch): Promise<boolean> {
  const known = await tx.batch.findFirst({
    where: { meetingId, OR: [{ number }, { root, state: "sealing" }] },
  });
  return known !== null;
}

/** Takes up what others opened or declared lapsed, as anybody may. */
export async function adoptForeignCounts(
  context: AssemblyContext,
  meeting: ConvenedMeeting,
): Promise<void> {
  const { done } = await readMeeting(context, meeting);
  const state = { in: ["opened" as const, "lapsed" as const] };
  const known = await context.db.batch.count({ where: { meetingId: meeting.id, state } });
  if (done <= known) return;
  const logs = await context.chain.client.getLogs({
    ...(await placeOf(context, meeting)),
    events: [
      getAbiItem({ abi: assemblyAbi, name: "BatchCounted" }),
      getAbiItem({ abi: assemblyAbi, name: "BatchLapsed" }),
    ],
    strict: true,
  });
  for (const { eventName, args, transactionHash } of logs) {
    if (Number(args.meeting) !== meeting.number) continue;
    const codes = eventName === "BatchCounted" ? args.codes : undefined;
    const counted = { meeting, number: Number(args.batch), codes, transactionHash };
    await context.db.$transaction((tx) => settleCounted(context, tx, counted), LONG_TRANSACTION);
  }
}

/** Takes up a conclusion that somebody else called for. */
export async function adoptConclusion(
  context: AssemblyContext,
  meeting: ConvenedMeeting,
): Promise<void> {
  const [log] = await context.chain.client.getLogs({
    ...(await placeOf(context, meeting)),
    event: getAbiItem({ abi: assemblyAbi, name: "MeetingConcluded" }),
    args: { meeting: BigInt(meeting.number) },
    strict: true,
  });
  if (!log) return;
  const { transactionHash } = log;
  await context.db.$transaction(
    (tx) => settleConcluded(context, tx, { id: meeting.id, transactionHash }),
    LONG_TRANSACTION,
  );
}
