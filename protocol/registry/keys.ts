import { type Hex, concat, hexToBytes, hexToNumber, numberToHex, sha256, size, slice } from "viem";

/** The kinds of voters' keys (SPEC section 1). */
export const KEY_KIND = { secp256k1: 0, p256: 1 } as const;

/** One of `KEY_KIND`. */
export type KeyKind = (typeof KEY_KIND)[keyof typeof KEY_KIND];

/** Bytes of a key by kind: an Ethereum address, or x ‖ y. */
export const KEY_BYTES: Record<KeyKind, number> = { 0: 20, 1: 64 };

/** How the signing hash follows from the EIP-712 digest (SPEC section 1). */
export const FORM = { plain: 0, sha256: 1, webauthn: 2 } as const;

/** One of `FORM`. */
export type Form = (typeof FORM)[keyof typeof FORM];

/** What an authenticator signed around the challenge. */
export type Envelope = {
  authenticatorData: Hex;
  /** The text exactly as the browser gave it. */
  clientDataJSON: string;
};

/** A digest together with the form in which it is signed; `envelope` exactly for `webauthn`. */
export type SigningInput = { digest: Hex; form: Form; envelope?: Envelope };

const UP_AND_UV = 0x05;

/** The digest as WebAuthn's challenge: base64url without padding. */
export function challengeOf(digest: Hex): string {
  const binary = String.fromCharCode(...hexToBytes(digest));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Whether an envelope is an assertion over `digest` by a user who was present and verified. */
export function isEnvelopeFor(digest: Hex, envelope: Envelope): boolean {
  const { authenticatorData, clientDataJSON } = envelope;
  if (size(authenticatorData) < 37) return false;
  const flags = hexToNumber(slice(authenticatorData, 32, 33));
  return (
    (flags & UP_AND_UV) === UP_AND_UV &&
    clientDataJSON.includes('"type":"webauthn.get"') &&
    clientDataJSON.includes(`"challenge":"${challengeOf(digest)}"`)
  );
}

function webauthnPreimage({ authenticatorData, clientDataJSON }: Envelope): Uint8Array {
  const clientData = sha256(new TextEncoder().encode(clientDataJSON), "bytes");
  return concat([hexToBytes(authenticatorData), clientData]);
}

/** The bytes whose SHA-256 is the signing hash, for WebCrypto, which hashes itself; undefined for `plain`. */
export function signingPreimage(input: SigningInput): Uint8Array | undefined {
  if (input.form === FORM.plain) return undefined;
  if (input.form === FORM.sha256) return hexToBytes(input.digest);
  if (!input.envelope) throw new RangeError("the webauthn form needs its envelope");
  return webauthnPreimage(input.envelope);
}

/** The signing hash M of a digest: what is signed in the end. */
export function signingHash(input: SigningInput): Hex {
  const preimage = signingPreimage(input);
  return preimage ? sha256(preimage) : input.digest;
}

// Group orders, from SEC 2 sections 2.4.1 and 2.4.2.
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** A P-256 signature `r ‖ s` with its s made low, as the contract demands. */
export function toLowS(signature: Hex): Hex {
  const s = BigInt(slice(signature, 32, 64));
  if (s <= P256_ORDER >> 1n) return slice(signature, 0, 64);
  return concat([slice(signature, 0, 32), numberToHex(P256_ORDER - s, { size: 32 })]);
}

/** Whether the s of a P-256 signature `r ‖ s` is low. */
export function isLowS(signature: Hex): boolean {
  return BigInt(slice(signature, 32, 64)) <= P256_ORDER >> 1n;
}

/** A wallet's 65-byte signature `r ‖ s ‖ v` as the 64 bytes of EIP-2098, its s made low. */
export function toCompactSignature(signature: Hex): Hex {
  if (size(signature) === 64) return signature;
  if (size(signature) !== 65) throw new RangeError("a wallet's signature has 65 or 64 bytes");
  const v = hexToNumber(slice(signature, 64, 65));
  let parity = v >= 27 ? v - 27 : v;
  if (parity > 1) throw new RangeError(`the signature's v is ${v}`);
  let s = BigInt(slice(signature, 32, 64));
  if (s > SECP256K1_ORDER >> 1n) {
    s = SECP256K1_ORDER - s;
    parity = 1 - parity;
  }
  const vs = s | (BigInt(parity) << 255n);
  return concat([slice(signature, 0, 32), numberToHex(vs, { size: 32 })]);
}
