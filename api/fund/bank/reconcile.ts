import type { Hex } from "viem";
import { bankOf } from "../../../protocol/fund/account.ts";
import { fromFen, sumFen } from "../../../protocol/fund/money.ts";
import { toInstant } from "../../clock.ts";
import type { Tx } from "../../database/client.ts";
import type { BankReconciliation } from "../../database/generated/client.ts";
import { DomainError } from "../../http/errors.ts";
import type { Fund } from "../books/entry.ts";
import type { FundContext } from "../context.ts";
import { getAccount, lockBank } from "./account.ts";

interface Place {
  communityId: string;
  account: number;
  officer: Hex;
}

export interface NewLink extends Place {
  lines: readonly number[];
  entries: readonly number[];
}

/**
 * Lines and entries that are the same money: their sums are equal, and none of them is settled already. Lines alone
 * cancel one another out (a booking of the bank and its correction), and so do entries (one and its reversal).
 */
export async function linkLines(
  context: FundContext,
  { communityId, account, officer, ...link }: NewLink,
): Promise<BankReconciliation> {
  const lines = sorted(link.lines);
  const entries = sorted(link.entries);
  if (lines.length + entries.length < 2) throw new DomainError("BankLinkEmpty");
  return context.db.$transaction(async (tx) => {
    await lockBank(tx, communityId);
    const { fund } = await getAccount(tx, communityId, account);
    const linesFen = sumFen(await requireOpenLines(tx, { communityId, account, lines }));
    const place = { communityId, fund: fund as Fund, entries };
    const entriesFen = sumFen(await requireOpenEntries(tx, place));
    if (linesFen !== entriesFen) {
      throw new DomainError("BankLinkDiffers", {
        lines: fromFen(linesFen),
        entries: fromFen(entriesFen),
        difference: fromFen(linesFen - entriesFen),
      });
    }
    return reconcile(context, tx, {
      ...{ communityId, account, officer, action: "link", lines, entries },
      ...{ sumFen: linesFen, reason: null, undoes: null },
    });
  });
}

export interface NewIgnore extends Place {
  lines: readonly number[];
  reason: string;
}

/** Lines that belong to no entry, with the reason that everybody reads. */
export async function ignoreLines(
  context: FundContext,
  ignored: NewIgnore,
): Promise<BankReconciliation> {
  const { communityId, account, officer, reason } = ignored;
  const lines = sorted(ignored.lines);
  if (lines.length === 0) throw new DomainError("BankLinkEmpty");
  return context.db.$transaction(async (tx) => {
    await lockBank(tx, communityId);
    await getAccount(tx, communityId, account);
    const sum = sumFen(await requireOpenLines(tx, { communityId, account, lines }));
    return reconcile(context, tx, {
      ...{ communityId, account, officer, action: "ignore", lines, entries: [] },
      ...{ sumFen: sum, reason, undoes: null },
    });
  });
}

/** Takes a reconciliation back, once: its lines and entries are open again, and both records stand. */
export async function undoReconciliation(
  context: FundContext,
  { communityId, number, reason, officer }: UndoInput,
): Promise<BankReconciliation> {
  return context.db.$transaction(async (tx) => {
    await lockBank(tx, communityId);
    const target = await tx.bankReconciliation.findUnique({
      where: { communityId_number: { communityId, number } },
    });
    if (!target) throw new DomainError("BankReconciliationNotFound", { number });
    const isOpenAgain = await tx.bankReconciliation.findFirst({
      where: { communityId, undoes: number },
    });
    if (isOpenAgain ?? target.action === "undo") {
      throw new DomainError("BankReconciliationUndone", { number });
    }
    const where = { communityId, reconciliation: number };
    await tx.bankLine.updateMany({ where, data: { reconciliation: null } });
    await tx.bankSettledEntry.deleteMany({ where });
    const { accountNumber: account, lines, entries, sumFen } = target;
    return reconcile(context, tx, {
      ...{ communityId, account, officer, action: "undo", lines, entries },
      ...{ sumFen, reason, undoes: number },
    });
  });
}

export interface UndoInput {
  communityId: string;
  number: number;
  reason: string;
  officer: Hex;
}

const sorted = (numbers: readonly number[]): number[] =>
  [...new Set(numbers)].sort((a, b) => a - b);

async function requireOpenLines(
  tx: Tx,
  { communityId, account, lines }: { communityId: string; account: number; lines: number[] },
): Promise<bigint[]> {
  const rows = await tx.bankLine.findMany({
    where: { communityId, accountNumber: account, number: { in: lines } },
    select: { number: true, amountFen: true, reconciliation: true },
  });
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  return lines.map((line) => {
    const row = byNumber.get(line);
    if (!row) throw new DomainError("BankLineNotFound", { line });
    if (row.reconciliation === null) return row.amountFen;
    throw new DomainError("BankLineSettled", { line, reconciliation: row.reconciliation });
  });
}

/** What each entry moves in the fund's account at the bank. */
async function requireOpenEntries(
  tx: Tx,
  { communityId, fund, entries }: { communityId: string; fund: Fund; entries: number[] },
): Promise<bigint[]> {
  const where = { communityId, number: { in: entries } };
  const known = await tx.fundEntry.findMany({ where, include: { postings: true } });
  const settled = await tx.bankSettledEntry.findMany({
    where: { communityId, entry: { in: entries } },
  });
  const [taken] = settled;
  if (taken) {
    const { entry, reconciliation } = taken;
    throw new DomainError("BankEntrySettled", { entry, reconciliation });
  }
  const byNumber = new Map(known.map((row) => [row.number, row]));
  return entries.map((entry) => {
    const row = byNumber.get(entry);
    if (!row) throw new DomainError("EntryNotFound", { number: entry });
    const posting = row.postings.find(({ account }) => account === bankOf(fund));
    if (!posting) throw new DomainError("BankEntryElsewhere", { entry });
    return posting.amountFen;
  });
}

interface NewReconciliation extends Place {
  action: "link" | "ignore" | "undo";
  lines: number[];
  entries: number[];
  sumFen: bigint;
  reason: string | null;
  undoes: number | null;
}

async function reconcile(
  { anchor, clock }: FundContext,
  tx: Tx,
  { communityId, account, officer, ...rest }: NewReconciliation,
): Promise<BankReconciliation> {
  const { lastReconciliation: number } = await tx.bankBooks.update({
    where: { communityId },
    data: { lastReconciliation: { increment: 1 } },
  });
  const now = clock.now();
  const { sumFen, ...traits } = { ...rest, number, by: officer };
  const { index, leaf } = await anchor.append(tx, communityId, {
    ...{ v: 1, type: "reconciliation", community: communityId, at: toInstant(now) },
    ...{ ...traits, account, sum: String(sumFen) },
  });
  if (rest.action !== "undo") await settle(tx, { communityId, account, number, ...rest });
  return tx.bankReconciliation.create({
    data: {
      ...{ ...traits, communityId, accountNumber: account, sumFen },
      ...{ recordIndex: index, recordLeaf: leaf, at: now },
    },
  });
}

async function settle(
  tx: Tx,
  settled: {
    communityId: string;
    account: number;
    number: number;
    lines: number[];
    entries: number[];
  },
): Promise<void> {
  const { communityId, account, number: reconciliation, lines, entries } = settled;
  await tx.bankLine.updateMany({
    where: { communityId, accountNumber: account, number: { in: lines } },
    data: { reconciliation },
  });
  const rows = entries.map((entry) => ({ communityId, entry, reconciliation }));
  await tx.bankSettledEntry.createMany({ data: rows });
}
