import { createMPT, createMerkleProof } from "@ethereumjs/mpt";
import { expect } from "chai";
import fc from "fast-check";
import { bytesToHex, hexToBytes, keccak256 } from "viem";
import { encodeRlp } from "../../../protocol/verify/block/rlp.ts";
import * as tries from "../../../protocol/verify/block/trie.ts";
import * as ownTries from "../../../web/verifier/trie.ts";

// The stand-alone verifier has parts of its own in the place of libraries, for its size. Here they must
// answer what the libraries answer.

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

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
