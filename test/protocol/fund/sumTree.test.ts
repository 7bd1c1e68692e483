import { expect } from "chai";
import fc from "fast-check";
import { type Hex, bytesToHex, concat, hexToBytes, keccak256, numberToBytes, sha256 } from "viem";
import {
  type SumLeaf,
  type SumNode,
  SumTreeError,
  buildSumTree,
  isInSum,
  sumLeaf,
  sumProof,
  sumRoot,
} from "../../../protocol/fund/sumTree.ts";
import { balancesTree, buildUnitTree, rootOfBuildings } from "../../../protocol/fund/unitTree.ts";

const TREE = balancesTree("mingyuan", 1);
const saltOf = (unit: string): Hex => keccak256(new TextEncoder().encode(unit));
const leafOf = (unit: string, ...figures: bigint[]): SumLeaf => ({
  salt: saltOf(unit),
  unit,
  figures,
});

const anyFigures = fc.array(
  fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 0n, max: 10n ** 12n })),
  { minLength: 1, maxLength: 40 },
);

describe("sum tree", () => {
  it("adds up, and proves every leaf", () => {
    fc.assert(
      fc.property(anyFigures, (figures) => {
        const leaves = figures.map((own, i) => leafOf(`1-1-${i}`, ...own));
        const tree = buildSumTree(leaves.map((leaf) => sumLeaf(TREE, leaf)));
        const root = sumRoot(tree);
        for (const at of [0, 1]) {
          expect(root.sums[at]).to.equal(figures.reduce((sum, own) => sum + own[at]!, 0n));
        }
        for (const [i, leaf] of leaves.entries()) {
          expect(isInSum(root, TREE, { leaf, proof: sumProof(tree, i) })).to.equal(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  const nodes = ["a", "b", "c"].map((unit, i) => sumLeaf(TREE, leafOf(unit, BigInt(i + 1))));
  const tree = buildSumTree(nodes);
  const root = sumRoot(tree);
  const proof = sumProof(tree, 1);
  const isProven = (change: object, leaf: Partial<SumLeaf> = {}, named = TREE): boolean =>
    isInSum({ ...root, ...change }, named, { leaf: { ...leafOf("b", 2n), ...leaf }, proof });

  it("refuses another amount, another unit, another salt, another tree, another sum", () => {
    expect(isProven({})).to.equal(true);
    expect(isProven({}, { figures: [3n] })).to.equal(false);
    expect(isProven({}, { unit: "c" })).to.equal(false);
    expect(isProven({}, { salt: saltOf("c") })).to.equal(false);
    expect(isProven({}, {}, "mingyuan/balances/2")).to.equal(false);
    expect(isProven({ sums: [5n] })).to.equal(false);
    expect(isProven({ sums: [6n, 0n] })).to.equal(false);
  });

  it("takes no negative figure, nor a sibling with one", () => {
    expect(() => sumLeaf(TREE, leafOf("d", -1n))).to.throw(SumTreeError);
    const negative = { ...proof[0]!, sums: [-1n] };
    const isAccepted = isInSum(root, TREE, {
      leaf: leafOf("b", 2n),
      proof: [negative, ...proof.slice(1)],
    });
    expect(isAccepted).to.equal(false);
  });

  it("is false, never an error, for a malformed proof", () => {
    for (const broken of [
      [{}],
      [{ side: "left", hash: "0x12", sums: [1n] }],
      [{ side: "left", hash: root.hash, sums: [] }],
    ]) {
      expect(isInSum(root, TREE, { leaf: leafOf("b", 2n), proof: broken as never })).to.equal(
        false,
      );
    }
  });

  it("has one order for units and buildings, however they come", () => {
    const units = [
      { ...leafOf("2-1-9", 1n), building: "2" },
      { ...leafOf("10-1-1", 2n), building: "10" },
      { ...leafOf("2-1-10", 4n), building: "2" },
    ];
    const one = buildUnitTree(TREE, units);
    const other = buildUnitTree(TREE, units.toReversed());
    expect(one.root).to.deep.equal(other.root);
    expect(one.buildings.map(({ building, count }) => [building, count])).to.deep.equal([
      ["10", 1],
      ["2", 2],
    ]);
    expect(rootOfBuildings(one.buildings)).to.deep.equal(one.root);
    for (const unit of units) {
      expect(isInSum(one.root, TREE, { leaf: unit, proof: one.prove(unit.unit) })).to.equal(true);
    }
  });
});

// The tree that others used: a node hashes its children's hashes and only its own sum, and a proof gives each
// sibling with its sum. See "Broken proofs of solvency in blockchain custodial wallets and exchanges" (2022).
describe("the attack in which two owners verify while the root is short", () => {
  const naiveParent = (left: SumNode, right: SumNode, sum: bigint): SumNode => {
    const parts = [hexToBytes(left.hash), hexToBytes(right.hash), numberToBytes(sum, { size: 16 })];
    return { hash: bytesToHex(sha256(concat(parts), "bytes")), sums: [sum] };
  };
  /** What an owner of the naive tree checks: his leaf, a sibling with the sum that he is told, and the root. */
  const naiveCheck = (
    own: SumNode,
    sibling: SumNode,
    { root, isLeft }: { root: SumNode; isLeft: boolean },
  ): boolean => {
    const [left, right] = isLeft ? [own, sibling] : [sibling, own];
    const parent = naiveParent(left, right, own.sums[0]! + sibling.sums[0]!);
    return parent.hash === root.hash && parent.sums[0] === root.sums[0];
  };

  const [first, second] = [leafOf("1-1-101", 600n), leafOf("1-1-102", 1000n)];
  const [left, right] = [sumLeaf(TREE, first), sumLeaf(TREE, second)];
  /** The larger instead of the sum: 600 fen are missing. */
  const short = 1000n;

  it("works against a tree with the sum alone", () => {
    const root = naiveParent(left, right, short);
    // Each is told of the other's balance what makes it fit.
    expect(naiveCheck(left, { ...right, sums: [short - 600n] }, { root, isLeft: true })).to.equal(
      true,
    );
    expect(naiveCheck(right, { ...left, sums: [0n] }, { root, isLeft: false })).to.equal(true);
  });

  it("is impossible here: whatever the root says, at most one of them verifies", () => {
    const node = (own: SumNode, told: bigint, isLeft: boolean): SumNode => {
      const pair = isLeft ? [own, { ...right, sums: [told] }] : [{ ...left, sums: [told] }, own];
      const parts = pair.flatMap(({ hash, sums }) => [
        hexToBytes(hash),
        numberToBytes(sums[0]!, { size: 16 }),
      ]);
      return {
        hash: bytesToHex(sha256(concat([new Uint8Array([1]), ...parts]), "bytes")),
        sums: [short],
      };
    };
    const roots = [
      node(left, short - 600n, true),
      node(right, 0n, false),
      { ...sumRoot(buildSumTree([left, right])), sums: [short] },
      naiveParent(left, right, short),
    ];
    for (const root of roots) {
      const verified = [
        isInSum(root, TREE, {
          leaf: first,
          proof: [{ side: "right", hash: right.hash, sums: [short - 600n] }],
        }),
        isInSum(root, TREE, {
          leaf: second,
          proof: [{ side: "left", hash: left.hash, sums: [0n] }],
        }),
      ];
      expect(verified.filter(Boolean).length).to.be.lessThan(2);
    }
    const honest = sumRoot(buildSumTree([left, right]));
    expect(honest.sums).to.deep.equal([1600n]);
  });
});
