import { expect } from "chai";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import {
  type Hash,
  appendLeaf,
  createRange,
  equalHashes,
  foldNodes,
  inclusionSpans,
  consistencySpans,
  logLeaf,
  logRoot,
  proveConsistency,
  proveInclusion,
  rangeRoot,
  spanNodes,
} from "../../../protocol/anchor/log.ts";
import { verifyConsistency, verifyInclusion } from "../../../protocol/anchor/proof.ts";
import {
  verifySubtreeConsistency,
  verifySubtreeInclusion,
} from "../../../protocol/anchor/subtree.ts";

type Vector = {
  file: string;
  desc: string;
  wantErr: boolean;
  proof: string[] | null;
  [field: string]: unknown;
};

function readVectors(name: string): Vector[] {
  const url = new URL(`../../vectors/merkle-rfc6962/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8")) as Vector[];
}

function base64(text: unknown): Hash {
  return new Uint8Array(Buffer.from(String(text), "base64"));
}

function leavesOf(count: number): Hash[] {
  return Array.from({ length: count }, (_, i) => logLeaf(new TextEncoder().encode(`record ${i}`)));
}

function flipBit(hash: Hash, bit: number): Hash {
  const copy = new Uint8Array(hash);
  copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
}

describe("log", () => {
  describe("published inclusion vectors", () => {
    for (const vector of readVectors("inclusion")) {
      it(`${vector.wantErr ? "refuses" : "accepts"} ${vector.file}`, () => {
        const head = { size: BigInt(String(vector["treeSize"])), root: base64(vector["root"]) };
        const leaf = base64(vector["leafHash"]);
        const proof = (vector.proof ?? []).map(base64);
        const index = BigInt(String(vector["leafIdx"]));
        expect(verifyInclusion(head, index, leaf, proof)).to.equal(!vector.wantErr);
      });
    }
  });

  describe("published consistency vectors", () => {
    for (const vector of readVectors("consistency")) {
      it(`${vector.wantErr ? "refuses" : "accepts"} ${vector.file}`, () => {
        const first = { size: BigInt(String(vector["size1"])), root: base64(vector["root1"]) };
        const second = { size: BigInt(String(vector["size2"])), root: base64(vector["root2"]) };
        const proof = (vector.proof ?? []).map(base64);
        expect(verifyConsistency(first, second, proof)).to.equal(!vector.wantErr);
      });
    }
  });

  describe("published subtree vectors", () => {
    const numberOf = (vector: Vector, name: string): bigint => BigInt(String(vector[name]));
    const subtreeOf = (vector: Vector, root: string) => ({
      start: numberOf(vector, "start"),
      end: numberOf(vector, "end"),
      root: base64(vector[root]),
    });
    for (const vector of readVectors("subtreeinclusion")) {
      it(`${vector.wantErr ? "refuses" : "accepts"} ${vector.file}`, () => {
        const leaf = base64(vector["leafHash"]);
        const proof = (vector.proof ?? []).map(base64);
        const subtree = subtreeOf(vector, "root");
        const found = verifySubtreeInclusion(subtree, numberOf(vector, "leafIdx"), leaf, proof);
        expect(found).to.equal(!vector.wantErr);
      });
    }
    for (const vector of readVectors("subtreeconsistency")) {
      it(`${vector.wantErr ? "refuses" : "accepts"} ${vector.file}`, () => {
        const head = { size: numberOf(vector, "size"), root: base64(vector["root2"]) };
        const proof = (vector.proof ?? []).map(base64);
        const found = verifySubtreeConsistency(subtreeOf(vector, "root1"), head, proof);
        expect(found).to.equal(!vector.wantErr);
      });
    }
  });

  it("proves every leaf of every log, and no flipped bit passes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.nat(),
        fc.nat({ max: 255 }),
        (size, pick, bit) => {
          const leaves = leavesOf(size);
          const index = pick % size;
          const head = { size: BigInt(size), root: logRoot(leaves) };
          const proof = proveInclusion(leaves, index);
          const at = BigInt(index);
          expect(verifyInclusion(head, at, leaves[index]!, proof)).to.equal(true);
          expect(verifyInclusion(head, at, flipBit(leaves[index]!, bit), proof)).to.equal(false);
          for (let i = 0; i < proof.length; i++) {
            const broken = proof.with(i, flipBit(proof[i]!, bit));
            expect(verifyInclusion(head, at, leaves[index]!, broken)).to.equal(false);
          }
        },
      ),
    );
  });

  it("proves every log consistent with every earlier one, and no flipped bit passes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.nat(),
        fc.nat({ max: 255 }),
        (size, pick, bit) => {
          const leaves = leavesOf(size);
          const earlier = 1 + (pick % size);
          const first = { size: BigInt(earlier), root: logRoot(leaves.slice(0, earlier)) };
          const second = { size: BigInt(size), root: logRoot(leaves) };
          const proof = proveConsistency(leaves, earlier);
          expect(verifyConsistency(first, second, proof)).to.equal(true);
          const forged = { ...first, root: flipBit(first.root, bit) };
          expect(verifyConsistency(forged, second, proof)).to.equal(false);
          for (let i = 0; i < proof.length; i++) {
            const broken = proof.with(i, flipBit(proof[i]!, bit));
            expect(verifyConsistency(first, second, broken)).to.equal(false);
          }
        },
      ),
    );
  });

  it("appends with the last subtrees alone and gives the same root and the same nodes", () => {
    const leaves = leavesOf(200);
    const range = createRange();
    const nodes = new Map<string, Hash>();
    leaves.forEach((leaf, i) => {
      appendLeaf(range, leaf, ({ level, index }, hash) => nodes.set(`${level}/${index}`, hash));
      expect(equalHashes(rangeRoot(range), logRoot(leaves.slice(0, i + 1)))).to.equal(true);
    });
    const read = (span: { begin: number; end: number }): Hash =>
      foldNodes(spanNodes(span).map(({ level, index }) => nodes.get(`${level}/${index}`)!));
    expect(inclusionSpans(77, 200).map(read)).to.deep.equal(proveInclusion(leaves, 77));
    expect(consistencySpans(77, 200).map(read)).to.deep.equal(proveConsistency(leaves, 77));
  });

  it("knows the empty log of RFC 6962", () => {
    expect(Buffer.from(logRoot([])).toString("hex")).to.equal(
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
  });
});
