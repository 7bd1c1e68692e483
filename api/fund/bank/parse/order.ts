import type { BankLine } from "./statement.ts";

/**
 * Oldest first. Banks print newest first too, and the order within a day tells only by the balances, so the first
 * order is taken in which dates rise and balances follow from one another.
 */
export function inOrder(lines: readonly BankLine[]): BankLine[] {
  const reversed = lines.toReversed();
  const orders = [[...lines], reversed, byDate(lines), byDate(reversed)];
  return (
    orders.find((order) => datesRise(order) && balancesFollow(order)) ??
    orders.find(datesRise) ??
    orders[0]!
  );
}

/** A line without a date keeps its neighbours' place. */
function datesRise(lines: readonly BankLine[]): boolean {
  const dates = lines.map(({ date }) => date).filter((date) => date !== undefined);
  return dates.every((date, i) => i === 0 || dates[i - 1]! <= date);
}

function balancesFollow(lines: readonly BankLine[]): boolean {
  return lines.every(({ amount, balance }, i) => {
    const before = lines[i - 1]?.balance;
    if (before === undefined || amount === undefined || balance === undefined) return true;
    return before + amount === balance;
  });
}

const byDate = (lines: readonly BankLine[]): BankLine[] =>
  lines.toSorted((a, b) => compare(a.date ?? "", b.date ?? ""));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
