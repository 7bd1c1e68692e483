import type { Hex } from "viem";
import { recordBytes, recordLeaf } from "../../../protocol/anchor/record.ts";
import type { PublishedRecord, RecordOf } from "../../../protocol/anchor/record.ts";
import type { SealedText } from "../../../protocol/anchor/sealed.ts";
import type { ConveneMessage } from "../../../protocol/assembly/meeting.ts";
import { planHashes } from "../../../protocol/assembly/plan.ts";
import type { UsePlan } from "../../../protocol/assembly/plan.ts";
import { CONFLICT_POLICIES } from "../../../protocol/anchor/record/assembly.ts";
import { toInstant, toSeconds } from "../../clock.ts";
import type { MeetingDraft } from "./draft.ts";

/** A record with the exact text that is stored and the leaf that officers sign. */
export interface WrittenRecord {
  text: string;
  leaf: Hex;
}

export function writeRecord(record: PublishedRecord): WrittenRecord {
  const bytes = recordBytes(record);
  return { text: new TextDecoder().decode(bytes), leaf: recordLeaf(bytes) };
}

export interface MeetingRecordInput {
  communityId: string;
  draft: MeetingDraft;
  /** Often a person's telephone number. */
  contact: SealedText;
  /** The document hash of each motion's text. */
  texts: readonly Hex[];
  /** The plan of each motion that uses a fund. */
  plans: readonly (UsePlan | undefined)[];
  now: Date;
}

/** The record of a meeting: everything that is fixed before it opens. */
export function toMeetingRecord(input: MeetingRecordInput): RecordOf<"meeting"> {
  const { communityId, draft, contact, texts, plans, now } = input;
  const { opensAt, closesAt, motions, ...rest } = draft;
  return {
    v: 1,
    type: "meeting",
    community: communityId,
    at: toInstant(now),
    ...rest,
    contact,
    motions: motions.map(({ title, item, documents }, i) => {
      const plan = plans[i];
      return { title, text: texts[i]!, item, documents, ...(plan ? { plan } : {}) };
    }),
    noticeAt: Number(toSeconds(now)),
    opensAt: Number(toSeconds(opensAt)),
    closesAt: Number(toSeconds(closesAt)),
  };
}

/** What both officers sign, and the contract is told. */
export function toConveneMessage(record: RecordOf<"meeting">, leaf: Hex): ConveneMessage {
  const { profile } = record;
  return {
    roll: BigInt(record.roll),
    record: leaf,
    items: record.motions.map((motion) => motion.item),
    plans: planHashes(record.motions),
    opensAt: BigInt(record.opensAt),
    closesAt: BigInt(record.closesAt),
    noticeSeconds: profile.noticeSeconds,
    paperSeconds: profile.paperSeconds,
    revealSeconds: profile.revealSeconds,
    objectionSeconds: profile.objectionSeconds,
    conflict: CONFLICT_POLICIES.indexOf(profile.conflict),
    invalidParticipates: profile.invalid === "participates",
  };
}

/** The record of a stored meeting. */
export const parseMeetingRecord = ({ record }: { record: string }): RecordOf<"meeting"> =>
  JSON.parse(record) as RecordOf<"meeting">;
