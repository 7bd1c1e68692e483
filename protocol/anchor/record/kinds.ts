// What the records of the fund name by words, apart from their schemas: a page that shows them needs no schema.

/** The two funds of a community, which are never mixed: 维修资金 and 公共收益 (Civil Code Art. 281 and 282), as numbered on chain. */
export const FUNDS = ["maintenance", "income"] as const;

/** Every kind of entry; what each moves is in protocol/fund/entry.ts. */
export const ENTRY_KINDS = [
  "opening",
  "openingIncome",
  "initialDeposit",
  "topUp",
  "interest",
  "investment",
  "redemption",
  "investmentGain",
  "incomeCredited",
  "scrapValue",
  "charge",
  "refund",
  "transferOfUnit",
  "income",
  "cost",
  "incomeShare",
  "distribution",
  "reversal",
] as const;

/** What a charge was for. */
export const CHARGE_CATEGORIES = [
  "lift",
  "fire",
  "facade",
  "roof",
  "drains",
  "structure",
  "electrical",
  "security",
  "grounds",
  "other",
] as const;

/** Every formula by its name. */
export const FLAG_FORMULAS = [
  "invoiceReused",
  "accountReused",
  "amountsSplit",
  "firstPayment",
  "overBudget",
  "startBeforeVote",
  "emergencyLarge",
  "transactionRepeated",
] as const;

/** By which way the money may be used: a vote of the owners, or an emergency (LAW: 应急维修). */
export const PROJECT_ROUTES = ["vote", "emergency"] as const;

/** Grounds on which an emergency repair needs no vote, in the order of their numbers on chain. */
export const EMERGENCY_GROUNDS = [
  "lift",
  "fire",
  "facade",
  "roof",
  "drains",
  "structure",
  "electrical",
  "water",
] as const;
