import { SimpleMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import fc from "fast-check";
import { type Hex, keccak256, numberToHex } from "viem";
import { buildTree, isInTree, treeProof, treeRoot } from "../../../protocol/registry/tree.ts";

function leavesOf(count: number): Hex[] {
  return Array.from({ length: count }, (_, i) => keccak256(numberToHex(i, { size: 4 })));
}

function flipBit(hash: Hex, bit: number): Hex {
  return numberToHex(BigInt(hash) ^ (1n << BigInt(bit)), { size: 32 });
}

describe("tree of leaves", () => {
  it("has the root and the proofs of OpenZeppelin's tree for every size", () => {
    for (let count = 1; count <= 70; count++) {
      const leaves = leavesOf(count);
      const theirs = SimpleMerkleTree.of(leaves, { sortLeaves: false });
      const tree = buildTree(leaves);
      expect(tree[0]).to.equal(theirs.root);
      leaves.forEach((_, i) => expect(treeProof(tree, i)).to.deep.equal(theirs.getProof(i)));
    }
  });

  it("proves every leaf, and no flipped bit passes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.nat(),
        fc.nat({ max: 255 }),
        (count, pick, bit) => {
          const leaves = leavesOf(count);
          const index = pick % count;
          const root = treeRoot(leaves);
          const proof = treeProof(buildTree(leaves), index);
          expect(isInTree(root, leaves[index]!, proof)).to.equal(true);
          expect(isInTree(flipBit(root, bit), leaves[index]!, proof)).to.equal(false);
          expect(isInTree(root, flipBit(leaves[index]!, bit), proof)).to.equal(false);
          proof.forEach((sibling, i) => {
            const broken = proof.with(i, flipBit(sibling, bit));
            expect(isInTree(root, leaves[index]!, broken)).to.equal(false);
          });
        },
      ),
    );
  });

  it("refuses a malformed proof instead of throwing", () => {
    const [leaf] = leavesOf(1) as [Hex];
    expect(isInTree(leaf, leaf, ["0x12"])).to.equal(false);
    expect(isInTree(leaf, "0x", [])).to.equal(false);
  });

  it("knows no tree without leaves and no leaf beyond the last", () => {
    expect(() => buildTree([])).to.throw(RangeError);
    expect(() => treeProof(buildTree(leavesOf(3)), 3)).to.throw(RangeError);
    expect(() => treeProof(buildTree(leavesOf(3)), -1)).to.throw(RangeError);
  });
});
