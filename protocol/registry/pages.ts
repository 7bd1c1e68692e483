import {
  type Hex,
  bytesToHex,
  concat,
  concatHex,
  hexToBytes,
  keccak256,
  numberToHex,
  size,
  slice,
} from "viem";
import { KEY_ID_BYTES, type KeyKind } from "./keys.ts";

/** One key of one voter, by the key's id. */
export type Binding = { voter: number; keyId: Hex };

/** Bytes of one entry of a key page. */
export function entryBytes(kind: KeyKind): number {
  return 2 + KEY_ID_BYTES[kind];
}

/** Most bindings of one key page by kind: as many as 24,000 bytes hold. */
export const MAX_KEYS: Record<KeyKind, number> = { 0: 1_090, 1: 705 };

/** Bytes of areas in one page of contract code (SPEC section 2). */
export const AREA_PAGE_BYTES = 24_000;

/** Runtime code of an OpenZeppelin clone ahead of its immutable arguments. */
const CLONE_PREFIX = "0x363d3d373d3d3d363d73";
const CLONE_SUFFIX = "0x5af43d82803e903d91602b57fd5bf3";
const CLONE_BYTES = 45;

/** Bytes per area: 4, or 5 when one voter holds more than 429,496.7295 m². */
export function areaBytesOf(areasE4: readonly bigint[]): 4 | 5 {
  return areasE4.some((area) => area > 0xffff_ffffn) ? 5 : 4;
}

function encodeArea(areaE4: bigint, areaBytes: number): Uint8Array {
  if (areaE4 < 0n || areaE4 >= 1n << BigInt(8 * areaBytes)) {
    throw new RangeError(`area ${areaE4} does not fit into ${areaBytes} bytes`);
  }
  const bytes = new Uint8Array(areaBytes);
  for (let i = areaBytes - 1, rest = areaE4; i >= 0; i--, rest >>= 8n)
    bytes[i] = Number(rest & 0xffn);
  return bytes;
}

/** The areas of voters 0, 1, 2 ... joined as fixed-width integers. */
export function joinAreas(areasE4: readonly bigint[], areaBytes: number): Hex {
  return bytesToHex(concat(areasE4.map((area) => encodeArea(area, areaBytes))));
}

/** The `areas` field of the roll message: the hash of all areas joined. */
export function areasHash(areasE4: readonly bigint[], areaBytes: number): Hex {
  return keccak256(joinAreas(areasE4, areaBytes));
}

/** Voters whose areas one page holds. */
export function areasPerPage(areaBytes: number): number {
  return Math.floor(AREA_PAGE_BYTES / areaBytes);
}

/** The area pages of a roll, each to be the immutable arguments of a clone. */
export function encodeAreaPages(areasE4: readonly bigint[], areaBytes: number): Hex[] {
  const perPage = areasPerPage(areaBytes);
  const pages: Hex[] = [];
  for (let i = 0; i < areasE4.length; i += perPage) {
    pages.push(joinAreas(areasE4.slice(i, i + perPage), areaBytes));
  }
  return pages;
}

/** The areas in pages joined; throws RangeError when the bytes are no whole number of areas. */
export function decodeAreaPages(pages: readonly Hex[], areaBytes: number): bigint[] {
  const bytes = hexToBytes(concatHex(pages));
  if (bytes.length % areaBytes !== 0) throw new RangeError("the area pages end inside an area");
  const areas: bigint[] = [];
  for (let i = 0; i < bytes.length; i += areaBytes) {
    let area = 0n;
    for (let j = 0; j < areaBytes; j++) area = (area << 8n) | BigInt(bytes[i + j]!);
    areas.push(area);
  }
  return areas;
}

/** The entries of a key page, `uint16 voter ‖ key id` each, sorted by voter (then by key id). */
export function encodeKeyPage(kind: KeyKind, bindings: readonly Binding[]): Hex {
  if (bindings.length > MAX_KEYS[kind])
    throw new RangeError(`a key page has at most ${MAX_KEYS[kind]} entries`);
  const entries = bindings.map(({ voter, keyId }) => {
    if (size(keyId) !== KEY_ID_BYTES[kind])
      throw new RangeError(`a key id of this kind has ${KEY_ID_BYTES[kind]} bytes`);
    return concatHex([numberToHex(voter, { size: 2 }), keyId.toLowerCase() as Hex]);
  });
  return concatHex(entries.sort());
}

/** The bindings of a key page by position; throws RangeError when the bytes are no whole number of entries. */
export function decodeKeyPage(kind: KeyKind, entries: Hex): Binding[] {
  const width = entryBytes(kind);
  if (size(entries) % width !== 0) throw new RangeError("the key page ends inside an entry");
  return Array.from({ length: size(entries) / width }, (_, i) => {
    const start = 2 + 2 * width * i;
    return {
      voter: Number.parseInt(entries.slice(start, start + 4), 16),
      keyId: `0x${entries.slice(start + 4, start + 2 * width).toLowerCase()}`,
    };
  });
}

/** The immutable arguments in the deployed code of an OpenZeppelin clone, as `eth_getCode` returns it. */
export function cloneArgs(code: Hex): Hex {
  const isClone =
    size(code) > CLONE_BYTES &&
    slice(code, 0, 10).toLowerCase() === CLONE_PREFIX &&
    slice(code, 30, CLONE_BYTES).toLowerCase() === CLONE_SUFFIX;
  if (!isClone) throw new RangeError("the code is not that of a clone with immutable arguments");
  return slice(code, CLONE_BYTES);
}
