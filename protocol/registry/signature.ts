import { type Hex, concat, hexToBytes, recoverAddress, size } from "viem";
import {
  FORM,
  KEY_KIND,
  type KeyKind,
  type SigningInput,
  isEnvelopeFor,
  isLowS,
  signingHash,
  signingPreimage,
} from "./keys.ts";

/** A voter's signature together with all that it is checked against. */
export type KeySignature = { kind: KeyKind; key: Hex; signature: Hex; input: SigningInput };

const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

// The casts: WebCrypto's types ask for memory that is not shared, which decoded hex never is.
async function verifyNatively(key: Hex, signature: Hex, preimage: Uint8Array): Promise<boolean> {
  const point = hexToBytes(concat(["0x04", key])) as Uint8Array<ArrayBuffer>;
  const publicKey = await crypto.subtle.importKey("raw", point, ECDSA, false, ["verify"]);
  const bytes = hexToBytes(signature) as Uint8Array<ArrayBuffer>;
  return crypto.subtle.verify(ECDSA, publicKey, bytes, preimage as Uint8Array<ArrayBuffer>);
}

async function verifyInScript(key: Hex, signature: Hex, hash: Hex): Promise<boolean> {
  const { p256 } = await import("@noble/curves/nist.js");
  const point = hexToBytes(concat(["0x04", key]));
  const options = { prehash: false, lowS: true } as const;
  return p256.verify(hexToBytes(signature), hexToBytes(hash), point, options);
}

// `subtle` is missing on pages served over plain http; it also cannot check a hash made elsewhere.
function verifyP256({ key, signature, input }: KeySignature): Promise<boolean> {
  const preimage = signingPreimage(input);
  const native = preimage !== undefined && globalThis.crypto?.subtle !== undefined;
  return native
    ? verifyNatively(key, signature, preimage)
    : verifyInScript(key, signature, signingHash(input));
}

async function verifySecp256k1({ key, signature, input }: KeySignature): Promise<boolean> {
  const bytes = hexToBytes(signature);
  const yParity = bytes[32]! >> 7;
  bytes[32]! &= 0x7f;
  const full = concat([bytes, new Uint8Array([27 + yParity])]);
  const signer = await recoverAddress({ hash: signingHash(input), signature: full });
  return signer.toLowerCase() === key.toLowerCase();
}

/**
 * Whether a voter's key signed the input: 64 signature bytes, low s, and for `webauthn` an envelope
 * over this very digest. False, never an error, for malformed input.
 */
export async function verifyKeySignature(signed: KeySignature): Promise<boolean> {
  const { kind, signature, input } = signed;
  try {
    if (size(signature) !== 64) return false;
    if (input.form === FORM.webauthn) {
      if (!input.envelope || !isEnvelopeFor(input.digest, input.envelope)) return false;
    }
    if (kind === KEY_KIND.secp256k1) return await verifySecp256k1(signed);
    return isLowS(signature) && (await verifyP256(signed));
  } catch {
    return false;
  }
}
