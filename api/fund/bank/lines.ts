import type { Db } from "../../database/client.ts";
import type { BankLine } from "../../database/generated/client.ts";
import { fromDay } from "../books/lock.ts";
import type { FundContext } from "../context.ts";
import { getAccount } from "./account.ts";
import { lineContext } from "./publish.ts";
import type { KeptDetails } from "./publish.ts";

export type LineState = "open" | "linked" | "ignored";

export interface ViewedLine {
  line: number;
  statement: number;
  date: string;
  valueDate: string | null;
  amountFen: bigint;
  balanceFen: bigint | null;
  organisation: string | null;
  state: LineState;
  reconciliation: number | null;
  entries: number[];
  reason: string | null;
  /** What only officers see. */
  details: KeptDetails | null;
}

export interface LineFilter {
  communityId: string;
  account: number;
  /** Numbers above this one. */
  after?: number | undefined;
  limit: number;
  /** Only lines that nothing settles. */
  isOpen?: boolean | undefined;
}

/** Lines of an account, oldest first; with what identifies people only where the caller is an officer. */
export async function listLines(
  context: FundContext,
  filter: LineFilter,
  isOfficer: boolean,
): Promise<ViewedLine[]> {
  const { communityId, account, after, limit, isOpen = false } = filter;
  await getAccount(context.db, communityId, account);
  const rows = await context.db.bankLine.findMany({
    where: {
      ...{ communityId, accountNumber: account },
      ...(after !== undefined && { number: { gt: after } }),
      ...(isOpen && { reconciliation: null }),
    },
    orderBy: { number: "asc" },
    take: limit,
  });
  const settled = await findSettling(context.db, communityId, rows);
  return rows.map((row) => viewLine(context, row, { settled, isOfficer }));
}

interface Settling {
  action: string;
  entries: number[];
  reason: string | null;
}

async function findSettling(
  db: Db,
  communityId: string,
  rows: readonly BankLine[],
): Promise<Map<number, Settling>> {
  const numbers = rows.map(({ reconciliation }) => reconciliation).filter((n) => n !== null);
  const found = await db.bankReconciliation.findMany({
    where: { communityId, number: { in: [...new Set(numbers)] } },
    select: { number: true, action: true, entries: true, reason: true },
  });
  return new Map(found.map((one) => [one.number, one]));
}

function viewLine(
  { cipher }: FundContext,
  row: BankLine,
  { settled, isOfficer }: { settled: ReadonlyMap<number, Settling>; isOfficer: boolean },
): ViewedLine {
  const by = row.reconciliation === null ? undefined : settled.get(row.reconciliation);
  const state = by ? (by.action === "ignore" ? "ignored" : "linked") : "open";
  return {
    line: row.number,
    statement: row.statement,
    date: fromDay(row.date),
    valueDate: row.valueDate && fromDay(row.valueDate),
    amountFen: row.amountFen,
    balanceFen: row.balanceFen,
    organisation: row.organisation,
    state,
    reconciliation: row.reconciliation,
    entries: by?.entries ?? [],
    reason: by?.reason ?? null,
    details: isOfficer
      ? (JSON.parse(cipher.open(row.details, lineContext(row))) as KeptDetails | null)
      : null,
  };
}
