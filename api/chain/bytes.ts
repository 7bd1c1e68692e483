import type { Hex } from "viem";

/** As the database's client wants them. */
export function toColumn(hex: Hex): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(hex.slice(2), "hex"));
}
