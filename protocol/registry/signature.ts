import { type Hex, bytesToHex, concat, hexToBytes, size, slice } from "viem";
import { recoverSigner } from "#recovery";
import { verifyP256Hash } from "./curves.ts";
import {
  FORM,
  KEY_KIND,
  type KeyKind,
  SIGNATURE_BYTES,
  type SigningInput,
  isEnvelopeFor,
  isLowS,
  signingHash,
  signingPreimage,
} from "./keys.ts";

/** A voter's signature together with all that it is checked against; `keyId` is what the roll holds. */
export type KeySignature = { kind: KeyKind; keyId: Hex; signature: Hex; input: SigningInput };

const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

// The casts: WebCrypto's types ask for memory that is not shared, which decoded hex never is.
async function verifyNatively(point: Hex, rs: Hex, preimage: Uint8Array): Promise<boolean> {
  const raw = hexToBytes(concat(["0x04", point])) as Uint8Array<ArrayBuffer>;
  const publicKey = await crypto.subtle.importKey("raw", raw, ECDSA, false, ["verify"]);
  const bytes = hexToBytes(rs) as Uint8Array<ArrayBuffer>;
  return crypto.subtle.verify(ECDSA, publicKey, bytes, preimage as Uint8Array<ArrayBuffer>);
}

/**
 * Whether the P-256 key `x ‖ y` made `r ‖ s` over the input's signing hash; says nothing about the height of s.
 * Rejects for a point that is none.
 */
export async function verifyPoint(point: Hex, rs: Hex, input: SigningInput): Promise<boolean> {
  const preimage = signingPreimage(input);
  // `subtle` is missing on pages served over plain http; it also cannot check a hash made elsewhere.
  return preimage !== undefined && globalThis.crypto?.subtle !== undefined
    ? verifyNatively(point, rs, preimage)
    : verifyP256Hash(point, rs, signingHash(input));
}

async function verifyP256({ keyId: id, signature, input }: KeySignature): Promise<boolean> {
  return verifyPoint(concat([id, slice(signature, 64)]), slice(signature, 0, 64), input);
}

async function verifySecp256k1({ keyId: id, signature, input }: KeySignature): Promise<boolean> {
  const bytes = hexToBytes(signature);
  const yParity = bytes[32]! >> 7;
  bytes[32]! &= 0x7f;
  const signer = await recoverSigner(signingHash(input), bytesToHex(bytes), yParity);
  return signer === id.toLowerCase();
}

/**
 * Whether the key of this id signed the input: low s, and for `webauthn` an envelope over this very
 * digest. False, never an error, for malformed input.
 */
export async function verifyKeySignature(signed: KeySignature): Promise<boolean> {
  const { kind, signature, input } = signed;
  try {
    if (size(signature) !== SIGNATURE_BYTES[kind] || !isLowS(kind, signature)) return false;
    const webauthn = input.form === FORM.webauthn;
    if (webauthn && !isEnvelopeFor(input.digest, input.envelope ?? "0x")) return false;
    return await (kind === KEY_KIND.secp256k1 ? verifySecp256k1(signed) : verifyP256(signed));
  } catch {
    return false;
  }
}
