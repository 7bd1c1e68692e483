import { keep, readKept } from "../kept.ts";
import { communityPath } from "../../registry/community.ts";
import { request } from "../../service/request.ts";
import { anything, object, text } from "../../service/shape.ts";
import { USUAL_RULES, type MeetingRules } from "../../founding/founding.ts";
import type { ConflictPolicy } from "../../../protocol/assembly/order.ts";
import { MoneyError, toFen } from "../../../protocol/fund/money.ts";

export interface MotionDraft {
  readonly title: string;
  readonly text: string;
  readonly item: string;
  /** Which fund it uses; empty for none, and then the fields below say nothing. */
  readonly fund: "" | "maintenance" | "income";
  /** In yuan. */
  readonly budget: string;
  readonly payee: string;
  readonly account: string;
  /** Buildings, entrances or units, one a line or with commas; empty for all units. */
  readonly chargeScope: string;
  readonly documents: readonly Attached[];
}

/** A document that was handed in with a motion. */
export interface Attached {
  readonly name: string;
  readonly sha256: string;
}

/** The form as it stands; numbers and times are still texts. */
export interface MeetingDraft {
  /** Where the wizard was left. */
  readonly step: number;
  readonly roll: string;
  readonly title: string;
  readonly scope: string;
  readonly organiser: string;
  readonly contact: string;
  readonly motions: readonly MotionDraft[];
  readonly opensAt: string;
  readonly closesAt: string;
  readonly noticeDays: string;
  readonly paperDays: string;
  readonly revealDays: string;
  readonly objectionDays: string;
  readonly conflict: ConflictPolicy;
  readonly invalid: "participates" | "ignored";
  readonly source: string;
}

export const EMPTY_MOTION: MotionDraft = {
  title: "",
  text: "",
  item: "9",
  fund: "",
  budget: "",
  payee: "",
  account: "",
  chargeScope: "",
  documents: [],
};

const { noticeDays, paperDays, revealDays, objectionDays, ...USUAL } = USUAL_RULES;

export const EMPTY_DRAFT: MeetingDraft = {
  step: 0,
  roll: "",
  title: "",
  scope: "",
  organiser: "",
  contact: "",
  motions: [EMPTY_MOTION],
  opensAt: "",
  closesAt: "",
  noticeDays: String(noticeDays),
  paperDays: String(paperDays),
  revealDays: String(revealDays),
  objectionDays: String(objectionDays),
  ...USUAL,
};

/** A draft with what the community's rules of procedure say. */
export function toFreshDraft(rules: MeetingRules | undefined): MeetingDraft {
  if (!rules) return EMPTY_DRAFT;
  return {
    ...EMPTY_DRAFT,
    ...{ conflict: rules.conflict, invalid: rules.invalid, source: rules.source },
    noticeDays: String(rules.noticeDays),
    paperDays: String(rules.paperDays),
    revealDays: String(rules.revealDays),
    objectionDays: String(rules.objectionDays),
  };
}

const DAY_SECONDS = 86_400;

const toSeconds = (days: string): number => Math.round(Number(days) * DAY_SECONDS);

/** A local time of the form, which is China's, as UTC to the second. */
export function fromChinaTime(local: string): string {
  return new Date(`${local}:00+08:00`).toISOString().replace(".000Z", "Z");
}

/** Seconds since 1970 of a time of the form; undefined while it is none. */
export function toMoment(local: string): number | undefined {
  const milliseconds = Date.parse(`${local}:00+08:00`);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}

/** A moment as the form has it, in China's time. */
export function toChinaTime(seconds: number): string {
  return new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 16);
}

/** Two officers have to sign before the notice runs; a day is what that takes where they are quick. */
const SIGNING_SECONDS = DAY_SECONDS;

export interface Times {
  /** Before this voting cannot open, however quick everybody is. */
  readonly earliest: number;
  /** When it can open with a day for the signatures. */
  readonly advised: number;
  readonly fault: "missing" | "noticeTooShort" | "closesTooEarly" | undefined;
  /** From when ballots are counted, and until when results may be objected to; undefined without times. */
  readonly countsFrom: number | undefined;
}

