import { ed25519 } from "@noble/curves/ed25519.js";
import { concat, sha256, stringToBytes } from "viem";
import { fromBase64, toBase64 } from "./base64.ts";
import { NoteInvalid } from "./fault.ts";

// Names and keys of signed notes: c2sp.org/signed-note, "Signatures" and "Verifier keys".

/** Signature types by their identifier byte: a log's own Ed25519 signature, and an Ed25519 cosignature/v1. */
export const KEY_TYPES = { ed25519: 1, cosignature: 4 } as const;

/** `ed25519` signs the note's text; `cosignature` signs it with a time (c2sp.org/tlog-cosignature). */
export type KeyType = keyof typeof KEY_TYPES;

/** Who signs notes: what a `vkey` says. `keyId` is four bytes as a number. */
export type VerifierKey = { name: string; type: KeyType; keyId: number; publicKey: Uint8Array };

/** A name and the 32-byte Ed25519 seed that signs under it. */
export type NoteSigner = { name: string; seed: Uint8Array };

/** Whether a name may stand in a signature line. */
export function isKeyName(name: string): boolean {
  return name !== "" && name.isWellFormed() && !/[\p{White_Space}+]/u.test(name);
}

/** Whether an Ed25519 key made the signature over a message, by the strict rules of RFC 8032 (section 5.1.7). Never throws. */
export function isEd25519(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

/** The key id: `SHA-256(name ‖ 0x0A ‖ type ‖ public key)[:4]`, big-endian. */
export function noteKeyId(name: string, type: KeyType, publicKey: Uint8Array): number {
  const start = stringToBytes(`${name}\n`);
  const hash = sha256(concat([start, new Uint8Array([KEY_TYPES[type]]), publicKey]), "bytes");
  return new DataView(hash.buffer, hash.byteOffset).getUint32(0);
}

/** The key that verifies what `signer` signs as `type`. */
export function verifierKeyOf({ name, seed }: NoteSigner, type: KeyType): VerifierKey {
  if (!isKeyName(name)) throw new NoteInvalid("badKeyName");
  const publicKey = ed25519.getPublicKey(seed);
  return { name, type, keyId: noteKeyId(name, type, publicKey), publicKey };
}

/** A key as a `vkey`: `<name>+<key id in hex>+<base64(type ‖ public key)>`. */
export function formatVerifierKey({ name, type, keyId, publicKey }: VerifierKey): string {
  const id = keyId.toString(16).padStart(8, "0");
  return `${name}+${id}+${toBase64(concat([new Uint8Array([KEY_TYPES[type]]), publicKey]))}`;
}

/** Reads a `vkey`; throws `NoteInvalid` when it is none, or of a type other than Ed25519's two. */
export function parseVerifierKey(text: string): VerifierKey {
  const parts = /^(?<name>[^+]*)\+(?<id>[0-9a-f]{8})\+(?<key>.*)$/su.exec(text)?.groups;
  if (!parts) throw new NoteInvalid("badKey");
  const { name, id, key } = parts as { name: string; id: string; key: string };
  if (!isKeyName(name)) throw new NoteInvalid("badKeyName");
  const bytes = fromBase64(key);
  if (!bytes || bytes.length === 0) throw new NoteInvalid("badKey");
  const type = (Object.keys(KEY_TYPES) as KeyType[]).find((one) => KEY_TYPES[one] === bytes[0]);
  if (!type) throw new NoteInvalid("unknownKeyType", String(bytes[0]));
  const publicKey = bytes.subarray(1);
  const keyId = Number.parseInt(id, 16);
  const isSound = publicKey.length === 32 && keyId === noteKeyId(name, type, publicKey);
  if (!isSound) throw new NoteInvalid("badKey");
  return { name, type, keyId, publicKey };
}

/** Whether two keys are the same signer's same key. */
export function equalKeys(a: VerifierKey, b: VerifierKey): boolean {
  return formatVerifierKey(a) === formatVerifierKey(b);
}
