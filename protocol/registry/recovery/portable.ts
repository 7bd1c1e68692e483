import { recoverSigner } from "../curves.ts";

/** How signers are recovered where a browser's policy lets no WebAssembly run. */
export async function loadRecovery(): Promise<typeof recoverSigner> {
  return recoverSigner;
}
