import { bankOf } from "../../../protocol/fund/account.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { Fund } from "../books/entry.ts";
import { fromDay } from "../books/lock.ts";

/** An entry that moves a fund's money at the bank and that no line of the bank shows yet. */
export interface OpenEntry {
  entry: number;
  fund: Fund;
  date: string;
  amountFen: bigint;
  narration: string;
  kind: string;
  /** What it follows from; `payment 3` was made on chain. */
  source: string | null;
  reverses: number | null;
}

/** A line of the bank that no entry explains. */
export interface OpenLine {
  account: number;
  line: number;
  date: string;
  amountFen: bigint;
  organisation: string | null;
}

/** Oldest first. */
export async function findOpenEntries(
  db: Db | Tx,
  communityId: string,
  fund: Fund,
): Promise<OpenEntry[]> {
  const rows = await db.$queryRaw<(Omit<OpenEntry, "fund" | "date"> & { date: Date })[]>`
    SELECT e."number" AS "entry", e."date", p."amountFen", e."narration", e."kind", e."source", e."reverses"
    FROM "FundPosting" p
    JOIN "FundEntry" e ON e."communityId" = p."communityId" AND e."number" = p."number"
    LEFT JOIN "BankSettledEntry" s ON s."communityId" = e."communityId" AND s."entry" = e."number"
    WHERE p."communityId" = ${communityId} AND p."account" = ${bankOf(fund)} AND s."entry" IS NULL
    ORDER BY e."date", e."number"`;
  return rows.map((row) => ({ ...row, fund, date: fromDay(row.date) }));
}

/** Oldest first, the balance with which an account begins before all. */
export async function findOpenLines(
  db: Db | Tx,
  communityId: string,
  accounts: readonly number[],
): Promise<OpenLine[]> {
  const rows = await db.bankLine.findMany({
    where: { communityId, accountNumber: { in: [...accounts] }, reconciliation: null },
    orderBy: [{ date: "asc" }, { accountNumber: "asc" }, { number: "asc" }],
    select: { accountNumber: true, number: true, date: true, amountFen: true, organisation: true },
  });
  return rows.map(({ accountNumber: account, number: line, date, amountFen, organisation }) => {
    return { account, line, date: fromDay(date), amountFen, organisation };
  });
}
