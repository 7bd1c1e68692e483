import { bytesToHex, hashTypedData, hexToBytes } from "viem";
import {
  FORM,
  isEnvelopeFor,
  KEY_KIND,
  keyId,
  packEnvelope,
  toP256Signature,
  type Assertion,
} from "../../protocol/registry/keys.ts";
import { fromDerSignature, pointFromSpki, pointsBehind } from "../../protocol/registry/passkey.ts";
import { Problem } from "../service/problem.ts";
import type { Hex, Signed, Signer, Typed } from "./signer.ts";

// The browser's own interface: what we need of it are bytes, which libraries wrap in base64 for servers of theirs.

/** A passkey: the private half never leaves the authenticator; this browser keeps how to ask for it. */
export interface Passkey {
  readonly kind: "passkey";
  readonly credentialId: Uint8Array<ArrayBuffer>;
  /** x ‖ y. */
  readonly point: Hex;
}

const ES256 = -7;
const TIMEOUT_MILLISECONDS = 180_000;

/** Passkeys belong to a name, not to a number: a page at an IP address cannot have any. */
function isAtName(): boolean {
  return !/^[\d.]+$|^\[/.test(location.hostname);
}

/** Whether this browser can make passkeys for this page. */
export function isPasskeyPossible(): boolean {
  return (
    globalThis.isSecureContext && typeof globalThis.PublicKeyCredential === "function" && isAtName()
  );
}

const REFUSALS: Readonly<Record<string, string>> = {
  // One name for several things, so that a page cannot find out which passkeys somebody has.
  NotAllowedError: "PasskeyNotUsed",
  AbortError: "PasskeyNotUsed",
  NotSupportedError: "PasskeyNotPossible",
  ConstraintError: "PasskeyNotPossible",
  SecurityError: "PasskeyAddressWrong",
  InvalidStateError: "PasskeyKnown",
};

async function ask(asking: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  if (!isPasskeyPossible()) throw new Problem("PasskeyNotPossible");
  try {
    const credential = await asking();
    if (credential instanceof PublicKeyCredential) return credential;
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    throw new Problem(REFUSALS[name] ?? "PasskeyFault");
  }
  throw new Problem("PasskeyFault");
}

const toHex = (buffer: ArrayBuffer): Hex => bytesToHex(new Uint8Array(buffer));

function readPoint(response: AuthenticatorAttestationResponse): Hex {
  // Browsers before 2022 do not give the key out as such.
  const spki = response.getPublicKey?.();
  if (!spki) throw new Problem("PasskeyNotPossible");
  try {
    return pointFromSpki(toHex(spki));
  } catch {
    throw new Problem("PasskeyNotPossible");
  }
}

/** Makes a passkey under a name by which its holder finds it again; nothing about the person. */
export async function createPasskey(name: string): Promise<Passkey> {
  const publicKey: PublicKeyCredentialCreationOptions = {
    rp: { name: "明账 Mingzhang" },
    user: { id: crypto.getRandomValues(new Uint8Array(32)), name, displayName: name },
    // What is created proves nothing yet: the key signs the login or the enrolment afterwards.
    challenge: crypto.getRandomValues(new Uint8Array(32)),
    pubKeyCredParams: [{ type: "public-key", alg: ES256 }],
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
    attestation: "none",
    timeout: TIMEOUT_MILLISECONDS,
  };
  const credential = await ask(() => navigator.credentials.create({ publicKey }));
  const point = readPoint(credential.response as AuthenticatorAttestationResponse);
  return { kind: "passkey", credentialId: new Uint8Array(credential.rawId), point };
}

interface Answer {
  readonly credentialId: Uint8Array<ArrayBuffer>;
  readonly assertion: Assertion;
  /** r ‖ s. */
  readonly rs: Hex;
}

/** Asks an authenticator to sign the digest as its challenge; any passkey of this page where none is named. */
async function assert(digest: Hex, credentialId?: Uint8Array<ArrayBuffer>): Promise<Answer> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: hexToBytes(digest) as Uint8Array<ArrayBuffer>,
    userVerification: "required",
    timeout: TIMEOUT_MILLISECONDS,
    ...(credentialId ? { allowCredentials: [{ type: "public-key", id: credentialId }] } : {}),
  };
  const credential = await ask(() => navigator.credentials.get({ publicKey }));
  const response = credential.response as AuthenticatorAssertionResponse;
  const assertion = {
    authenticatorData: toHex(response.authenticatorData),
    clientDataJSON: toHex(response.clientDataJSON),
  };
  // Some password managers write the fields in another order than WebAuthn Level 2, 5.8.1.1 says, or skip the
  // verification of the user: contracts take neither, and better to hear of it here than at the count.
  if (!isEnvelopeFor(digest, packEnvelope(assertion))) throw new Problem("PasskeyFormUnusual");
  const rs = fromDerSignature(toHex(response.signature));
  return { credentialId: new Uint8Array(credential.rawId), assertion, rs };
}

/** An assertion of the passkey over a message, for whoever packs it in a form of his own. */
export async function assertPasskey(
  { credentialId, point }: Passkey,
  typed: Typed,
): Promise<{ assertion: Assertion; signature: Hex }> {
  const { assertion, rs } = await assert(hashTypedData(typed), credentialId);
  return { assertion, signature: toP256Signature(rs, point) };
}

export function toPasskeySigner(passkey: Passkey): Signer {
  return {
    kind: KEY_KIND.p256,
    keyId: keyId(passkey.point),
    form: FORM.webauthn,
    async sign(typed) {
      const { assertion, signature } = await assertPasskey(passkey, typed);
      return { signature, envelope: packEnvelope(assertion) };
    },
  };
}

/** Which of two public keys is known here; undefined where neither is. */
type IsKnown = (points: readonly Hex[]) => Promise<Hex | undefined>;

async function findSigned(digest: Hex, isKnown: IsKnown) {
  const { credentialId, assertion, rs } = await assert(digest);
  const point = await isKnown(await pointsBehind(assertion, rs));
  if (!point) throw new Problem("PasskeyUnknown");
  const passkey: Passkey = { kind: "passkey", credentialId, point };
  const signed = { signature: toP256Signature(rs, point), envelope: packEnvelope(assertion) };
  return { passkey, signed };
}

/**
 * A passkey that the authenticator has and this browser does not know: on another device of the same account, or
 * after the browser's data were cleared. Its public key follows from a signature but for a choice of two, which
 * `isKnown` makes from what is public.
 */
export async function findPasskey(isKnown: IsKnown): Promise<Passkey> {
  const challenge = bytesToHex(crypto.getRandomValues(new Uint8Array(32)));
  return (await findSigned(challenge, isKnown)).passkey;
}

/** The same over a message, so that its holder is asked once only. */
export function signWithAnyPasskey(
  typed: Typed,
  isKnown: IsKnown,
): Promise<{ passkey: Passkey; signed: Signed }> {
  return findSigned(hashTypedData(typed), isKnown);
}
