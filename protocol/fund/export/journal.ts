import type { RecordOf } from "../../anchor/record.ts";
import { fromFen } from "../money.ts";

/** The books as programs of others read them: entries by number, and what the ledger stood at on some days. */
export type Journal = {
  /** The community's id. */
  community: string;
  /** In the order of their numbers. */
  entries: readonly RecordOf<"entry">[];
  /** In the order of their dates. */
  balances: readonly RecordOf<"balances">[];
};

/** The currency of all amounts. */
export const CURRENCY = "CNY";

/** A record's amount in fen as yuan with two decimals. */
export const toYuan = (fen: string): string => fromFen(BigInt(fen));

/** A text in one line. */
export const toLine = (text: string): string => text.replaceAll(/\s+/gu, " ").trim();

/** All accounts that occur, sorted by code unit. */
export function listAccounts({ entries, balances }: Journal): string[] {
  const posted = entries.flatMap(({ postings }) => postings.map(({ account }) => account));
  const asserted = balances.flatMap(assertionsOf).map(([account]) => account);
  return [...new Set([...posted, ...asserted])].sort();
}

/** What the accounts of the maintenance fund must come to at the end of a day. */
export function assertionsOf({ ledger }: RecordOf<"balances">): [account: string, yuan: string][] {
  return [
    ["maintenance:bank", toYuan(ledger.bank)],
    ["maintenance:investments", toYuan(ledger.investments)],
    ["maintenance:owners", toYuan(`${-BigInt(ledger.owners)}`)],
  ];
}

/** The day after, as YYYY-MM-DD. */
export function dayAfter(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}
