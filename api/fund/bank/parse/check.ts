import { showAmount } from "./amount.ts";
import type { Balance, BankLine, BankStatement } from "./statement.ts";

/** Adds what does not agree within one statement to its problems. */
export function checkStatement(statement: BankStatement): void {
  checkBalances(statement);
  checkSum(statement);
  checkRunning(statement);
}

function checkBalances({ opening, closing, currency, problems }: BankStatement): void {
  if (!opening) problems.push({ code: "BankOpeningMissing", params: {} });
  if (!closing) problems.push({ code: "BankClosingMissing", params: {} });
  for (const [place, balance] of Object.entries({ opening, closing })) {
    if (!balance || balance.currency === currency) continue;
    const params = { place, expected: currency, found: balance.currency };
    problems.push({ code: "BankCurrencyDiffers", params });
  }
}

/** The lines' sum; undefined while one has no amount. */
export function sumOf(lines: readonly BankLine[]): bigint | undefined {
  let sum = 0n;
  for (const { amount } of lines) {
    if (amount === undefined) return undefined;
    sum += amount;
  }
  return sum;
}

/** Opening + lines = closing. */
function checkSum({ opening, closing, currency, lines, problems }: BankStatement): void {
  const sum = sumOf(lines);
  if (!opening || !closing || sum === undefined) return;
  if (opening.currency !== currency || closing.currency !== currency) return;
  const difference = opening.amount + sum - closing.amount;
  if (difference === 0n) return;
  const show = (amount: bigint): string => showAmount(amount, currency);
  problems.push({
    code: "BankSumDiffers",
    params: {
      opening: show(opening.amount),
      lines: show(sum),
      closing: show(closing.amount),
      difference: show(difference),
    },
  });
}

/** Each balance beside a line = the one before + what was booked since. The first that is not is named. */
function checkRunning({ opening, currency, lines, problems }: BankStatement): void {
  let expected = opening?.currency === currency ? opening.amount : undefined;
  for (const { line, amount, balance } of lines) {
    expected = expected !== undefined && amount !== undefined ? expected + amount : undefined;
    if (balance === undefined) continue;
    if (expected !== undefined && expected !== balance) {
      const params = {
        line,
        expected: showAmount(expected, currency),
        found: showAmount(balance, currency),
      };
      problems.push({ code: "BankBalanceDiffers", params });
      return;
    }
    expected = balance;
  }
}

/** The balance on the other side of the lines; undefined while a line has no amount. */
export function deriveBalance(
  known: Balance,
  lines: readonly BankLine[],
  side: "opening" | "closing",
): Balance | undefined {
  const sum = sumOf(lines);
  if (sum === undefined) return undefined;
  const amount = side === "opening" ? known.amount - sum : known.amount + sum;
  return { ...known, amount, date: undefined, source: "derived" };
}

const dateOf = (line: BankLine | undefined): string => line?.date ?? "";

/**
 * Compares the statements of each account with the ones before: each opens with what the last closed with, and no
 * line is older than the last statement's newest. Problems stand at the later statement.
 */
export function checkSequence(statements: readonly BankStatement[]): void {
  for (const own of Map.groupBy(statements, ({ account }) => account).values()) {
    const ordered = own.toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : 1));
    ordered.slice(1).forEach((next, i) => checkNext(ordered[i]!, next));
  }
}

const startOf = ({ opening, from, lines }: BankStatement): string =>
  dateOf(lines[0]) || opening?.date || from || "";

function checkNext(last: BankStatement, next: BankStatement): void {
  if (!last.closing || !next.opening) return;
  const until = dateOf(last.lines.at(-1)) || last.closing.date || "";
  const since = startOf(next);
  const agrees = last.closing.amount === next.opening.amount;
  const overlaps = next.lines.length > 0 && since < until;
  if (agrees && !overlaps) return;
  const show = ({ amount, currency }: Balance): string => showAmount(amount, currency);
  const figures = { closing: show(last.closing), opening: show(next.opening), until, since };
  const isGap = !overlaps && !sharesLine(last, next);
  next.problems.push({
    code: isGap ? "BankStatementGap" : "BankStatementOverlap",
    params: figures,
  });
}

function sharesLine(last: BankStatement, next: BankStatement): boolean {
  const keyOf = (line: BankLine): string =>
    JSON.stringify([line.date, String(line.amount), line.bankReference, line.reference, line.text]);
  const known = new Set(last.lines.map(keyOf));
  return next.lines.some((line) => known.has(keyOf(line)));
}
