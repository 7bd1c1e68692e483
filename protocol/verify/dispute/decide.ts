import { z } from "zod";
import { parseCanonical } from "../../anchor/json.ts";
import { type Receipt, type Slip, receiptSchema, slipSchema } from "../../assembly/receipt.ts";
import { readHeader } from "../block/header.ts";
import type { CheckName, Checks } from "../report.ts";
import { checkAbsence } from "./absence.ts";
import { checkBallot } from "./ballot.ts";
import {
  CLAIM_WORDS,
  type Claim,
  type OpenedLine,
  claimSchema,
  openedLineSchema,
} from "./claim.ts";
import { type EntryView, checkEntry, entryViewOf } from "./entry.ts";
import { type Finding, OUTCOME_OF, type Outcome, type ShownBallot } from "./finding.ts";
import { CLAIM_FILES, type ClaimFiles } from "./names.ts";
import type { DecideClaim } from "./present.ts";
import { type MeetingView, viewOf } from "./view.ts";

/** What a dispute file comes to; `claim` null where it could not be read. */
export type Dispute = {
  claim: Claim | null;
  outcome: Outcome;
  reason: Finding["reason"];
  shown?: ShownBallot;
};

function read<Content>(files: ClaimFiles, name: string, schema: z.ZodType<Content>) {
  const bytes = files.get(name);
  try {
    return bytes && schema.parse(parseCanonical(bytes));
  } catch {
    return undefined;
  }
}

function fail(name: CheckName, checks: Checks): void {
  checks.that(false, { name, expected: "", found: "", detail: "malformed" });
}

/** What the claim must say, from where it lies and what is given with it. */
function checkForm(claim: Claim, place: object, subject: object, checks: Checks): boolean {
  const expected = { ...place, words: CLAIM_WORDS[claim.kind], subject };
  const { community, words } = claim;
  const found = { community, words, subject: claim.subject };
  return checks.equal({ name: "claimForm", expected, found });
}

/** What the evidence says, of whichever it is. */
export type Place = {
  view: MeetingView | undefined;
  entry?: EntryView | undefined;
  community: string;
};
type Of<Kind extends Claim["kind"]> = Extract<Claim, { kind: Kind }>;

async function findBallot(
  files: ClaimFiles,
  { claim, view, community }: Place & { claim: Of<"ballot"> },
  checks: Checks,
): Promise<Finding> {
  const schema = z.union([receiptSchema, slipSchema]);
  const given = read<Receipt | Slip>(files, CLAIM_FILES.receipt, schema);
  if (!given) {
    fail("receiptForm", checks);
    return { reason: "receiptFails" };
  }
  checks.equal({ name: "receiptForm", expected: 1, found: given.v });
  const meeting = view?.meeting ?? given.meeting;
  const isClaim = checkForm(claim, { community }, { meeting, leaf: given.leaf }, checks);
  if (!isClaim || !view) return { reason: isClaim ? "ground" : "form" };
  return checkBallot(view, given, checks);
}

function findAbsence(
  files: ClaimFiles,
  { claim, view, community }: Place & { claim: Of<"noBallot"> },
  checks: Checks,
): Finding {
  const line = read<OpenedLine>(files, CLAIM_FILES.line, openedLineSchema);
  if (!line) {
    fail("claimLine", checks);
    return { reason: "lineFails" };
  }
  const meeting = view?.meeting ?? claim.subject.meeting;
  const isClaim = checkForm(claim, { community }, { meeting, unit: line.unit }, checks);
  if (!isClaim || !view) return { reason: isClaim ? "ground" : "form" };
  return checkAbsence(view, line, checks);
}

function findEntry(
  { claim, entry, community }: Place & { claim: Of<"entry"> },
  checks: Checks,
): Finding {
  const subject = { entry: entry?.entry ?? claim.subject.entry };
  const isClaim = checkForm(claim, { community }, subject, checks);
  if (!isClaim || !entry) return { reason: isClaim ? "ground" : "form" };
  return checkEntry(entry, checks);
}

function find(
  files: ClaimFiles,
  { claim, ...place }: Place & { claim: Claim },
  checks: Checks,
): Finding | Promise<Finding> {
  switch (claim.kind) {
    case "ballot":
      return findBallot(files, { ...place, claim }, checks);
    case "noBallot":
      return findAbsence(files, { ...place, claim }, checks);
    case "entry":
      return findEntry({ ...place, claim }, checks);
  }
}

/**
 * Decides on a claim by what the evidence beside it shows; `view` is undefined where the evidence did not go that far.
 * Never rejects.
 */
export async function decideClaim(
  files: ClaimFiles,
  place: Place,
  checks: Checks,
): Promise<Dispute> {
  const claim = read(files, CLAIM_FILES.claim, claimSchema) ?? null;
  if (!claim) {
    fail("claimForm", checks);
    return { claim, outcome: "undecided", reason: "form" };
  }
  const found = await checks.contain("claimForm", () => find(files, { ...place, claim }, checks));
  const { reason, shown } = found ?? { reason: "form" };
  return { claim, outcome: OUTCOME_OF[reason], reason, ...(shown ? { shown } : {}) };
}

/** Decides on the claim of a dispute file by what the verification of its bundle found. */
export const decideDispute: DecideClaim = async (
  { bundle, claim },
  { findings, funds = [] },
  checks,
) => {
  if (!claim) return undefined;
  const { scope, community } = bundle;
  const { blocks, head } = bundle.chain;
  const last = blocks.find(({ number }) => number === head);
  const known = findings && last;
  const until = known ? readHeader(last.block.header).timestamp : 0;
  const view = known && viewOf(findings, { until, checks: checks.list });
  const said = read(claim, CLAIM_FILES.claim, claimSchema);
  const about = scope.kind === "community" && said?.kind === "entry" ? said.subject : scope;
  const seen = [...checks.list, ...funds];
  const entry = "entry" in about ? entryViewOf(about.entry, bundle, seen) : undefined;
  return decideClaim(claim, { view, entry, community: community.community }, checks);
};
