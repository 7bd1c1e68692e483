import { type Hash, emptyRoot, equalHashes } from "../log.ts";
import { verifyConsistency } from "../proof.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { type Checkpoint, isSignedBy, openCheckpoint } from "./checkpoint.ts";
import { NoteInvalid, fromDecimal } from "./fault.ts";
import type { VerifierKey } from "./key.ts";
import type { SignedNote } from "./note.ts";

// What a log asks of a witness, and what a witness may say: c2sp.org/tlog-witness, `add-checkpoint`.

/** A log's request: the size that the witness last cosigned, the proof from there, and the signed checkpoint. */
export type AddCheckpoint = { old: bigint; proof: Hash[]; checkpoint: string };

const MAX_PROOF = 63;

/** The body of a request. */
export function formatAddCheckpoint({ old, proof, checkpoint }: AddCheckpoint): string {
  return [`old ${old}`, ...proof.map(toBase64), "", checkpoint].join("\n");
}

/** Reads the body of a request; throws `NoteInvalid`. */
export function parseAddCheckpoint(body: string): AddCheckpoint {
  const end = body.indexOf("\n\n");
  if (end < 0) throw new NoteInvalid("badRequest");
  const [first = "", ...lines] = body.slice(0, end).split("\n");
  const old = first.startsWith("old ") ? fromDecimal(first.slice(4)) : undefined;
  if (old === undefined || lines.length > MAX_PROOF) throw new NoteInvalid("badRequest");
  const proof = lines.map((line) => {
    const hash = fromBase64(line);
    if (hash?.length !== 32) throw new NoteInvalid("badRequest");
    return hash;
  });
  return { old, proof, checkpoint: body.slice(end + 2) };
}

/** The last head of a log that a witness has cosigned. */
export type Witnessed = { size: bigint; root: Hash };

/** What a witness answers: 200 and then cosigns `note`, or why not, with the size that it knows where that is asked. */
export type WitnessDecision =
  | { status: 200; note: SignedNote; checkpoint: Checkpoint }
  | { status: 400 | 403 | 404 | 422; reason: string }
  | { status: 409; size: bigint };

/** Where a witness looks things up. */
export type WitnessRecords = {
  /** The keys that it trusts for an origin; none where it does not know the log. */
  keysOf(origin: string): readonly VerifierKey[];
  /** What it last cosigned of that log. */
  lastOf(origin: string): Witnessed | undefined;
};

function judgeGrowth(
  { old, proof }: AddCheckpoint,
  { size, root }: Checkpoint,
  last: Witnessed | undefined,
): string | undefined {
  if (size === 0n && !equalHashes(root, emptyRoot())) return "the empty log has another root";
  if (!last || old === 0n) {
    return proof.length === 0 ? undefined : "no proof is wanted from the empty log";
  }
  const isGrowth = verifyConsistency(last, { size, root }, proof);
  return isGrowth ? undefined : "the consistency proof does not verify";
}

/**
 * Decides on a request without changing anything; the caller keeps the new head before it answers 200, and lets
 * nobody else decide about that log in between.
 */
export function decide(request: AddCheckpoint, records: WitnessRecords): WitnessDecision {
  const { note, checkpoint } = openCheckpoint(request.checkpoint, []);
  const keys = records.keysOf(checkpoint.origin);
  if (keys.length === 0) return { status: 404, reason: "unknown log" };
  const opened = openCheckpoint(request.checkpoint, keys);
  if (!keys.some((key) => isSignedBy(opened, key))) {
    return { status: 403, reason: "no valid signature by a known key" };
  }
  if (request.old > checkpoint.size) {
    return { status: 400, reason: "the old size is larger than the checkpoint's" };
  }
  const last = records.lastOf(checkpoint.origin);
  if (request.old !== (last?.size ?? 0n)) return { status: 409, size: last?.size ?? 0n };
  const reason = judgeGrowth(request, checkpoint, last);
  return reason === undefined ? { status: 200, note, checkpoint } : { status: 422, reason };
}
