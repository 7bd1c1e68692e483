import { canonicalBytes } from "../../anchor/json.ts";
import type { RecordOf } from "../../anchor/record.ts";
import { FUNDS } from "../../anchor/record/kinds.ts";
import type { Fund } from "../../fund/account.ts";
import type { Checks } from "../report.ts";
import { MONEY, type Placed, type PlacedEntry, numbersOf, placed, sumAccounts } from "./books.ts";
import { type FundEvidence, documentOf } from "./evidence.ts";

type FundStatement = RecordOf<"period">["funds"][number];
type Movement = FundStatement["movements"][number];

/** Periods follow one another, and each says what the entries in it come to. */
export function checkPeriods(evidence: FundEvidence, checks: Checks): void {
  const periods = placed(evidence, "period");
  const entries = placed(evidence, "entry");
  const found = numbersOf(periods.map(({ record }) => record.period));
  checks.equal({ name: "periodNumber", expected: "", found });
  periods.forEach((period, i) => {
    const { record } = period;
    const from = expectedFrom(periods[i - 1], period, entries);
    const known = entries.filter(({ index }) => index < period.index);
    const lastEntry = known.at(-1)?.record.number ?? 0;
    checks.equal({
      ...{ name: "periodSpan", subject: record.period },
      expected: { from, lastEntry },
      found: { from: record.from, lastEntry: record.lastEntry },
    });
    checks.equal({
      ...{ name: "periodFigures", subject: record.period },
      expected: describe(stateFunds(known, record)),
      found: describe(record.funds),
    });
    checkDocument(evidence, { period, known }, checks);
  });
}

/** The day after the period before, or that of the earliest entry. */
function expectedFrom(
  before: Placed<"period"> | undefined,
  { index }: Placed<"period">,
  entries: readonly PlacedEntry[],
): string {
  if (before) {
    const next = new Date(`${before.record.to}T00:00:00Z`).getTime() + 86_400_000;
    return new Date(next).toISOString().slice(0, 10);
  }
  const days = entries.filter((entry) => entry.index < index).map(({ record }) => record.date);
  return days.sort()[0] ?? "";
}

/** What both funds had, took in, spent and have left, by kind and category. */
export function stateFunds(
  entries: readonly PlacedEntry[],
  { from, to, lastEntry }: Pick<RecordOf<"period">, "from" | "to" | "lastEntry">,
): FundStatement[] {
  const numbered = entries.filter(({ record }) => record.number <= lastEntry);
  const before = numbered.filter(({ record }) => record.date < from);
  const within = numbered.filter(({ record }) => record.date >= from && record.date <= to);
  return FUNDS.map((fund) => {
    const sums = sumAccounts(before, { date: from, lastEntry });
    const opening = MONEY[fund].reduce((sum, account) => sum + (sums.get(account) ?? 0n), 0n);
    const movements = listMovements(fund, within);
    const total = (side: "in" | "out"): bigint =>
      movements.reduce((sum, movement) => sum + BigInt(movement[side]), 0n);
    return {
      fund,
      opening: String(opening),
      in: String(total("in")),
      out: String(total("out")),
      closing: String(opening + total("in") - total("out")),
      movements,
    };
  });
}

type Row = { kind: Movement["kind"]; category: string | null; in: bigint; out: bigint };

/** By the other side of each entry: a credit came in, a debit went out. */
function listMovements(fund: Fund, entries: readonly PlacedEntry[]): Movement[] {
  const rows = new Map<string, Row & { entries: Set<number> }>();
  for (const { record } of entries) {
    if (record.fund !== fund) continue;
    for (const { account, amount } of record.postings) {
      if (MONEY[fund].includes(account)) continue;
      const category = categoryOf(account, record.category);
      const key = JSON.stringify([record.kind, category]);
      const row = rows.get(key) ?? {
        ...{ kind: record.kind, category, in: 0n, out: 0n, entries: new Set<number>() },
      };
      const fen = BigInt(amount);
      if (fen < 0n) row.in -= fen;
      else row.out += fen;
      row.entries.add(record.number);
      rows.set(key, row);
    }
  }
  return [...rows.values()].map(({ kind, category, entries: own, ...row }) => {
    return { kind, category, count: own.size, in: String(row.in), out: String(row.out) };
  });
}

/** Of income and costs the last part of the account, else the entry's. */
function categoryOf(account: string, category: string | null): string | null {
  return /^income:[a-z]+:(.*)$/u.exec(account)?.[1] ?? category;
}

/** As one text, in which the order of movements says nothing. */
function describe(funds: readonly FundStatement[]) {
  return funds.map(({ movements, ...figures }) => {
    const lines = movements.map((each) =>
      JSON.stringify([each.kind, each.category, each.count, each.in, each.out]),
    );
    return { ...figures, movements: lines.sort() };
  });
}

/** The document says the same, with every entry of the period and its leaf. */
function checkDocument(
  evidence: FundEvidence,
  { period, known }: { period: Placed<"period">; known: readonly PlacedEntry[] },
  checks: Checks,
): void {
  const { community, period: number, from, to, lastEntry, funds, statement } = period.record;
  const bytes = documentOf(evidence, statement);
  if (!bytes) return void checks.skip("periodStatement", number, "missing");
  const entries = known
    .filter(({ record }) => record.date >= from && record.date <= to)
    .map(({ record, index, leaf }) => {
      const { number: own, fund, kind, date } = record;
      return { number: own, fund, kind, date, record: index, leaf };
    });
  const right = { v: 1, community, period: number, from, to, lastEntry, funds, entries };
  const decoder = new TextDecoder();
  checks.equal({
    ...{ name: "periodStatement", subject: number },
    expected: decoder.decode(canonicalBytes(right)),
    found: decoder.decode(bytes),
  });
}
