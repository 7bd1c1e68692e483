import type { Hex } from "viem";
import type { LogHead } from "../proof.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { NoteInvalid, fromDecimal } from "./fault.ts";
import { type NoteSigner, type VerifierKey, equalKeys } from "./key.ts";
import { type SignedNote, formatNote, parseNote } from "./note.ts";
import { type SignatureCheck, checkSignatures, signNote } from "./signature.ts";

// Checkpoints: c2sp.org/tlog-checkpoint.

/** What a log says about itself: which log it is, how many leaves, the root over them. */
export type Checkpoint = LogHead & { origin: string; extensions: string[] };

/** The name of a community's log: it says where its heads are anchored, and no host, so that it stays. */
export function originOf(chainId: number, anchor: Hex): string {
  return `mingzhang/${chainId}/${anchor.toLowerCase()}`;
}

/** The text of a checkpoint: origin, size, root, each on its line. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  return [origin, String(size), toBase64(root), ...extensions].map((line) => `${line}\n`).join("");
}

/** Reads the text of a checkpoint; throws `NoteInvalid`. */
export function parseCheckpoint(text: string): Checkpoint {
  if (!text.endsWith("\n")) throw new NoteInvalid("badCheckpoint");
  const [origin = "", sizeText = "", rootText = "", ...extensions] = text.slice(0, -1).split("\n");
  const size = fromDecimal(sizeText);
  const root = fromBase64(rootText);
  const isSound = origin !== "" && size !== undefined && root?.length === 32;
  if (!isSound || extensions.includes("")) throw new NoteInvalid("badCheckpoint");
  return { origin, size, root, extensions };
}

/** A checkpoint signed by its log. */
export function signCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): SignedNote {
  const text = formatCheckpoint(checkpoint);
  return { text, signatures: [signNote(text, signer)] };
}

/** A signed checkpoint taken apart, and what its signatures are worth under the keys that are known. */
export type OpenedCheckpoint = {
  note: SignedNote;
  checkpoint: Checkpoint;
  signatures: SignatureCheck[];
};

/** Takes a signed checkpoint apart; throws `NoteInvalid` when it is none. */
export function openCheckpoint(text: string, keys: readonly VerifierKey[]): OpenedCheckpoint {
  const note = parseNote(text);
  const checkpoint = parseCheckpoint(note.text);
  return { note, checkpoint, signatures: checkSignatures(note, keys) };
}

/** Whether `key` signed the checkpoint, and no signature by a known key is wrong. */
export function isSignedBy(
  { signatures }: Pick<OpenedCheckpoint, "signatures">,
  key: VerifierKey,
): boolean {
  const isSigned = signatures.some(
    (one) => one.status === "ok" && one.key !== undefined && equalKeys(one.key, key),
  );
  return isSigned && signatures.every(({ status }) => status !== "failed");
}

/** A signed checkpoint with more signature lines; those that it has already are left out. */
export function addSignatures(note: string, more: SignedNote["signatures"]): string {
  const { text, signatures } = parseNote(note);
  const known = new Set(signatures.map(({ name, keyId }) => `${name} ${keyId}`));
  const fresh = more.filter(({ name, keyId }) => !known.has(`${name} ${keyId}`));
  return formatNote({ text, signatures: [...signatures, ...fresh] });
}
