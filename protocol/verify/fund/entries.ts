import { keccak256 } from "viem";
import { findEntryFault, isReversalOf } from "../../fund/entry.ts";
import { eventsNamed } from "../events.ts";
import type { Checks } from "../report.ts";
import { type PlacedEntry, numbersOf, placed, toPublicBody } from "./books.ts";
import type { FundEvidence } from "./evidence.ts";

/** Entries are numbered in the order of the log, each in a period that was open once one was closed. */
export function checkEntryOrder(evidence: FundEvidence, checks: Checks): void {
  const entries = placed(evidence, "entry");
  const numbers = numbersOf(entries.map(({ record }) => record.number));
  checks.equal({ name: "entryNumber", expected: "", found: numbers });
  for (const entry of entries) checkDay(evidence, entry, checks);
}

/** Entries are sound by themselves, by two officers, and reversed once. */
export function checkEntries(evidence: FundEvidence, checks: Checks): void {
  const entries = placed(evidence, "entry");
  const byNumber = new Map(entries.map((entry) => [entry.record.number, entry]));
  for (const entry of entries) {
    const { record } = entry;
    const found = findEntryFault(toPublicBody(record)) ?? findCountFault(entry) ?? "sound";
    checks.equal({ name: "entrySound", subject: record.number, expected: "sound", found });
    checkOfficers(evidence, entry, checks);
    if (record.kind === "reversal" || record.reverses !== null)
      checkReversal(entry, { entries, byNumber }, checks);
  }
}

/** How many units share in it, by building and in all; where no money moves, it is one that changes hands. */
function findCountFault({ record: { units, postings } }: PlacedEntry): string | undefined {
  if (!units) return undefined;
  if (postings.length === 0 && units.count !== 1) return `${units.count} units instead of 1`;
  const counted = units.buildings.reduce((sum, { count }) => sum + count, 0);
  return counted === units.count ? undefined : `${counted} units instead of ${units.count}`;
}

/** Nothing is entered on a day that is closed; before anything was closed there is nothing to look at. */
function checkDay(evidence: FundEvidence, { index, record }: PlacedEntry, checks: Checks): void {
  const closed = placed(evidence, "period").filter((period) => period.index < index);
  const closedTo = closed.at(-1)?.record.to;
  if (closedTo === undefined) return;
  const { date, number } = record;
  const expected = `after ${closedTo}`;
  const found = date > closedTo ? expected : date;
  checks.equal({ name: "entryDay", subject: number, expected, found });
}

/** Every officer whom the Registry has ever known, by id. */
export function officersOf({ registry }: Pick<FundEvidence, "registry">): Set<string> {
  return new Set(eventsNamed(registry, "OfficerSet").map(({ args }) => keccak256(args.signer)));
}

/** Two different officers stand behind it, or the approvals of a payment on chain. */
function checkOfficers(evidence: FundEvidence, { record }: PlacedEntry, checks: Checks): void {
  const { number, author, confirmer, source } = record;
  if (author === null && confirmer === null && source?.startsWith("payment ")) return;
  const known = officersOf(evidence);
  const isKnown = (id: string | null): boolean => id !== null && known.has(id);
  const passed = isKnown(author) && isKnown(confirmer) && author !== confirmer;
  const found = `${author ?? "nobody"} ${confirmer ?? "nobody"}`;
  checks.that(passed, {
    ...{ name: "entryOfficers", subject: number },
    ...{ expected: "two different officers", found },
  });
}

type Books = {
  entries: readonly PlacedEntry[];
  byNumber: ReadonlyMap<number, PlacedEntry>;
};

/** What takes back an entry is a reversal with its reason, and mirrors an earlier entry that no other reversal has taken back, with all that belongs to it. */
function checkReversal(
  { record, index }: PlacedEntry,
  { entries, byNumber }: Books,
  checks: Checks,
): void {
  const comparison = { name: "entryReversal", subject: record.number, expected: "once" } as const;
  const original = byNumber.get(record.reverses ?? 0);
  const find = (): string => {
    if (record.kind !== "reversal") return "no reversal";
    if (!original || original.index > index) return `of no entry ${record.reverses}`;
    if (original.record.kind === "reversal") return "of a reversal";
    const all = entries.filter((other) => other.record.reverses === record.reverses);
    if (all.length > 1) return all.map((other) => other.record.number).join(" and ");
    if (record.date < original.record.date) return "before its original";
    if (record.reason === null) return "without a reason";
    if (!isReversalOf(toPublicBody(record), toPublicBody(original.record))) return "another amount";
    const halves = original.record.linked.filter(
      (number) => !entries.some((other) => other.record.reverses === number),
    );
    return halves.length === 0 ? "once" : `without ${halves.join(" and ")}`;
  };
  checks.equal({ ...comparison, found: find() });
}
