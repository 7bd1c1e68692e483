import { secp256k1 } from "@noble/curves/secp256k1.js";
import { expect } from "chai";
import fc from "fast-check";
import { type Hex, bytesToHex, hexToBytes, keccak256, numberToHex, slice } from "viem";
import {
  P,
  inverseOf,
  multiply,
  rootOf,
  scale,
  settle,
  square,
  toElement,
  toNumber,
} from "../../../protocol/registry/field.ts";
import { recoverSigner } from "../../../protocol/registry/recover.ts";

const { Point } = secp256k1;
const N = Point.Fn.ORDER;
const word = (value: bigint): string => numberToHex(value, { size: 32 }).slice(2);
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

/** The library's answer. */
function recoverByLibrary(hash: Hex, rs: Hex, yParity: number): Hex {
  const signature = new Uint8Array([yParity, ...hexToBytes(rs)]);
  const recovered = secp256k1.Signature.fromBytes(signature, "recovered");
  const point = recovered.recoverPublicKey(hexToBytes(hash));
  return slice(keccak256(bytesToHex(point.toBytes(false).subarray(1))), 12);
}

type Recover = typeof recoverSigner;

function attempt(recover: Recover, ...signed: Parameters<Recover>): Hex | "refused" {
  try {
    return recover(...signed);
  } catch {
    return "refused";
  }
}

function expectSame(...signed: Parameters<Recover>): void {
  const expected = attempt(recoverByLibrary, ...signed);
  expect(attempt(recoverSigner, ...signed), signed.join(" ")).to.equal(expected);
}

describe("recovery of a signer", function () {
  this.timeout(60_000);

  it("finds who signed, and of what nobody signed what the library finds", () => {
    fc.assert(
      fc.property(bytes32, bytes32, fc.nat(3), fc.nat(127), (key, hash, parity, at) => {
        fc.pre(secp256k1.utils.isValidSecretKey(key));
        const signature = secp256k1.sign(hash, key, { prehash: false, format: "recovered" });
        const rs = bytesToHex(signature.subarray(1));
        const digest = bytesToHex(hash);
        const own = slice(
          keccak256(bytesToHex(secp256k1.getPublicKey(key, false).subarray(1))),
          12,
        );
        expect(recoverSigner(digest, rs, signature[0]!)).to.equal(own);
        const digit = rs[2 + at] === "0" ? "1" : "0";
        expectSame(digest, `0x${rs.slice(2, 2 + at)}${digit}${rs.slice(3 + at)}`, parity);
      }),
      { numRuns: 150 },
    );
  });

  it("refuses what lies outside the group", () => {
    const values = [0n, 1n, 2n, N - 1n, N, N + 1n, (1n << 256n) - 1n];
    const hashes = [keccak256("0x01"), `0x${"00".repeat(32)}` as const];
    const signatures = values.flatMap((r) => values.map((s) => `0x${word(r)}${word(s)}` as const));
    for (const rs of signatures) {
      for (const parity of [0, 1, 2, 3, 4]) {
        for (const hash of hashes) expectSame(hash, rs, parity);
      }
    }
  });

  it("knows points whose x is beyond the group's order", () => {
    const xs = Array.from({ length: 60 }, (_, i) => N + BigInt(i));
    for (const x of xs) expectSame(keccak256("0x02"), `0x${word(x - N)}${word(7n)}`, 2);
  });

  it("adds equal and opposite points, which somebody who knows the nonce can bring about", () => {
    for (const nonce of [1n, 2n, 3n, 5n, 7n, N - 1n, N - 3n, (N + 1n) / 2n]) {
      const { x, y } = Point.BASE.multiply(nonce).toAffine();
      const parity = Number(y & 1n);
      for (const s of [1n, 2n, 3n, nonce, N - 1n]) {
        // u · G + v · R with u = -z / r and v = s / r, for z = ± s · nonce among others: also the point at infinity.
        for (const z of [0n, s * nonce, -s * nonce, 3n * s * nonce, s, s + 1n, s * nonce + 1n]) {
          const hash = `0x${word(((z % N) + N) % N)}` as const;
          expectSame(hash, `0x${word(x % N)}${word(s)}`, parity);
        }
      }
    }
  });
});

describe("the field of secp256k1", () => {
  const edges = [0n, 1n, 2n, P - 1n, P - 2n, (P - 1n) / 2n, 1n << 255n, 2n ** 32n + 977n];
  const limbs = Array.from({ length: 10 }, (_, i) => (1n << BigInt(24 * (i + 1))) - 1n);
  const numbers = fc.oneof(
    fc.constantFrom(...edges, ...limbs),
    bytes32.map((bytes) => BigInt(bytesToHex(bytes)) % P),
  );

  it("multiplies as integers do, also what was not settled", () => {
    const factors = fc.constantFrom(1, -1, 2, 3, -3);
    fc.assert(
      fc.property(numbers, numbers, factors, factors, (a, b, times, more) => {
        const [left, right, result] = [toElement(a), toElement(b), toElement(0n)];
        scale(left, times, left);
        scale(right, more, right);
        multiply(result, left, right);
        const expected = (a * b * BigInt(times * more)) % P;
        expect(toNumber(result)).to.equal((expected + P) % P);
        square(result, left);
        expect(toNumber(result)).to.equal((a * a * BigInt(times * times)) % P);
      }),
      { numRuns: 3_000 },
    );
  });

  it("is exact at the largest limbs that it allows", () => {
    for (const sign of [1, -1]) {
      const [left, right, result] = [toElement(0n), toElement(0n), toElement(0n)];
      left.fill(2 ** 23 * 3.25);
      right.fill(sign * 2 ** 23 * 3.25);
      const expected = toNumber(left) * toNumber(right);
      multiply(result, left, right);
      expect(toNumber(result)).to.equal(expected % P);
      expect(result.every((limb) => Math.abs(limb) <= 2 ** 23 * 1.1)).to.equal(true);
      left.fill(sign * 2 ** 23 * 10);
      const before = toNumber(left);
      settle(left);
      expect(toNumber(left)).to.equal(before);
      expect(left.every((limb) => Math.abs(limb) <= 2 ** 23 * 1.2)).to.equal(true);
    }
  });

  it("has inverses and roots", () => {
    fc.assert(
      fc.property(numbers, (a) => {
        const element = toElement(a);
        expect((toNumber(inverseOf(element)) * a) % P).to.equal(a === 0n ? 0n : 1n);
        const squared = toElement((a * a) % P);
        expect([a, (P - a) % P]).to.include(toNumber(rootOf(squared)));
      }),
      { numRuns: 200 },
    );
  });
});