/** Whether the dates keep to the notice period, seen from `now` (Unix seconds). */
export function checkTimes(draft: MeetingDraft, now: number): Times {
  const notice = toSeconds(draft.noticeDays);
  const earliest = now + notice;
  const advised = Math.ceil((earliest + SIGNING_SECONDS) / 3600) * 3600;
  const [opens, closes] = [toMoment(draft.opensAt), toMoment(draft.closesAt)];
  const countsFrom = closes === undefined ? undefined : closes + toSeconds(draft.paperDays);
  const fault =
    opens === undefined || closes === undefined
      ? "missing"
      : opens <= earliest
        ? "noticeTooShort"
        : closes < opens + 60
          ? "closesTooEarly"
          : undefined;
  return { earliest, advised, fault, countsFrom };
}

/** Yuan as fen; what is no amount stays as it is and is refused by the service. */
export function toFenText(yuan: string): string {
  try {
    return toFen(yuan.trim()).toString();
  } catch (error) {
    if (error instanceof MoneyError) return yuan;
    throw error;
  }
}

function toMotion({ title, text: wording, item, documents, ...motion }: MotionDraft): object {
  const body = { title, text: wording, item: Number(item), documents };
  const { fund, budget, payee, account, chargeScope } = motion;
  if (!fund) return body;
  return { ...body, plan: toPlan({ fund, budget, payee, account, chargeScope }) };
}

/** What the service takes of a plan, an emergency's too. */
export function toPlan(
  motion: Pick<MotionDraft, "fund" | "budget" | "payee" | "account" | "chargeScope">,
): object {
  const { fund, budget, payee, account, chargeScope } = motion;
  const scope = chargeScope.split(/[\s,，、;；]+/).filter((place) => place !== "");
  const plan = { fund, budget: toFenText(budget), payee: { name: payee, account }, scope };
  return { ...plan, rule: { rule: "area" } };
}

/** What the service takes. */
export function toBody(draft: MeetingDraft): object {
  const { roll, title, scope, organiser, contact, motions, conflict, invalid, source } = draft;
  return {
    roll: Number(roll),
    title,
    scope,
    organiser,
    contact,
    motions: motions.map(toMotion),
    opensAt: fromChinaTime(draft.opensAt),
    closesAt: fromChinaTime(draft.closesAt),
    profile: {
      conflict,
      invalid,
      deemed: "none",
      noticeSeconds: toSeconds(draft.noticeDays),
      paperSeconds: toSeconds(draft.paperDays),
      revealSeconds: toSeconds(draft.revealDays),
      objectionSeconds: toSeconds(draft.objectionDays),
      source,
    },
  };
}

/** Hands in a document that a motion refers to; everybody will be able to read it. */
export function attachDocument(community: string, file: File): Promise<Attached> {
  const form = new FormData();
  form.set("file", file);
  const path = communityPath(community, "/meetings/documents");
  return request(path, object({ name: text, sha256: text }), { method: "POST", form });
}

export async function proposeExtension(
  community: string,
  meeting: number,
  { closesAt, reason }: { closesAt: string; reason: string },
): Promise<void> {
  const path = communityPath(community, `/meetings/${meeting}/extensions`);
  const body = { closesAt: fromChinaTime(closesAt), reason };
  await request(path, anything, { method: "POST", body });
}

export async function proposeMeeting(community: string, draft: MeetingDraft): Promise<void> {
  const path = communityPath(community, "/meetings");
  await request(path, anything, { method: "POST", body: toBody(draft) });
}

const keyOf = (community: string): string => `mingzhang.draft.${community}`;

/** A wizard that can be left and resumed: the draft stays in this browser until it is proposed; undefined without one. */
export function readDraft(community: string): MeetingDraft | undefined {
  return readKept<MeetingDraft>(keyOf(community), (kept) => {
    const draft = { ...EMPTY_DRAFT, ...kept };
    return { ...draft, motions: draft.motions.map((motion) => ({ ...EMPTY_MOTION, ...motion })) };
  });
}

export function keepDraft(community: string, draft: MeetingDraft | undefined): void {
  keep(keyOf(community), draft);
}
