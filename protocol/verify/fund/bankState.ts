import type { RecordOf } from "../../anchor/record.ts";
import { bankOf } from "../../fund/account.ts";
import type { BankLineDocument } from "../../fund/statement.ts";
import { type Placed, type PlacedEntry, type Span, postedOn } from "./books.ts";

/** The bank as the log tells it: accounts, statements with their lines, and what was said of these. */
export type Bank = {
  accounts: readonly Placed<"bankAccount">[];
  /** `lines` is undefined where the document could not be had or read. */
  statements: readonly (Placed<"statement"> & { lines: readonly BankLineDocument[] | undefined })[];
  reconciliations: readonly Placed<"reconciliation">[];
};

type Line = { line: number; date: string; amountFen: bigint };

/** `from` is the first day that a statement covers; undefined before there is any. */
type Account = { fund: string; from: string | undefined; lines: Line[] };

/** The lines of every account, each with the reconciliation that settles it, and that of every entry. */
export type BankState = {
  accounts: ReadonlyMap<number, Account>;
  statements: Bank["statements"];
  settledLines: ReadonlyMap<string, RecordOf<"reconciliation">>;
  settledEntries: ReadonlyMap<number, RecordOf<"reconciliation">>;
};

export const lineKey = (account: number, line: number): string => `${account}/${line}`;

/** The bank as it was known before a place in the log; undefined where the lines of a statement are not. */
export function bankBefore(bank: Bank, index: number): BankState | undefined {
  const isBefore = (each: { index: number }): boolean => each.index < index;
  const statements = bank.statements.filter(isBefore);
  if (statements.some(({ lines }) => lines === undefined)) return undefined;
  const accounts = new Map(
    bank.accounts.filter(isBefore).map(({ record }) => {
      const own = statements.filter((each) => each.record.account === record.account);
      const place = { fund: record.fund, from: own[0]?.record.from, lines: linesOf(own) };
      return [record.account, place] as const;
    }),
  );
  const settledLines = new Map<string, RecordOf<"reconciliation">>();
  const settledEntries = new Map<number, RecordOf<"reconciliation">>();
  for (const { record } of bank.reconciliations.filter(isBefore)) {
    const undone = record.action === "undo";
    for (const line of record.lines) {
      const key = lineKey(record.account, line);
      if (undone) settledLines.delete(key);
      else settledLines.set(key, record);
    }
    for (const entry of record.entries) {
      if (undone) settledEntries.delete(entry);
      else settledEntries.set(entry, record);
    }
  }
  return { accounts, statements, settledLines, settledEntries };
}

/** The balance with which an account begins is its line 0. */
function linesOf(statements: Bank["statements"]): Line[] {
  const [first] = statements;
  if (!first) return [];
  const opening = BigInt(first.record.opening);
  const zero = { line: 0, date: first.record.from, amountFen: opening };
  const lines = statements.flatMap((statement) =>
    (statement.lines ?? []).map(({ line, date, amount }) => {
      return { line, date, amountFen: BigInt(amount) };
    }),
  );
  return opening === 0n ? lines : [zero, ...lines];
}

const FUND = "maintenance";

/** The first statement of each account that reaches a day; undefined where an account has none, or begins later. */
function findCovering(
  state: BankState,
  own: readonly (readonly [number, Account])[],
  date: string,
): { account: number; statement: number }[] | undefined {
  const found = own.flatMap(([account, { from }]) => {
    const covering = state.statements.find(
      ({ record }) => record.account === account && record.to >= date,
    );
    const isCovered = covering && from !== undefined && from <= date;
    return isCovered ? [{ account, statement: covering.record.number }] : [];
  });
  return found.length > 0 && found.length === own.length ? found : undefined;
}

/** What the maintenance fund's accounts held on a day, beside the books up to an entry; null where one has no statement of that day. */
export function compareBank(
  state: BankState,
  { date, lastEntry, entries }: Span & { entries: readonly PlacedEntry[] },
): RecordOf<"balances">["bank"] {
  const own = [...state.accounts].filter(([, { fund }]) => fund === FUND).sort(([a], [b]) => a - b);
  const statements = findCovering(state, own, date);
  if (!statements) return null;
  const upTo = own.flatMap(([account, { lines }]) =>
    lines.filter((line) => line.date <= date).map((line) => ({ ...line, account })),
  );
  const balance = upTo.reduce((sum, { amountFen }) => sum + amountFen, 0n);
  const dayOf = new Map(entries.map(({ record }) => [record.number, record.date]));
  const dateOf = new Map(
    [...state.accounts].flatMap(([account, { lines }]) =>
      lines.map((line) => [lineKey(account, line.line), line.date] as const),
    ),
  );
  const posted = entries.filter(
    ({ record }) =>
      record.date <= date &&
      record.number <= lastEntry &&
      postedOn(record, bankOf(FUND)) !== undefined,
  );
  const ledger = posted.reduce((sum, { record }) => sum + postedOn(record, bankOf(FUND))!, 0n);
  // What reaches beyond the day is listed with all its lines and entries, so that they add up to the difference.
  const isShown = (by: RecordOf<"reconciliation"> | undefined): boolean =>
    by?.action === "link" &&
    by.lines.every((line) => (dateOf.get(lineKey(by.account, line)) ?? date) <= date) &&
    by.entries.every((entry) => (dayOf.get(entry) ?? date) <= date);
  return {
    balance: String(balance),
    statements,
    difference: String(ledger - balance),
    entries: posted
      .map(({ record }) => record.number)
      .filter((number) => !isShown(state.settledEntries.get(number)))
      .sort((a, b) => a - b),
    lines: upTo
      .filter(({ amountFen }) => amountFen !== 0n)
      .filter(({ account, line }) => !isShown(state.settledLines.get(lineKey(account, line))))
      .map(({ account, line }) => ({ account, line })),
  };
}

/** Lines up to a day of which nobody has said what they are. */
export function listOpen(state: BankState, lines: readonly { account: number; line: number }[]) {
  return lines.filter(({ account, line }) => !state.settledLines.has(lineKey(account, line)));
}
