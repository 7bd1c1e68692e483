import type { ENTRY_KINDS } from "../anchor/record/kinds.ts";
import { type AccountClass, type Fund, classOf, fundOf, hasUnits } from "./account.ts";
import { MAX_FEN, sumFen } from "./money.ts";

/** Every kind of entry. */
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** A kind that moves something by itself. */
export type OriginalKind = Exclude<EntryKind, "reversal">;

/** One line of an entry; a debit is positive. */
export type Posting = { account: string; amountFen: bigint };

/** A unit's part of the posting on `<fund>:owners`, with the same sign. */
export type UnitPosting = { unit: string; building: string; amountFen: bigint };

/** What of an entry its arithmetic depends on. */
export type EntryBody = {
  fund: Fund;
  kind: EntryKind;
  postings: readonly Posting[];
  units: readonly UnitPosting[];
};

type Side = readonly string[];
type Rule = {
  fund: Fund;
  /** Accounts, or `<class>` of accounts, that the entry may debit and credit. */
  debit: Side;
  credit: Side;
  /** Where units share in it, which of the four figures grows (LAW "yearly": deposited, gained, used, left). */
  figure?: UnitFigure;
};

/** The figures of a unit that entries add to; what is left follows from them. */
export type UnitFigure = "deposited" | "gained" | "used" | "shared";

const MONEY = ["maintenance:bank"] as const;
const OWNERS = ["maintenance:owners"] as const;
const PLACED = ["maintenance:bank", "maintenance:investments"] as const;
const INCOME = ["income:bank"] as const;

/** Every kind of entry: the fund it belongs to and what it moves. `reversal` takes back whatever its original did. */
const RULES = {
  /** Carried over from the books before: the maintenance fund's by unit. */
  opening: { fund: "maintenance", debit: PLACED, credit: OWNERS, figure: "deposited" },
  /** 首期交存 */
  initialDeposit: { fund: "maintenance", debit: MONEY, credit: OWNERS, figure: "deposited" },
  /** 续交 */
  topUp: { fund: "maintenance", debit: MONEY, credit: OWNERS, figure: "deposited" },
  interest: { fund: "maintenance", debit: MONEY, credit: OWNERS, figure: "gained" },
  /** Treasury bonds bought; the owners' part does not change. */
  investment: { fund: "maintenance", debit: ["maintenance:investments"], credit: MONEY },
  redemption: { fund: "maintenance", debit: MONEY, credit: ["maintenance:investments"] },
  /** 增值收益 */
  investmentGain: { fund: "maintenance", debit: PLACED, credit: OWNERS, figure: "gained" },
  /** The share of public income that comes in from the other fund. */
  incomeCredited: { fund: "maintenance", debit: MONEY, credit: OWNERS, figure: "gained" },
  /** 残值 */
  scrapValue: { fund: "maintenance", debit: MONEY, credit: OWNERS, figure: "gained" },
  /** 列支 */
  charge: { fund: "maintenance", debit: OWNERS, credit: MONEY, figure: "used" },
  /** A unit's balance paid back, such as for a house that is no more. */
  refund: { fund: "maintenance", debit: OWNERS, credit: MONEY, figure: "used" },
  /** A unit was sold: its balance stays with it, so nothing moves. */
  transferOfUnit: { fund: "maintenance", debit: [], credit: [], figure: "deposited" },
  income: { fund: "income", debit: INCOME, credit: ["<revenue>"] },
  cost: { fund: "income", debit: ["<cost>"], credit: INCOME },
  /** To the maintenance fund, by unit, so that each owner sees what he gave over. */
  incomeShare: { fund: "income", debit: ["income:owners"], credit: INCOME, figure: "shared" },
  /** Paid out to the owners, by unit. */
  distribution: { fund: "income", debit: ["income:owners"], credit: INCOME, figure: "shared" },
  /** Carried over from the books before. */
  openingIncome: { fund: "income", debit: INCOME, credit: ["income:opening"] },
} as const satisfies Record<OriginalKind, Rule>;

/** All kinds that move something by themselves. */
export const ORIGINAL_KINDS = Object.keys(RULES) as OriginalKind[];

/** The fund of a kind. */
export const fundOfKind = (kind: OriginalKind): Fund => RULES[kind].fund;

/** The figure of a unit to which a kind adds; undefined where units have no part. */
export function figureOfKind(kind: OriginalKind): UnitFigure | undefined {
  const rule: Rule = RULES[kind];
  return rule.figure;
}

/**
 * The two postings of a simple entry. `account` names one of several that its kind may debit or credit: the kind of
 * income or cost, the investments. A unit's transfer has none.
 */
export function postingsOf(kind: OriginalKind, amountFen: bigint, account?: string): Posting[] {
  const { debit, credit }: Rule = RULES[kind];
  const pick = (side: Side): string | undefined =>
    account !== undefined && isOn(side, account) ? account : side[0];
  const [debited, credited] = [pick(debit), pick(credit)];
  if (debited === undefined || credited === undefined) return [];
  return [
    { account: debited, amountFen },
    { account: credited, amountFen: -amountFen },
  ];
}

