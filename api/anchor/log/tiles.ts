import {
  TILE_WIDTH,
  type Tile,
  encodeBundle,
  encodeTile,
  parseTilePath,
  tilePath,
} from "../../../protocol/anchor/tlog/tile.ts";
import type { Db } from "../../database/client.ts";
import { DomainError } from "../../http/errors.ts";
import { findCheckpoint } from "./checkpoints.ts";

/**
 * The bytes of a tile or a bundle of entries, as far as a signed checkpoint covers it: what was given out once stays,
 * so that caches may keep it for ever. Throws TileNotFound.
 */
export async function getTile(db: Db, communityId: string, path: string): Promise<Uint8Array> {
  const tile = parseTilePath(path);
  const size = (await findCheckpoint(db, communityId))?.size ?? 0;
  if (!tile || !isCovered(tile, size)) throw new DomainError("TileNotFound", { path });
  const rows = await readRows(db, communityId, tile);
  if (rows.length < tile.width) {
    throw new Error(`The log lacks what ${tilePath(tile)} is made of: rows are missing.`);
  }
  return tile.level === "entries" ? encodeBundle(rows) : encodeTile(rows);
}

function isCovered({ level, index, width }: Tile, size: number): boolean {
  const hashes = Math.floor(size / TILE_WIDTH ** (level === "entries" ? 0 : level));
  return index * TILE_WIDTH + width <= hashes;
}

async function readRows(
  db: Db,
  communityId: string,
  { level, index: tile, width }: Tile,
): Promise<Uint8Array[]> {
  const begin = tile * TILE_WIDTH;
  const index = { gte: begin, lt: begin + width };
  const orderBy = { index: "asc" } as const;
  if (level === "entries") {
    const records = await db.record.findMany({ where: { communityId, index }, orderBy });
    return records.map(({ text }) => new TextEncoder().encode(text));
  }
  const where = { communityId, level: level * 8, index };
  return (await db.logNode.findMany({ where, orderBy })).map(({ hash }) => hash);
}
