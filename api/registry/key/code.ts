import { randomInt } from "node:crypto";
import type { Cipher } from "../../cipher.ts";

// Without I, L, O and U, which are misread: 60 bits in twelve characters.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LENGTH = 12;

/** A code that people type: kept by nobody, its hash is. */
export function drawCode(): string {
  const characters = Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(32)]!);
  return characters.join("").replace(/(.{4})(?=.)/g, "$1-");
}

/** Reads a code as people type it. */
const normalizeCode = (code: string): string =>
  code
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");

/** The hash under which a code is found; a code for one purpose opens nothing else. */
export const hashCode = (
  cipher: Cipher,
  purpose: "invitation" | "seat" | "setup",
  code: string,
): string => cipher.fingerprint(`${purpose} ${normalizeCode(code)}`);
