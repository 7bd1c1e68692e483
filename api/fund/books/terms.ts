import * as z from "zod";
import { CHARGE_CATEGORIES } from "../../../protocol/anchor/record/kinds.ts";
import { ORIGINAL_KINDS } from "../../../protocol/fund/entry.ts";
import { scopeSchema } from "../../../protocol/fund/scope.ts";
import { hex } from "../../http/fields.ts";

// What an officer fills in.

/** Fen as decimal text, not negative. */
export const fenIn = z
  .string()
  .regex(/^(?:0|[1-9]\d{0,17})$/)
  .transform(BigInt)
  .meta({ override: { type: "string", description: "fen, not negative", example: "99735777" } });

export const day = z.iso.date().meta({ description: "YYYY-MM-DD" });

/** A text that is published; names no person. */
export const note = (length: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(length)
    .transform((text) => text.normalize("NFC"));

const factors = z.record(z.string().max(100), z.string().max(20));

const spreadSchema = z.discriminatedUnion("by", [
  z.object({ by: z.literal("area"), scope: scopeSchema, factors: factors.optional() }),
  z.object({ by: z.literal("balance"), scope: scopeSchema }),
  z.object({
    by: z.literal("list"),
    units: z.array(z.object({ unit: z.string().min(1).max(100), amount: fenIn })).min(1),
  }),
]);

export type Spread = z.infer<typeof spreadSchema>;

const entryTerms = z.object({
  action: z.literal("entry"),
  kind: z.enum(ORIGINAL_KINDS),
  date: day,
  occurred: day.optional().meta({ description: "when it was, if that period is closed" }),
  narration: note(500).meta({ description: "in public: names no person" }),
  category: z.enum(CHARGE_CATEGORIES).optional(),
  amount: fenIn,
  account: z.string().max(60).optional().meta({
    description: "where the kind leaves a choice: income:revenue:parking, income:costs:cleaning",
  }),
  spread: spreadSchema.optional().meta({ description: "how the units share in it" }),
  documents: z.array(hex(32)).max(50).default([]),
});

const reversalTerms = z.object({
  action: z.literal("reversal"),
  number: z.int().min(1),
  date: day,
  reason: note(500),
});

const periodTerms = z.object({ action: z.literal("period"), to: day });

const balancesTerms = z.object({ action: z.literal("balances"), date: day });

const permille = z.int().min(0).max(1000);

const settingsTerms = z.object({
  action: z.literal("settings"),
  topUpBelow: permille.default(300),
  topUpSource: note(500),
  negativeUnits: z.boolean().default(false),
  negativeUnitsSource: note(500).optional(),
  incomeShare: z
    .object({
      permille,
      above: fenIn.default(0n),
      cap: fenIn.optional(),
      period: z.enum(["quarter", "halfYear", "year"]),
      source: note(500),
    })
    .optional(),
});

const incomeShareTerms = z.object({
  action: z.literal("incomeShare"),
  from: day.meta({ description: "first day of a quarter, half-year or year, as the rule says" }),
  date: day,
});

const distributionTerms = z.object({
  action: z.literal("distribution"),
  amount: fenIn,
  date: day,
  narration: note(500),
});

/** Everything that one officer enters and another confirms. */
export const termsSchema = z
  .discriminatedUnion("action", [
    entryTerms,
    reversalTerms,
    periodTerms,
    balancesTerms,
    settingsTerms,
    incomeShareTerms,
    distributionTerms,
  ])
  .meta({ id: "FundTerms" });

export type Terms = z.infer<typeof termsSchema>;
export type Action = Terms["action"];
export type TermsOf<Name extends Action> = Extract<Terms, { action: Name }>;
