import { communityPath } from "../registry/community.ts";
import { request } from "../service/request.ts";
import { anything } from "../service/shape.ts";
import type { ConflictPolicy } from "../../protocol/assembly/order.ts";
import { MoneyError, toFen } from "../../protocol/fund/money.ts";

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
}

/** The form as it stands; numbers and times are still texts. */
export interface MeetingDraft {
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
};

/** Periods as most communities have them; the source says where this one has them from. */
export const EMPTY_DRAFT: MeetingDraft = {
  roll: "",
  title: "",
  scope: "",
  organiser: "",
  contact: "",
  motions: [EMPTY_MOTION],
  opensAt: "",
  closesAt: "",
  noticeDays: "15",
  paperDays: "2",
  revealDays: "3",
  objectionDays: "7",
  conflict: "newestFirst",
  invalid: "participates",
  source: "",
};

const DAY_SECONDS = 86_400;

const toSeconds = (days: string): number => Math.round(Number(days) * DAY_SECONDS);

/** A local time of the form, which is China's, as UTC to the second. */
export function fromChinaTime(local: string): string {
  return new Date(`${local}:00+08:00`).toISOString().replace(".000Z", "Z");
}

/** Yuan as fen; what is no amount stays as it is and is refused by the service. */
function toFenText(yuan: string): string {
  try {
    return toFen(yuan.trim()).toString();
  } catch (error) {
    if (error instanceof MoneyError) return yuan;
    throw error;
  }
}

function toMotion({ title, text, item, ...motion }: MotionDraft): object {
  const body = { title, text, item: Number(item), documents: [] };
  const { fund, budget, payee, account, chargeScope } = motion;
  if (!fund) return body;
  const scope = chargeScope.split(/[\s,，、;；]+/).filter((place) => place !== "");
  const plan = { fund, budget: toFenText(budget), payee: { name: payee, account }, scope };
  return { ...body, plan: { ...plan, rule: { rule: "area" } } };
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

export async function proposeMeeting(community: string, draft: MeetingDraft): Promise<void> {
  const path = communityPath(community, "/meetings");
  await request(path, anything, { method: "POST", body: toBody(draft) });
}

const keyOf = (community: string): string => `mingzhang.draft.${community}`;

/** A wizard that can be left and resumed: the draft stays in this browser until it is proposed. */
export function readDraft(community: string): MeetingDraft {
  try {
    const kept = localStorage.getItem(keyOf(community));
    if (!kept) return EMPTY_DRAFT;
    const draft = { ...EMPTY_DRAFT, ...(JSON.parse(kept) as Partial<MeetingDraft>) };
    return { ...draft, motions: draft.motions.map((motion) => ({ ...EMPTY_MOTION, ...motion })) };
  } catch {
    return EMPTY_DRAFT;
  }
}

export function keepDraft(community: string, draft: MeetingDraft | undefined): void {
  try {
    if (draft) localStorage.setItem(keyOf(community), JSON.stringify(draft));
    else localStorage.removeItem(keyOf(community));
  } catch {
    // Storage may be refused; the draft then lives as long as the page.
  }
}
