import type { RecordOf } from "../../../protocol/anchor/record.ts";
import type { SealedText } from "../../../protocol/anchor/sealed.ts";
import { toInstant } from "../../clock.ts";
import type { Tx } from "../../database/client.ts";
import type { OfficerCaller, PersonKey } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { publishEvent } from "../../http/events.ts";
import type { AssemblyContext } from "../context.ts";
import { getMeeting, lockMeeting, stageOf } from "../meeting/find.ts";
import type { ConvenedMeeting } from "../meeting/find.ts";

/** What is published cannot be taken back: an owner has so many questions to a meeting, and as many objections. */
export const TALK_LIMIT = 5;

interface Place {
  communityId: string;
  meeting: number;
  text: string;
}

type Spoken = RecordOf<"question"> | RecordOf<"objection"> | RecordOf<"answer">;

/** Publishes a text: its salted hash in the log, the text beside it, and a row by which it is found. */
async function publish(
  { anchor, clock }: AssemblyContext,
  tx: Tx,
  said: {
    meeting: ConvenedMeeting;
    text: string;
    toRecord: (common: { v: 1; community: string; at: string; text: SealedText }) => Spoken;
    voter?: number;
  },
): Promise<{ record: number }> {
  const { meeting, text, toRecord, voter } = said;
  const { communityId, id: meetingId, number } = meeting;
  const at = clock.now();
  const sealed = await anchor.sealText(tx, communityId, text);
  const record = toRecord({ v: 1, community: communityId, at: toInstant(at), text: sealed });
  const { index } = await anchor.append(tx, communityId, record);
  const answer = record.type === "answer" ? { to: record.to, office: record.office } : {};
  const row = { communityId, meetingId, kind: record.type, sealed: sealed.sealed, at, ...answer };
  await tx.talk.create({ data: { ...row, record: index, voter: voter ?? null } });
  await publishEvent(tx, communityId, { type: "talk", data: { meeting: number, record: index } });
  return { record: index };
}

export interface OwnerSpeaks extends Place {
  kind: "question" | "objection";
  person: PersonKey;
}

/** An owner asks, or objects to the preliminary result while it can still be objected to. */
export async function speakAsOwner(
  context: AssemblyContext,
  said: OwnerSpeaks,
): Promise<{ record: number }> {
  const { communityId, kind, text } = said;
  return context.db.$transaction(async (tx) => {
    const meeting = await getMeeting(tx, communityId, said.meeting);
    if (kind === "objection") requirePreliminary(context, meeting);
    const voter = await requireVoter(context, tx, { meeting, person: said.person });
    await lockMeeting(tx, meeting.id);
    const before = await tx.talk.count({ where: { meetingId: meeting.id, kind, voter } });
    if (before >= TALK_LIMIT) throw new DomainError("TalkLimitReached", { limit: TALK_LIMIT });
    const toRecord = (common: { v: 1; community: string; at: string; text: SealedText }) => ({
      ...common,
      type: kind,
      meeting: meeting.number,
    });
    return publish(context, tx, { meeting, text, toRecord, voter });
  });
}

function requirePreliminary({ clock }: AssemblyContext, meeting: ConvenedMeeting): void {
  const stage = stageOf(meeting, clock.now());
  if (stage !== "preliminary") throw new DomainError("ObjectionNotOpen", { stage });
}

async function requireVoter(
  { registry }: AssemblyContext,
  tx: Tx,
  { meeting, person }: { meeting: ConvenedMeeting; person: PersonKey },
): Promise<number> {
  const voters = await registry.votersOf(tx, meeting.communityId, person);
  const own = voters.find(({ roll }) => roll === meeting.roll);
  if (!own) throw new DomainError("TalkNotOnRoll", { roll: meeting.roll });
  return own.voter;
}

export interface OfficeAnswers extends Place {
  /** Index of the question's or objection's record. */
  to: number;
  officer: OfficerCaller;
}

/** An office answers in public; it may do so again, when there is more to say. */
export async function answerInPublic(
  context: AssemblyContext,
  said: OfficeAnswers,
): Promise<{ record: number }> {
  const { communityId, text, to, officer } = said;
  return context.db.$transaction(async (tx) => {
    const meeting = await getMeeting(tx, communityId, said.meeting);
    const kind = { in: ["question" as const, "objection" as const] };
    const where = { communityId, record: to, meetingId: meeting.id, kind };
    if ((await tx.talk.count({ where })) === 0) throw new DomainError("TalkNotFound", { to });
    const office = await context.registry.titleOf(tx, communityId, officer.id);
    const toRecord = (common: { v: 1; community: string; at: string; text: SealedText }) => ({
      ...common,
      type: "answer" as const,
      meeting: meeting.number,
      to,
      office,
    });
    return publish(context, tx, { meeting, text, toRecord });
  });
}
