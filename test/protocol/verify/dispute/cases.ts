import { canonicalBytes, parseCanonical } from "../../../../protocol/anchor/json.ts";
import { ownLeaf } from "../../../../protocol/assembly/ballot.ts";
import { ballotDigest, signingInputOf } from "../../../../protocol/assembly/opening.ts";
import { formatPromise } from "../../../../protocol/assembly/promise.ts";
import type { Receipt, Slip } from "../../../../protocol/assembly/receipt.ts";
import type { SignedAnswer } from "../../../../protocol/assembly/sheet.ts";
import { formatNote } from "../../../../protocol/anchor/tlog/note.ts";
import { signNote } from "../../../../protocol/anchor/tlog/signature.ts";
import { fromAreaE4 } from "../../../../protocol/registry/area.ts";
import { signingHash } from "../../../../protocol/registry/keys.ts";
import { openArchive, packAgain } from "./files.ts";
import type { Complaint } from "../../../../protocol/verify/dispute/make.ts";
import type { OpenedLine } from "../../../../protocol/verify/dispute/claim.ts";
import { CLAIM_FILES } from "../../../../protocol/verify/dispute/names.ts";
import type { Reason } from "../../../../protocol/verify/dispute/finding.ts";
import type { TestMeeting } from "../meeting.ts";
import { flip } from "../tampering.ts";

/** A promise of the log for a leaf, as a service gives it. */
export function promiseOf(
  meeting: TestMeeting,
  leaf: Receipt["leaf"],
  { at = meeting.opensAt, signer = meeting.community.logSigner } = {},
): string {
  const { name: origin } = meeting.community.logSigner;
  const text = formatPromise({ origin, meeting: 1, leaf, acceptedAt: at });
  return formatNote({ text, signatures: [signNote(text, signer)] });
}

/** A ballot that was handed in and never sealed. */
export function slipOf(
  meeting: TestMeeting,
  { owner, answers }: { owner: number; answers: readonly SignedAnswer[] },
  at?: number,
): Slip {
  const ballot = meeting.vote(owner, answers);
  const { page, position, kind, form, envelope, signature } = ballot;
  const digest = ballotDigest(meeting.context, ballot.answers);
  const leaf = ownLeaf(ballot, signingHash(signingInputOf(ballot, digest)), signature);
  const { chainId, assembly } = meeting.community.info;
  return {
    ...{ v: 1, chainId, assembly, meeting: 1, origin: "own", voter: meeting.voterOf(owner) },
    ...{ page, position, kind, form, ...(envelope === "0x" ? {} : { envelope }) },
    ...{ answers: [...answers], signature, leaf, promise: promiseOf(meeting, leaf, { at }) },
  };
}

/** The line of the roll of an owner's flat, opened. */
export function lineOf({ roll }: TestMeeting, owner: number): OpenedLine {
  const { unit, areaE4, voter, salt } = roll.lines.find((line) =>
    line.unit.endsWith(`-${100 + owner}`),
  )!;
  return { unit, area: fromAreaE4(areaE4), voter, salt };
}

const unpromised = ({ promise: _, ...own }: Slip): Omit<Slip, "promise"> => own;

export type Case = {
  what: string;
  complain: (meeting: TestMeeting) => Complaint;
  /** Changes a file of the claim after it was made. */
  change?: (files: Map<string, Uint8Array>) => void;
  reason: Reason;
};

const ballot = (given: Receipt | Slip): Complaint => ({ kind: "ballot", given });
const flat = (line: OpenedLine): Complaint => ({ kind: "noBallot", meeting: 1, line });
const first = (meeting: TestMeeting, owner = 0): Receipt =>
  meeting.receipt(owner, 0, ["for", "against"]);

/** Another value of one field of a claim's file, in canonical form. */
const field = (file: string, name: string, value: unknown) => (files: Map<string, Uint8Array>) => {
  const content = parseCanonical(files.get(file)!) as Record<string, unknown>;
  files.set(file, canonicalBytes({ ...content, [name]: value }));
};

const words = { zh: "这一户没有投过票。", en: "This flat has not voted." };

/** A changed file whose manifest agrees again, as whoever makes it can have it. */
export async function alter(
  archive: Uint8Array,
  change: (files: Map<string, Uint8Array>) => void,
): Promise<Uint8Array> {
  const files = await openArchive(archive);
  change(files);
  return packAgain(files);
}

