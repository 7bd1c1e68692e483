import { type Hex, concat, hexToNumber, keccak256, recoverAddress, size, slice } from "viem";
import { FORM, KEY_KIND, isLowS, keyId } from "../../../protocol/registry/keys.ts";
import { verifyKeySignature } from "../../../protocol/registry/signature.ts";
import type { PersonKey } from "../../http/authority.ts";

// An officer is an ERC-7913 signer: an address, or a verifier contract followed by a P-256 key.

const ADDRESS_BYTES = 20;
const VERIFIER_AND_KEY_BYTES = 84;

export const isSigner = (signer: Hex): boolean =>
  size(signer) === ADDRESS_BYTES || size(signer) === VERIFIER_AND_KEY_BYTES;

export const officerIdOf = (signer: Hex): Hex => keccak256(signer);

const isAddress = (signer: Hex): boolean => size(signer) === ADDRESS_BYTES;

const pointOf = (signer: Hex): Hex => slice(signer, ADDRESS_BYTES);

/** The key behind a signer, as sessions know it. */
export function personOf(signer: Hex): PersonKey {
  return isAddress(signer)
    ? { kind: KEY_KIND.secp256k1, keyId: signer }
    : { kind: KEY_KIND.p256, keyId: keyId(pointOf(signer)) };
}

/** Whether an officer's signature over a digest is one that the contract will accept; never throws. */
export async function verifyAttestation(attested: {
  signer: Hex;
  digest: Hex;
  signature: Hex;
}): Promise<boolean> {
  const { signer, digest, signature } = attested;
  if (isAddress(signer)) return verifyWallet(signer, digest, signature);
  if (size(signature) !== 64 || !isLowS(KEY_KIND.p256, signature)) return false;
  // The verifier contract for officers' P-256 keys hashes as WebCrypto does.
  const input = { digest, form: FORM.sha256 };
  const carried = concat([signature, slice(pointOf(signer), 32)]);
  return verifyKeySignature({ ...personOf(signer), signature: carried, input });
}

async function verifyWallet(signer: Hex, digest: Hex, signature: Hex): Promise<boolean> {
  // OpenZeppelin's ECDSA takes 65 bytes with v 27 or 28 and a low s, nothing else.
  if (size(signature) !== 65 || ![27, 28].includes(hexToNumber(slice(signature, 64)))) return false;
  try {
    const recovered = await recoverAddress({ hash: digest, signature });
    return recovered.toLowerCase() === signer && isLowWalletS(signature);
  } catch {
    return false;
  }
}

const HALF_SECP256K1 = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;
const isLowWalletS = (signature: Hex): boolean =>
  BigInt(slice(signature, 32, 64)) <= HALF_SECP256K1;
