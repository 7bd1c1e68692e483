import { type Hex, concat, hexToBytes, hexToNumber, numberToHex, size, slice } from "viem";
import { type Assertion, signingPreimage, packEnvelope, FORM } from "./keys.ts";

// A SubjectPublicKeyInfo of P-256 (RFC 5480) ends with the point; all before it is the same for every key.
const SPKI_START: Hex = "0x3059301306072a8648ce3d020106082a8648ce3d03010703420004";

/** The point `x ‖ y` of a P-256 key given as SubjectPublicKeyInfo (DER); throws RangeError for any other key. */
export function pointFromSpki(spki: Hex): Hex {
  if (!spki.toLowerCase().startsWith(SPKI_START) || size(spki) !== size(SPKI_START) + 64) {
    throw new RangeError("this is no P-256 key");
  }
  return slice(spki, size(SPKI_START));
}

// One INTEGER of a DER sequence as 32 bytes; DER drops leading zeros and adds one before a high bit.
function readInteger(der: Hex, at: number): { word: Hex; end: number } {
  if (slice(der, at, at + 1) !== "0x02") throw new RangeError("an integer is missing");
  const length = hexToNumber(slice(der, at + 1, at + 2));
  const end = at + 2 + length;
  if (length === 0 || length > 33 || end > size(der))
    throw new RangeError("an integer is malformed");
  return { word: numberToHex(BigInt(slice(der, at + 2, end)), { size: 32 }), end };
}

/** A signature `r ‖ s` from the DER in which authenticators give it; throws RangeError when it is malformed. */
export function fromDerSignature(der: Hex): Hex {
  try {
    const length = hexToNumber(slice(der, 1, 2));
    if (slice(der, 0, 1) !== "0x30" || length + 2 !== size(der))
      throw new RangeError("no sequence");
    const r = readInteger(der, 2);
    const s = readInteger(der, r.end);
    if (s.end !== size(der)) throw new RangeError("more than two integers");
    return concat([r.word, s.word]);
  } catch (cause) {
    throw new RangeError("the signature is no DER sequence of two integers", { cause });
  }
}

/**
 * The two points `x ‖ y` that can have made a WebAuthn signature `r ‖ s`. Which of them did is known by comparing
 * with keys that are public: those bound in a roll, or officers' signers.
 */
export async function pointsBehind(assertion: Assertion, rs: Hex): Promise<Hex[]> {
  const { p256 } = await import("@noble/curves/nist.js");
  const envelope = packEnvelope(assertion);
  const preimage = signingPreimage({ digest: "0x", form: FORM.webauthn, envelope })!;
  const signature = hexToBytes(rs);
  return [0, 1].flatMap((recovery) => {
    try {
      const recovered = new Uint8Array([recovery, ...signature]);
      const raw = p256.recoverPublicKey(recovered, preimage);
      const point = p256.Point.fromBytes(raw);
      return [concat([numberToHex(point.x, { size: 32 }), numberToHex(point.y, { size: 32 })])];
    } catch {
      return [];
    }
  });
}
