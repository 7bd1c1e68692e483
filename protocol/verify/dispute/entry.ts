import { readSchedule } from "../../fund/schedule.ts";
import type { Bundle } from "../bundle/bundle.ts";
import { type ReadRecord, readRecord } from "../entry.ts";
import { placed } from "../fund/books.ts";
import type { Check, CheckName, Checks } from "../report.ts";
import type { Finding } from "./finding.ts";
import { BLOCKS } from "./view.ts";

/** What of a check an entry's claim rests on. */
type KnownCheck = Pick<Check, "name" | "subject" | "status">;

/** An entry by its record, and what of the money belongs to it: its payment, claim and reservation by their numbers. */
export type KnownEntry = {
  reversedBy: number | null;
  payment: number | null;
  claim: number | null;
  reservation: number | null;
};

/**
 * What the verified evidence of an entry says; `known` is null where its record is not there. `whole`: the evidence is
 * the whole log; `rolls`: every roll is there up to the newest that the entry's schedule names.
 */
export type EntryView = {
  entry: number;
  known: KnownEntry | null;
  whole: boolean;
  rolls: boolean;
  checks: KnownCheck[];
};

/** What a claim about an entry rests on. */
const GROUND: readonly CheckName[] = [...BLOCKS, "recordInLog", "recordLeaf", "head", "document"];

/** What fails, too, where whoever made the file left a record out: it decides only where the whole log is there. */
const BY_OMISSION: readonly CheckName[] = [
  ...(["entryReversal", "entrySchedule", "claimInvoice", "claimRecord"] as const),
  ...(["reserveDecided", "paymentOnChain"] as const),
];

/** Checks about the entry, by which of its numbers is their subject. */
const ABOUT: { [kind in "entry" | Exclude<keyof KnownEntry, "reversedBy">]: readonly CheckName[] } =
  {
    entry: ["entrySound", "entryDay", "entryOfficers", "entryReversal", "entrySchedule"],
    payment: ["paymentEntry", "paymentShared"],
    claim: [
      ...(["claimAttested", "claimInvoice", "claimAmount", "claimJudged", "claimRecord"] as const),
      ...(["paymentApproved", "paymentRecord"] as const),
    ],
    reservation: ["reserveDecided", "reserveBudget", "reserveAttested", "reserveRecord"],
  };

/** The rolls that a schedule names are there, and all before them, whose units it may have to hold. */
function hasRolls(records: readonly ReadRecord[], schedule: Uint8Array | undefined): boolean {
  if (!schedule) return true;
  const known = new Set(placed({ records }, "roll").map(({ record }) => record.roll));
  try {
    const newest = Math.max(0, ...readSchedule(schedule).units.map(({ roll }) => roll));
    return Array.from({ length: newest }, (_, i) => i + 1).every((roll) => known.has(roll));
  } catch {
    return true;
  }
}

/** The view of an entry's evidence from a bundle and what was checked in it. */
export function entryViewOf(
  entry: number,
  { scope, documents, ...bundle }: Bundle,
  checks: readonly Check[],
): EntryView {
  const records = bundle.records.map(readRecord);
  const entries = placed({ records }, "entry").map(({ record }) => record);
  const own = entries.find(({ number }) => number === entry);
  const paid = placed({ records }, "projectPayment").find(({ record }) => record.entry === entry);
  const reserved = placed({ records }, "projectReservation").find(
    ({ record }) => record.project === paid?.record.project,
  );
  const known = own && {
    reversedBy: entries.find(({ reverses }) => reverses === entry)?.number ?? null,
    payment: paid?.record.payment ?? null,
    claim: paid?.record.claim ?? null,
    reservation: reserved?.record.reservation ?? null,
  };
  const schedule = documents.find(({ sha256 }) => sha256 === own?.units?.schedule)?.bytes;
  return {
    ...{ entry, known: known ?? null, whole: scope.kind === "community" },
    rolls: hasRolls(records, schedule),
    checks: checks.map(({ name, subject, status }) => ({ name, subject, status })),
  };
}

/** The checks that are about the entry, and that nobody paid what the chain does not know of. */
function checksAbout({ entry, checks }: EntryView, known: KnownEntry): KnownCheck[] {
  const numbers = { ...known, entry };
  const own = Object.entries(ABOUT).flatMap(([kind, names]) => {
    const number = numbers[kind as keyof typeof ABOUT];
    return checks.filter(
      ({ name, subject }) => names.includes(name) && subject === String(number ?? ""),
    );
  });
  const more: readonly CheckName[] = ["paymentOnChain", "funds"];
  return [...own, ...checks.filter(({ name }) => more.includes(name))];
}

/** What is decisively wrong with an entry, and whether something is left open. */
function weigh(view: EntryView, known: KnownEntry): { failed: KnownCheck[]; isOpen: boolean } {
  const about = checksAbout(view, known);
  const decides = ({ name }: KnownCheck): boolean =>
    view.whole || !BY_OMISSION.includes(name) || (name === "entrySchedule" && view.rolls);
  const failed = about.filter((check) => check.status === "failed" && decides(check));
  const isOpen =
    !about.some(({ name }) => name === "entrySound") || about.some(({ status }) => status !== "ok");
  return { failed, isOpen };
}

/** Decides whether an entry of the books does not agree with what it rests on. */
export function checkEntry(view: EntryView, checks: Checks): Finding {
  const { entry, known } = view;
  const isGround = ({ name }: KnownCheck): boolean => GROUND.includes(name);
  if (view.checks.some((check) => isGround(check) && check.status !== "ok")) {
    checks.skip("claimEntry", entry, "dependsOnFailed");
    return { reason: "ground" };
  }
  if (!known) {
    checks.skip("claimEntry", entry, "missing");
    return { reason: "entryMissing" };
  }
  const { failed, isOpen } = weigh(view, known);
  const { reversedBy } = known;
  if (failed.length === 0 && reversedBy === null && isOpen) {
    checks.skip("claimEntry", entry, "dependsOnFailed");
    return { reason: "entryOpen" };
  }
  const taken = reversedBy === null ? [] : [`reversed by ${reversedBy}`];
  const found = [...failed.map(({ name, subject }) => `${name} ${subject}`), ...taken].join(", ");
  checks.equal({ name: "claimEntry", subject: entry, expected: "", found });
  if (failed.length > 0) return { reason: "entryFails" };
  return { reason: reversedBy === null ? "entryHolds" : "entryReversed" };
}
