import { createMPT, createMerkleProof } from "@ethereumjs/mpt";
import { expect } from "chai";
import fc from "fast-check";
import { bytesToHex, hexToBytes, keccak256 } from "viem";
import { decodeRlp, encodeRlp } from "../../../protocol/verify/block/rlp.ts";
import * as tries from "../../../protocol/verify/block/trie.ts";
import * as rlp from "../../../web/verifier/rlp.ts";
import * as ownTries from "../../../web/verifier/trie.ts";

// The stand-alone verifier has parts of its own in the place of libraries, for its size. Here they must
// answer what the libraries answer.

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe("the stand-alone verifier's RLP", () => {
  const { nested } = fc.letrec<{ nested: unknown }>((tie) => ({
    nested: fc.oneof(
      { maxDepth: 4 },
      fc.uint8Array({ maxLength: 70 }),
      fc.array(tie("nested"), { maxLength: 5 }),
    ),
  }));
  const read = (decode: (bytes: Uint8Array) => unknown, bytes: Uint8Array): unknown => {
    try {
      return decode(bytes);
    } catch {
      return "refused";
    }
  };

  it("encodes and decodes as the library does", () => {
    fc.assert(
      fc.property(nested, (item) => {
        const encoded = encodeRlp(item as Uint8Array);
        expect(rlp.encodeRlp(item as Uint8Array)).to.deep.equal(encoded);
        expect(rlp.decodeRlp(encoded)).to.deep.equal(decodeRlp(encoded));
      }),
    );
    for (const number of [0, 1, 127, 128, 255, 256, 65_535, 2 ** 40, 0n, 1n << 200n]) {
      expect(rlp.encodeRlp(number)).to.deep.equal(encodeRlp(number));
    }
    const long = new Uint8Array(70_000).fill(7);
    expect(rlp.encodeRlp([long, long])).to.deep.equal(encodeRlp([long, long]));
  });

  it("takes no other form of the same, and nothing after or missing", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(read(rlp.decodeRlp, bytes)).to.deep.equal(read(decodeRlp, bytes));
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(nested, fc.nat(), fc.nat(255), (item, at, byte) => {
        const encoded = encodeRlp(item as Uint8Array);
        const changed = encoded.with(at % encoded.length, byte);
        expect(read(rlp.decodeRlp, changed)).to.deep.equal(read(decodeRlp, changed));
      }),
      { numRuns: 500 },
    );
  });
});

describe("the stand-alone verifier's tries", function () {
  this.timeout(60_000);

  describe("tries", () => {
    const item = fc.uint8Array({ minLength: 1, maxLength: 80 }).map((bytes) => bytesToHex(bytes));

    it("lead to the roots that the library leads to, up to 300 items", async () => {
      const sizes = [0, 1, 2, 3, 15, 16, 17, 127, 128, 129, 255, 256, 257, 300];
      for (const size of sizes) {
        const items = fc.sample(item, { numRuns: size, seed: size });
        expect(await ownTries.orderedRoot(items), String(size)).to.equal(
          await tries.orderedRoot(items),
        );
      }
    });

    it("read proofs as the library does: what is there, what is not, and what was not proven", async () => {
      const pairs = fc.array(fc.tuple(bytes32, fc.uint8Array({ minLength: 1, maxLength: 40 })), {
        minLength: 1,
        maxLength: 40,
      });
      await fc.assert(
        fc.asyncProperty(pairs, bytes32, fc.nat(), async (entries, absent, drop) => {
          const trie = await createMPT({ useKeyHashing: true });
          for (const [key, value] of entries) await trie.put(key, encodeRlp(value));
          const root = bytesToHex(trie.root());
          const keys = [...entries.map(([key]) => key), absent];
          const proofs = await Promise.all(keys.map((key) => createMerkleProof(trie, key)));
          const nodes = [...new Set(proofs.flat().map((node) => bytesToHex(node)))];
          const fewer = nodes.filter((_, i) => i !== drop % nodes.length);
          for (const known of [nodes, fewer]) {
            const [here, there] = [new ownTries.ProofNodes(known), new tries.ProofNodes(known)];
            for (const key of keys) {
              const read = (from: ownTries.ProofNodes | tries.ProofNodes) =>
                from.get(root, bytesToHex(key)).catch(() => "missing");
              expect(await read(here)).to.deep.equal(await read(there));
            }
          }
        }),
        { numRuns: 25 },
      );
    });

    it("find nothing under the root of nothing", async () => {
      const root = ownTries.EMPTY_ROOT;
      expect(root).to.equal(tries.EMPTY_ROOT);
      expect(root).to.equal(keccak256(encodeRlp(new Uint8Array())));
      expect(await new ownTries.ProofNodes([]).get(root, "0x00")).to.equal(null);
      expect(hexToBytes(await ownTries.orderedRoot([])).length).to.equal(32);
    });
  });
});
