import type { Hex } from "viem";
import { recoverSigner as recover } from "../curves.ts";

/** `recoverSigner` of curves.ts, where a browser's policy lets no WebAssembly run. Rejects where that throws. */
export async function recoverSigner(hash: Hex, rs: Hex, yParity: number): Promise<Hex> {
  return recover(hash, rs, yParity);
}
