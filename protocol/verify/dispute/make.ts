import { canonicalBytes } from "../../anchor/json.ts";
import { type Receipt, type Slip, receiptSchema, slipSchema } from "../../assembly/receipt.ts";
import { readArchive } from "../bundle/archive.ts";
import { MANIFEST, manifestBytes, readManifest } from "../bundle/manifest.ts";
import { packArchive } from "../bundle/pack.ts";
import type { Scope } from "../bundle/scope.ts";
import {
  type Claim,
  type OpenedLine,
  claimBallot,
  claimBytes,
  claimEntry,
  claimNoBallot,
  openedLineSchema,
} from "./claim.ts";
import { CLAIM_FILES } from "./names.ts";

/** What somebody claims, with what he gives for it; `says` are words of his own. */
export type Complaint = { says?: string | undefined } & (
  | { kind: "ballot"; given: Receipt | Slip }
  | { kind: "noBallot"; meeting: number; line: OpenedLine }
  | { kind: "entry"; entry: number }
);

/** The scope of the bundle that a complaint is held against. */
export function scopeOf(complaint: Complaint): Scope {
  if (complaint.kind === "entry") return { kind: "entry", entry: complaint.entry };
  const { meeting } = complaint.kind === "ballot" ? complaint.given : complaint;
  return { kind: "meeting", meeting };
}

/** The claim of a complaint, and the files that go with it. */
function toClaim(
  community: string,
  complaint: Complaint,
): { claim: Claim; given: [string, Uint8Array][] } {
  const { says } = complaint;
  if (complaint.kind === "entry") {
    return { claim: claimEntry(community, complaint.entry, says), given: [] };
  }
  if (complaint.kind === "ballot") {
    const { given } = complaint;
    const whole = ("proof" in given ? receiptSchema : slipSchema).parse(given);
    const claim = claimBallot(community, given, says);
    return { claim, given: [[CLAIM_FILES.receipt, canonicalBytes(whole)]] };
  }
  const { meeting, line } = complaint;
  const claim = claimNoBallot(community, { meeting, unit: line.unit }, says);
  const bytes = canonicalBytes(openedLineSchema.parse(line));
  return { claim, given: [[CLAIM_FILES.line, bytes]] };
}

/**
 * A dispute file: the evidence bundle of what the claim is about, with the claim. It is put together where the claimant
 * is: what he gives is sent to nobody. The same bundle and claim give the same bytes.
 */
export async function makeDispute(
  bundle: Uint8Array,
  complaint: Complaint,
): Promise<Uint8Array<ArrayBuffer>> {
  const files = await readArchive(bundle);
  const about = readManifest(files);
  const { claim, given } = toClaim(about.community.community, complaint);
  for (const former of [MANIFEST, ...Object.values(CLAIM_FILES)]) files.delete(former);
  for (const [name, bytes] of given) files.set(name, bytes);
  files.set(CLAIM_FILES.claim, claimBytes(claim));
  files.set(MANIFEST, manifestBytes(about, files));
  return packArchive(files);
}
