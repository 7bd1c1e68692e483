import * as z from "zod";
import { CONFLICT_POLICIES } from "../../../protocol/anchor/record/assembly.ts";
import { FUNDS } from "../../../protocol/anchor/record/kinds.ts";
import { plan } from "../../../protocol/anchor/record/plan.ts";
import { MAX_MOTIONS } from "../../../protocol/assembly/sheet.ts";
import { DomainError } from "../../http/errors.ts";

/** Text that goes into a record: brought to NFC, without control characters except line ends. */
export const recordText = (max: number) =>
  z
    .string()
    .normalize("NFC")
    .trim()
    .min(1)
    .max(max)
    // eslint-disable-next-line no-control-regex -- control characters are what is refused
    .regex(/^[^\u0000-\u0009\u000b-\u001f\u007f]*$/u);

const DAY_SECONDS = 86_400;
const MIN_WINDOW_SECONDS = 60;
const MAX_WINDOW_SECONDS = 366 * DAY_SECONDS;

const duration = (maxDays: number) =>
  z
    .int()
    .min(0)
    .max(maxDays * DAY_SECONDS);

/** A moment to the second, in UTC. */
export const momentSchema = z.iso
  .datetime({ precision: 0 })
  .transform((text) => new Date(text))
  .meta({ override: { type: "string", format: "date-time", description: "UTC, whole seconds" } });

export const sha256Schema = z.templateLiteral(["0x", z.string().regex(/^[0-9a-f]{64}$/)]);

const MAX_FACTORS = 20_000;

/** Whom the money is paid to. */
export const payeeDraftSchema = z.object({
  name: recordText(100),
  /** The account's number, which is published as its last four signs and a salted hash. */
  account: z
    .string()
    .transform((text) => text.replace(/[\s-]/g, "").toUpperCase())
    .pipe(z.string().regex(/^[0-9A-Z]{8,34}$/)),
});

export type PayeeDraft = z.output<typeof payeeDraftSchema>;

/** How much of which fund a motion uses, for whom, and who bears it. */
export const planDraftSchema = z.object({
  fund: z.enum(FUNDS),
  /** In fen. */
  budget: plan.shape.budget,
  payee: payeeDraftSchema,
  /** Buildings, entrances (`3-2`) or units (`3-2-1501`); none means all units of the roll. */
  scope: z.array(recordText(100)).max(MAX_FACTORS),
  rule: plan.shape.rule.extend({
    factors: plan.shape.rule.shape.factors.unwrap().max(MAX_FACTORS).exactOptional(),
  }),
});

export type PlanDraft = z.output<typeof planDraftSchema>;

const motionSchema = z.object({
  title: recordText(200),
  text: recordText(20_000),
  /** Civil Code Art. 278 para. 1; a mixed motion takes its strictest item. */
  item: z.int().min(1).max(9),
  documents: z.array(z.object({ name: recordText(200), sha256: sha256Schema })).max(50),
  plan: planDraftSchema.optional(),
});

/**
 * The community's rules of procedure as far as the count depends on them, with their source. Deemed votes are off:
 * they need a proof of delivery to every unit.
 */
export const profileSchema = z.object({
  conflict: z.enum(CONFLICT_POLICIES),
  invalid: z.enum(["participates", "ignored"]),
  deemed: z.literal("none"),
  noticeSeconds: duration(365),
  paperSeconds: duration(60),
  revealSeconds: duration(60),
  objectionSeconds: duration(365),
  source: recordText(2000),
});

/** What is convened. */
export const draftSchema = z.object({
  roll: z.int().min(1),
  title: recordText(200),
  scope: recordText(2000),
  organiser: recordText(200),
  contact: recordText(200),
  motions: z.array(motionSchema).min(1).max(MAX_MOTIONS),
  opensAt: momentSchema,
  closesAt: momentSchema,
  profile: profileSchema,
});

export type MeetingDraft = z.output<typeof draftSchema>;

/** Refuses times that the contract would refuse, or that nobody means. */
export function requireTimes(draft: MeetingDraft, now: Date): void {
  const { opensAt, closesAt, profile } = draft;
  requireWindow(opensAt, closesAt);
  requireNotice(opensAt, profile.noticeSeconds, now);
}

/** Time for the call to be mined and for a head that covers the record: all is anchored before voting opens. */
const LEAD_SECONDS = 30;

export function requireNotice(opensAt: Date, noticeSeconds: number, now: Date): void {
  const leadSeconds = Math.max(noticeSeconds, LEAD_SECONDS);
  if (opensAt.getTime() - leadSeconds * 1000 > now.getTime()) return;
  throw new DomainError("AssemblyNoticeTooShort", { noticeSeconds: leadSeconds });
}

export function requireWindow(opensAt: Date, closesAt: Date): void {
  const windowSeconds = (closesAt.getTime() - opensAt.getTime()) / 1000;
  if (windowSeconds >= MIN_WINDOW_SECONDS && windowSeconds <= MAX_WINDOW_SECONDS) return;
  throw new DomainError("AssemblyWindowInvalid", {
    windowSeconds,
    minSeconds: MIN_WINDOW_SECONDS,
    maxSeconds: MAX_WINDOW_SECONDS,
  });
}
