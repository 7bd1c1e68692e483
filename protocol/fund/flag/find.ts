import { FLAG_FORMULAS } from "../../anchor/record/kinds.ts";
import type { Flag, FlagFormula, FlagInputs } from "./input.ts";
import {
  findAccountReused,
  findAmountsSplit,
  findFirstPayment,
  findInvoiceReused,
  findTransactionRepeated,
} from "./payments.ts";
import { findEmergencyLarge, findOverBudget, findStartBeforeVote } from "./projects.ts";
import { DEFAULT_FLAG_RULES } from "./rules.ts";
import type { FlagRules } from "./rules.ts";

type Finder = (inputs: FlagInputs, rules: FlagRules) => Omit<Flag, "formula" | "parameters">[];

const FINDERS: Record<FlagFormula, Finder> = {
  invoiceReused: ({ payments }) => findInvoiceReused(payments),
  accountReused: ({ payments }) => findAccountReused(payments),
  amountsSplit: ({ payments }, rules) => findAmountsSplit(payments, rules.amountsSplit),
  firstPayment: ({ payments }, rules) => findFirstPayment(payments, rules.firstPayment),
  overBudget: ({ projects }, rules) => findOverBudget(projects, rules.overBudget),
  startBeforeVote: ({ projects }) => findStartBeforeVote(projects),
  emergencyLarge: ({ projects }, rules) => findEmergencyLarge(projects, rules.emergencyLarge),
  transactionRepeated: ({ payments }) => findTransactionRepeated(payments),
};

/** Applies every formula to the inputs; the same inputs in any order give the same flags (docs/flags.md). */
export function findFlags(inputs: FlagInputs, rules: FlagRules = DEFAULT_FLAG_RULES): Flag[] {
  return FLAG_FORMULAS.flatMap((formula) =>
    FINDERS[formula](inputs, rules).map(({ key, ...found }) => {
      return { formula, key: `${formula} ${key}`, parameters: rules[formula], ...found };
    }),
  );
}
