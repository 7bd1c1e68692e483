import { type Hash, equalHashes, logNode } from "./log.ts";

// The verifying side of RFC 9162, sections 2.1.3.2 and 2.1.4.2. Sizes are numbers or bigints as
// given by the prover, who is not trusted: nothing here throws.

/** The head of a log: how many leaves, and the root over them. */
export type LogHead = { size: bigint; root: Hash };

function isHash(hash: Hash): boolean {
  return hash.length === 32;
}

/** Whether `proof` shows that the leaf hash stands at `index` in the log of `head`. */
export function verifyInclusion(
  head: LogHead,
  index: bigint,
  leaf: Hash,
  proof: readonly Hash[],
): boolean {
  if (index < 0n || index >= head.size) return false;
  if (![head.root, leaf, ...proof].every(isHash)) return false;
  let node = index;
  let last = head.size - 1n;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0n) return false;
    if (node % 2n === 1n || node === last) {
      hash = logNode(sibling, hash);
      while (node % 2n === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      hash = logNode(hash, sibling);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && equalHashes(hash, head.root);
}

/** The two roots that a consistency proof leads to, or undefined when its length does not fit. */
function rootsOf(first: bigint, second: bigint, path: readonly Hash[]): [Hash, Hash] | undefined {
  let node = first - 1n;
  let last = second - 1n;
  while (node % 2n === 1n) [node, last] = [node >> 1n, last >> 1n];
  const [start, ...rest] = path;
  if (!start) return undefined;
  let [older, newer] = [start, start];
  for (const sibling of rest) {
    if (last === 0n) return undefined;
    if (node % 2n === 1n || node === last) {
      [older, newer] = [logNode(sibling, older), logNode(sibling, newer)];
      while (node % 2n === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      newer = logNode(newer, sibling);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n ? [older, newer] : undefined;
}

/** Whether `proof` shows that the log of `second` continues the log of `first` (of at least one leaf). */
export function verifyConsistency(
  first: LogHead,
  second: LogHead,
  proof: readonly Hash[],
): boolean {
  if (first.size < 1n || first.size > second.size) return false;
  if (first.size === second.size) {
    return proof.length === 0 && equalHashes(first.root, second.root);
  }
  if (![first.root, second.root, ...proof].every(isHash)) return false;
  const isPowerOfTwo = (first.size & (first.size - 1n)) === 0n;
  const path = isPowerOfTwo ? [first.root, ...proof] : proof;
  if (isPowerOfTwo && proof.length === 0) return false;
  const roots = rootsOf(first.size, second.size, path);
  return (
    roots !== undefined && equalHashes(roots[0], first.root) && equalHashes(roots[1], second.root)
  );
}
