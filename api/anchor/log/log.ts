import { type Hex, bytesToHex, hexToBytes } from "viem";
import { appendLeaf, rangeRoot } from "../../../protocol/anchor/log.ts";
import type { CompactRange, Hash, NodeId } from "../../../protocol/anchor/log.ts";
import { recordBytes, recordLeaf } from "../../../protocol/anchor/record.ts";
import type { PublishedRecord } from "../../../protocol/anchor/record.ts";
import { MAX_ENTRY_BYTES } from "../../../protocol/anchor/tlog/tile.ts";
import type { Clock } from "../../clock.ts";
import type { Tx } from "../../database/client.ts";
import { DomainError } from "../../http/errors.ts";
import type { AppendedRecord } from "../service.ts";

const stored = (hash: Hash): Uint8Array<ArrayBuffer> => new Uint8Array(hash);

/** Appends a record. The row of the log is held until the caller's transaction ends, so appends take turns. */
export async function appendRecord(
  deps: { tx: Tx; clock: Clock },
  communityId: string,
  record: PublishedRecord,
): Promise<AppendedRecord> {
  const { tx } = deps;
  const bytes = recordBytes(record);
  if (bytes.length > MAX_ENTRY_BYTES) {
    throw new DomainError("RecordTooLarge", { bytes: bytes.length, limit: MAX_ENTRY_BYTES });
  }
  const leaf = recordLeaf(bytes);
  const range = await lockRange(tx, communityId);
  const index = range.size;
  await extendLog(tx, communityId, { range, leaf });
  const text = new TextDecoder().decode(bytes);
  const at = deps.clock.now();
  await tx.record.create({ data: { communityId, index, leaf, type: record.type, text, at } });
  return { index, leaf };
}

/** The log's compact range, with its row locked; a community's first record creates it. */
export async function lockRange(tx: Tx, communityId: string): Promise<CompactRange> {
  await tx.$executeRaw`
    INSERT INTO "Log" ("communityId", "size", "range") VALUES (${communityId}, 0, '{}')
    ON CONFLICT DO NOTHING`;
  const rows = await tx.$queryRaw<{ size: number; range: Uint8Array[] }[]>`
    SELECT "size", "range" FROM "Log" WHERE "communityId" = ${communityId} FOR UPDATE`;
  const { size, range } = rows[0]!;
  return { size, nodes: range.map((node) => new Uint8Array(node)) };
}

async function extendLog(
  tx: Tx,
  communityId: string,
  { range, leaf }: { range: CompactRange; leaf: Hex },
): Promise<void> {
  const nodes: (NodeId & { hash: Uint8Array<ArrayBuffer> })[] = [];
  appendLeaf(range, hexToBytes(leaf), (id, hash) => nodes.push({ ...id, hash: stored(hash) }));
  await tx.logNode.createMany({ data: nodes.map((node) => ({ communityId, ...node })) });
  const data = { size: range.size, range: range.nodes.map(stored) };
  await tx.log.update({ where: { communityId }, data });
}

export const rootOf = (range: CompactRange): Hex => bytesToHex(rangeRoot(range));
