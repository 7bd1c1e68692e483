import { originOf as logOrigin } from "../../anchor/tlog/checkpoint.ts";
import { parseVerifierKey } from "../../anchor/tlog/key.ts";
import { originOf, sealedRoot } from "../../assembly/ballot.ts";
import { ballotDigest, ballotLeaf, signingInputOf } from "../../assembly/opening.ts";
import { compareBatches } from "../../assembly/order.ts";
import { openPromise } from "../../assembly/promise.ts";
import type { Receipt, Slip } from "../../assembly/receipt.ts";
import { packAnswers, unpackAnswers } from "../../assembly/sheet.ts";
import { verifyKeySignature } from "../../registry/signature.ts";
import { rootFromProof } from "../../registry/tree.ts";
import { CODE } from "../judging.ts";
import type { Checks } from "../report.ts";
import type { Finding, ShownBallot } from "./finding.ts";
import type { KnownBatch, KnownStanding, MeetingView } from "./view.ts";

/** A ballot with or without its place on chain. */
export type Given = Receipt | Slip;

/** What there is to show of a ballot that stands. */
export function show(
  { batches, motions }: MeetingView,
  { batch, leaf, answers, key }: KnownStanding,
): ShownBallot {
  const commitment = batches.find((one) => one.batch === batch)?.commitment;
  const origin = (commitment && originOf(commitment)?.origin) ?? "own";
  return { batch, leaf, origin, answers: unpackAnswers(answers, motions), key };
}

/** Whether the receipt is sound by itself: the key is the voter's, it signed these answers, and the leaf is theirs. */
async function checkOwn(view: MeetingView, given: Given, checks: Checks): Promise<boolean> {
  const { info, meeting, motions, keys } = view;
  const { page, position, kind, form, envelope, signature, leaf, voter } = given;
  const contract = { chainId: info.chainId, assembly: info.assembly.toLowerCase(), meeting };
  const own = { chainId: given.chainId, assembly: given.assembly, meeting: given.meeting };
  if (!checks.equal({ name: "receiptContract", expected: contract, found: own })) return false;
  const key = keys.find((one) => one.page === page && one.position === position);
  const bound = { voter: key?.voter, kind: key?.kind };
  const isKey = checks.equal({ name: "receiptKey", expected: { voter, kind }, found: bound });
  const answers = packAnswers(given.answers);
  const context = {
    domain: { chainId: info.chainId, contract: info.assembly },
    meeting: BigInt(meeting),
    motions,
  };
  const ballot = { page, position, kind, form, answers, envelope: envelope ?? "0x", signature };
  const digest = ballotDigest(context, answers);
  const isComplete = given.answers.length === motions;
  const found = isComplete ? ballotLeaf(ballot, digest) : "";
  const isLeaf = checks.equal({ name: "receiptLeaf", expected: leaf, found });
  const keyId = key?.keyId ?? "0x";
  const input = signingInputOf(ballot, digest);
  const isSigned = await verifyKeySignature({ kind, keyId, signature, input });
  const comparison = { name: "receiptSignature", expected: keyId, found: isSigned ? keyId : "" };
  return checks.that(isSigned, comparison as never) && isKey && isLeaf;
}

/** When the service took the ballot in, by its own signature; false where the promise is not its own. */
async function checkPromise(
  { info, logKeys }: MeetingView,
  { promise: note, meeting, leaf }: Given,
  checks: Checks,
): Promise<number | undefined | false> {
  if (note === undefined) return undefined;
  const origin = logOrigin(info.chainId, info.anchor);
  const expected = `${origin} ${meeting} ${leaf}`;
  try {
    const { promise, isSigned } = await openPromise(note, logKeys.map(parseVerifierKey));
    const found = `${promise.origin} ${promise.meeting} ${promise.leaf}`;
    const detail = isSigned ? undefined : ("wrongSignature" as const);
    const passed = isSigned && found === expected;
    checks.that(passed, { name: "receiptPromise", expected, found, detail });
    return passed && promise.acceptedAt;
  } catch {
    checks.that(false, { name: "receiptPromise", expected, found: "", detail: "malformed" });
    return false;
  }
}

/** The batch in which the ballot was sealed: the one that the receipt names, or any that was opened and holds it. */
function findBatch({ batches }: MeetingView, given: Given): KnownBatch | undefined {
  const named = "proof" in given && batches.find(({ batch }) => batch === given.batch);
  if (named) {
    const byte = Number(`0x${named.commitment.slice(-2)}`);
    const root = sealedRoot(rootFromProof(given.leaf, given.proof), byte);
    if (root === named.commitment) return named;
  }
  return batches.find(({ ballots }) => ballots.some(({ leaf }) => leaf === given.leaf));
}

