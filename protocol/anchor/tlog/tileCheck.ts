import { bytesToHex } from "viem";
import {
  type CompactRange,
  type Hash,
  appendLeaf,
  createRange,
  emptyRoot,
  equalHashes,
  logLeaf,
  rangeRoot,
} from "../log.ts";
import {
  TILE_WIDTH,
  type Tile,
  decodeBundle,
  decodeTile,
  parseTilePath,
  tilePath,
} from "./tile.ts";

/** Files by their address below the log's prefix. */
export interface TileStore {
  /** The bytes of a file; undefined where there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** The addresses of all files under `tile/`. */
  list(): Promise<string[]>;
}

/** What is wrong with one file, or with one place in it. */
export type TileProblem = {
  code: "fileMissing" | "malformed" | "entryDiffers" | "tileDiffers" | "rootDiffers";
  path: string;
  /** The number of the entry, counted through the log. */
  entry?: number;
  /** Which hash of the tile, from 0. */
  position?: number;
  expected?: string;
  found?: string;
  /** How many more places of the same file differ. */
  more?: number;
};

/** Differences named per file; the rest is counted. */
const NAMED = 8;

/** A checkpoint that the folder is held against. */
export type Goal = { size: number; root: Hash };

/** How a report writes a hash. */
export const rootName = (root: Hash): string => bytesToHex(root);

/** A stored file and the hashes that it stands for. */
type Copy = { tile: Tile; hashes: Hash[] };

const keyOf = ({ level, index }: Pick<Tile, "level" | "index">): string => `${level}/${index}`;

function copyRange({ size, nodes }: CompactRange): CompactRange {
  return { size, nodes: [...nodes] };
}

function rootAfter(range: CompactRange, leaves: readonly Hash[]): Hash {
  const copy = copyRange(range);
  for (const leaf of leaves) appendLeaf(copy, leaf);
  return rangeRoot(copy);
}

function sameHashes(a: readonly Hash[], b: readonly Hash[]): boolean {
  return a.length === b.length && a.every((hash, i) => equalHashes(hash, b[i]!));
}

/** Reads the files of a log once, in order, and compares each with what the entries make of it. */
export class TileCheck {
  /** The roots at the sizes of the goals, as far as the entries reach. */
  readonly roots = new Map<number, Hash>();
  readonly #store: TileStore;
  readonly #goals: readonly Goal[];
  readonly #problems: TileProblem[] = [];
  readonly #notCovered: string[] = [];
  /** What the folder has for each place. */
  readonly #stored = new Map<string, Tile[]>();
  readonly #range = createRange();
  /** Per level above 0: the hashes of the tile that is being filled. */
  readonly #open: Hash[][] = [];
  readonly #done: number[] = [];

  constructor(store: TileStore, goals: readonly Goal[]) {
    this.#store = store;
    this.#goals = goals;
  }

