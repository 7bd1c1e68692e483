import { logLeaf } from "../../../protocol/anchor/log.ts";
import { toBase64 } from "../../../protocol/anchor/tlog/base64.ts";
import {
  type OpenedCheckpoint,
  isSignedBy,
  openCheckpoint,
} from "../../../protocol/anchor/tlog/checkpoint.ts";
import { NoteInvalid } from "../../../protocol/anchor/tlog/fault.ts";
import { checkQuorum } from "../../../protocol/anchor/tlog/policy.ts";
import { checkProofFile } from "../../../protocol/anchor/tlog/proofFile.ts";
import type { Trust } from "./keys.ts";

/** What a command says, and whether all is well. */
export type Answer = { valid: boolean; [field: string]: unknown };

function describe(opened: OpenedCheckpoint, { log, policy }: Trust): Answer {
  const { origin, size, root, extensions } = opened.checkpoint;
  const isSigned = isSignedBy(opened, log);
  const quorum = policy && checkQuorum(policy, opened.signatures);
  return {
    valid: isSigned && (quorum?.isReached ?? true),
    origin,
    size: String(size),
    root: toBase64(root),
    ...(extensions.length === 0 ? {} : { extensions }),
    isSigned,
    signatures: opened.signatures.map(({ name, keyId, status, timestamp }) => ({
      name,
      keyId: keyId.toString(16).padStart(8, "0"),
      status,
      ...(timestamp === undefined ? {} : { at: new Date(Number(timestamp) * 1000).toISOString() }),
    })),
    ...(quorum ? { quorum } : {}),
  };
}

/** A text, or JSON that holds it as a string or as `{"checkpoint": ...}`. */
function unwrap(input: string): string {
  try {
    const value: unknown = JSON.parse(input);
    if (typeof value === "string") return value;
    const { checkpoint } = value as { checkpoint?: unknown };
    if (typeof checkpoint === "string") return checkpoint;
  } catch {
    // The usual case: the checkpoint itself.
  }
  return input;
}

const failed = (error: unknown): Answer => {
  if (!(error instanceof NoteInvalid)) throw error;
  return { valid: false, fault: error.fault };
};

/** Checks a signed checkpoint. */
export function verifyCheckpoint(input: string, trust: Trust, origin?: string): Answer {
  try {
    const opened = openCheckpoint(unwrap(input), [trust.log, ...trust.witnesses]);
    const answer = describe(opened, trust);
    if (origin === undefined || origin === opened.checkpoint.origin) return answer;
    return { ...answer, valid: false, fault: "originDiffers", expectedOrigin: origin };
  } catch (error) {
    return failed(error);
  }
}

/** Checks a `.tlog-proof` file for the bytes of an entry. */
export function verifyProofFile(file: string, entry: Uint8Array, trust: Trust): Answer {
  try {
    const { log, witnesses } = trust;
    const checked = checkProofFile(file, logLeaf(entry), { log, witnesses });
    const { index, isIncluded } = checked;
    const answer = describe(checked, trust);
    return { ...answer, valid: answer.valid && isIncluded, index: String(index), isIncluded };
  } catch (error) {
    return failed(error);
  }
}
