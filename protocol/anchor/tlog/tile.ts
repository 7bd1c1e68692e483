import { concat } from "viem";
import type { Hash } from "../log.ts";
import { NoteInvalid } from "./fault.ts";

// Tiles: c2sp.org/tlog-tiles. A tile holds 256 hashes, each over a full tile of the level below.

/** Hashes in a full tile, and entries in a full bundle. */
export const TILE_WIDTH = 256;
const HASH_BYTES = 32;
/** An entry's length is two bytes in a bundle. */
export const MAX_ENTRY_BYTES = 65_535;

/** A tile of hashes at a level, or a bundle of entries; `width` below 256 makes it partial. */
export type Tile = { level: number | "entries"; index: number; width: number };

/** The address of a tile below the log's prefix: `tile/0/x001/x234/067.p/8`. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  const parts = padded.match(/.{3}/g) ?? [];
  const place = parts.map((part, i) => (i < parts.length - 1 ? `x${part}` : part)).join("/");
  return `tile/${level}/${place}${width === TILE_WIDTH ? "" : `.p/${width}`}`;
}

/** Levels that 64-bit sizes can have, by the specification. */
const MAX_LEVEL = 63;

const PATH =
  /^tile\/(?<level>0|[1-9]\d?|entries)\/(?<place>(?:x\d{3}\/)*\d{3})(?:\.p\/(?<width>[1-9]\d{0,2}))?$/;

/** Reads a tile's address; undefined where it is none, or not in its one form. */
export function parseTilePath(path: string): Tile | undefined {
  const groups = PATH.exec(path)?.groups;
  if (!groups) return undefined;
  const level = groups["level"] === "entries" ? ("entries" as const) : Number(groups["level"]);
  const index = Number(groups["place"]!.replace(/[x/]/g, ""));
  const width = groups["width"] === undefined ? TILE_WIDTH : Number(groups["width"]);
  const tile = { level, index, width };
  if (typeof level === "number" && level > MAX_LEVEL) return undefined;
  return Number.isSafeInteger(index) && tilePath(tile) === path ? tile : undefined;
}

/** The tiles of one level that a log of `size` leaves consists of; the last may be partial. */
export function* tilesAt(level: number | "entries", size: number): Generator<Tile> {
  const hashes = Math.floor(size / TILE_WIDTH ** (level === "entries" ? 0 : level));
  for (let index = 0; index * TILE_WIDTH < hashes; index++) {
    yield { level, index, width: Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH) };
  }
}

/** Every tile and bundle that a log of `size` leaves consists of, bundles first. */
export function* tilesOf(size: number): Generator<Tile> {
  yield* tilesAt("entries", size);
  for (let level = 0; size >= TILE_WIDTH ** level; level++) yield* tilesAt(level, size);
}

/** The bytes of a tile of hashes. */
export function encodeTile(hashes: readonly Hash[]): Uint8Array {
  return concat(hashes);
}

/** The hashes of a tile; undefined where the bytes are none of that width. */
export function decodeTile(bytes: Uint8Array, width: number): Hash[] | undefined {
  if (bytes.length !== width * HASH_BYTES) return undefined;
  return Array.from({ length: width }, (_, i) =>
    bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  );
}

/** The bytes of a bundle: each entry after its length in two bytes. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  return concat(
    entries.flatMap((entry) => {
      if (entry.length > MAX_ENTRY_BYTES) throw new NoteInvalid("tooLong", "entry");
      return [new Uint8Array([entry.length >> 8, entry.length & 0xff]), entry];
    }),
  );
}

/** The entries of a bundle; undefined where the bytes are none of that many. */
export function decodeBundle(bytes: Uint8Array, width: number): Uint8Array[] | undefined {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 2 + ((bytes[at]! << 8) | (bytes[at + 1] ?? 0));
    if (at + 2 > bytes.length || end > bytes.length) return undefined;
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries.length === width ? entries : undefined;
}
