import * as z from "zod";
import { OUTCOMES } from "../../protocol/anchor/record/assembly.ts";
import { FUNDS } from "../../protocol/anchor/record/kinds.ts";
import { receiptSchema } from "../../protocol/assembly/receipt.ts";
import { area, communityParams, count, hexOut, instant, uuid } from "../http/fields.ts";
import { profileSchema } from "./meeting/draft.ts";

// What the assembly's routes answer with.

export const meetingParams = communityParams.extend({ meeting: count });

const figure = z.object({ heads: z.int(), area });
const tally = { for: figure, against: figure, abstain: figure, invalid: figure };

const distance = <Q extends z.ZodType>(quantity: Q) =>
  z.object({ met: z.boolean(), required: quantity, change: quantity }).nullable();

const testMargin = z.object({ heads: distance(z.int()), area: distance(area) });

const marginSchema = z
  .object({
    quorum: testMargin.nullable(),
    inFavour: testMargin,
    change: z
      .object({
        of: z.enum(["participating", "inFavour"]),
        direction: z.enum(["more", "fewer"]),
        needs: z.enum(["both", "either"]),
        heads: z.int().nullable(),
        area: area.nullable(),
      })
      .nullable(),
  })
  .meta({ id: "Margin", description: "What would change the result (docs/counting-rule.md)" });

const resultSchema = z
  .object({
    title: z.string(),
    item: z.int(),
    outcome: z.enum(OUTCOMES),
    total: figure,
    participating: figure,
    ...tally,
    origins: z.array(z.object({ origin: z.enum(["own", "paper"]), ...tally })),
    shares: z.object({
      headsShare: z.string().nullable().meta({ example: "1260/1505" }),
      areaShare: z.string().nullable(),
    }),
    margin: marginSchema,
  })
  .meta({ id: "MotionResult" });

const motionSchema = z.object({
  title: z.string(),
  text: hexOut.meta({ description: "SHA-256 of the text, which is a document" }),
  item: z.int(),
  documents: z.array(z.object({ name: z.string(), sha256: hexOut })),
  plan: z
    .object({
      fund: z.enum(FUNDS),
      budget: z.string().meta({ description: "In fen" }),
      payee: z.object({ name: z.string(), accountTail: z.string(), account: hexOut }),
      scope: z.object({ units: z.int(), sha256: hexOut }),
      rule: z.object({
        rule: z.literal("area"),
        factors: z.array(z.object({ unit: z.string(), factor: z.string() })).optional(),
      }),
    })
    .optional()
    .meta({ description: "How much of which fund the motion uses, for whom, and who bears it" }),
});

export const meetingSchema = z
  .object({
    number: z.int(),
    stage: z.enum(["announced", "voting", "paper", "counting", "preliminary", "final"]),
    title: z.string(),
    scope: z.string(),
    organiser: z.string(),
    contact: z.string().nullable().meta({ description: "null once it is redacted" }),
    roll: z.int(),
    motions: z.array(motionSchema),
    profile: profileSchema.extend({ deemed: z.enum(["none", "majority"]) }),
    total: figure,
    participation: figure.meta({ description: "Whoever takes part, however he votes" }),
    ballots: z.object({ waiting: z.int(), sealed: z.int(), late: z.int() }),
    noticeAt: instant,
    opensAt: instant,
    closesAt: instant,
    acceptsUntil: instant.meta({ description: "The last ballots are taken some seconds earlier" }),
    countsFrom: instant,
    extended: z.boolean(),
    extensions: z.array(
      z.object({ closesAt: instant, reason: z.string(), recordIndex: z.int().nullable() }),
    ),
    record: z.object({ index: z.int().nullable(), leaf: hexOut }),
    announcedIn: hexOut.nullable(),
    concludedAt: instant.nullable(),
    concludedIn: hexOut.nullable(),
    finalAt: instant.nullable(),
    result: z
      .array(resultSchema)
      .nullable()
      .meta({ description: "One per motion; null until the count is concluded" }),
    skipped: z
      .record(z.string(), z.int())
      .nullable()
      .meta({ description: "Ballots that did not count, by code (docs/SPEC.md section 4)" }),
    resultIndex: z.int().nullable(),
  })
  .meta({ id: "Meeting" });

export const proposedSchema = z.object({ proposal: uuid, record: hexOut });

export const ballotSchema = z
  .object({
    leaf: hexOut,
    origin: z.enum(["own", "paper"]),
    state: z.enum(["waiting", "sealing", "sealed", "replaced", "late"]),
    acceptedAt: instant,
    batch: z.int().nullable(),
    proof: z.array(hexOut).nullable(),
    sealedAt: instant.nullable(),
    sealedIn: hexOut.nullable(),
    code: z.int().nullable().meta({ description: "1 counted, 2 to 6 skipped; null before" }),
  })
  .meta({ id: "Ballot" });

export const acceptedBallotSchema = ballotSchema.extend({
  promise: z.string().meta({
    description: "Signed by the log's key: this ballot will be sealed (docs/SPEC.md section 5)",
  }),
});

export const ownBallotSchema = ballotSchema.extend({
  receipt: receiptSchema
    .nullable()
    .meta({ description: "Only for the voter himself, logged in, once sealed" }),
});

export const batchSchema = z
  .object({
    batch: z.int(),
    state: z.enum(["sealed", "opening", "opened", "lapsed"]),
    origin: z.enum(["own", "paper"]),
    selfSealed: z.boolean(),
    foreign: z.boolean().meta({ description: "Sealed by another relayer or by an owner" }),
    root: hexOut,
    count: z.int(),
    leaves: z.array(hexOut).meta({ description: "In tree order; empty where unknown to us" }),
    sealedAt: instant,
    sealedIn: hexOut,
    openedAt: instant.nullable(),
    openedIn: hexOut.nullable(),
    codes: hexOut.nullable(),
  })
  .meta({ id: "Batch" });

const paperState = z.enum(["entered", "returned", "checked", "sealing", "sealed", "late"]);

export const paperSchema = z
  .object({
    id: uuid,
    unit: z.string(),
    state: paperState,
    scan: hexOut,
    enteredAt: instant,
    checkedAt: instant.nullable(),
  })
  .meta({ id: "PaperBallot" });
