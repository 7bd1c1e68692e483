import type { FUNDS } from "../anchor/record/kinds.ts";

// The chart of accounts of both funds (ARCHITECTURE "Fund"). One sign everywhere: a debit is positive, so assets and
// costs are positive, and what belongs to the owners or was earned is negative.

/** One of the two funds. */
export type Fund = (typeof FUNDS)[number];

/** Kinds of public income: 停车, 广告, 场地出租, and what is none of them. */
export const REVENUE_KINDS = ["parking", "advertising", "rent", "other"] as const;

const FIXED = {
  "maintenance:bank": "asset",
  "maintenance:investments": "asset",
  "maintenance:owners": "equity",
  "income:bank": "asset",
  "income:opening": "equity",
  "income:owners": "equity",
} as const;

/** What an account holds: money, the owners' part, what came in, what was spent. */
export type AccountClass = "asset" | "equity" | "revenue" | "cost";

// A key is a word of the committee's own: letters and digits of any script, joined by hyphens.
const COST = /^income:costs:[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*$/u;
const COST_LENGTH = 60;
const REVENUES: ReadonlySet<string> = new Set(
  REVENUE_KINDS.map((kind) => `income:revenue:${kind}`),
);

/** The class of an account; undefined for one that is not in the chart. */
export function classOf(account: string): AccountClass | undefined {
  if (Object.hasOwn(FIXED, account)) return FIXED[account as keyof typeof FIXED];
  if (REVENUES.has(account)) return "revenue";
  const isCost = account.length <= COST_LENGTH && COST.test(account);
  return isCost && account.normalize("NFC") === account ? "cost" : undefined;
}

/** The fund of an account of the chart. */
export function fundOf(account: string): Fund | undefined {
  if (classOf(account) === undefined) return undefined;
  return account.startsWith("income:") ? "income" : "maintenance";
}

/** The account whose balance the units' sub-ledgers add up to. */
export const ownersOf = (fund: Fund): string => `${fund}:owners`;

/** The account of a fund at the bank. */
export const bankOf = (fund: Fund): string => `${fund}:bank`;

/** Whether units share in an account: 分户账. */
export const hasUnits = (account: string): boolean =>
  account === "maintenance:owners" || account === "income:owners";
