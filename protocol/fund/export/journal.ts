import type { RecordOf } from "../../anchor/record.ts";
import { classOf } from "../account.ts";
import { fromFen } from "../money.ts";

/** The books as programs of others read them: entries by number, and what the ledger stood at on some days. */
export type Journal = {
  /** The community's id. */
  community: string;
  /** What stood on every account before, where the books are those of one period. */
  opening?: Opening | undefined;
  /** In the order of their numbers. */
  entries: readonly RecordOf<"entry">[];
  /** In the order of their dates. */
  balances: readonly RecordOf<"balances">[];
};

/** What is brought forward on a day, adding up to zero; amounts in fen. */
export type Opening = { date: string; postings: { account: string; amount: string }[] };

/** A record with its place in the log. */
export type Placed<Type extends "entry" | "balances" | "period"> = {
  index: number;
  record: RecordOf<Type>;
};

/** All entries and published balances of a community's log. */
export type Books = {
  community: string;
  entries: readonly RecordOf<"entry">[];
  balances: readonly Placed<"balances">[];
};

/** The currency of all amounts. */
export const CURRENCY = "CNY";

/** A record's amount in fen as yuan with two decimals. */
export const toYuan = (fen: string): string => fromFen(BigInt(fen));

/** A text in one line. */
export const toLine = (text: string): string => text.replaceAll(/\s+/gu, " ").trim();

/** The books from their first entry to their last. */
export function wholeJournal({ community, entries, balances }: Books): Journal {
  const sorted = entries.toSorted((a, b) => a.number - b.number);
  return { community, entries: sorted, balances: listStanding(balances, sorted) };
}

/**
 * The books of a closed period, which never change: nothing is entered into it any more, and of published balances only
 * those count that were there when it closed, together with those that its closing published, the next record.
 */
export function periodJournal(books: Books, { index, record }: Placed<"period">): Journal {
  const { from, to } = record;
  const known = books.balances.filter((row) => row.index <= index + 1);
  const inPeriod = known.filter(({ record: { date } }) => date >= from && date <= to);
  const sorted = books.entries.toSorted((a, b) => a.number - b.number);
  const until = sorted.filter(({ date }) => date <= to);
  return {
    community: books.community,
    opening: bringForward(from, until),
    entries: until.filter(({ date }) => date >= from),
    balances: listStanding(inPeriod, until),
  };
}

/** Balances still say what the books say of their day, unless something was entered on or before it afterwards. */
function listStanding(
  balances: readonly Placed<"balances">[],
  entries: readonly RecordOf<"entry">[],
): RecordOf<"balances">[] {
  return balances
    .map(({ record }) => record)
    .filter(({ date, lastEntry }) =>
      entries.every((entry) => entry.number <= lastEntry || entry.date > date),
    )
    .toSorted((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)) || a.number - b.number);
}

/** Money and the owners' part stay on their accounts; earlier revenue and costs are what the income fund opens with. */
function bringForward(from: string, entries: readonly RecordOf<"entry">[]): Opening | undefined {
  const sums = new Map<string, bigint>();
  for (const { postings } of entries.filter(({ date }) => date < from)) {
    for (const { account, amount } of postings) {
      const isFlow = ["revenue", "cost"].includes(classOf(account) ?? "");
      const name = isFlow ? "income:opening" : account;
      sums.set(name, (sums.get(name) ?? 0n) + BigInt(amount));
    }
  }
  const postings = [...sums]
    .filter(([, fen]) => fen !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, fen]) => ({ account, amount: `${fen}` }));
  return postings.length === 0 ? undefined : { date: from, postings };
}

/** All accounts that occur, sorted by code unit. */
export function listAccounts({ opening, entries, balances }: Journal): string[] {
  const all = [...(opening ? [opening] : []), ...entries];
  const posted = all.flatMap(({ postings }) => postings.map(({ account }) => account));
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