/** Whether the ballot that stands would have come before a batch, had that been opened. */
function isBefore(
  { policy }: MeetingView,
  standing: ShownBallot | undefined,
  { batch }: KnownBatch,
): boolean {
  return standing !== undefined && compareBatches(policy, standing, { batch, origin: "own" }) < 0;
}

function isByKeyOf({ page, position }: Given, shown: ShownBallot | undefined): boolean {
  return shown?.key?.page === page && shown.key.position === position;
}

/** A ballot that was sealed and does not stand: what became of it. */
function judgeSealed(
  view: MeetingView,
  given: Given,
  { batch, standing }: { batch: KnownBatch; standing: KnownStanding | undefined },
): Finding {
  if (batch.state === "sealed") return { reason: "waiting" };
  const shown = standing && show(view, standing);
  const other: Finding = { reason: isByKeyOf(given, shown) ? "superseded" : "otherBallot", shown };
  if (batch.state === "lapsed") {
    return isBefore(view, shown, batch) ? other : { reason: "lapsed", shown };
  }
  const code = batch.ballots.find(({ leaf }) => leaf === given.leaf)?.code;
  if (code === CODE.revokedKey) return { reason: "revoked" };
  return code === CODE.superseded || code === CODE.counted ? other : { reason: "invalid" };
}

/** A ballot of which the chain has nothing. */
function judgeUnsealed(
  view: MeetingView,
  promisedAt: number | undefined,
  standing: KnownStanding | undefined,
): Finding {
  const own = view.batches.filter(({ commitment }) => originOf(commitment)?.origin === "own");
  if (view.until < view.closesAt) return { reason: "mayBeSealed" };
  if (promisedAt === undefined) return { reason: "noPromise" };
  if (own.some(({ state }) => state === "sealed")) return { reason: "unopened" };
  if (!standing) return { reason: "notSealed" };
  const shown = show(view, standing);
  const sealedAt = own.find(({ batch }) => batch === standing.batch)?.sealedAt;
  // It was sealed when the promise was given, so that the promise was for a later vote, which should have replaced it.
  const isEarlier =
    view.policy === "newestFirst" && sealedAt !== undefined && sealedAt < promisedAt;
  return { reason: isEarlier ? "notSealed" : "otherBallot", shown };
}

function noteSealed(
  view: MeetingView,
  { given, batch, reason }: { given: Given; batch: KnownBatch | undefined; reason: string },
  checks: Checks,
): void {
  const name = "receiptSealed" as const;
  const subject = "batch" in given ? given.batch : "";
  if (batch) {
    const both = { expected: batch.commitment, found: batch.commitment };
    checks.equal({ name, subject: batch.batch, ...both });
  } else if (reason === "mayBeSealed" || reason === "unopened")
    checks.skip(name, subject, "notYet");
  else {
    const named = view.batches.find((one) => "batch" in given && one.batch === given.batch);
    const expected = "proof" in given ? rootFromProof(given.leaf, given.proof) : given.leaf;
    checks.that(false, { name, subject, expected, found: named?.commitment ?? "" });
  }
}

const OPEN: readonly string[] = [
  "waiting",
  "mayBeSealed",
  "unopened",
] satisfies Finding["reason"][];

function noteCounted({ reason }: Finding, checks: Checks): void {
  if (OPEN.includes(reason)) checks.skip("receiptCounted", "", "notYet");
  else {
    const detail = reason === "lapsed" || reason === "superseded" ? reason : "differs";
    const both = { expected: "counted", found: reason, detail } as const;
    checks.that(reason === "counted", { name: "receiptCounted", ...both });
  }
}

/** Decides whether the ballot of a receipt should count and does not. */
export async function checkBallot(
  view: MeetingView,
  given: Given,
  checks: Checks,
): Promise<Finding> {
  const isSound = await checkOwn(view, given, checks);
  const promisedAt = await checkPromise(view, given, checks);
  const isGrounded = view.unsound.length === 0;
  if (!isGrounded || !isSound || promisedAt === false) {
    checks.skip("receiptSealed", "", "dependsOnFailed");
    checks.skip("receiptCounted", "", "dependsOnFailed");
    return { reason: isGrounded ? "receiptFails" : "ground" };
  }
  const standing = view.standing.find(({ voter }) => voter === given.voter);
  const batch = findBatch(view, given);
  const finding = judge(view, given, { batch, standing, promisedAt });
  noteSealed(view, { given, batch, reason: finding.reason }, checks);
  noteCounted(finding, checks);
  return finding;
}

type Place = {
  batch: KnownBatch | undefined;
  standing: KnownStanding | undefined;
  promisedAt: number | undefined;
};

function judge(view: MeetingView, given: Given, { batch, standing, promisedAt }: Place): Finding {
  const isSame = standing?.leaf === given.leaf;
  if (standing && isSame) return { reason: "counted", shown: show(view, standing) };
  if (batch) return judgeSealed(view, given, { batch, standing });
  return judgeUnsealed(view, promisedAt, standing);
}
