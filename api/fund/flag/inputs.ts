import type { FlagInputs, FlagPayment } from "../../../protocol/fund/flag/input.ts";
import type { Db, Tx } from "../../database/client.ts";
import { fromDay } from "../books/lock.ts";
import type { FundContext } from "../context.ts";
import { lineContext } from "../bank/publish.ts";
import type { KeptDetails } from "../bank/publish.ts";

/**
 * A part of the fund that knows payments or projects. Names must stay the same once given, because a flag is raised
 * again when its inputs have other names; and money that one source tells of must not be told by another too.
 */
export type FlagSource = (context: FlagContext, communityId: string) => Promise<FlagInputs>;

/** Sources only read: also in the transaction that adds what is to be flagged. */
export type FlagContext = Omit<FundContext, "db"> & { db: Db | Tx };

/** What comes from a payment on chain is told by the source that knows payments. */
const PAYMENT = "payment ";

/** Entries that spend, with the documents behind them: what formulas about invoices need. */
export const entryFlagInputs: FlagSource = async ({ db }, communityId) => {
  const reversals = await db.fundEntry.findMany({
    where: { communityId, reverses: { not: null } },
    select: { reverses: true },
  });
  const rows = await db.fundEntry.findMany({
    where: {
      ...{ communityId, kind: { in: ["charge", "cost"] } },
      ...{
        documents: { isEmpty: false },
        number: { notIn: reversals.map((row) => row.reverses!) },
      },
    },
    include: { postings: { where: { account: { in: ["maintenance:bank", "income:bank"] } } } },
  });
  const own = rows.filter(({ source }) => !source?.startsWith(PAYMENT));
  const payments = own.map(({ number, recordIndex, date, documents, postings }): FlagPayment => ({
    ...{ name: `entry ${number}`, record: recordIndex, date: fromDay(date) },
    amountFen: -(postings[0]?.amountFen ?? 0n),
    ...{ payee: null, account: null, transaction: null },
    invoices: documents.map((file) => ({ number: null, file })),
  }));
  return { payments, projects: [] };
};

/** Lines of the bank that are settled, with payee, account and transaction number as the bank gives them. */
export const bankFlagInputs: FlagSource = async (context, communityId) => {
  const { db, cipher } = context;
  const told = await findPaymentReconciliations(context, communityId);
  const lines = await db.bankLine.findMany({
    where: {
      ...{ communityId, number: { gt: 0 }, amountFen: { lt: 0n } },
      reconciliation: { not: null, notIn: told },
    },
    orderBy: [{ accountNumber: "asc" }, { number: "asc" }],
  });
  const statements = await db.bankStatement.findMany({
    where: { communityId },
    select: { accountNumber: true, number: true, recordIndex: true },
  });
  const recordOf = new Map(
    statements.map((row) => [`${row.accountNumber} ${row.number}`, row.recordIndex]),
  );
  const payments = lines.map((line): FlagPayment => {
    const details = JSON.parse(cipher.open(line.details, lineContext(line))) as KeptDetails;
    return {
      name: `line ${line.accountNumber}-${line.number}`,
      record: recordOf.get(`${line.accountNumber} ${line.statement}`) ?? null,
      date: fromDay(line.date),
      amountFen: -line.amountFen,
      payee: details.counterparty,
      account: details.counterpartyAccount,
      invoices: [],
      transaction: details.reference,
    };
  });
  return { payments, projects: [] };
};

async function findPaymentReconciliations(
  { db }: FlagContext,
  communityId: string,
): Promise<number[]> {
  const entries = await db.fundEntry.findMany({
    where: { communityId, source: { startsWith: PAYMENT } },
    select: { number: true },
  });
  const settled = await db.bankSettledEntry.findMany({
    where: { communityId, entry: { in: entries.map(({ number }) => number) } },
  });
  return [...new Set(settled.map(({ reconciliation }) => reconciliation))];
}

/** All sources together. */
export async function collectInputs(
  context: FlagContext,
  communityId: string,
  sources: readonly FlagSource[],
): Promise<FlagInputs> {
  const all: FlagInputs[] = [];
  // One after the other: a transaction has one connection.
  for (const source of sources) all.push(await source(context, communityId));
  return {
    payments: all.flatMap(({ payments }) => payments),
    projects: all.flatMap(({ projects }) => projects),
  };
}
