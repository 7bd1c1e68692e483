import { ed25519 } from "@noble/curves/ed25519.js";
import { stringToBytes } from "viem";
import { verifyEd25519 } from "./ed25519.ts";
import { type NoteSigner, type VerifierKey, isEd25519, noteKeyId } from "./key.ts";
import type { NoteSignature, SignedNote } from "./note.ts";

// c2sp.org/signed-note "Ed25519 signatures" and c2sp.org/tlog-cosignature "Ed25519 signed message".

/** What a cosigner signs: the time and the whole text of the checkpoint. */
function cosignedMessage(text: string, timestamp: bigint): Uint8Array {
  return stringToBytes(`cosignature/v1\ntime ${timestamp}\n${text}`);
}

const TIMESTAMP_BYTES = 8;
const SIGNATURE_BYTES = 64;
const LAST_TIMESTAMP = 2n ** 63n - 1n;

/** Signs a note's text as a log does. Ed25519 is deterministic: the same text gives the same signature. */
export function signNote(text: string, { name, seed }: NoteSigner): NoteSignature {
  const keyId = noteKeyId(name, "ed25519", ed25519.getPublicKey(seed));
  return { name, keyId, signature: ed25519.sign(stringToBytes(text), seed) };
}

/** Signs a checkpoint's text as a witness does, at `timestamp` in Unix seconds. */
export function cosignNote(
  text: string,
  { name, seed }: NoteSigner,
  timestamp: bigint,
): NoteSignature {
  const keyId = noteKeyId(name, "cosignature", ed25519.getPublicKey(seed));
  const signature = new Uint8Array(TIMESTAMP_BYTES + SIGNATURE_BYTES);
  new DataView(signature.buffer).setBigUint64(0, timestamp);
  signature.set(ed25519.sign(cosignedMessage(text, timestamp), seed), TIMESTAMP_BYTES);
  return { name, keyId, signature };
}

/** When a cosignature was made, in Unix seconds; undefined where the bytes are no cosignature. */
export function timestampOf(signature: Uint8Array): bigint | undefined {
  if (signature.length !== TIMESTAMP_BYTES + SIGNATURE_BYTES) return undefined;
  const timestamp = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  return timestamp <= LAST_TIMESTAMP ? timestamp : undefined;
}

type Signed = { signature: Uint8Array; message: Uint8Array };

/** What Ed25519 verifies of a line under this key; undefined where it is no line of the key's. */
function signedUnder(
  key: VerifierKey,
  text: string,
  { name, keyId, signature }: NoteSignature,
): Signed | undefined {
  if (name !== key.name || keyId !== key.keyId) return undefined;
  if (key.type === "ed25519") return { signature, message: stringToBytes(text) };
  const timestamp = timestampOf(signature);
  if (timestamp === undefined) return undefined;
  const message = cosignedMessage(text, timestamp);
  return { signature: signature.subarray(TIMESTAMP_BYTES), message };
}

function verifySignature(key: VerifierKey, text: string, line: NoteSignature): boolean {
  const signed = signedUnder(key, text, line);
  return signed !== undefined && isEd25519(signed.signature, signed.message, key.publicKey);
}

/** Whether the key signed the note, and no line that says so is wrong. Never rejects. */
export async function verifyNote(
  { text, signatures }: SignedNote,
  key: VerifierKey,
): Promise<boolean> {
  const lines = signatures.filter(({ name, keyId }) => name === key.name && keyId === key.keyId);
  for (const line of lines) {
    const signed = signedUnder(key, text, line);
    if (!signed) return false;
    if (!(await verifyEd25519(signed.signature, signed.message, key.publicKey))) return false;
  }
  return lines.length > 0;
}

/** One signature line under the keys that are known: `unknown` says nothing, `failed` makes the note worthless. */
export type SignatureCheck = {
  name: string;
  keyId: number;
  status: "ok" | "failed" | "unknown";
  /** The known key, where there is one. */
  key?: VerifierKey;
  /** Of a cosignature that is ok: when it was made, in Unix seconds. */
  timestamp?: bigint;
};

/** Looks at every signature line of a note with the keys that are known. Never throws. */
export function checkSignatures(note: SignedNote, keys: readonly VerifierKey[]): SignatureCheck[] {
  return note.signatures.map((line) => {
    const { name, keyId } = line;
    const key = keys.find((known) => known.name === name && known.keyId === keyId);
    if (!key) return { name, keyId, status: "unknown" };
    if (!verifySignature(key, note.text, line)) return { name, keyId, status: "failed", key };
    const timestamp = key.type === "cosignature" ? timestampOf(line.signature) : undefined;
    return { name, keyId, status: "ok", key, ...(timestamp === undefined ? {} : { timestamp }) };
  });
}
