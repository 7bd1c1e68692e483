import {
  type Hex,
  concat,
  hexToBytes,
  hexToNumber,
  keccak256,
  numberToHex,
  sha256,
  size,
  slice,
  stringToHex,
  zeroHash,
} from "viem";

/** The kinds of voters' keys (SPEC section 1). */
export const KEY_KIND = { secp256k1: 0, p256: 1 } as const;

/** One of `KEY_KIND`. */
export type KeyKind = (typeof KEY_KIND)[keyof typeof KEY_KIND];

/** Bytes of a key id by kind: an Ethereum address, or x. */
export const KEY_ID_BYTES: Record<KeyKind, number> = { 0: 20, 1: 32 };

/** Bytes of a signature by kind: `r ‖ vs` of EIP-2098, or `r ‖ s ‖ y`. */
export const SIGNATURE_BYTES: Record<KeyKind, number> = { 0: 64, 1: 96 };

/** The id under which a roll keeps a public key `x ‖ y`: for P-256 its x, for secp256k1 its Ethereum address. */
export function keyId(point: Hex, kind: KeyKind = KEY_KIND.p256): Hex {
  if (size(point) !== 64) throw new RangeError("a public key has 64 bytes, x and y");
  return kind === KEY_KIND.p256 ? slice(point, 0, 32) : slice(keccak256(point), 12);
}

/** How the signing hash follows from the EIP-712 digest (SPEC section 1). */
export const FORM = { plain: 0, sha256: 1, webauthn: 2 } as const;

/** One of `FORM`. */
export type Form = (typeof FORM)[keyof typeof FORM];

/** What an authenticator signed around the challenge, as the browser gave it. */
export type Assertion = { authenticatorData: Hex; clientDataJSON: Hex };

/** A digest and the form in which it is signed; `envelope` (packed) exactly for `webauthn`. */
export type SigningInput = { digest: Hex; form: Form; envelope?: Hex | undefined };

// Bits of the authenticator's flags (WebAuthn Level 2, section 6.1).
const FLAG = { userPresent: 1, userVerified: 4, backupEligible: 8, backedUp: 16 } as const;

/** The envelope of a webauthn message: `uint16 length ‖ authenticatorData ‖ clientDataJSON`. */
export function packEnvelope({ authenticatorData, clientDataJSON }: Assertion): Hex {
  const length = numberToHex(size(authenticatorData), { size: 2 });
  return concat([length, authenticatorData, clientDataJSON]);
}

/** Takes an envelope apart; throws RangeError when it is shorter than it says. */
export function unpackEnvelope(envelope: Hex): Assertion {
  if (size(envelope) < 2) throw new RangeError("the envelope ends inside its length");
  const end = 6 + 2 * hexToNumber(slice(envelope, 0, 2));
  if (envelope.length < end) throw new RangeError("the envelope ends inside its data");
  return {
    authenticatorData: `0x${envelope.slice(6, end)}`,
    clientDataJSON: `0x${envelope.slice(end)}`,
  };
}

/** The digest as WebAuthn's challenge: base64url without padding. */
export function challengeOf(digest: Hex): string {
  const binary = String.fromCharCode(...hexToBytes(digest));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Whether the flags of `authenticatorData` say that a user was present and verified, and backed up only if it may be. */
export function hasUserFlags(authenticatorData: Hex): boolean {
  const flags = hexToNumber(slice(authenticatorData, 32, 33));
  const backedUp = (flags & FLAG.backedUp) !== 0;
  return (
    (flags & FLAG.userPresent) !== 0 &&
    (flags & FLAG.userVerified) !== 0 &&
    (!backedUp || (flags & FLAG.backupEligible) !== 0)
  );
}

/** Whether an envelope is an assertion over `digest` by a user who was present and verified; never throws. */
export function isEnvelopeFor(digest: Hex, envelope: Hex): boolean {
  try {
    const { authenticatorData, clientDataJSON } = unpackEnvelope(envelope);
    if (size(authenticatorData) < 37) return false;
    const start = stringToHex(`{"type":"webauthn.get","challenge":"${challengeOf(digest)}"`);
    return clientDataJSON.startsWith(start) && hasUserFlags(authenticatorData);
  } catch {
    return false;
  }
}

function webauthnPreimage(envelope: Hex): Uint8Array {
  const { authenticatorData, clientDataJSON } = unpackEnvelope(envelope);
  return concat([hexToBytes(authenticatorData), sha256(clientDataJSON, "bytes")]);
}

/** The bytes whose SHA-256 is the signing hash, for WebCrypto, which hashes itself; undefined where M is no such hash. */
export function signingPreimage(input: SigningInput): Uint8Array | undefined {
  if (input.form === FORM.plain) return undefined;
  if (input.form === FORM.sha256) return hexToBytes(input.digest);
  try {
    return webauthnPreimage(input.envelope ?? "0x");
  } catch {
    return undefined;
  }
}

/** The signing hash M of a digest: what is signed in the end; all zero for an envelope shorter than it says. */
export function signingHash(input: SigningInput): Hex {
  const preimage = signingPreimage(input);
  if (preimage) return sha256(preimage);
  return input.form === FORM.plain ? input.digest : zeroHash;
}

// Group orders, from SEC 2 sections 2.4.1 and 2.4.2.
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** A voter's P-256 signature `r ‖ s ‖ y` from what the key gave, `r ‖ s`, its s made low as the contract demands. */
export function toP256Signature(signature: Hex, point: Hex): Hex {
  if (size(signature) !== 64 || size(point) !== 64)
    throw new RangeError("r ‖ s and x ‖ y have 64 bytes");
  const s = BigInt(slice(signature, 32, 64));
  const low = s <= P256_ORDER >> 1n ? s : P256_ORDER - s;
  return concat([slice(signature, 0, 32), numberToHex(low, { size: 32 }), slice(point, 32)]);
}

/** Whether the s of a voter's signature is low, so that nobody can make a second signature of it. */
export function isLowS(kind: KeyKind, signature: Hex): boolean {
  const s = BigInt(slice(signature, 32, 64));
  // In EIP-2098 the highest bit of the word is the parity.
  if (kind === KEY_KIND.secp256k1) return BigInt.asUintN(255, s) <= SECP256K1_ORDER >> 1n;
  return s <= P256_ORDER >> 1n;
}

/** Whether a wallet's signature is one that OpenZeppelin's ECDSA takes: 65 bytes `r ‖ s ‖ v`, s low, v 27 or 28. */
export function isWalletSignature(signature: Hex): boolean {
  if (size(signature) !== 65) return false;
  const isLow = BigInt(slice(signature, 32, 64)) <= SECP256K1_ORDER >> 1n;
  return isLow && [27, 28].includes(hexToNumber(slice(signature, 64)));
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
