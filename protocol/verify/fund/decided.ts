import type { RecordOf } from "../../anchor/record.ts";
import { bankOf } from "../../fund/account.ts";
import { periodEnd, shareOfIncome } from "../../fund/incomeShare.ts";
import type { Checks } from "../report.ts";
import { type PlacedEntry, placed, postedOn } from "./books.ts";
import { type FundEvidence, isLookedInto } from "./evidence.ts";
import { stateFunds } from "./periods.ts";

/** The numbers of the entries that a reversal takes back. */
function listReversed(entries: readonly PlacedEntry[]): Set<number | null> {
  const reversals = entries.filter(({ record }) => record.kind === "reversal");
  return new Set(reversals.map(({ record }) => record.reverses));
}

/**
 * What units are charged with follows from a payment that a motion or an emergency allows. What officers entered by hand
 * names no decision, and the report says so. Of what is dated before the community's first record none can be asked for
 * here: that is listed as carried over. Nobody can date an entry so any more once a period was closed (`entryDay`).
 */
export function checkCharges(evidence: FundEvidence, checks: Checks): void {
  const entries = placed(evidence, "entry");
  const reversed = listReversed(entries);
  const installedOn = placed(evidence, "community")[0]?.record.at.slice(0, 10);
  for (const { record } of entries) {
    const { kind, number, source } = record;
    if (kind !== "charge" || reversed.has(number) || !isLookedInto(evidence, record)) continue;
    if (source === null) checkUndecided(record, installedOn, checks);
    else {
      const passed = source.startsWith("payment ");
      checks.that(passed, {
        ...{ name: "chargeDecided", subject: number },
        ...{ expected: "payment", found: source },
      });
    }
  }
}

function checkUndecided(
  { number, date }: RecordOf<"entry">,
  installedOn: string | undefined,
  checks: Checks,
): void {
  if (installedOn === undefined || date >= installedOn) {
    checks.skip("chargeDecided", number, "undecided");
    return;
  }
  const comparison = { expected: `before ${installedOn}`, found: date } as const;
  checks.that(true, {
    ...{ name: "chargeDecided", subject: number, ...comparison },
    detail: "carriedOver",
  });
}

/** The share of public income that went to the maintenance fund is the rule's of that time, to the fen, in both funds. */
export function checkIncomeShares(evidence: FundEvidence, checks: Checks): void {
  const entries = placed(evidence, "entry");
  for (const entry of entries.filter(({ record }) => record.kind === "incomeShare")) {
    const { number, linked } = entry.record;
    const other = entries.find(({ record }) => linked.includes(record.number))?.record;
    checks.equal({
      ...{ name: "incomeShare", subject: number },
      expected: expectedShare(evidence, entry, entries),
      found: {
        given: String(-(postedOn(entry.record, bankOf("income")) ?? 0n)),
        received: other && String(postedOn(other, bankOf("maintenance")) ?? 0n),
        kind: other?.kind,
      },
    });
  }
}

const SOURCE = /^incomeShare (\d{4}-\d\d-\d\d)\/(\d{4}-\d\d-\d\d)(?: again [1-9]\d*)?$/;

/** The days of which an entry gives the share, as its source names them; empty where it names none. */
function daysOf({ source }: RecordOf<"entry">): { from: string; to: string } {
  const [, from = "", to = ""] = SOURCE.exec(source ?? "") ?? [];
  return { from, to };
}

/** What the rule that stood then makes of the net income of the days that the entry names, or what is wrong with them. */
function expectedShare(
  evidence: FundEvidence,
  { record, index }: PlacedEntry,
  entries: readonly PlacedEntry[],
): object | string {
  const before = placed(evidence, "fundSettings").filter((settings) => settings.index < index);
  const rule = before.at(-1)?.record.incomeShare;
  if (!rule) return "a rule";
  const { from, to } = daysOf(record);
  if (from === "" || periodEnd(from, rule.period) !== to) return `a ${rule.period}`;
  const known = entries.filter((entry) => entry.index < index);
  const reversed = listReversed(known);
  const isGiven = ({ record: other }: PlacedEntry): boolean =>
    other.kind === "incomeShare" &&
    daysOf(other).from === from &&
    daysOf(other).to === to &&
    !reversed.has(other.number);
  if (known.some(isGiven)) return "once";
  const lastEntry = record.number - 1;
  const income = stateFunds(known, { from, to, lastEntry }).find(({ fund }) => fund === "income");
  const net = (income?.movements ?? [])
    .filter(({ category }) => category !== null)
    .reduce((sum, row) => sum + BigInt(row.in) - BigInt(row.out), 0n);
  const share = String(shareOfIncome(net, rule));
  return { given: share, received: share, kind: "incomeCredited" };
}
