import type { Hex, TransactionReceipt } from "viem";
import { conveneTypedData } from "../../../protocol/assembly/meeting.ts";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import type { Tx } from "../../database/client.ts";
import type { Meeting } from "../../database/generated/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { publishEvent } from "../../http/events.ts";
import type { Attestation, FrozenRoll } from "../../registry/service.ts";
import { LONG_TRANSACTION, signingDomain } from "../context.ts";
import type { AssemblyContext } from "../context.ts";
import { getEvent } from "../events.ts";
import { requireNotice, requireTimes } from "./draft.ts";
import type { MeetingDraft } from "./draft.ts";
import { parseMeetingRecord, toConveneMessage, toMeetingRecord, writeRecord } from "./record.ts";
import type { WrittenRecord } from "./record.ts";
import { putPlans } from "./plan.ts";

/** Kind of the proposal and of the call that follows from it. */
const CONVENE = "convene";

export interface Convocation {
  communityId: string;
  draft: MeetingDraft;
  officer: OfficerCaller;
}

/** Writes the meeting's record and puts it before a registrar and a committee officer. */
export async function proposeMeeting(
  context: AssemblyContext,
  { communityId, draft, officer }: Convocation,
): Promise<{ meeting: string; proposal: string; record: Hex }> {
  const now = context.clock.now();
  requireTimes(draft, now);
  return context.db.$transaction(async (tx) => {
    const roll = await context.registry.rolls.getFrozen(tx, communityId, draft.roll);
    await requireUnusedRoll(tx, communityId, roll.number);
    await requireDocuments(context, communityId, draft);
    const texts = await putTexts(context, tx, { communityId, draft });
    const contact = await context.anchor.sealText(tx, communityId, draft.contact);
    const plans = await putPlans(context, tx, { communityId, draft });
    const record = toMeetingRecord({ communityId, draft, contact, texts, plans, now });
    const written = writeRecord(record);
    const meeting = await tx.meeting.create({ data: toRow({ record, written, roll, now }) });
    const domain = await signingDomain(context, tx, communityId);
    const proposal = await context.registry.proposals.create(tx, {
      communityId,
      kind: CONVENE,
      typedData: conveneTypedData(domain, toConveneMessage(record, written.leaf)),
      summary: summarize(record),
      roles: ["registrar", "committee"],
      payload: { meeting: meeting.id },
      createdBy: officer,
    });
    await tx.meeting.update({ where: { id: meeting.id }, data: { proposalId: proposal.id } });
    return { meeting: meeting.id, proposal: proposal.id, record: written.leaf };
  }, LONG_TRANSACTION);
}

/** One meeting, one roll: a second one would let keys and areas serve twice. */
async function requireUnusedRoll(tx: Tx, communityId: string, roll: number): Promise<void> {
  const state = { in: ["convening" as const, "announced" as const, "concluded" as const] };
  const taken = await tx.meeting.findFirst({ where: { communityId, roll, state } });
  if (taken) throw new DomainError("RegistryRollAssigned", { roll });
}

async function requireDocuments(
  { anchor }: AssemblyContext,
  communityId: string,
  draft: MeetingDraft,
): Promise<void> {
  const hashes = draft.motions.flatMap(({ documents }) => documents.map(({ sha256 }) => sha256));
  for (const sha256 of new Set(hashes)) {
    const { confidential } = await anchor.getDocument(communityId, sha256);
    if (confidential) throw new DomainError("DocumentNotFound", { sha256 });
  }
}

async function putTexts(
  { anchor }: AssemblyContext,
  tx: Tx,
  { communityId, draft }: Pick<Convocation, "communityId" | "draft">,
): Promise<Hex[]> {
  const texts: Hex[] = [];
  for (const [i, { text }] of draft.motions.entries()) {
    const bytes = new TextEncoder().encode(text);
    const document = { communityId, name: `motion-${i + 1}.txt`, mediaType: "text/plain", bytes };
    const { sha256 } = await anchor.putDocument(tx, document);
    texts.push(sha256);
  }
  return texts;
}

