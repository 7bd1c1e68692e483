import { z } from "zod";
import {
  common,
  documentReference,
  figures,
  hash,
  number,
  positive,
  sealable,
  seconds,
  text,
} from "./fields.ts";
import { plan } from "./plan.ts";

// Records of the assembly: SPEC section 3.

/** Names of the conflict policies, in the order of their numbers on chain. */
export const CONFLICT_POLICIES = ["newestFirst", "oldestFirst", "paperFirst"] as const;

/** Names of the outcomes, in the order of their numbers on chain. */
export const OUTCOMES = ["QuorumNotReached", "Adopted", "NotAdopted"] as const;

/** Names of the origins of ballots, in the order of their numbers on chain. */
export const ORIGINS = ["own", "paper"] as const;

const motion = z.strictObject({
  title: text,
  text: hash,
  item: z.int().min(1).max(9),
  documents: z.array(documentReference),
  /** Where the motion uses a fund; its hash stands in the convocation. */
  plan: plan.exactOptional(),
});

const profile = z.strictObject({
  conflict: z.enum(CONFLICT_POLICIES),
  invalid: z.enum(["participates", "ignored"]),
  deemed: z.enum(["none", "majority"]),
  noticeSeconds: seconds,
  paperSeconds: seconds,
  revealSeconds: seconds,
  objectionSeconds: seconds,
  source: text,
});

export const meetingRecord = z.strictObject({
  ...common,
  type: z.literal("meeting"),
  roll: positive,
  title: text,
  scope: text,
  organiser: text,
  contact: sealable,
  motions: z.array(motion).min(1).max(16),
  noticeAt: seconds,
  opensAt: seconds,
  closesAt: seconds,
  profile,
});

export const extensionRecord = z.strictObject({
  ...common,
  type: z.literal("extension"),
  meeting: positive,
  closesAt: seconds,
  reason: text,
});

const options = { for: figures, against: figures, abstain: figures, invalid: figures };

export const resultRecord = z.strictObject({
  ...common,
  type: z.literal("result"),
  meeting: positive,
  motions: z.array(
    z.strictObject({
      outcome: z.enum(OUTCOMES),
      total: figures,
      participating: figures,
      ...options,
      origins: z.array(z.strictObject({ origin: z.enum(ORIGINS), ...options })),
    }),
  ),
  batches: number,
  lapsed: z.array(number),
});
