import { sha256 } from "@noble/hashes/sha2.js";
import { type Hex, bytesToHex, hexToBytes } from "viem";

// A Merkle tree over the units' figures (SPEC section 8). A node hashes both children's hashes AND both children's
// sums: with the sum alone, the parent of two children could be given the larger of them as "sum", and both owners
// would verify while the root is short.

/** A unit's figures, fen that are not negative, under the unit's own salt. */
export type SumLeaf = { salt: Hex; unit: string; figures: readonly bigint[] };

/** The root of a part of the tree: its hash, and what its leaves add up to. */
export type SumNode = { hash: Hex; sums: readonly bigint[] };

/** A sibling on the way to the root, and on which side it stands. */
export type SumStep = SumNode & { side: "left" | "right" };

/** A figure or sum that no tree may hold: negative, or beyond 128 bits. */
export class SumTreeError extends RangeError {
  override readonly name = "SumTreeError";
}

const LEAF = 0;
const NODE = 1;
const HASH_BYTES = 32;
const SUM_BYTES = 16;
const LENGTH_BYTES = 2;
const LIMIT = 2n ** 128n;
const HALF = 64n;

/** Puts together what is hashed. A large community's tree has tens of thousands of nodes, so no piece is copied twice. */
class Preimage {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  #at = 0;

  constructor(size: number, first: number) {
    this.#bytes = new Uint8Array(size);
    this.#view = new DataView(this.#bytes.buffer);
    this.#bytes[this.#at++] = first;
  }

  hash(hash: Hex): this {
    const bytes = hexToBytes(hash);
    if (bytes.length !== HASH_BYTES) throw new SumTreeError("a salt or hash has 32 bytes");
    this.#bytes.set(bytes, this.#at);
    this.#at += HASH_BYTES;
    return this;
  }

  text(text: Uint8Array): this {
    this.#view.setUint16(this.#at, text.length);
    this.#bytes.set(text, this.#at + LENGTH_BYTES);
    this.#at += LENGTH_BYTES + text.length;
    return this;
  }

  sums(sums: readonly bigint[]): this {
    for (const sum of sums) {
      requireSum(sum);
      this.#view.setBigUint64(this.#at, sum >> HALF);
      this.#view.setBigUint64(this.#at + SUM_BYTES / 2, BigInt.asUintN(Number(HALF), sum));
      this.#at += SUM_BYTES;
    }
    return this;
  }

  digest(): Hex {
    return bytesToHex(sha256(this.#bytes));
  }
}

function requireSum(sum: bigint): void {
  if (sum < 0n || sum >= LIMIT) throw new SumTreeError("a sum is between 0 and 2^128 - 1");
}

function textBytes(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text.normalize("NFC"));
  if (bytes.length > 0xffff) throw new SumTreeError("a text is too long");
  return bytes;
}

/**
 * The node of one unit: `sha256(0x00 ‖ salt ‖ tree ‖ unit ‖ figures)`, texts with their length in two bytes before them,
 * figures in 16 bytes each. `tree` names the tree, so that a leaf of one is none of another.
 */
export function sumLeaf(tree: string, { salt, unit, figures }: SumLeaf): SumNode {
  const [name, id] = [textBytes(tree), textBytes(unit)];
  const texts = 2 * LENGTH_BYTES + name.length + id.length;
  const size = 1 + HASH_BYTES + texts + figures.length * SUM_BYTES;
  const preimage = new Preimage(size, LEAF).hash(salt).text(name).text(id).sums(figures);
  return { hash: preimage.digest(), sums: figures };
}

/** The parent of two nodes: `sha256(0x01 ‖ left hash ‖ left sums ‖ right hash ‖ right sums)`. */
export function joinSums(left: SumNode, right: SumNode): SumNode {
  if (left.sums.length !== right.sums.length) throw new SumTreeError("not the same figures");
  const sums = left.sums.map((sum, i) => sum + right.sums[i]!);
  sums.forEach(requireSum);
  const preimage = new Preimage(1 + 2 * (HASH_BYTES + sums.length * SUM_BYTES), NODE);
  for (const node of [left, right]) preimage.hash(node.hash).sums(node.sums);
  return { hash: preimage.digest(), sums };
}

/** All levels of the tree over nodes, the given ones first, the root alone last; an odd last node moves up as it is. */
export type SumTree = readonly (readonly SumNode[])[];

/** Builds the tree over nodes in their order, in the shape of RFC 6962; throws SumTreeError for no node at all. */
export function buildSumTree(nodes: readonly SumNode[]): SumTree {
  if (nodes.length === 0) throw new SumTreeError("a tree has at least one node");
  const levels: SumNode[][] = [[...nodes]];
  for (let level = levels[0]!; level.length > 1; level = levels.at(-1)!) {
    const parents: SumNode[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const right = level[i + 1];
      parents.push(right ? joinSums(level[i]!, right) : level[i]!);
    }
    levels.push(parents);
  }
  return levels;
}

/** The root of a tree. */
export const sumRoot = (tree: SumTree): SumNode => tree.at(-1)![0]!;

/** The siblings from the node at `index` up to the root. */
export function sumProof(tree: SumTree, index: number): SumStep[] {
  if (tree[0]?.[index] === undefined) throw new RangeError(`no node ${index} in the tree`);
  const steps: SumStep[] = [];
  let at = index;
  for (const level of tree.slice(0, -1)) {
    const sibling = level[at ^ 1];
    if (sibling) steps.push({ ...sibling, side: at % 2 === 0 ? "right" : "left" });
    at >>= 1;
  }
  return steps;
}

/** The root to which a node and its siblings lead; throws SumTreeError where a sum is negative or too large. */
export function rootOfProof(node: SumNode, proof: readonly SumStep[]): SumNode {
  return proof.reduce(
    (own, step) => (step.side === "left" ? joinSums(step, own) : joinSums(own, step)),
    node,
  );
}

/** Whether a unit's figures are part of a root with its sums; false, never an error, for anything malformed. */
export function isInSum(
  root: SumNode,
  tree: string,
  { leaf, proof }: { leaf: SumLeaf; proof: readonly SumStep[] },
): boolean {
  try {
    const found = rootOfProof(sumLeaf(tree, leaf), proof);
    const isSame = found.sums.length === root.sums.length;
    return isSame && found.hash === root.hash && found.sums.every((sum, i) => sum === root.sums[i]);
  } catch {
    return false;
  }
}
