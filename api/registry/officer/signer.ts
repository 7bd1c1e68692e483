import { type Hex, keccak256, size, slice } from "viem";
import { KEY_KIND, keyId } from "../../../protocol/registry/keys.ts";
import { VERIFIERS, verifyOfficerKey, verifyWallet } from "../../../protocol/registry/officer.ts";
import type { VerifierName } from "../../../protocol/registry/officer.ts";
import type { Verifiers } from "../../chain/service.ts";
import type { PersonKey } from "../../http/authority.ts";

// An officer is an ERC-7913 signer: an address, or a verifier contract followed by a P-256 key.

const ADDRESS_BYTES = 20;
const VERIFIER_AND_KEY_BYTES = 84;

const isAddress = (signer: Hex): boolean => size(signer) === ADDRESS_BYTES;

/** Which of the chain's verifiers a signer names; undefined for an address and for any other verifier. */
function verifierOf(signer: Hex, verifiers: Verifiers | undefined): VerifierName | undefined {
  if (size(signer) !== VERIFIER_AND_KEY_BYTES) return undefined;
  return VERIFIERS.find((name) => verifiers?.[name] === slice(signer, 0, ADDRESS_BYTES));
}

/** An account, or a key behind one of the verifiers that the service put on the chain. */
export const isSigner = (signer: Hex, verifiers: Verifiers | undefined): boolean =>
  isAddress(signer) || verifierOf(signer, verifiers) !== undefined;

export const officerIdOf = (signer: Hex): Hex => keccak256(signer);

const pointOf = (signer: Hex): Hex => slice(signer, ADDRESS_BYTES);

/** The key behind a signer, as sessions know it. */
export function personOf(signer: Hex): PersonKey {
  return isAddress(signer)
    ? { kind: KEY_KIND.secp256k1, keyId: signer }
    : { kind: KEY_KIND.p256, keyId: keyId(pointOf(signer)) };
}

/** Whether an officer's signature over a digest is one that the contract will accept; never throws. */
export async function verifyAttestation(
  attested: { signer: Hex; digest: Hex; signature: Hex },
  verifiers: Verifiers | undefined,
): Promise<boolean> {
  const { signer, digest, signature } = attested;
  if (isAddress(signer)) return verifyWallet(signer, digest, signature);
  const verifier = verifierOf(signer, verifiers);
  if (!verifier) return false;
  return verifyOfficerKey(verifier, { point: pointOf(signer), digest, signature });
}
