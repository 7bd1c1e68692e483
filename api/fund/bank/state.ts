import { FUNDS } from "../../../protocol/anchor/record/kinds.ts";
import { bankOf } from "../../../protocol/fund/account.ts";
import { sumFen } from "../../../protocol/fund/money.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { BankAccount } from "../../database/generated/client.ts";
import type { Fund } from "../books/entry.ts";
import { fromDay, toDay } from "../books/lock.ts";
import { findOpenEntries, findOpenLines } from "./open.ts";

/** How far a fund's books are held against its accounts at the bank. */
export interface FundReconciliation {
  fund: Fund;
  /** The day up to which every account of the fund has its statement; null while one has none. */
  reconciledTo: string | null;
  /** In the accounts at their last statements, and in the books now. */
  bankFen: bigint;
  ledgerFen: bigint;
  openLines: { count: number; amountFen: bigint };
  openEntries: { count: number; amountFen: bigint };
  ignored: { count: number; amountFen: bigint };
  /** Open entries of payments that were made on chain: no line of the bank shows them. */
  unseenPayments: number;
  /** Whether what is open accounts for the whole difference between books and bank. */
  isExplained: boolean;
}

/** Of each fund; one without an account has nothing at the bank. */
export async function findReconciliation(
  db: Db | Tx,
  communityId: string,
): Promise<FundReconciliation[]> {
  const accounts = await db.bankAccount.findMany({ where: { communityId } });
  return Promise.all(
    FUNDS.map((fund) =>
      reconcileFund(db, communityId, {
        fund,
        accounts: accounts.filter((account) => account.fund === fund),
      }),
    ),
  );
}

const PAYMENT = "payment ";

async function reconcileFund(
  db: Db | Tx,
  communityId: string,
  { fund, accounts }: { fund: Fund; accounts: readonly BankAccount[] },
): Promise<FundReconciliation> {
  const numbers = accounts.map(({ number }) => number);
  const lines = await findOpenLines(db, communityId, numbers);
  const entries = await findOpenEntries(db, communityId, fund);
  const ignored = await findIgnored(db, communityId, numbers);
  const where = { communityId_account: { communityId, account: bankOf(fund) } };
  const ledger = await db.fundAccount.findUnique({ where });
  const bankFen = sumFen(accounts.map(({ closingFen }) => closingFen ?? 0n));
  const ledgerFen = ledger?.balanceFen ?? 0n;
  const openLines = total(lines);
  const openEntries = total(entries);
  const inBooksOnly = openEntries.amountFen - openLines.amountFen - ignored.amountFen;
  return {
    ...{ fund, bankFen, ledgerFen, openLines, openEntries, ignored },
    reconciledTo: reconciledTo(accounts),
    unseenPayments: entries.filter(({ source }) => source?.startsWith(PAYMENT)).length,
    isExplained: bankFen + inBooksOnly === ledgerFen,
  };
}

const total = (rows: readonly { amountFen: bigint }[]) => ({
  count: rows.length,
  amountFen: sumFen(rows.map(({ amountFen }) => amountFen)),
});

function reconciledTo(accounts: readonly BankAccount[]): string | null {
  const days = accounts.map(({ closedOn }) => closedOn && fromDay(closedOn));
  return days.every((day) => day !== null) ? (days.toSorted()[0] ?? null) : null;
}

async function findIgnored(db: Db | Tx, communityId: string, accounts: number[]) {
  const rows = await db.$queryRaw<{ amountFen: bigint }[]>`
    SELECT l."amountFen" FROM "BankLine" l
    JOIN "BankReconciliation" r ON r."communityId" = l."communityId" AND r."number" = l."reconciliation"
    WHERE l."communityId" = ${communityId} AND l."accountNumber" = ANY(${accounts}) AND r."action" = 'ignore'`;
  return total(rows);
}

export interface BankBalance {
  balanceFen: bigint;
  /** The statements that say so, one of each account. */
  statements: { account: number; statement: number }[];
}

/** What a fund's accounts held at the end of a day; undefined while one of them has no statement of that day. */
export async function findBankBalance(
  db: Db | Tx,
  communityId: string,
  { fund, date }: { fund: Fund; date: string },
): Promise<BankBalance | undefined> {
  const accounts = await db.bankAccount.findMany({ where: { communityId, fund } });
  if (accounts.length === 0) return undefined;
  const day = toDay(date);
  const parts: { balanceFen: bigint; account: number; statement: number }[] = [];
  for (const { number: accountNumber } of accounts) {
    const place = { communityId, accountNumber };
    const statement = await db.bankStatement.findFirst({
      where: { ...place, to: { gte: day } },
      orderBy: { number: "asc" },
    });
    if (!statement || !(await begins(db, place, day))) return undefined;
    const { _sum } = await db.bankLine.aggregate({
      where: { ...place, date: { lte: day } },
      _sum: { amountFen: true },
    });
    const balanceFen = _sum.amountFen ?? 0n;
    parts.push({ balanceFen, account: accountNumber, statement: statement.number });
  }
  return {
    balanceFen: sumFen(parts.map((part) => part.balanceFen)),
    statements: parts.map(({ account, statement }) => ({ account, statement })),
  };
}

/** Before its first statement nothing is known of an account. */
async function begins(
  db: Db | Tx,
  { communityId, accountNumber }: { communityId: string; accountNumber: number },
  day: Date,
): Promise<boolean> {
  const where = { communityId, accountNumber, number: 1, from: { lte: day } };
  return (await db.bankStatement.count({ where })) > 0;
}
