import type { OpenEntry, OpenLine } from "./open.ts";

/** Lines and entries that could be the same money. */
export interface Suggestion {
  account: number;
  lines: number[];
  entries: number[];
  amountFen: bigint;
  /** Days between them. */
  days: number;
  /** One line for one entry, several lines for one entry (deposits of a day), one line for several entries. */
  form: "one" | "lines" | "entries";
}

/** A transfer takes a few days at most, holidays included. */
const WITHIN_DAYS = 10;
const DAY_MS = 86_400_000;

const distance = (a: string, b: string): number => Math.abs(Date.parse(a) - Date.parse(b)) / DAY_MS;

/**
 * What an officer may want to link: equal amounts within ten days, payments made on chain before others, the nearest
 * first; then the lines of one day that together make one entry, and the entries of one day that make one line. Each
 * line and entry stands in one suggestion only.
 */
export function suggestLinks(
  lines: readonly OpenLine[],
  entries: readonly OpenEntry[],
): Suggestion[] {
  const free = { lines: new Set(lines), entries: new Set(entries) };
  const take = (suggestion: Candidate): Suggestion => {
    suggestion.of.lines.forEach((line) => free.lines.delete(line));
    suggestion.of.entries.forEach((entry) => free.entries.delete(entry));
    return toSuggestion(suggestion);
  };
  const isFree = ({ of }: Candidate): boolean =>
    of.lines.every((line) => free.lines.has(line)) &&
    of.entries.every((entry) => free.entries.has(entry));
  const found: Suggestion[] = [];
  for (const find of [pairs, lineGroups, entryGroups]) {
    for (const candidate of find([...free.lines], [...free.entries]).toSorted(byRank)) {
      if (isFree(candidate)) found.push(take(candidate));
    }
  }
  return found;
}

interface Candidate {
  form: Suggestion["form"];
  of: { lines: OpenLine[]; entries: OpenEntry[] };
  amountFen: bigint;
  days: number;
  isPayment: boolean;
}

const byRank = (a: Candidate, b: Candidate): number =>
  Number(b.isPayment) - Number(a.isPayment) || a.days - b.days;

function toSuggestion({ form, of, amountFen, days }: Candidate): Suggestion {
  const { lines, entries } = of;
  return {
    ...{ form, amountFen, days, account: lines[0]!.account },
    lines: lines.map(({ line }) => line),
    entries: entries.map(({ entry }) => entry),
  };
}

const isPayment = ({ source }: OpenEntry): boolean => source?.startsWith("payment ") ?? false;

function pairs(lines: readonly OpenLine[], entries: readonly OpenEntry[]): Candidate[] {
  const byAmount = Map.groupBy(entries, ({ amountFen }) => amountFen);
  return lines.flatMap((line) =>
    (byAmount.get(line.amountFen) ?? [])
      .map((entry): Candidate => {
        const of = { lines: [line], entries: [entry] };
        const days = distance(line.date, entry.date);
        return { form: "one", of, amountFen: line.amountFen, days, isPayment: isPayment(entry) };
      })
      .filter(({ days }) => days <= WITHIN_DAYS),
  );
}

const sumOf = (rows: readonly { amountFen: bigint }[]): bigint =>
  rows.reduce((sum, { amountFen }) => sum + amountFen, 0n);

/** Rows of one day that move money the same way, where there are several. */
function dayGroups<Row extends { date: string; amountFen: bigint }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Row[][] {
  const groups = Map.groupBy(rows, (row) => `${row.date} ${row.amountFen > 0n} ${keyOf(row)}`);
  return [...groups.values()].filter((group) => group.length > 1);
}

function lineGroups(lines: readonly OpenLine[], entries: readonly OpenEntry[]): Candidate[] {
  return dayGroups(lines, ({ account }) => String(account)).flatMap((group) =>
    entries
      .filter(({ amountFen }) => amountFen === sumOf(group))
      .map((entry): Candidate => {
        const days = distance(group[0]!.date, entry.date);
        const of = { lines: group, entries: [entry] };
        return { form: "lines", of, amountFen: entry.amountFen, days, isPayment: isPayment(entry) };
      })
      .filter(({ days }) => days <= WITHIN_DAYS),
  );
}

function entryGroups(lines: readonly OpenLine[], entries: readonly OpenEntry[]): Candidate[] {
  return dayGroups(entries, () => "").flatMap((group) =>
    lines
      .filter(({ amountFen }) => amountFen === sumOf(group))
      .map((line): Candidate => {
        const days = distance(group[0]!.date, line.date);
        const of = { lines: [line], entries: group };
        return { form: "entries", of, amountFen: line.amountFen, days, isPayment: false };
      })
      .filter(({ days }) => days <= WITHIN_DAYS),
  );
}