interface RowInput {
  record: RecordOf<"meeting">;
  written: WrittenRecord;
  roll: FrozenRoll;
  now: Date;
}

function toRow({ record, written, roll, now }: RowInput) {
  const message = toConveneMessage(record, written.leaf);
  return {
    communityId: record.community,
    roll: roll.number,
    record: written.text,
    recordLeaf: written.leaf,
    title: record.title,
    items: [...message.items],
    opensAt: new Date(record.opensAt * 1000),
    closesAt: new Date(record.closesAt * 1000),
    noticeSeconds: message.noticeSeconds,
    paperSeconds: message.paperSeconds,
    revealSeconds: message.revealSeconds,
    objectionSeconds: message.objectionSeconds,
    conflict: message.conflict,
    invalidParticipates: message.invalidParticipates,
    totalHeads: roll.voters,
    totalAreaE4: roll.totalAreaE4,
    createdAt: now,
  };
}

const summarize = (record: RecordOf<"meeting">) => ({
  kind: CONVENE,
  title: record.title,
  roll: record.roll,
  motions: record.motions.length,
  opensAt: record.opensAt,
  closesAt: record.closesAt,
});

/** Both have signed: the call goes to the chain. */
async function sendConvocation(
  context: AssemblyContext,
  tx: Tx,
  { id, attestations }: { id: string; attestations: readonly [Attestation, Attestation] },
): Promise<void> {
  const meeting = await tx.meeting.findUniqueOrThrow({ where: { id } });
  const { communityId } = meeting;
  await requireUnusedRoll(tx, communityId, meeting.roll);
  requireNotice(meeting.opensAt, meeting.noticeSeconds, context.clock.now());
  await tx.meeting.update({ where: { id }, data: { state: "convening" } });
  const message = toConveneMessage(parseMeetingRecord(meeting), meeting.recordLeaf as Hex);
  await context.chain.enqueue(tx, {
    communityId,
    contract: "assembly",
    functionName: "convene",
    args: [message, toArguments(attestations)],
    kind: CONVENE,
    ref: id,
  });
}

/** Two signatures as the contracts take them. */
export const toArguments = (attestations: readonly [Attestation, Attestation]) =>
  attestations.map(({ signer, signature }) => ({ signer, signature }));

/** On chain: the meeting has its number, and its record goes into the log. */
async function announce(
  context: AssemblyContext,
  tx: Tx,
  { id, receipt }: { id: string; receipt: TransactionReceipt },
): Promise<void> {
  const { meeting: number } = getEvent(receipt, "MeetingConvened");
  const meeting = await tx.meeting.findUniqueOrThrow({ where: { id } });
  const { communityId } = meeting;
  const appended = await context.anchor.append(tx, communityId, parseMeetingRecord(meeting));
  await tx.meeting.update({
    where: { id },
    data: {
      state: "announced",
      number: Number(number),
      recordIndex: appended.index,
      announcedAt: context.clock.now(),
      announcedIn: receipt.transactionHash,
    },
  });
  const data = { meeting: Number(number), stage: "announced" };
  await publishEvent(tx, communityId, { type: "meeting", data });
}

export function registerConvene(context: AssemblyContext): void {
  const { chain, registry } = context;
  registry.proposals.onComplete(CONVENE, async (tx, proposal, attestations) => {
    const { meeting } = proposal.payload as { meeting: string };
    await sendConvocation(context, tx, { id: meeting, attestations });
  });
  chain.onMined(CONVENE, (tx, call, receipt) => announce(context, tx, { id: call.ref, receipt }));
  chain.onFailed(CONVENE, async (tx, call, { code }) => {
    const { proposalId } = await refuse(tx, call.ref, code);
    if (proposalId) await registry.proposals.markFailed(tx, proposalId, code);
  });
  registry.proposals.onWithdraw(CONVENE, async (tx, { payload }) => {
    await refuse(tx, (payload as { meeting: string }).meeting, "withdrawn");
  });
}

const refuse = (tx: Tx, id: string, failure: string): Promise<Meeting> =>
  tx.meeting.update({ where: { id }, data: { state: "refused", failure } });
