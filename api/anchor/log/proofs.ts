import { type Hex, bytesToHex } from "viem";
import {
  consistencySpans,
  emptyRoot,
  foldNodes,
  inclusionSpans,
  spanNodes,
} from "../../../protocol/anchor/log.ts";
import type { Hash, LeafSpan, NodeId } from "../../../protocol/anchor/log.ts";
import type { Db, Tx } from "../../database/client.ts";

const nameOf = ({ level, index }: NodeId): string => `${level}/${index}`;

/** The hashes over spans of leaves, from the complete subtrees that the log keeps: at most a few dozen rows. */
async function hashSpans(
  db: Db | Tx,
  communityId: string,
  spans: readonly LeafSpan[],
): Promise<Hex[]> {
  const wanted = spans.flatMap(spanNodes);
  const rows = await db.logNode.findMany({
    where: { communityId, OR: wanted.map(({ level, index }) => ({ level, index })) },
  });
  const nodes = new Map(rows.map((row): [string, Hash] => [nameOf(row), row.hash]));
  return spans.map((span) =>
    bytesToHex(foldNodes(spanNodes(span).map((id) => getNode(nodes, id)))),
  );
}

function getNode(nodes: ReadonlyMap<string, Hash>, id: NodeId): Hash {
  const node = nodes.get(nameOf(id));
  if (!node) throw new Error(`The log lacks its node ${nameOf(id)}: rows are missing.`);
  return node;
}

/** RFC 6962 inclusion proof of leaf `index` in the first `size` leaves. */
export function proveRecord(
  db: Db | Tx,
  communityId: string,
  place: { index: number; size: number },
): Promise<Hex[]> {
  return hashSpans(db, communityId, inclusionSpans(place.index, place.size));
}

/** RFC 6962 consistency proof; empty when nothing was anchored before. */
export async function proveGrowth(
  db: Db | Tx,
  communityId: string,
  sizes: { from: number; to: number },
): Promise<Hex[]> {
  if (sizes.from === 0) return [];
  return hashSpans(db, communityId, consistencySpans(sizes.from, sizes.to));
}

/** The root over the first `size` leaves. */
export async function rootAt(db: Db | Tx, communityId: string, size: number): Promise<Hex> {
  if (size === 0) return bytesToHex(emptyRoot());
  const [root] = await hashSpans(db, communityId, [{ begin: 0, end: size }]);
  return root!;
}
