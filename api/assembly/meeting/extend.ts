import type { Hex } from "viem";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { extendTypedData } from "../../../protocol/assembly/meeting.ts";
import { toInstant, toSeconds } from "../../clock.ts";
import type { Tx } from "../../database/client.ts";
import type { Extension } from "../../database/generated/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { publishEvent } from "../../http/events.ts";
import type { Attestation } from "../../registry/service.ts";
import { signingDomain } from "../context.ts";
import type { AssemblyContext } from "../context.ts";
import { toArguments } from "./convene.ts";
import { requireWindow } from "./draft.ts";
import { getMeeting, requireConvened } from "./find.ts";
import type { ConvenedMeeting } from "./find.ts";
import { writeRecord } from "./record.ts";

const EXTEND = "extend";

export interface ExtensionRequest {
  communityId: string;
  meeting: number;
  closesAt: Date;
  reason: string;
  officer: OfficerCaller;
}

/** Puts a later end before a registrar and a committee officer; only before the old end. */
export async function proposeExtension(
  context: AssemblyContext,
  request: ExtensionRequest,
): Promise<{ extension: string; proposal: string; record: Hex }> {
  const { communityId, closesAt, officer } = request;
  const now = context.clock.now();
  return context.db.$transaction(async (tx) => {
    const meeting = await getMeeting(tx, communityId, request.meeting);
    requireExtendable(meeting, closesAt, now);
    const { text, leaf } = writeRecord(toExtensionRecord(request, now));
    const extension = await tx.extension.create({
      data: { meetingId: meeting.id, closesAt, record: text, recordLeaf: leaf, createdAt: now },
    });
    const message = {
      meeting: BigInt(meeting.number),
      closesAt: toSeconds(closesAt),
      record: leaf,
    };
    const domain = await signingDomain(context, tx, communityId);
    const proposal = await context.registry.proposals.create(tx, {
      communityId,
      kind: EXTEND,
      typedData: extendTypedData(domain, message),
      summary: { kind: EXTEND, meeting: meeting.number, closesAt: Number(message.closesAt) },
      roles: ["registrar", "committee"],
      payload: { extension: extension.id },
      createdBy: officer,
    });
    const { id: proposalId } = proposal;
    await tx.extension.update({ where: { id: extension.id }, data: { proposalId } });
    return { extension: extension.id, proposal: proposal.id, record: leaf };
  });
}

function requireExtendable(meeting: ConvenedMeeting, closesAt: Date, now: Date): void {
  const { number } = meeting;
  if (now >= meeting.closesAt) {
    const closedAt = Number(toSeconds(meeting.closesAt));
    throw new DomainError("AssemblyVotingClosed", { meeting: number, closedAt });
  }
  if (closesAt <= meeting.closesAt) {
    throw new DomainError("AssemblyExtensionNotLater", { meeting: number });
  }
  requireWindow(meeting.opensAt, closesAt);
}

const toExtensionRecord = (request: ExtensionRequest, now: Date): RecordOf<"extension"> => ({
  v: 1,
  type: "extension",
  community: request.communityId,
  at: toInstant(now),
  meeting: request.meeting,
  closesAt: Number(toSeconds(request.closesAt)),
  reason: request.reason,
});

async function sendExtension(
  context: AssemblyContext,
  tx: Tx,
  { id, attestations }: { id: string; attestations: readonly [Attestation, Attestation] },
): Promise<void> {
  const { meeting: row, ...extension } = await findExtension(tx, id);
  const meeting = requireConvened(row);
  requireExtendable(meeting, extension.closesAt, context.clock.now());
  await tx.extension.update({ where: { id }, data: { state: "extending" } });
  const { number, communityId } = meeting;
  const closesAt = toSeconds(extension.closesAt);
  await context.chain.enqueue(tx, {
    communityId,
    contract: "assembly",
    functionName: "extend",
    args: [BigInt(number), closesAt, extension.recordLeaf, toArguments(attestations)],
    kind: EXTEND,
    ref: id,
  });
}

const findExtension = (tx: Tx, id: string) =>
  tx.extension.findUniqueOrThrow({ where: { id }, include: { meeting: true } });

async function moveEnd(context: AssemblyContext, tx: Tx, id: string): Promise<void> {
  const { meeting, closesAt, record } = await findExtension(tx, id);
  const { communityId, number } = requireConvened(meeting);
  const body = JSON.parse(record) as RecordOf<"extension">;
  const { index } = await context.anchor.append(tx, communityId, body);
  await tx.extension.update({ where: { id }, data: { state: "extended", recordIndex: index } });
  await tx.meeting.update({ where: { id: meeting.id }, data: { closesAt } });
  const data = { meeting: number, closesAt: toInstant(closesAt) };
  await publishEvent(tx, communityId, { type: "extended", data });
}

export function registerExtend(context: AssemblyContext): void {
  const { chain, registry } = context;
  registry.proposals.onComplete(EXTEND, async (tx, proposal, attestations) => {
    const { extension } = proposal.payload as { extension: string };
    await sendExtension(context, tx, { id: extension, attestations });
  });
  chain.onMined(EXTEND, (tx, call) => moveEnd(context, tx, call.ref));
  chain.onFailed(EXTEND, async (tx, call, { code }) => {
    const { proposalId } = await refuse(tx, call.ref, code);
    if (proposalId) await registry.proposals.markFailed(tx, proposalId, code);
  });
  registry.proposals.onWithdraw(EXTEND, async (tx, { payload }) => {
    await refuse(tx, (payload as { extension: string }).extension, "withdrawn");
  });
}

const refuse = (tx: Tx, id: string, failure: string): Promise<Extension> =>
  tx.extension.update({ where: { id }, data: { state: "refused", failure } });
