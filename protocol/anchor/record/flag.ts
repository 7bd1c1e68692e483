import { z } from "zod";
import { common, hash, number, positive, text } from "./fields.ts";
import { FLAG_FORMULAS } from "./kinds.ts";

// Records of the flags: SPEC section 3. The formulas are in protocol/fund/flag.ts.

const parameters = z.record(text, z.union([text, number]));

export const flagRulesRecord = z.strictObject({
  ...common,
  type: z.literal("flagRules"),
  /** Parameters by formula, complete. */
  rules: z.partialRecord(z.enum(FLAG_FORMULAS), parameters),
  /** Why the community measures otherwise. */
  source: text,
  by: hash,
});

export const flagRecord = z.strictObject({
  ...common,
  type: z.literal("flag"),
  number: positive,
  formula: z.enum(FLAG_FORMULAS),
  version: positive,
  parameters,
  /** What it follows from: payments and projects by their names, each with the index of its record. */
  inputs: z.array(z.strictObject({ name: text, record: number.nullable() })).min(1),
  /** What the formula compared. */
  figures: z.record(text, z.union([text, number])),
});

export const flagAnswerRecord = z.strictObject({
  ...common,
  type: z.literal("flagAnswer"),
  number: positive,
  flag: positive,
  text,
  documents: z.array(hash),
  by: hash,
});
