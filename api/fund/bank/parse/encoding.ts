import { DomainError } from "../../../http/errors.ts";

export interface Decoded {
  encoding: string;
  text: string;
}

/** The bytes as text of one encoding, without a byte order mark. Throws BankEncodingInvalid where they are none. */
export function decode(bytes: Uint8Array, encoding: string): Decoded {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return { encoding, text };
  } catch (cause) {
    throw new DomainError("BankEncodingInvalid", { encoding: encoding.slice(0, 20) }, cause);
  }
}

/** UTF-16 and UTF-8 by their marks; undefined for bytes without one. */
export function encodingOfMark(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  return a === 0xef && b === 0xbb && c === 0xbf ? "utf-8" : undefined;
}
