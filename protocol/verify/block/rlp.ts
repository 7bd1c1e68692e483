import { RLP } from "@ethereumjs/rlp";

/** What RLP can say: bytes, and lists of what RLP can say. */
export type Nested = Uint8Array | Nested[];

/** Decodes RLP; throws for what is none, or is followed by anything. */
export function decodeRlp(bytes: Uint8Array): Nested {
  return RLP.decode(bytes);
}

/** Encodes bytes, integers (as their shortest bytes) and lists of them. */
export function encodeRlp(input: Parameters<typeof RLP.encode>[0]): Uint8Array {
  return RLP.encode(input);
}

/** A list that RLP says; throws for bytes. */
export function decodeList(bytes: Uint8Array): Nested[] {
  const items = decodeRlp(bytes);
  if (!Array.isArray(items)) throw new RangeError("a list was expected");
  return items;
}
