import type { Hex } from "./signer.ts";

/** A key's short number, to be read aloud and compared at the desk: the first eight hex digits of its id. */
export function keyNumber(keyId: Hex): string {
  return keyId
    .slice(2, 10)
    .toUpperCase()
    .replace(/^(.{4})/, "$1 ");
}
