import * as z from "zod";
import { OUTCOMES } from "../../../protocol/anchor/record/assembly.ts";
import {
  CHARGE_CATEGORIES,
  EMERGENCY_GROUNDS,
  FUNDS,
  PROJECT_ROUTES,
} from "../../../protocol/anchor/record/kinds.ts";
import { plan } from "../../../protocol/anchor/record/plan.ts";
import { recordText } from "../../assembly/service.ts";
import { communityParams, hex, hexOut, instant } from "../../http/fields.ts";
import { fenOut } from "../bank/schemas.ts";
import { day, fenIn } from "../books/terms.ts";

const MAX_DOCUMENTS = 50;
const MAX_PROJECTS = 1_000_000;

export const projectParams = communityParams.extend({
  project: z.coerce.number().int().min(1).max(MAX_PROJECTS),
});

/** More than nothing. */
export const amountIn = fenIn.refine((fen) => fen > 0n);

const documentIn = z.object({ name: recordText(200), sha256: hex(32) });

/** What every step is told beside what is its own. */
export const stepTerms = z.object({
  date: day.meta({ description: "YYYY-MM-DD, when it happened" }),
  note: recordText(2000).meta({ description: "in public: names no person" }),
  documents: z.array(documentIn).max(MAX_DOCUMENTS).default([]),
});

export const writtenSchema = z
  .object({ project: z.int(), step: z.int(), recordIndex: z.int(), recordLeaf: hexOut })
  .meta({ id: "ProjectStepWritten" });

export const uploadSchema = z
  .object({ sha256: hexOut, name: z.string(), mediaType: z.string(), public: z.boolean() })
  .meta({ id: "ProjectDocument" });

const documentOut = uploadSchema.omit({ mediaType: true }).extend({
  mediaType: z.string().nullable(),
});

const planOut = plan.meta({ id: "UsePlanOut" });

const motionSchema = z.object({
  meeting: z.int(),
  motion: z.int(),
  title: z.string(),
  item: z.int(),
  outcome: z.enum(OUTCOMES).nullable(),
  adoptedOn: z.string().nullable().meta({ description: "the day of the count" }),
  finalAt: instant.nullable(),
  recordIndex: z.int().nullable(),
  resultIndex: z.int().nullable().meta({ description: "the record of the count" }),
});

const milestoneSchema = z.object({
  milestone: z.int(),
  title: z.string(),
  amount: fenOut,
  accepted: z.boolean().nullable(),
  invoices: z.int(),
  paid: fenOut,
});

/** What everybody sees of a project at a glance; null where it is not known yet. */
const glanceSchema = z.object({
  approved: fenOut.nullable().meta({ description: "the adopted or attested budget" }),
  limit: fenOut.nullable().meta({ description: "the budget with what may be overrun" }),
  contracted: fenOut.nullable(),
  paid: fenOut,
});

export const projectSchema = z
  .object({
    project: z.int(),
    title: z.string(),
    category: z.enum(CHARGE_CATEGORIES),
    route: z.enum(PROJECT_ROUTES),
    ground: z.enum(EMERGENCY_GROUNDS).nullable(),
    fund: z.enum(FUNDS).nullable(),
    begunOn: z.string(),
    estimate: fenOut.nullable(),
    glance: glanceSchema,
    stage: z.enum(["planned", "voting", "approved", "contracted", "working", "paying", "settled"]),
    motion: motionSchema.nullable(),
    contractor: z.string().nullable(),
    steps: z.int(),
    lastOn: z.string(),
  })
  .meta({ id: "Project" });

const stepSchema = z
  .object({
    step: z.int(),
    type: z.string(),
    date: z.string(),
    at: instant,
    note: z.string(),
    author: hexOut.meta({ description: "keccak(signer)" }),
    office: z.string().meta({ description: "the office that it was written in" }),
    signers: z
      .array(z.object({ officer: hexOut, office: z.string(), role: z.string() }))
      .meta({ description: "who signed for it together" }),
    documents: z.array(documentOut),
    record: z.record(z.string(), z.unknown()).meta({ description: "as published" }),
    recordIndex: z.int(),
    recordLeaf: hexOut,
  })
  .meta({ id: "ProjectStep" });

export const storySchema = projectSchema
  .extend({
    plan: planOut.nullable(),
    milestones: z.array(milestoneSchema),
    published: z.boolean().meta({ description: "an emergency whose payments were all published" }),
    story: z.array(stepSchema),
  })
  .meta({ id: "ProjectStory" });
