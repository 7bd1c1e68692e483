import { recoverPublicKey } from "@noble/secp256k1";
import { type Hex, bytesToHex, hexToBytes, keccak256, slice } from "viem";

// In the build of the verifier this file takes the place of protocol/registry/curves.ts, whose library would be a
// quarter of the page: a smaller one of the same author. A test compares the two.

/** The address, in lower case, whose key made the secp256k1 signature `r ‖ s` over a hash; throws where there is none. */
export function recoverSigner(hash: Hex, rs: Hex, yParity: number): Hex {
  const signature = new Uint8Array(65);
  signature[0] = yParity;
  signature.set(hexToBytes(rs), 1);
  const asIs = { prehash: false, isCompressed: false };
  const key = recoverPublicKey(signature, hexToBytes(hash), asIs);
  return slice(keccak256(bytesToHex(key.subarray(1))), 12);
}

/** P-256 is WebCrypto's, which a file opened from disk has: what it does not answer is not verified here. */
export function verifyP256Hash(): never {
  throw new Error("this browser has no WebCrypto");
}
