// In the build of the verifier this file takes the place of protocol/verify/block/rlp.ts, which wraps a
// library (Yellow Paper, appendix B). A test compares both.

/** What RLP can say: bytes, and lists of what RLP can say. */
export type Nested = Uint8Array | Nested[];

type Input = Uint8Array | number | bigint | readonly Input[];

const SHORT = 55;
const LIST = 0xc0;
const BYTES = 0x80;

function fail(): never {
  throw new RangeError("not RLP");
}

/** An integer as its shortest bytes: zero has none. */
function toBytes(value: number | bigint): Uint8Array {
  const hex = value === 0 || value === 0n ? "" : value.toString(16);
  const even = hex.length % 2 ? `0${hex}` : hex;
  return Uint8Array.from({ length: even.length / 2 }, (_, i) =>
    Number.parseInt(even.slice(2 * i, 2 * i + 2), 16),
  );
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function withHead(content: Uint8Array, base: number): Uint8Array {
  const { length } = content;
  if (length <= SHORT) return join([new Uint8Array([base + length]), content]);
  const size = toBytes(length);
  return join([new Uint8Array([base + SHORT + size.length]), size, content]);
}

/** Encodes bytes, integers (as their shortest bytes) and lists of them. */
export function encodeRlp(input: Input): Uint8Array {
  if (Array.isArray(input)) return withHead(join(input.map(encodeRlp)), LIST);
  const bytes = input instanceof Uint8Array ? input : toBytes(input as number | bigint);
  return bytes.length === 1 && bytes[0]! < BYTES ? bytes : withHead(bytes, BYTES);
}

/** Where an item's content begins and ends; only the shortest form of its head is right. */
function readHead(bytes: Uint8Array, at: number, base: number): { start: number; end: number } {
  const first = bytes[at]! - base;
  let [start, length] = [at + 1, first];
  if (first > SHORT) {
    const size = bytes.subarray(start, start + first - SHORT);
    length = size.reduce((sum, byte) => sum * 256 + byte, 0);
    if (size.length < first - SHORT || size[0] === 0 || length <= SHORT) fail();
    start += size.length;
  }
  const end = start + length;
  return end <= bytes.length ? { start, end } : fail();
}

function decodeAt(bytes: Uint8Array, at: number): { item: Nested; end: number } {
  const first = bytes[at] ?? fail();
  if (first < BYTES) return { item: bytes.subarray(at, at + 1), end: at + 1 };
  const { start, end } = readHead(bytes, at, first < LIST ? BYTES : LIST);
  if (first >= LIST) return { item: decodeItems(bytes.subarray(start, end)), end };
  if (end === start + 1 && bytes[start]! < BYTES) fail();
  return { item: bytes.subarray(start, end), end };
}

function decodeItems(bytes: Uint8Array): Nested[] {
  const items: Nested[] = [];
  for (let at = 0; at < bytes.length;) {
    const { item, end } = decodeAt(bytes, at);
    items.push(item);
    at = end;
  }
  return items;
}

/** Decodes RLP; throws for what is none, or is followed by anything. */
export function decodeRlp(bytes: Uint8Array): Nested {
  if (bytes.length === 0) return bytes;
  const { item, end } = decodeAt(bytes, 0);
  return end === bytes.length ? item : fail();
}

/** A list that RLP says; throws for bytes. */
export function decodeList(bytes: Uint8Array): Nested[] {
  const items = decodeRlp(bytes);
  return Array.isArray(items) ? items : fail();
}