  async run(): Promise<{ entries: number; problems: TileProblem[]; notCovered: string[] }> {
    await this.#list();
    const size = Math.max(0, ...this.#goals.map((goal) => goal.size));
    this.#noteRoot();
    for (let index = 0; index * TILE_WIDTH < size; index++) {
      const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH);
      if (!(await this.#checkLeaves(index, width))) break;
    }
    for (let level = 1; level < this.#open.length; level++) await this.#closeTile(level);
    for (const tiles of this.#stored.values()) this.#notCovered.push(...tiles.map(tilePath));
    const { size: entries } = this.#range;
    return { entries, problems: this.#problems, notCovered: this.#notCovered.sort() };
  }

  async #list(): Promise<void> {
    for (const path of await this.#store.list()) {
      const tile = parseTilePath(path);
      if (!tile) this.#notCovered.push(path);
      else this.#stored.set(keyOf(tile), [...(this.#stored.get(keyOf(tile)) ?? []), tile]);
    }
  }

  /** The copies of one place, the widest first; the place is not looked at again. */
  async #take(place: Tile): Promise<Copy[]> {
    const tiles = this.#stored.get(keyOf(place)) ?? [];
    this.#stored.delete(keyOf(place));
    if (!tiles.some(({ width }) => width === place.width || width === TILE_WIDTH)) {
      this.#problems.push({ code: "fileMissing", path: tilePath(place) });
    }
    const copies: Copy[] = [];
    for (const tile of tiles.toSorted((a, b) => b.width - a.width)) {
      const bytes = await this.#store.read(tilePath(tile));
      const hashes = bytes && toHashes(tile, bytes);
      if (hashes) copies.push({ tile, hashes });
      else this.#problems.push({ code: "malformed", path: tilePath(tile) });
      if (tile.width > place.width) this.#notCovered.push(tilePath(tile));
    }
    return copies;
  }

  /** One bundle and its tile; false where there is nothing to go on from. */
  async #checkLeaves(index: number, width: number): Promise<boolean> {
    const entries = await this.#take({ level: "entries", index, width });
    const hashes = await this.#take({ level: 0, index, width });
    const wide = [entries, hashes]
      .map((copies) => copies.find((copy) => copy.hashes.length >= width)?.hashes.slice(0, width))
      .filter((leaves) => leaves !== undefined);
    const right = await this.#choose(wide, index);
    const best = right ?? wide[0];
    if (!best) return false;
    // Neither fits: both are named.
    this.#compare(entries, right ?? wide[1] ?? best);
    this.#compare(hashes, best);
    for (const leaf of best) {
      appendLeaf(this.#range, leaf, ({ level }, hash) => {
        if (level > 0 && level % 8 === 0) (this.#open[level / 8] ??= []).push(hash);
      });
      this.#noteRoot();
    }
    for (let level = 1; this.#open[level]?.length === TILE_WIDTH; level++) {
      await this.#closeTile(level);
    }
    return true;
  }

  #noteRoot(): void {
    const { size } = this.#range;
    if (!this.#goals.some((goal) => goal.size === size)) return;
    this.roots.set(size, size === 0 ? emptyRoot() : rangeRoot(this.#range));
  }

  /** Where entries and tile disagree, the one for which more speaks; undefined where that is neither. */
  async #choose(candidates: readonly Hash[][], index: number): Promise<Hash[] | undefined> {
    const [first, second] = candidates;
    if (!first || !second || sameHashes(first, second)) return first;
    const above = await this.#hashAbove(index);
    const [forFirst, forSecond] = [this.#evidence(first, above), this.#evidence(second, above)];
    if (forFirst === forSecond) return undefined;
    return forFirst > forSecond ? first : second;
  }

  /** How many of the tile above and the checkpoints agree with these leaves. */
  #evidence(leaves: Hash[], above: Hash | undefined): number {
    const isFull = leaves.length === TILE_WIDTH;
    const fitsAbove = isFull && above && equalHashes(rootAfter(createRange(), leaves), above);
    const fitting = this.#goals.filter(({ size, root }) => {
      const count = size - this.#range.size;
      if (count < 1 || count > leaves.length) return false;
      return equalHashes(rootAfter(this.#range, leaves.slice(0, count)), root);
    });
    return fitting.length + (fitsAbove ? 1 : 0);
  }

  /** What the tile above says of a full tile of leaves, if there is one. */
  async #hashAbove(index: number): Promise<Hash | undefined> {
    const place = { level: 1, index: Math.floor(index / TILE_WIDTH) };
    const tiles = this.#stored.get(keyOf(place)) ?? [];
    const [widest] = tiles.toSorted((a, b) => b.width - a.width);
    const bytes = widest && (await this.#store.read(tilePath(widest)));
    return bytes && decodeTile(bytes, widest.width)?.[index % TILE_WIDTH];
  }

  /** A tile above the leaves that is full, or the last of its level. */
  async #closeTile(level: number): Promise<void> {
    const hashes = this.#open[level] ?? [];
    const index = this.#done[level] ?? 0;
    if (hashes.length === 0) return;
    this.#open[level] = [];
    this.#done[level] = index + 1;
    this.#compare(await this.#take({ level, index, width: hashes.length }), hashes);
  }

  #compare(copies: readonly Copy[], right: readonly Hash[]): void {
    for (const { tile, hashes } of copies) {
      const differing = hashes
        .slice(0, right.length)
        .flatMap((hash, i) => (equalHashes(hash, right[i]!) ? [] : [i]));
      const more = differing.length - NAMED;
      for (const [i, position] of differing.slice(0, NAMED).entries()) {
        const isLast = i === NAMED - 1 && more > 0;
        this.#problems.push({
          ...placeOf(tile, position),
          expected: rootName(right[position]!),
          found: rootName(hashes[position]!),
          ...(isLast ? { more } : {}),
        });
      }
    }
  }
}

function placeOf(tile: Tile, position: number): TileProblem {
  const path = tilePath(tile);
  if (tile.level !== "entries") return { code: "tileDiffers", path, position };
  return { code: "entryDiffers", path, entry: tile.index * TILE_WIDTH + position };
}

function toHashes({ level, width }: Tile, bytes: Uint8Array): Hash[] | undefined {
  if (level === "entries") return decodeBundle(bytes, width)?.map(logLeaf);
  return decodeTile(bytes, width);
}
