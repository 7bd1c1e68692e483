import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { canonicalBytes } from "../../../protocol/anchor/json.ts";
import { toInstant } from "../../clock.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { FundBooks, FundPeriod } from "../../database/generated/client.ts";
import { DomainError } from "../../http/errors.ts";
import { publishEvent } from "../../http/events.ts";
import type { FundContext } from "../context.ts";
import { publishBalances } from "./publish.ts";
import type { Origin } from "./enter.ts";
import { fromDay, lockBooks, toDay } from "./lock.ts";
import { stateFunds } from "./movements.ts";
import type { FundStatement, Span } from "./movements.ts";
import type { Outcome } from "./perform.ts";
import type { TermsOf } from "./terms.ts";
import { nextDay, today } from "./today.ts";

/**
 * Closes the books up to a day that is over: a statement of both funds and the units' balances of that day are published,
 * and nothing is entered on or before it any more.
 */
export async function closePeriod(
  context: FundContext,
  tx: Tx,
  { terms, origin }: { terms: TermsOf<"period">; origin: Origin },
): Promise<Outcome> {
  const { communityId } = origin;
  const books = await lockBooks(tx, communityId);
  const span = await findSpan(tx, books, terms.to);
  if (span.to >= today(context.clock)) throw new DomainError("PeriodNotOver", { to: span.to });
  await requireNoDrafts(tx, communityId, span);
  const period = books.lastPeriod + 1;
  const funds = await stateFunds(tx, communityId, span);
  const statement = await putStatement(context, tx, { communityId, period, span, funds });
  await publishPeriod(context, tx, { period, span, funds, statement, origin });
  const data = { lastPeriod: period, closedTo: toDay(span.to) };
  await tx.fundBooks.update({ where: { communityId }, data });
  const hasUnits = (await tx.fundUnit.count({ where: { communityId } })) > 0;
  if (!hasUnits) return { entries: [], period };
  const balances = await publishBalances(context, tx, { ...origin, date: span.to });
  return { entries: [], period, balances };
}

/** From the day after the last period, or the first entry's day. */
async function findSpan(tx: Tx, books: FundBooks, to: string): Promise<Span> {
  const { communityId, closedTo, lastEntry } = books;
  const first = await tx.fundEntry.findFirst({ where: { communityId }, orderBy: { date: "asc" } });
  if (!first) throw new DomainError("PeriodEmpty");
  const from = closedTo ? nextDay(fromDay(closedTo)) : fromDay(first.date);
  if (to < from)
    throw new DomainError("PeriodClosed", { closedTo: fromDay(closedTo ?? first.date) });
  return { from, to, lastEntry };
}

const ENTERING = ["entry", "reversal", "incomeShare", "distribution"];

/** What waits for its confirmation could not be entered any more. */
async function requireNoDrafts(tx: Tx, communityId: string, { to }: Span): Promise<void> {
  const waiting = await tx.fundDraft.count({
    where: { communityId, state: "waiting", action: { in: ENTERING }, date: { lte: toDay(to) } },
  });
  if (waiting > 0) throw new DomainError("PeriodDraftsWaiting", { drafts: waiting });
}

interface Closing {
  period: number;
  span: Span;
  funds: FundStatement[];
}

/** The document that lists every entry of the period with its leaf. */
async function putStatement(
  { anchor }: FundContext,
  tx: Tx,
  { communityId, period, span, funds }: Closing & { communityId: string },
): Promise<string> {
  const entries = await tx.fundEntry.findMany({
    where: { communityId, date: { gte: toDay(span.from), lte: toDay(span.to) } },
    orderBy: { number: "asc" },
  });
  const bytes = canonicalBytes({
    v: 1,
    community: communityId,
    period,
    ...span,
    funds,
    entries: entries.map(({ number, fund, kind, date, recordIndex, recordLeaf }) => {
      return { number, fund, kind, date: fromDay(date), record: recordIndex, leaf: recordLeaf };
    }),
  });
  const name = `statement-${period}.json`;
  const document = { communityId, name, mediaType: "application/json", bytes };
  return (await anchor.putDocument(tx, document)).sha256;
}

async function publishPeriod(
  { anchor, clock }: FundContext,
  tx: Tx,
  { period, span, funds, statement, origin }: Closing & { statement: string; origin: Origin },
): Promise<void> {
  const { communityId, by } = origin;
  const now = clock.now();
  const record: RecordOf<"period"> = {
    v: 1,
    type: "period",
    community: communityId,
    at: toInstant(now),
    period,
    ...span,
    funds,
    statement,
    author: by!.author,
    confirmer: by!.confirmer,
  };
  const { index } = await anchor.append(tx, communityId, record);
  await tx.fundPeriod.create({
    data: {
      communityId,
      number: period,
      from: toDay(span.from),
      to: toDay(span.to),
      lastEntry: span.lastEntry,
      funds: funds,
      statement,
      recordIndex: index,
      closedAt: now,
    },
  });
  await publishEvent(tx, communityId, { type: "period", data: { period } });
}

/** Closed periods, the newest first. */
export async function listPeriods(db: Db | Tx, communityId: string): Promise<FundPeriod[]> {
  return db.fundPeriod.findMany({ where: { communityId }, orderBy: { number: "desc" } });
}
