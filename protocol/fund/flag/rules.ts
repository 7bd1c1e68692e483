import { z } from "zod";
import type { FlagFormula } from "./input.ts";

const amount = z.string().regex(/^[1-9]\d{0,17}$/);
const days = z.int().min(1).max(3660);
const permille = z.int().min(0).max(1000);

/** The parameters of every formula; amounts are texts of fen. */
export const flagRulesSchema = z.strictObject({
  invoiceReused: z.strictObject({}),
  accountReused: z.strictObject({}),
  amountsSplit: z.strictObject({
    /** The amount from which more is asked: an audit, a second quote. */
    threshold: amount,
    /** "Just under": from so many permille of the threshold on. */
    fromPermille: permille,
    withinDays: days,
  }),
  firstPayment: z.strictObject({ from: amount }),
  overBudget: z.strictObject({ abovePermille: permille }),
  startBeforeVote: z.strictObject({}),
  emergencyLarge: z.strictObject({ from: amount }),
  transactionRepeated: z.strictObject({}),
});

/** Parameters by formula, complete. */
export type FlagRules = z.infer<typeof flagRulesSchema>;

/** The version of the formulas; it rises when one of them changes. */
export const FLAG_VERSION = 1;

/**
 * What holds where a community sets nothing else. None of it is law: 50,000 yuan is the order of amounts from which
 * local rules ask for a price audit (LAW "settlement audit above a threshold"), and any yuan over the budget is told.
 */
export const DEFAULT_FLAG_RULES: FlagRules = {
  invoiceReused: {},
  accountReused: {},
  amountsSplit: { threshold: "5000000", fromPermille: 800, withinDays: 30 },
  firstPayment: { from: "1000000" },
  overBudget: { abovePermille: 0 },
  startBeforeVote: {},
  emergencyLarge: { from: "5000000" },
  transactionRepeated: {},
};

/** Each formula in words, as it is published. */
export const FLAG_WORDS: Record<FlagFormula, string> = {
  invoiceReused:
    "Two or more payments name the same invoice: the same file (SHA-256), or the same number from the same payee.",
  accountReused: "One account was paid under two or more names of payees.",
  amountsSplit:
    "Two or more payments to one payee within `withinDays` days, each below `threshold` and at least `fromPermille` ‰ of it, together reach `threshold`.",
  firstPayment: "The first payment to a payee, of `from` or more.",
  overBudget:
    "What a project's contract says, or what was paid for it, is more than `abovePermille` ‰ above the adopted budget.",
  startBeforeVote:
    "The contract or the work of a project that is no emergency begins before the day its motion was adopted, or without one.",
  emergencyLarge: "A project went the emergency way, and its contract or payments reach `from`.",
  transactionRepeated: "Two or more payments bear the same transaction number.",
};
