import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { expect } from "chai";
import fc from "fast-check";
import { type Hex, bytesToHex, keccak256, numberToHex } from "viem";
import * as library from "../../../protocol/registry/curves.ts";
import * as own from "../../../web/verifier/curves.ts";
import { ed25519 as ownEdwards } from "../../../web/verifier/ed25519.ts";

// The stand-alone verifier has parts of its own in the place of libraries, for its size. Here they must
// answer what the libraries answer.

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
          const right = own.recoverSigner(digest, rs, signature[0]!);
          expect(right).to.equal(library.recoverSigner(digest, rs, signature[0]!));
          // And of what nobody signed the same key, or none.
          const other = (rs.slice(0, 2 + at) +
            (rs[2 + at] === "0" ? "1" : "0") +
            rs.slice(3 + at)) as Hex;
          const compare = (curves: typeof own) =>
            attempt(() => curves.recoverSigner(digest, other, parity));
          expect(compare(own)).to.equal(compare(library));
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
        const answers = (curves: typeof own) =>
          hashes.map((hash) => attempt(() => curves.recoverSigner(hash, rs, parity)));
        expect(answers(own), `${r} ${s} ${parity}`).to.deep.equal(answers(library));
      }
    });

    it("verify P-256 as the library does, also of high s, other points and other hashes", () => {
      fc.assert(
        fc.property(bytes32, bytes32, fc.nat(127), fc.boolean(), (key, hash, at, lowS) => {
          fc.pre(p256.utils.isValidSecretKey(key));
          const point = bytesToHex(p256.getPublicKey(key, false).subarray(1));
          const rs = bytesToHex(p256.sign(hash, key, { prehash: false, lowS }));
          const digest = bytesToHex(hash);
          expect(own.verifyP256Hash(point, rs, digest)).to.equal(
            library.verifyP256Hash(point, rs, digest),
          );
          const change = (hex: Hex): Hex => {
            const place = 2 + (at % (hex.length - 2));
            return `${hex.slice(0, place)}${hex[place] === "0" ? "1" : "0"}${hex.slice(place + 1)}` as Hex;
          };
          for (const [p, s, h] of [
            [change(point), rs, digest],
            [point, change(rs), digest],
            [point, rs, change(digest)],
          ] as const) {
            const compare = (curves: typeof own) => attempt(() => curves.verifyP256Hash(p, s, h));
            expect([false, "refused"]).to.include(compare(own));
            expect([false, "refused"]).to.include(compare(library));
          }
        }),
        { numRuns: 60 },
      );
    });
  });

  describe("Ed25519", () => {
    const strict = { zip215: false };
    const both = (signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean[] => [
      ownEdwards.verify(signature, message, key),
      attempt(() => ed25519.verify(signature, message, key, strict)) === true,
    ];

    it("verifies what the library verifies, and refuses what was changed", () => {
      fc.assert(
        fc.property(
          bytes32,
          fc.uint8Array({ maxLength: 200 }),
          fc.nat(511),
          (seed, message, at) => {
            const key = ed25519.getPublicKey(seed);
            const signature = ed25519.sign(message, seed);
            expect(both(signature, message, key)).to.deep.equal([true, true]);
            const change = (bytes: Uint8Array): Uint8Array => {
              const place = Math.floor(at / 8) % bytes.length;
              return bytes.with(place, bytes[place]! ^ (1 << (at % 8)));
            };
            expect(both(change(signature), message, key)).to.deep.equal([false, false]);
            expect(both(signature, message, change(key))).to.deep.equal([false, false]);
            expect(both(signature, new Uint8Array([...message, 0]), key)).to.deep.equal([
              false,
              false,
            ]);
          },
        ),
        { numRuns: 30 },
      );
    });

    it("refuses keys of small order, points that are none and scalars out of the group", () => {
      const points = [0n, 1n, 2n, P255 - 1n, P255, P255 + 1n, 2n ** 255n - 1n];
      const encode = (value: bigint): Uint8Array =>
        Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
      const message = new Uint8Array([1]);
      for (const key of points.flatMap((y) => [y, y + 2n ** 255n])) {
        for (const r of points) {
          for (const s of [0n, 1n, ORDER - 1n, ORDER, 2n ** 256n - 1n]) {
            const signature = new Uint8Array([...encode(r), ...encode(s)]);
            const [here, there] = both(signature, message, encode(key));
            expect(here, `${key} ${r} ${s}`).to.equal(there);
          }
        }
      }
    });
  });
});
