import { type Hex, bytesToHex } from "viem";
import { z } from "zod";
import { AreaError, fromAreaE4, toAreaE4 } from "../registry/area.ts";
import { canonicalBytes } from "./json.ts";
import { logLeaf } from "./log.ts";

// The records of SPEC section 3. Objects are strict: an unknown field is an error, because what a
// verifier does not understand it must not pass over.

const hash = z.string().regex(/^0x[0-9a-f]{64}$/);
const address = z.string().regex(/^0x[0-9a-f]{40}$/);
const text = z.string().min(1);
const number = z.int().min(0);
const positive = z.int().min(1);
/** Unix seconds. */
const seconds = z.int().min(0);

function isArea(value: string): boolean {
  try {
    return fromAreaE4(toAreaE4(value)) === value;
  } catch (error) {
    if (error instanceof AreaError) return false;
    throw error;
  }
}

/** Square metres as the shortest decimal text. */
const area = z.string().refine(isArea);
const figures = z.strictObject({ heads: number, area });

const common = {
  v: z.literal(1),
  community: text,
  at: z.iso.datetime(),
};

/** Names of the conflict policies, in the order of their numbers on chain. */
export const CONFLICT_POLICIES = ["newestFirst", "oldestFirst", "paperFirst"] as const;

/** Names of the outcomes, in the order of their numbers on chain. */
export const OUTCOMES = ["QuorumNotReached", "Adopted", "NotAdopted"] as const;

/** Names of the origins of ballots, in the order of their numbers on chain. */
export const ORIGINS = ["own", "paper"] as const;

const communityRecord = z.strictObject({
  ...common,
  type: z.literal("community"),
  name: text,
  chainId: positive,
  registry: address,
  anchor: address,
  assembly: address,
  demonstration: z.boolean(),
});

const rollRecord = z.strictObject({
  ...common,
  type: z.literal("roll"),
  roll: positive,
  scope: text,
  source: hash,
  voters: positive,
  totalArea: area,
  buildings: z.array(z.strictObject({ building: text, units: positive, heads: positive, area })),
  linesRoot: hash,
  lines: hash,
  areas: hash,
});

const keysRecord = z.strictObject({
  ...common,
  type: z.literal("keys"),
  roll: positive,
  page: number,
  kind: z.union([z.literal(0), z.literal(1)]),
  count: positive,
  entries: hash,
});

const revocationRecord = z.strictObject({
  ...common,
  type: z.literal("revocation"),
  roll: positive,
  page: number,
  position: number,
  reason: text,
});

const motion = z.strictObject({
  title: text,
  text: hash,
  item: z.int().min(1).max(9),
  documents: z.array(z.strictObject({ name: text, sha256: hash })),
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

const meetingRecord = z.strictObject({
  ...common,
  type: z.literal("meeting"),
  roll: positive,
  title: text,
  scope: text,
  organiser: text,
  contact: text,
  motions: z.array(motion).min(1).max(16),
  noticeAt: seconds,
  opensAt: seconds,
  closesAt: seconds,
  profile,
});

const extensionRecord = z.strictObject({
  ...common,
  type: z.literal("extension"),
  meeting: positive,
  closesAt: seconds,
  reason: text,
});

const options = { for: figures, against: figures, abstain: figures, invalid: figures };

const resultRecord = z.strictObject({
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

/** Every record type of SPEC section 3 by its `type`. */
export const recordSchema = z.discriminatedUnion("type", [
  communityRecord,
  rollRecord,
  keysRecord,
  revocationRecord,
  meetingRecord,
  extensionRecord,
  resultRecord,
]);

/** A published record of any type. */
export type PublishedRecord = z.infer<typeof recordSchema>;

/** The record of one type, e.g. `RecordOf<"roll">`. */
export type RecordOf<Type extends PublishedRecord["type"]> = Extract<
  PublishedRecord,
  { type: Type }
>;

const line = z.strictObject({ building: text, entrance: z.string(), unit: text, area, leaf: hash });

/** The document `lines` of a roll: the published unit lines in tree order. */
export const linesSchema = z.array(line);

/** One published unit line as the document holds it. */
export type LineDocument = z.infer<typeof line>;

/** The canonical bytes of a record; throws zod's error or `JsonInvalid` when it is none. */
export function recordBytes(record: PublishedRecord): Uint8Array<ArrayBuffer> {
  return canonicalBytes(recordSchema.parse(record));
}

/** The leaf hash of a record's canonical bytes, the value that contracts and messages call `record`. */
export function recordLeaf(bytes: Uint8Array): Hex {
  return bytesToHex(logLeaf(bytes));
}
