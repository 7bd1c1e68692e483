import type { RecordOf } from "../../../protocol/anchor/record.ts";
import type { Tx } from "../../database/client.ts";
import { Prisma } from "../../database/generated/client.ts";
import { DomainError } from "../../http/errors.ts";
import { findBankBalance } from "../bank/state.ts";
import { toDay } from "./lock.ts";

type BankField = RecordOf<"balances">["bank"];

const FUND = "maintenance" as const;
const BANK = "maintenance:bank";

export interface Comparison {
  communityId: string;
  date: string;
  /** What the books have at the bank on that day. */
  ledgerFen: bigint;
}

/**
 * The books of a day beside the bank's statements of that day; null where none covers it. What differs is named: entries
 * that the bank shows later or not yet, and lines that the books have later or that belong to no entry. A line that
 * nobody has settled bars the comparison: the money is there and nobody has said whose it is.
 */
export async function compareBank(
  tx: Tx,
  { communityId, date, ledgerFen }: Comparison,
): Promise<BankField> {
  const found = await findBankBalance(tx, communityId, { fund: FUND, date });
  if (!found) return null;
  const lines = await listLines(tx, communityId, date);
  const open = lines.filter(({ open }) => open).length;
  if (open > 0) throw new DomainError("BalancesLinesOpen", { date, lines: open });
  return {
    balance: String(found.balanceFen),
    statements: found.statements,
    difference: String(ledgerFen - found.balanceFen),
    entries: await listEntries(tx, communityId, date),
    lines: lines.map(({ account, line }) => ({ account, line })),
  };
}

interface LineRow {
  account: number;
  line: number;
  open: boolean;
}

/**
 * Of a reconciliation `r`: whether it settles a line or an entry of a later day. All its lines and entries up to the day
 * are listed then, so that they add up to what differs.
 */
const reachesBeyond = (date: string): Prisma.Sql => Prisma.sql`(
  EXISTS (SELECT 1 FROM "FundEntry" WHERE "communityId" = r."communityId"
    AND "number" = ANY(r."entries") AND "date" > ${toDay(date)})
  OR EXISTS (SELECT 1 FROM "BankLine" WHERE "communityId" = r."communityId"
    AND "reconciliation" = r."number" AND "date" > ${toDay(date)}))`;

/** Lines up to a day that are not settled within it. */
async function listLines(tx: Tx, communityId: string, date: string): Promise<LineRow[]> {
  return tx.$queryRaw<LineRow[]>`
    SELECT l."accountNumber" AS account, l."number" AS line, l."reconciliation" IS NULL AS open
    FROM "BankLine" l
    JOIN "BankAccount" a ON a."communityId" = l."communityId" AND a."number" = l."accountNumber" AND a."fund" = ${FUND}
    LEFT JOIN "BankReconciliation" r ON r."communityId" = l."communityId" AND r."number" = l."reconciliation"
    WHERE l."communityId" = ${communityId} AND l."date" <= ${toDay(date)} AND l."amountFen" <> 0
      AND (r."number" IS NULL OR r."action" = 'ignore' OR ${reachesBeyond(date)})
    ORDER BY 1, 2`;
}

/** Entries up to a day that are not settled within it. */
async function listEntries(tx: Tx, communityId: string, date: string): Promise<number[]> {
  const rows = await tx.$queryRaw<{ number: number }[]>`
    SELECT e."number" FROM "FundEntry" e
    JOIN "FundPosting" p ON p."communityId" = e."communityId" AND p."number" = e."number" AND p."account" = ${BANK}
    LEFT JOIN "BankSettledEntry" s ON s."communityId" = e."communityId" AND s."entry" = e."number"
    LEFT JOIN "BankReconciliation" r ON r."communityId" = e."communityId" AND r."number" = s."reconciliation"
    WHERE e."communityId" = ${communityId} AND e."date" <= ${toDay(date)}
      AND (r."number" IS NULL OR ${reachesBeyond(date)})
    ORDER BY 1`;
  return rows.map(({ number }) => number);
}
