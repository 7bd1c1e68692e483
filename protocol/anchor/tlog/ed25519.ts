import { ed25519 } from "@noble/curves/ed25519.js";

/**
 * Whether an Ed25519 key of 32 bytes made the signature of 64 over a message, by the strict rules of RFC 8032 (section
 * 5.1.7). Never rejects. It need not answer at once, so that the stand-alone verifier can let the platform hash.
 */
export async function verifyEd25519(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean> {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}
