import { type Hash, emptyRoot, equalHashes, logNode } from "./log.ts";
import { type LogHead, verifyInclusion } from "./proof.ts";

// Subtrees of a log: draft-ietf-plants-merkle-tree-certs, sections 4.1 to 4.4. A proof of ours is one from leaf 0.

/** Leaves `start` to `end - 1` and the root over them. */
export type Subtree = { start: bigint; end: bigint; root: Hash };

/** Whether a log has a subtree there: it begins at a multiple of the smallest power of two that holds it. */
function isSubtree({ start, end }: Subtree): boolean {
  if (start < 0n || start > end) return false;
  let power = 1n;
  while (power < end - start) power <<= 1n;
  return start % power === 0n;
}

/** Whether `proof` shows that the leaf hash stands at `index` of the log, within the subtree. */
export function verifySubtreeInclusion(
  subtree: Subtree,
  index: bigint,
  leaf: Hash,
  proof: readonly Hash[],
): boolean {
  if (!isSubtree(subtree)) return false;
  const head = { size: subtree.end - subtree.start, root: subtree.root };
  return verifyInclusion(head, index - subtree.start, leaf, proof);
}

type Walk = { first: bigint; node: bigint; last: bigint };

function climb({ first, node, last }: Walk): Walk {
  return { first: first >> 1n, node: node >> 1n, last: last >> 1n };
}

/** Where the proof begins: at the subtree itself, or at the largest part of it that is a node of the log. */
function startOf({ start, end }: Subtree, size: bigint): Walk {
  let walk = { first: start, node: end - 1n, last: size - 1n };
  const isRightEdge = walk.node === walk.last;
  while (walk.first !== walk.node && (isRightEdge || walk.node % 2n === 1n)) walk = climb(walk);
  return walk;
}

/** The roots of subtree and log that the proof leads to; undefined when its length does not fit. */
function rootsOf(subtree: Subtree, size: bigint, proof: readonly Hash[]): [Hash, Hash] | undefined {
  let walk = startOf(subtree, size);
  const path = walk.first === walk.node ? [subtree.root, ...proof] : proof;
  const [start, ...rest] = path;
  if (!start) return undefined;
  let [inner, outer] = [start, start];
  for (const sibling of rest) {
    if (walk.last === 0n) return undefined;
    if (walk.node % 2n === 1n || walk.node === walk.last) {
      if (walk.first < walk.node) inner = logNode(sibling, inner);
      outer = logNode(sibling, outer);
      while (walk.node % 2n === 0n && walk.node !== 0n) walk = climb(walk);
    } else {
      outer = logNode(outer, sibling);
    }
    walk = climb(walk);
  }
  return walk.last === 0n ? [inner, outer] : undefined;
}

/** Whether `proof` shows that the log of `head` has the subtree. An empty subtree is part of every log. */
export function verifySubtreeConsistency(
  subtree: Subtree,
  head: LogHead,
  proof: readonly Hash[],
): boolean {
  if (!isSubtree(subtree) || subtree.end > head.size) return false;
  if (subtree.start === subtree.end) {
    return proof.length === 0 && equalHashes(subtree.root, emptyRoot());
  }
  const roots = rootsOf(subtree, head.size, proof);
  return (
    roots !== undefined && equalHashes(roots[0], subtree.root) && equalHashes(roots[1], head.root)
  );
}
