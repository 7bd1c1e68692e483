import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { expect } from "chai";
import fc from "fast-check";
import { type Hex, bytesToHex } from "viem";
import * as library from "../../../protocol/registry/curves.ts";
import * as own from "../../../web/verifier/curves.ts";
import { ed25519 as ownEdwards } from "../../../web/verifier/ed25519.ts";
import { sha512 as ownSha512 } from "../../../web/verifier/sha512.ts";

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

  it("hash as the library's SHA-512 does, at every length about a block", () => {
    for (let length = 0; length < 300; length++) {
      const message = Uint8Array.from({ length }, (_, i) => (i * 7 + length) % 256);
      expect(bytesToHex(ownSha512(message))).to.equal(bytesToHex(sha512(message)));
    }
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
