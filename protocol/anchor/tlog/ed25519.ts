import { isEd25519 } from "./key.ts";

/**
 * Whether an Ed25519 key of 32 bytes made the signature of 64 over a message. Never rejects. It need not answer at once,
 * so that the stand-alone verifier, which has another file in the place of this one, can let the platform hash.
 */
export async function verifyEd25519(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean> {
  return isEd25519(signature, message, publicKey);
}
