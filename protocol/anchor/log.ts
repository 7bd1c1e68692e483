import { concat, sha256 } from "viem";

// The log of RFC 6962 (RFC 9162 sections 2.1.1 to 2.1.4). Sizes and indices are safe integers.

/** 32 bytes: a leaf hash, a node or a root. */
export type Hash = Uint8Array;

/** A node over 2^level leaves, the first of them `index * 2^level`. */
export type NodeId = { level: number; index: number };

/** Leaves `begin` to `end - 1`. */
export type LeafSpan = { begin: number; end: number };

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

/** The leaf hash of a record: `sha256(0x00 ‖ bytes)`. */
export function logLeaf(bytes: Uint8Array): Hash {
  return sha256(concat([LEAF, bytes]), "bytes");
}

/** The hash of an inner node: `sha256(0x01 ‖ left ‖ right)`. */
export function logNode(left: Hash, right: Hash): Hash {
  return sha256(concat([NODE, left, right]), "bytes");
}

/** The root of the empty log: the hash of nothing. */
export function emptyRoot(): Hash {
  return sha256(new Uint8Array(), "bytes");
}

/** Whether two hashes are the same bytes. */
export function equalHashes(a: Hash, b: Hash): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** A log of which only the roots of its complete subtrees are kept, largest first: enough to append and to know the root. */
export type CompactRange = { size: number; nodes: Hash[] };

/** The compact range of an empty log. */
export function createRange(): CompactRange {
  return { size: 0, nodes: [] };
}

/** Appends one leaf to `range` in place; `onNode` is told every node that is now complete, the leaf first. */
export function appendLeaf(
  range: CompactRange,
  leaf: Hash,
  onNode?: (id: NodeId, hash: Hash) => void,
): void {
  let node = leaf;
  let index = range.size;
  let level = 0;
  onNode?.({ level, index }, node);
  for (; index % 2 === 1; index = Math.floor(index / 2)) {
    node = logNode(range.nodes.pop()!, node);
    level += 1;
    onNode?.({ level, index: Math.floor(index / 2) }, node);
  }
  range.nodes.push(node);
  range.size += 1;
}

/** Folds the nodes of a span (from `spanNodes`, left to right) into the hash over the whole span. */
export function foldNodes(nodes: readonly Hash[]): Hash {
  return nodes.length === 0
    ? emptyRoot()
    : nodes.reduceRight((right, left) => logNode(left, right));
}

/** The root of a compact range. */
export function rangeRoot(range: CompactRange): Hash {
  return foldNodes(range.nodes);
}

/** The complete subtrees that make up a span, left to right; the span begins where a subtree of the log begins. */
export function spanNodes({ begin, end }: LeafSpan): NodeId[] {
  const nodes: NodeId[] = [];
  for (let at = begin; at < end;) {
    let level = 0;
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= end) level += 1;
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

/** The largest power of two below `n`. */
function splitPoint(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

/** The spans whose hashes are the inclusion proof of leaf `index` in a log of `size`, in proof order. */
export function inclusionSpans(index: number, size: number): LeafSpan[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`no leaf ${index} in a log of ${size}`);
  const spans: LeafSpan[] = [];
  let [begin, end] = [0, size];
  while (end - begin > 1) {
    const middle = begin + splitPoint(end - begin);
    const left = index < middle;
    spans.push(left ? { begin: middle, end } : { begin, end: middle });
    if (left) end = middle;
    else begin = middle;
  }
  return spans.reverse();
}

/** The spans whose hashes are the consistency proof from `first` to `second` leaves, in proof order. */
export function consistencySpans(first: number, second: number): LeafSpan[] {
  if (!(first >= 1 && first <= second)) throw new RangeError(`no proof from ${first} to ${second}`);
  if (first === second) return [];
  const spans: LeafSpan[] = [];
  let [begin, end] = [0, second];
  while (first < end) {
    const middle = begin + splitPoint(end - begin);
    const left = first <= middle;
    spans.push(left ? { begin: middle, end } : { begin, end: middle });
    if (left) end = middle;
    else begin = middle;
  }
  // The old log's last subtree is named unless it is the old log itself, whose root the verifier has.
  if (begin > 0) spans.push({ begin, end });
  return spans.reverse();
}

/** The node at `id` out of all the leaf hashes. */
function nodeFromLeaves(leaves: readonly Hash[], { level, index }: NodeId): Hash {
  const range = createRange();
  for (const leaf of leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)) {
    appendLeaf(range, leaf);
  }
  return rangeRoot(range);
}

function spanHash(leaves: readonly Hash[], span: LeafSpan): Hash {
  return foldNodes(spanNodes(span).map((id) => nodeFromLeaves(leaves, id)));
}

/** The root of the log of these leaf hashes. */
export function logRoot(leaves: readonly Hash[]): Hash {
  return spanHash(leaves, { begin: 0, end: leaves.length });
}

/** The inclusion proof of leaf `index` in the log of all `leaves`. */
export function proveInclusion(leaves: readonly Hash[], index: number): Hash[] {
  return inclusionSpans(index, leaves.length).map((span) => spanHash(leaves, span));
}

/** The consistency proof from the first `first` of `leaves` to all of them. */
export function proveConsistency(leaves: readonly Hash[], first: number): Hash[] {
  return consistencySpans(first, leaves.length).map((span) => spanHash(leaves, span));
}