/** Claims about the meeting of `holdMeeting`, and what each comes to. */
export const CASES: readonly Case[] = [
  { what: "a ballot that counts", complain: (m) => ballot(first(m)), reason: "counted" },
  { what: "a passkey's ballot", complain: (m) => ballot(first(m, 2)), reason: "counted" },
  {
    what: "a ballot that counts, in another batch than the receipt says",
    complain: (m) => ballot({ ...first(m), batch: 2 }),
    reason: "counted",
  },
  { what: "a later vote", complain: (m) => ballot(first(m, 1)), reason: "superseded" },
  { what: "a revoked key", complain: (m) => ballot(first(m, 5)), reason: "revoked" },
  {
    what: "a ballot promised and not sealed",
    complain: (m) => ballot(slipOf(m, { owner: 10, answers: ["for", "for"] })),
    reason: "notSealed",
  },
  {
    what: "a receipt with a promise for a batch that does not hold it",
    complain: (m) => {
      const slip = slipOf(m, { owner: 10, answers: ["for", "for"] });
      return ballot({ ...slip, batch: 0, proof: [] });
    },
    reason: "notSealed",
  },
  {
    what: "a receipt that anybody could have written",
    complain: (m) => {
      const own = unpromised(slipOf(m, { owner: 10, answers: ["for", "for"] }));
      return ballot({ ...own, batch: 0, proof: first(m).proof });
    },
    reason: "noPromise",
  },
  {
    what: "a second vote promised after the first was sealed, and dropped",
    complain: (m) => ballot(slipOf(m, { owner: 9, answers: ["for", "for"] }, m.closesAt - 1)),
    reason: "notSealed",
  },
  {
    what: "a first vote that another one of the same key followed",
    complain: (m) => ballot(slipOf(m, { owner: 9, answers: ["for", "for"] }, m.opensAt)),
    reason: "otherBallot",
  },
  {
    what: "a promise that somebody else signed",
    complain: (m) => {
      const slip = slipOf(m, { owner: 10, answers: ["for", "for"] });
      const signer = { ...m.community.logSigner, seed: new Uint8Array(32).fill(9) };
      return ballot({ ...slip, promise: promiseOf(m, slip.leaf, { signer }) });
    },
    reason: "receiptFails",
  },
  {
    what: "a promise of another ballot",
    complain: (m) => {
      const slip = slipOf(m, { owner: 10, answers: ["for", "for"] });
      return ballot({ ...slip, promise: promiseOf(m, first(m).leaf) });
    },
    reason: "receiptFails",
  },
  {
    what: "a promise whose time was changed",
    complain: (m) => {
      const slip = slipOf(m, { owner: 10, answers: ["for", "for"] });
      return ballot({ ...slip, promise: slip.promise.replace(`${m.opensAt}`, `${m.opensAt + 1}`) });
    },
    reason: "receiptFails",
  },
  {
    what: "other answers than were signed",
    complain: (m) => ballot({ ...first(m), answers: ["against", "against"] }),
    reason: "receiptFails",
  },
  {
    what: "another voter's number",
    complain: (m) => ballot({ ...first(m), voter: first(m, 3).voter }),
    reason: "receiptFails",
  },
  {
    what: "another signature",
    complain: (m) => ballot({ ...first(m), signature: flip(first(m).signature, 9) }),
    reason: "receiptFails",
  },
  {
    what: "one answer too few",
    complain: (m) => ballot({ ...first(m), answers: ["for"] }),
    reason: "receiptFails",
  },
  {
    what: "a receipt of another chain",
    complain: (m) => ballot({ ...first(m), chainId: 1 }),
    reason: "receiptFails",
  },
  {
    what: "a claim without its receipt",
    complain: (m) => ballot(first(m)),
    change: (files) => void files.delete(CLAIM_FILES.receipt),
    reason: "receiptFails",
  },
  {
    what: "a claim about another ballot than its receipt's",
    complain: (m) => ballot(first(m)),
    change: field(CLAIM_FILES.claim, "subject", { leaf: `0x${"1".repeat(64)}`, meeting: 1 }),
    reason: "form",
  },
  {
    what: "a claim about another meeting",
    complain: (m) => flat(lineOf(m, 13)),
    change: field(CLAIM_FILES.claim, "subject", { meeting: 2, unit: "2-1-113" }),
    reason: "form",
  },
  {
    what: "a claim whose words say something else",
    complain: (m) => ballot(first(m)),
    change: field(CLAIM_FILES.claim, "words", words),
    reason: "form",
  },
  {
    what: "a claim with a field of its own",
    complain: (m) => ballot(first(m)),
    change: field(CLAIM_FILES.claim, "outcome", "upheld"),
    reason: "form",
  },
  {
    what: "a claim that says who may not check it",
    complain: (m) => flat(lineOf(m, 13)),
    change: field(CLAIM_FILES.claim, "mayCheck", "nobody"),
    reason: "form",
  },
  { what: "a flat that did not vote", complain: (m) => flat(lineOf(m, 13)), reason: "noneStands" },
  { what: "a flat whose key voted", complain: (m) => flat(lineOf(m, 0)), reason: "keyStands" },
  {
    what: "a flat that voted on paper",
    complain: (m) => flat(lineOf(m, 12)),
    reason: "paperStands",
  },
  {
    what: "a flat that says another's number",
    complain: (m) => flat({ ...lineOf(m, 0), voter: lineOf(m, 13).voter }),
    reason: "lineFails",
  },
  {
    what: "a flat with another one's salt",
    complain: (m) => flat({ ...lineOf(m, 0), salt: lineOf(m, 13).salt }),
    reason: "lineFails",
  },
  {
    what: "a flat that is on no roll",
    complain: (m) => flat({ ...lineOf(m, 13), unit: "9-9-999" }),
    reason: "lineFails",
  },
];

/** The same about meetings that have not come so far, or in which a batch was never opened. */
export const BEFORE_CLOSING: readonly Case[] = [
  { what: "a sealed ballot", complain: (m) => ballot(first(m)), reason: "waiting" },
  {
    what: "a promised ballot",
    complain: (m) => ballot(slipOf(m, { owner: 10, answers: ["for", "for"] })),
    reason: "mayBeSealed",
  },
  { what: "a flat", complain: (m) => flat(lineOf(m, 13)), reason: "notConcluded" },
];

export const BEFORE_OPENING: readonly Case[] = [
  {
    what: "a promised ballot",
    complain: (m) => ballot(slipOf(m, { owner: 10, answers: ["for", "for"] })),
    reason: "unopened",
  },
];

export const LAPSED: readonly Case[] = [
  { what: "a sealed ballot", complain: (m) => ballot(first(m)), reason: "lapsed" },
  {
    what: "a promised ballot that is in no other batch",
    complain: (m) => ballot(slipOf(m, { owner: 10, answers: ["for", "for"] })),
    reason: "notSealed",
  },
  { what: "a flat", complain: (m) => flat(lineOf(m, 0)), reason: "noneStands" },
];
