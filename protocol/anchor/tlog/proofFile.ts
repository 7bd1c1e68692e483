import type { Hash } from "../log.ts";
import { verifyInclusion } from "../proof.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { type OpenedCheckpoint, isSignedBy, openCheckpoint } from "./checkpoint.ts";
import { NoteInvalid, fromDecimal } from "./fault.ts";
import type { VerifierKey } from "./key.ts";

// Proofs that stand alone: c2sp.org/tlog-proof, files `.tlog-proof`.

/** A proof file taken apart: where the entry stands, its path, and the signed checkpoint, word for word. */
export type ProofFile = { index: bigint; path: Hash[]; checkpoint: string; extra?: Uint8Array };

const HEADER = "c2sp.org/tlog-proof@v1";
/** More hashes than a log of 2^64 entries could need. */
const MAX_PATH = 64;

/** Puts a proof file together. */
export function formatProofFile({ index, path, checkpoint, extra }: ProofFile): string {
  const lines = [HEADER, `index ${index}`, ...path.map(toBase64), ""];
  if (extra) lines.splice(1, 0, `extra ${toBase64(extra)}`);
  return `${lines.join("\n")}\n${checkpoint}`;
}

function parseHash(line: string): Hash {
  const hash = fromBase64(line);
  if (hash?.length !== 32) throw new NoteInvalid("badProof", "hash");
  return hash;
}

function parseExtra(line: string): Uint8Array {
  const extra = fromBase64(line.slice("extra ".length));
  if (!extra) throw new NoteInvalid("badProof", "extra");
  return extra;
}

/** Reads a proof file; throws `NoteInvalid`. */
export function parseProofFile(text: string): ProofFile {
  const end = text.indexOf("\n\n");
  if (end < 0) throw new NoteInvalid("badProof");
  const [header, ...lines] = text.slice(0, end).split("\n");
  if (header !== HEADER) throw new NoteInvalid("badProof", "header");
  const extra = lines[0]?.startsWith("extra ") ? parseExtra(lines.shift()!) : undefined;
  const indexLine = lines.shift() ?? "";
  const index = indexLine.startsWith("index ") ? fromDecimal(indexLine.slice(6)) : undefined;
  if (index === undefined) throw new NoteInvalid("badProof", "index");
  if (lines.length > MAX_PATH) throw new NoteInvalid("badProof", "path");
  const path = lines.map(parseHash);
  return { index, path, checkpoint: text.slice(end + 2), ...(extra ? { extra } : {}) };
}

/** What a proof file proves of a leaf. */
export type ProofFileCheck = OpenedCheckpoint & {
  index: bigint;
  /** The log's key signed the checkpoint. */
  isSigned: boolean;
  /** The leaf stands at `index` under the checkpoint's root. */
  isIncluded: boolean;
};

/** Checks a proof file for a leaf hash with the log's key and those of witnesses; throws `NoteInvalid` when it is none. */
export function checkProofFile(
  text: string,
  leaf: Hash,
  keys: { log: VerifierKey; witnesses?: readonly VerifierKey[] },
): ProofFileCheck {
  const { index, path, checkpoint } = parseProofFile(text);
  const opened = openCheckpoint(checkpoint, [keys.log, ...(keys.witnesses ?? [])]);
  const isIncluded = verifyInclusion(opened.checkpoint, index, leaf, path);
  return { ...opened, index, isSigned: isSignedBy(opened, keys.log), isIncluded };
}
