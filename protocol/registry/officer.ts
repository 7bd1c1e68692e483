import {
  type Hex,
  concat,
  hexToNumber,
  hexToString,
  numberToHex,
  pad,
  size,
  slice,
  stringToHex,
} from "viem";
import { recoverSigner } from "#recovery";
import {
  type Assertion,
  FORM,
  KEY_KIND,
  type SigningInput,
  challengeOf,
  hasUserFlags,
  isLowS,
  isWalletSignature,
  packEnvelope,
} from "./keys.ts";
import { verifyPoint } from "./signature.ts";

/** The ERC-7913 verifiers of officers' P-256 keys that this project knows. */
export const VERIFIERS = ["webCryptoVerifier", "webAuthnVerifier"] as const;

/** One of `VERIFIERS`. */
export type VerifierName = (typeof VERIFIERS)[number];

/** An officer's P-256 key as an ERC-7913 signer: the verifier's address, then `x ‖ y`. */
export function officerSigner(verifier: Hex, point: Hex): Hex {
  return concat([verifier, point]).toLowerCase() as Hex;
}

const word = (value: number): Hex => numberToHex(value, { size: 32 });

/** Bytes as the ABI has them: their length, then themselves, filled up to whole words. */
function encodeBytes(bytes: Hex): Hex {
  const length = size(bytes);
  const padded = pad(bytes, { dir: "right", size: Math.ceil(length / 32) * 32 });
  return concat([word(length), length === 0 ? "0x" : padded]);
}

/**
 * A passkey's attestation as OpenZeppelin's `ERC7913WebAuthnVerifier` takes it: the ABI encoding of `r`, `s`,
 * `challengeIndex`, `typeIndex`, `authenticatorData`, `clientDataJSON`.
 */
export function packOfficerAssertion(
  { authenticatorData, clientDataJSON }: Assertion,
  rs: Hex,
): Hex {
  const text = hexToString(clientDataJSON);
  const data = encodeBytes(authenticatorData);
  const indexes = ['"challenge":"', '"type":"'].map((field) => word(text.indexOf(field)));
  const offsets = [word(192), word(192 + size(data))];
  return concat([rs, ...indexes, ...offsets, data, encodeBytes(clientDataJSON)]);
}

/** What `packOfficerAssertion` packed, wherever its parts lie; bounds as in OpenZeppelin's `tryDecodeAuth`. */
type PackedAssertion = Assertion & { rs: Hex; challengeIndex: number; typeIndex: number };

function readNumber(bytes: Hex, at: number): number {
  const value = BigInt(slice(bytes, at, at + 32, { strict: true }));
  if (value > BigInt(size(bytes))) throw new RangeError("it points outside");
  return Number(value);
}

function readBytes(bytes: Hex, at: number): Hex {
  const offset = readNumber(bytes, at);
  const length = readNumber(bytes, offset);
  if (length === 0) return "0x";
  return slice(bytes, offset + 32, offset + 32 + length, { strict: true });
}

function unpackOfficerAssertion(signature: Hex): PackedAssertion {
  return {
    rs: slice(signature, 0, 64, { strict: true }),
    challengeIndex: readNumber(signature, 64),
    typeIndex: readNumber(signature, 96),
    authenticatorData: readBytes(signature, 128),
    clientDataJSON: readBytes(signature, 160),
  };
}

function standsAt(bytes: Hex, at: number, text: string): boolean {
  const expected = stringToHex(text);
  return bytes.slice(2 + 2 * at, 2 * at + expected.length) === expected.slice(2);
}

async function verifyLowS(point: Hex, rs: Hex, input: SigningInput): Promise<boolean> {
  return size(rs) === 64 && isLowS(KEY_KIND.p256, rs) && (await verifyPoint(point, rs, input));
}

async function verifyPasskey(point: Hex, digest: Hex, signature: Hex): Promise<boolean> {
  const { rs, challengeIndex, typeIndex, ...assertion } = unpackOfficerAssertion(signature);
  const { authenticatorData, clientDataJSON } = assertion;
  const isAsked =
    size(authenticatorData) > 36 &&
    hasUserFlags(authenticatorData) &&
    standsAt(clientDataJSON, typeIndex, '"type":"webauthn.get"') &&
    standsAt(clientDataJSON, challengeIndex, `"challenge":"${challengeOf(digest)}"`);
  const envelope = packEnvelope(assertion);
  return isAsked && (await verifyLowS(point, rs, { digest, form: FORM.webauthn, envelope }));
}

/** Whether an account, its address in lower case, signed the digest. False, never an error, for malformed input. */
export async function verifyWallet(address: Hex, digest: Hex, signature: Hex): Promise<boolean> {
  if (!isWalletSignature(signature)) return false;
  const parity = hexToNumber(slice(signature, 64)) - 27;
  try {
    return (await recoverSigner(digest, slice(signature, 0, 64), parity)) === address;
  } catch {
    return false;
  }
}

/**
 * Whether the key `x ‖ y` of an officer behind a known verifier signed the digest, by the very rules of that
 * contract. False, never an error, for malformed input.
 */
export async function verifyOfficerKey(
  verifier: VerifierName,
  attested: { point: Hex; digest: Hex; signature: Hex },
): Promise<boolean> {
  const { point, digest, signature } = attested;
  try {
    if (size(point) !== 64) return false;
    if (verifier === "webAuthnVerifier") return await verifyPasskey(point, digest, signature);
    return await verifyLowS(point, signature, { digest, form: FORM.sha256 });
  } catch {
    return false;
  }
}
