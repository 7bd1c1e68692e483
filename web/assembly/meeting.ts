import type { Measure } from "../../protocol/assembly/count/rule.ts";
import type { Stage } from "../../protocol/assembly/meeting.ts";
import type { ConflictPolicy } from "../../protocol/assembly/order.ts";
import {
  anything,
  integer,
  list,
  maybe,
  measure,
  object,
  oneOf,
  ShapeError,
  text,
  type Read,
  type Reader,
} from "../service/shape.ts";

export const CHOICES = ["for", "against", "abstain", "invalid"] as const;
export type Choice = (typeof CHOICES)[number];

const tally = { for: measure, against: measure, abstain: measure, invalid: measure };
export type MotionTally = { readonly [K in keyof typeof tally]: Measure };

const originShape = object({ origin: oneOf(["own", "paper"]), ...tally });

/** A motion's result as published: participants, options, and the same by way of voting. */
export const motionResultShape = object({
  outcome: oneOf(["QuorumNotReached", "Adopted", "NotAdopted"]),
  total: measure,
  participating: measure,
  ...tally,
  origins: list(originShape),
});
export type MotionResult = Read<typeof motionResultShape>;

/** An item of Art. 278 para. 1. */
const item: Reader<number> = (value) => {
  const number = integer(value);
  if (number < 1 || number > 9) throw new ShapeError();
  return number;
};

const fenAmount: Reader<bigint> = (value) => {
  const digits = text(value);
  if (!/^[1-9]\d*$/.test(digits)) throw new ShapeError();
  return BigInt(digits);
};

/** How much of which fund a motion uses, for whom, and who bears it. */
const planShape = object({
  fund: oneOf(["maintenance", "income"]),
  budget: fenAmount,
  payee: object({ name: text, accountTail: text }),
  scope: object({ units: integer, sha256: text }),
  rule: object({ factors: maybe(anything) }),
});
export type MotionPlan = Read<typeof planShape>;

export const motionShape = object({
  title: text,
  /** SHA-256 of the text's bytes. */
  text: text,
  item,
  documents: list(object({ name: text, sha256: text })),
  plan: maybe(planShape),
});
export type Motion = Read<typeof motionShape>;

export const STAGES = [
  "announced",
  "voting",
  "paper",
  "counting",
  "preliminary",
  "final",
] as const satisfies readonly Stage[];

export interface Meeting {
  readonly number: number;
  /** Where the convocation stands in the log, and the result once it is published. */
  readonly recordIndex: number | undefined;
  readonly resultIndex: number | undefined;
  readonly stage: Stage;
  readonly title: string;
  readonly scope: string;
  readonly organiser: string;
  /** Undefined once it is redacted. */
  readonly contact: string | undefined;
  readonly roll: number;
  readonly motions: readonly Motion[];
  readonly total: Measure;
  readonly participation: Measure;
  readonly noticeAt: number;
  readonly opensAt: number;
  readonly closesAt: number;
  readonly finalAt: number | undefined;
  readonly extended: boolean;
  readonly conflict: ConflictPolicy;
  /** Ballots that did not count, by code. */
  readonly skipped: Readonly<Record<string, number>> | undefined;
  readonly result: readonly MotionResult[] | undefined;
}
