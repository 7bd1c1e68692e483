import {
  type Hash,
  type LeafSpan,
  type NodeId,
  appendLeaf,
  consistencySpans,
  createRange,
  foldNodes,
  rangeRoot,
  spanNodes,
} from "../log.ts";
import { NoteInvalid } from "./fault.ts";
import { TILE_WIDTH, type Tile, decodeTile, tilePath } from "./tile.ts";

/** Reads a file of a log by its address below the prefix; undefined where there is none. */
export type ReadFile = (path: string) => Promise<Uint8Array | undefined>;

const HEIGHT = 8;

/** Proofs put together from the tiles of a log of `size` leaves: what a log gives out instead of proofs. */
class TileReader {
  readonly #read: ReadFile;
  readonly #size: number;
  readonly #tiles = new Map<string, Promise<Hash[]>>();

  constructor(read: ReadFile, size: number) {
    this.#read = read;
    this.#size = size;
  }

  #tile(level: number, index: number): Promise<Hash[]> {
    const hashes = Math.floor(this.#size / TILE_WIDTH ** level);
    const width = Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH);
    const path = tilePath({ level, index, width });
    const tile = this.#tiles.get(path) ?? this.#load({ level, index, width });
    this.#tiles.set(path, tile);
    return tile;
  }

  /** A partial tile may have given way to the full one. */
  async #load(tile: Tile): Promise<Hash[]> {
    for (const width of new Set([tile.width, TILE_WIDTH])) {
      const bytes = await this.#read(tilePath({ ...tile, width }));
      const hashes = bytes && decodeTile(bytes, width);
      if (hashes) return hashes;
    }
    throw new NoteInvalid("badProof", tilePath(tile));
  }

  async node({ level, index }: NodeId): Promise<Hash> {
    const below = level % HEIGHT;
    const first = index * 2 ** below;
    const hashes = await this.#tile((level - below) / HEIGHT, Math.floor(first / TILE_WIDTH));
    const begin = first % TILE_WIDTH;
    const range = createRange();
    for (const hash of hashes.slice(begin, begin + 2 ** below)) appendLeaf(range, hash);
    return rangeRoot(range);
  }

  async span(span: LeafSpan): Promise<Hash> {
    return foldNodes(await Promise.all(spanNodes(span).map((id) => this.node(id))));
  }
}

/** The consistency proof between two sizes from a log's tiles; rejects with `NoteInvalid` where a tile is missing. */
export function proveFromTiles(read: ReadFile, first: number, second: number): Promise<Hash[]> {
  const reader = new TileReader(read, second);
  return Promise.all(consistencySpans(first, second).map((span) => reader.span(span)));
}
