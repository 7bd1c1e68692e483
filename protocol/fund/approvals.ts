import { type Hex, concat, hexToBigInt, numberToHex, parseSignature, size, toHex } from "viem";
import { recoverSigner } from "#recovery";

// Approvals of a payment as the Fund's `release` takes them: SPEC section 9.

/** An officer's signature as the contracts take it. */
type Attestation = { signer: Hex; signature: Hex };

/** A wallet's signature in short (EIP-2098). */
type Short = { r: Hex; vs: Hex };

const ADDRESS_BYTES = 20;
const SIGNATURE_BYTES = 65;
const S_BITS = 255n;

/** Approvals for `release`: those of wallets short, because their signer is recovered from them. */
export function toApprovals(given: readonly Attestation[]) {
  const isShort = ({ signer, signature }: Attestation): boolean =>
    size(signer) === ADDRESS_BYTES && size(signature) === SIGNATURE_BYTES;
  const signatures = given.filter(isShort).map(({ signature }): Short => {
    const { r, s, yParity } = parseSignature(signature);
    // s is in the lower half, so its highest bit is free for the parity.
    return { r, vs: toHex(BigInt(s) | (BigInt(yParity) << S_BITS), { size: 32 }) };
  });
  return { signatures, attestations: given.filter((each) => !isShort(each)) };
}

async function recoverShort(digest: Hex, { r, vs }: Short): Promise<Attestation> {
  const word = hexToBigInt(vs);
  const parity = Number(word >> S_BITS);
  const s = numberToHex(word & ((1n << S_BITS) - 1n), { size: 32 });
  const signer = await recoverSigner(digest, concat([r, s]), parity);
  return { signer, signature: concat([r, s, numberToHex(27 + parity, { size: 1 })]) };
}

/**
 * The approvals that a call of `release` carries, in the contract's order: wallets first, their signers recovered from
 * what they signed. Undefined where nobody can have made one of the signatures.
 */
export async function readApprovals(
  digest: Hex,
  [, signatures, attestations]: readonly [bigint, readonly Short[], readonly Attestation[]],
): Promise<Attestation[] | undefined> {
  try {
    const wallets = await Promise.all(signatures.map((short) => recoverShort(digest, short)));
    return [...wallets, ...attestations];
  } catch {
    return undefined;
  }
}
