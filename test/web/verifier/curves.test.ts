import { ed25519 } from "@noble/curves/ed25519.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { expect } from "chai";
import fc from "fast-check";
import { type Hex, bytesToHex, keccak256, numberToHex } from "viem";
import * as library from "../../../protocol/registry/curves.ts";
import * as smaller from "../../../web/verifier/curves.ts";
import { verifyEd25519 } from "../../../protocol/anchor/tlog/ed25519.ts";
import { verifyEd25519 as verifyWithSmaller } from "../../../web/verifier/ed25519.ts";

// The stand-alone verifier has smaller libraries in the place of those of protocol/. Here they must answer the same.

const P255 = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const attempt = <Value>(act: () => Value): Value | "refused" => {
  try {
    return act();
  } catch {
    return "refused";
  }
};

describe("the stand-alone verifier's signatures", function () {
  this.timeout(60_000);

  describe("curves", () => {
    const N = secp256k1.Point.Fn.ORDER;
    const word = (value: bigint): string => numberToHex(value, { size: 32 }).slice(2);

    it("recover the signer that the library recovers", () => {
      fc.assert(
        fc.property(bytes32, bytes32, fc.nat(3), fc.nat(64), (key, hash, parity, at) => {
          fc.pre(secp256k1.utils.isValidSecretKey(key));
          const signature = secp256k1.sign(hash, key, { prehash: false, format: "recovered" });
          const rs = bytesToHex(signature.subarray(1));
          const digest = bytesToHex(hash);
          const right = smaller.recoverSigner(digest, rs, signature[0]!);
          expect(right).to.equal(library.recoverSigner(digest, rs, signature[0]!));
          // And of what nobody signed the same key, or none.
          const other = (rs.slice(0, 2 + at) +
            (rs[2 + at] === "0" ? "1" : "0") +
            rs.slice(3 + at)) as Hex;
          const compare = (curves: Pick<typeof library, "recoverSigner">) =>
            attempt(() => curves.recoverSigner(digest, other, parity));
          expect(compare(smaller)).to.equal(compare(library));
        }),
        { numRuns: 150 },
      );
    });

    it("refuse what lies outside the group, as the library does", () => {
      const values = [0n, 1n, 2n, N - 1n, N, N + 1n, (1n << 256n) - 1n];
      const hashes = [keccak256("0x01"), `0x${"00".repeat(32)}` as const];
      const cases = values.flatMap((r) =>
        values.flatMap((s) => [0, 1, 2, 3, 4].map((parity) => ({ r, s, parity }))),
      );
      for (const { r, s, parity } of cases) {
        const rs = `0x${word(r)}${word(s)}` as const;
        const answers = (curves: Pick<typeof library, "recoverSigner">) =>
          hashes.map((hash) => attempt(() => curves.recoverSigner(hash, rs, parity)));
        expect(answers(smaller), `${r} ${s} ${parity}`).to.deep.equal(answers(library));
      }
    });
  });

  describe("Ed25519", () => {
    const both = (
      signature: Uint8Array,
      message: Uint8Array,
      key: Uint8Array,
    ): Promise<boolean[]> =>
      Promise.all([
        verifyWithSmaller(signature, message, key),
        verifyEd25519(signature, message, key),
      ]);

    it("verifies what the library verifies, and refuses what was changed", async () => {
      await fc.assert(
        fc.asyncProperty(
          bytes32,
          fc.uint8Array({ maxLength: 200 }),
          fc.nat(511),
          async (seed, message, at) => {
            const key = ed25519.getPublicKey(seed);
            const signature = ed25519.sign(message, seed);
            expect(await both(signature, message, key)).to.deep.equal([true, true]);
            const change = (bytes: Uint8Array): Uint8Array => {
              const place = Math.floor(at / 8) % bytes.length;
              return bytes.with(place, bytes[place]! ^ (1 << (at % 8)));
            };
            expect(await both(change(signature), message, key)).to.deep.equal([false, false]);
            expect(await both(signature, message, change(key))).to.deep.equal([false, false]);
            expect(await both(signature, new Uint8Array([...message, 0]), key)).to.deep.equal([
              false,
              false,
            ]);
          },
        ),
        { numRuns: 30 },
      );
    });

    it("refuses keys of small order, points that are none and scalars out of the group", async () => {
      const points = [0n, 1n, 2n, P255 - 1n, P255, P255 + 1n, 2n ** 255n - 1n];
      const encode = (value: bigint): Uint8Array =>
        Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
      const message = new Uint8Array([1]);
      for (const key of points.flatMap((y) => [y, y + 2n ** 255n])) {
        for (const r of points) {
          for (const s of [0n, 1n, ORDER - 1n, ORDER, 2n ** 256n - 1n]) {
            const signature = new Uint8Array([...encode(r), ...encode(s)]);
            const [here, there] = await both(signature, message, encode(key));
            expect(here, `${key} ${r} ${s}`).to.equal(there);
          }
        }
      }
    });
  });
});
