import type { Db } from "../../database/client.ts";
import type { FundBalances, FundDraft, FundPeriod } from "../../database/generated/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import type { FundContext } from "../context.ts";
import { findBalances } from "./balances.ts";
import { findCheck } from "./check/job.ts";
import type { StoredEntry } from "./find.ts";
import { fromDay } from "./lock.ts";
import { stateFunds } from "./movements.ts";
import { findSettings } from "./settings.ts";
import { nextDay, today } from "./today.ts";

// Rows as the routes answer them.

export const viewEntry = ({ postings, postedAt, ...entry }: StoredEntry) => ({
  ...entry,
  postings: postings.map(({ account, amountFen, balanceFen }) => {
    return { account, amount: String(amountFen), balance: String(balanceFen) };
  }),
  postedAt: postedAt.toISOString(),
});

export const viewPeriod = ({ number, from, to, funds, closedAt, ...row }: FundPeriod) => ({
  ...row,
  period: number,
  from: fromDay(from),
  to: fromDay(to),
  funds: funds as never,
  closedAt: closedAt.toISOString(),
});

export const viewBalances = ({ date, publishedAt, ...row }: FundBalances) => ({
  ...row,
  date: fromDay(date),
  publishedAt: publishedAt.toISOString(),
});

export const viewDraft = (row: FundDraft, officer: OfficerCaller) => ({
  id: row.id,
  action: row.action,
  state: row.state,
  terms: row.payload as never,
  preview: row.preview as never,
  author: row.author,
  mine: row.author === officer.id,
  createdAt: row.createdAt.toISOString(),
  closedBy: row.closedBy,
  closedAt: row.closedAt?.toISOString() ?? null,
  result: row.result as never,
});

/** Published balances, the newest first. */
export const listBalances = (db: Db, communityId: string): Promise<FundBalances[]> =>
  db.fundBalances.findMany({ where: { communityId }, orderBy: { number: "desc" }, take: 100 });

export interface OverviewQuery {
  communityId: string;
  from?: string | undefined;
  to?: string | undefined;
}

/** Both funds over a span of days: by default since the last closed period, or since the books began. */
export async function viewOverview(context: FundContext, query: OverviewQuery) {
  const { db, clock } = context;
  const { communityId, to = today(clock) } = query;
  const books = await db.fundBooks.findUnique({ where: { communityId } });
  const closedTo = books?.closedTo ? fromDay(books.closedTo) : null;
  const from = query.from ?? (await findStart(db, communityId, closedTo)) ?? to;
  const span = { from, to, lastEntry: books?.lastEntry ?? 0 };
  const statements = await stateFunds(db, communityId, span);
  const now = await findBalances(db, communityId);
  const [newest] = await listBalances(db, communityId);
  const check = await findCheck(db, communityId);
  return {
    from,
    to,
    funds: statements.map((statement, i) => {
      const { bankFen, investmentsFen, ownersFen } = now[i]!;
      const held = { bank: String(bankFen), investments: String(investmentsFen) };
      return { ...statement, now: { ...held, owners: String(ownersFen) } };
    }),
    closedTo,
    balances: newest ? viewBalances(newest) : null,
    check: check && {
      ...check,
      checks: check.checks as never,
      checkedAt: check.checkedAt.toISOString(),
    },
    settings: await findSettings(db, communityId),
  };
}

async function findStart(
  db: Db,
  communityId: string,
  closedTo: string | null,
): Promise<string | undefined> {
  if (closedTo !== null) return nextDay(closedTo);
  const first = await db.fundEntry.findFirst({ where: { communityId }, orderBy: { date: "asc" } });
  return first ? fromDay(first.date) : undefined;
}
