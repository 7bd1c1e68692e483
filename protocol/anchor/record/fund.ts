import { z } from "zod";
import { common, fen, hash, isoDate, number, positive, text } from "./fields.ts";
import { CHARGE_CATEGORIES, ENTRY_KINDS, FUNDS } from "./kinds.ts";

// Records of the fund: SPEC section 3.

const fund = z.enum(FUNDS);
const posting = z.strictObject({ account: text, amount: fen });

/** What the units have to do with an entry: totals in public, the single unit under a sum tree's root. */
const entryUnits = z.strictObject({
  count: positive,
  root: hash,
  buildings: z.array(z.strictObject({ building: text, count: positive, amount: fen })).min(1),
  /** The document with every unit's share, where it is public: an apportionment schedule. */
  schedule: hash.nullable(),
});

export const entryRecord = z.strictObject({
  ...common,
  type: z.literal("entry"),
  number: positive,
  fund,
  kind: z.enum(ENTRY_KINDS),
  date: isoDate,
  /** When it happened, where that period was closed already. */
  occurred: isoDate.nullable(),
  narration: text,
  category: z.enum(CHARGE_CATEGORIES).nullable(),
  postings: z.array(posting),
  units: entryUnits.nullable(),
  reverses: positive.nullable(),
  reason: text.nullable(),
  /** Entries of which this one is the other half. */
  linked: z.array(positive),
  documents: z.array(hash),
  /** The officers who entered and confirmed it, `keccak(signer)`; null where approvals on chain stand behind it. */
  author: hash.nullable(),
  confirmer: hash.nullable(),
  /** What it follows from, such as `payment 3`; null where officers entered it. */
  source: text.nullable(),
});

/** How much came in and went out by kind, and of charges, income and costs by category. */
const movement = z.strictObject({
  kind: z.enum(ENTRY_KINDS),
  category: text.nullable(),
  count: positive,
  in: fen,
  out: fen,
});

const fundStatement = z.strictObject({
  fund,
  opening: fen,
  in: fen,
  out: fen,
  closing: fen,
  movements: z.array(movement),
});

export const periodRecord = z.strictObject({
  ...common,
  type: z.literal("period"),
  period: positive,
  from: isoDate,
  to: isoDate,
  /** The entries that it holds are those with a date in it, up to this number. */
  lastEntry: number,
  funds: z.array(fundStatement).length(2),
  statement: hash,
  author: hash,
  confirmer: hash,
});

const unitSums = z.strictObject({
  deposited: fen,
  gained: fen,
  used: fen,
  balance: fen,
  /** What units owe, where a setting lets a charge exceed a unit's balance; else 0. */
  owed: fen,
});

const sumNode = z.strictObject({ count: positive, root: hash, sums: unitSums });

export const balancesRecord = z.strictObject({
  ...common,
  type: z.literal("balances"),
  number: positive,
  date: isoDate,
  lastEntry: number,
  ...sumNode.shape,
  /** The document with the buildings' own nodes, over which `root` is the root. */
  buildings: hash,
  /** The ledger on that date. */
  ledger: z.strictObject({ owners: fen, bank: fen, investments: fen }),
  /** The bank's statements that cover that date, beside the ledger; null where one is missing. */
  bank: z
    .strictObject({
      balance: fen,
      statements: z.array(z.strictObject({ account: positive, statement: positive })),
      /** Ledger less bank: what these entries and lines explain. */
      difference: fen,
      /** Entries that the bank does not show by that date. */
      entries: z.array(positive),
      /** Lines that no entry by that date explains. */
      lines: z.array(z.strictObject({ account: positive, line: number })),
    })
    .nullable(),
});

const buildingNode = sumNode.extend({ building: text });

/** The document `buildings` of published balances: each building's node, in the order of the tree. */
export const buildingNodesSchema = z.array(buildingNode).min(1);

export const booksCheckRecord = z.strictObject({
  ...common,
  type: z.literal("booksCheck"),
  lastEntry: number,
  checks: z.array(
    z.strictObject({
      name: text,
      inspected: number,
      /** How many differ; the first of them are named. */
      differing: number,
      failed: z.array(z.strictObject({ place: text, expected: text, found: text })),
    }),
  ),
  passed: z.boolean(),
});

const permille = z.int().min(0).max(1000);

export const fundSettingsRecord = z.strictObject({
  ...common,
  type: z.literal("fundSettings"),
  number: positive,
  /** Below so many permille of its first deposit a unit is to be topped up. */
  topUpBelow: permille,
  topUpSource: text,
  /** Whether a charge may exceed what a unit has. */
  negativeUnits: z.boolean(),
  negativeUnitsSource: text.nullable(),
  /** The share of public income that goes to the maintenance fund; null where no rule was decided. */
  incomeShare: z
    .strictObject({
      permille,
      /** Only what the net income of the period exceeds. */
      above: fen,
      /** At most so much a period. */
      cap: fen.nullable(),
      period: z.enum(["quarter", "halfYear", "year"]),
      source: text,
    })
    .nullable(),
  author: hash,
  confirmer: hash,
});

/** The Fund contract's rules for a fund, with where they come from; on chain once both have signed for this record's leaf. */
export const fundRulesRecord = z.strictObject({
  ...common,
  type: z.literal("fundRules"),
  fund,
  approvals: z.int().min(2).max(16),
  overrunBasisPoints: z.int().min(0).max(10_000),
  source: text,
  author: hash,
});