/** Why an entry is none. */
export type EntryFault =
  | "EntryPostingsMissing"
  | "EntryPostingsUnbalanced"
  | "EntryAccountUnknown"
  | "EntryAccountTwice"
  | "EntryAmountInvalid"
  | "EntryFundMixed"
  | "EntryKindDiffers"
  | "EntryUnitsMissing"
  | "EntryUnitsUnexpected"
  | "EntryUnitTwice"
  | "EntryUnitSignsMixed"
  | "EntryUnitsDiffer";

const fits = (amountFen: bigint): boolean => amountFen <= MAX_FEN && amountFen >= -MAX_FEN;

/**
 * The first invariant that an entry breaks, undefined for a sound one: accounts of the chart and of one fund, none
 * twice and none with zero; postings that add up to zero; the accounts and sides of its kind; and where the owners' part
 * is touched, unit postings, each unit once and all of one sign, that add up to it. A reversal is compared with its
 * original instead of a kind's sides (`findReversalFault`).
 */
export function findEntryFault(entry: EntryBody): EntryFault | undefined {
  return findPostingFault(entry) ?? findKindFault(entry) ?? findUnitFault(entry);
}

function findPostingFault({ fund, kind, postings }: EntryBody): EntryFault | undefined {
  if (postings.length === 0) return isStill(kind) ? undefined : "EntryPostingsMissing";
  if (postings.some(({ account }) => classOf(account) === undefined)) return "EntryAccountUnknown";
  if (postings.some(({ account }) => fundOf(account) !== fund)) return "EntryFundMixed";
  if (new Set(postings.map(({ account }) => account)).size < postings.length) {
    return "EntryAccountTwice";
  }
  if (postings.some(({ amountFen }) => amountFen === 0n || !fits(amountFen))) {
    return "EntryAmountInvalid";
  }
  const sum = sumFen(postings.map(({ amountFen }) => amountFen));
  return sum === 0n ? undefined : "EntryPostingsUnbalanced";
}

/** A unit's transfer moves nothing; so does the reversal of one. */
const isStill = (kind: EntryKind): boolean => kind === "transferOfUnit" || kind === "reversal";

function findKindFault({ fund, kind, postings }: EntryBody): EntryFault | undefined {
  if (kind === "reversal") return undefined;
  const rule: Rule = RULES[kind];
  if (rule.fund !== fund) return "EntryFundMixed";
  const fitsSide = ({ account, amountFen }: Posting): boolean =>
    isOn(amountFen > 0n ? rule.debit : rule.credit, account);
  return postings.every(fitsSide) ? undefined : "EntryKindDiffers";
}

function isOn(side: Side, account: string): boolean {
  const name: AccountClass | undefined = classOf(account);
  return side.includes(account) || side.includes(`<${name}>`);
}

function findUnitFault({ kind, postings, units }: EntryBody): EntryFault | undefined {
  const shared = postings.find(({ account }) => hasUnits(account));
  if (postings.length === 0 && isStill(kind)) return findTransferFault(units);
  if (!shared) return units.length === 0 ? undefined : "EntryUnitsUnexpected";
  if (units.length === 0) return "EntryUnitsMissing";
  if (new Set(units.map(({ unit }) => unit)).size < units.length) return "EntryUnitTwice";
  if (units.some(({ amountFen }) => !fits(amountFen))) return "EntryAmountInvalid";
  // Of one sign, so that a sum tree without negative amounts can hold them.
  const sign = shared.amountFen > 0n;
  if (units.some(({ amountFen }) => amountFen !== 0n && amountFen > 0n !== sign)) {
    return "EntryUnitSignsMixed";
  }
  const sum = sumFen(units.map(({ amountFen }) => amountFen));
  return sum === shared.amountFen ? undefined : "EntryUnitsDiffer";
}

/** One unit, of which nothing moves. */
function findTransferFault(units: readonly UnitPosting[]): EntryFault | undefined {
  if (units.length > 1) return "EntryUnitTwice";
  if (units.length === 0) return "EntryUnitsMissing";
  return units[0]!.amountFen === 0n ? undefined : "EntryAmountInvalid";
}

/** The postings that take an entry back: the same with the other sign. */
export const toReversal = <Line extends { amountFen: bigint }>(lines: readonly Line[]): Line[] =>
  lines.map((line) => ({ ...line, amountFen: -line.amountFen }));

/** Whether `entry` takes back exactly what `original` did, line by line. */
export function isReversalOf(entry: EntryBody, original: EntryBody): boolean {
  if (entry.kind !== "reversal" || entry.fund !== original.fund) return false;
  const amounts = (lines: readonly [string, bigint][]): string =>
    lines
      .map(([name, amountFen]) => `${name} ${amountFen}`)
      .sort()
      .join("\n");
  const ofPostings = (lines: readonly Posting[]): string =>
    amounts(lines.map(({ account, amountFen }) => [account, amountFen]));
  const ofUnits = (lines: readonly UnitPosting[]): string =>
    amounts(lines.map(({ unit, amountFen }) => [unit, amountFen]));
  return (
    ofPostings(entry.postings) === ofPostings(toReversal(original.postings)) &&
    ofUnits(entry.units) === ofUnits(toReversal(original.units))
  );
}
