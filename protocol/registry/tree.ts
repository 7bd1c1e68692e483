import { type Hex, bytesToHex, hexToBytes, keccak256 } from "viem";

// The array layout is that of OpenZeppelin's SimpleMerkleTree without sorting: node i has the
// children 2i + 1 and 2i + 2, and the leaves stand at the end in reverse order.

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < 32; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

function commutativeKeccak(a: Uint8Array, b: Uint8Array): Uint8Array {
  const pair = new Uint8Array(64);
  const ordered = compareBytes(a, b) <= 0;
  pair.set(ordered ? a : b, 0);
  pair.set(ordered ? b : a, 32);
  return keccak256(pair, "bytes");
}

function requireHash(hash: Hex): Uint8Array {
  const bytes = hexToBytes(hash);
  if (bytes.length !== 32) throw new RangeError("a tree's leaf or node has 32 bytes");
  return bytes;
}

/** All `2n - 1` nodes of the complete binary tree over `leaves` (at least one), root first (SPEC section 2). */
export function buildTree(leaves: readonly Hex[]): Hex[] {
  if (leaves.length === 0) throw new RangeError("a tree needs at least one leaf");
  const tree = new Array<Uint8Array>(2 * leaves.length - 1);
  leaves.forEach((leaf, i) => (tree[tree.length - 1 - i] = requireHash(leaf)));
  for (let i = leaves.length - 2; i >= 0; i--) {
    tree[i] = commutativeKeccak(tree[2 * i + 1]!, tree[2 * i + 2]!);
  }
  return tree.map((node) => bytesToHex(node));
}

/** The root of the tree over `leaves`; one leaf is its own root. */
export function treeRoot(leaves: readonly Hex[]): Hex {
  return buildTree(leaves)[0]!;
}

/** The siblings from leaf `index` up to the root, out of the nodes that `buildTree` returned. */
export function treeProof(tree: readonly Hex[], index: number): Hex[] {
  let node = tree.length - 1 - index;
  if (!Number.isInteger(index) || index < 0 || 2 * index + 1 > tree.length) {
    throw new RangeError(`no leaf ${index} in a tree of ${(tree.length + 1) / 2}`);
  }
  const proof: Hex[] = [];
  while (node > 0) {
    proof.push(tree[node % 2 === 0 ? node - 1 : node + 1]!);
    node = Math.floor((node - 1) / 2);
  }
  return proof;
}

/** The root that a leaf and its proof lead to. */
export function rootFromProof(leaf: Hex, proof: readonly Hex[]): Hex {
  return bytesToHex(
    proof.reduce(
      (node, sibling) => commutativeKeccak(node, requireHash(sibling)),
      requireHash(leaf),
    ),
  );
}

/** Whether `proof` leads from `leaf` to `root`; false, never an error, for malformed input. */
export function isInTree(root: Hex, leaf: Hex, proof: readonly Hex[]): boolean {
  try {
    return rootFromProof(leaf, proof) === root.toLowerCase();
  } catch {
    return false;
  }
}
