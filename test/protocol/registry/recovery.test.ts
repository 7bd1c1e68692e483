import { secp256k1 } from "@noble/curves/secp256k1.js";
import { expect } from "chai";
import fc from "fast-check";
import { type Hex, bytesToHex, keccak256, numberToHex } from "viem";
import { recoverSigner as native } from "../../../protocol/registry/recovery/native.ts";
import { recoverSigner as portable } from "../../../protocol/registry/recovery/portable.ts";

// Node recovers signers with libsecp256k1, browsers with the portable library: they must never disagree.

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const N = secp256k1.Point.Fn.ORDER;
const word = (value: bigint): string => numberToHex(value, { size: 32 }).slice(2);

describe("the two ways to recover a signer", () => {
  const ask = (hash: Hex, rs: Hex, parity: number): Promise<string[]> =>
    Promise.all(
      [native, portable].map((recover) => recover(hash, rs, parity).catch(() => "refused")),
    );

  it("give the same key for what was signed and for what nobody signed", async () => {
    await fc.assert(
      fc.asyncProperty(bytes32, bytes32, fc.nat(3), fc.nat(63), async (key, hash, parity, at) => {
        fc.pre(secp256k1.utils.isValidSecretKey(key));
        const signature = secp256k1.sign(hash, key, { prehash: false, format: "recovered" });
        const [own, rs] = [signature[0]!, signature.slice(1)];
        const point = bytesToHex(secp256k1.getPublicKey(key, false).subarray(1));
        const address = `0x${keccak256(point).slice(26)}`;
        expect(await ask(bytesToHex(hash), bytesToHex(rs), own)).to.deep.equal([address, address]);
        rs[at]! ^= 1;
        const [native, portable] = await ask(bytesToHex(hash), bytesToHex(rs), parity);
        expect(native).to.equal(portable);
        expect(native).not.to.equal(address);
      }),
      { numRuns: 60 },
    );
  });

  it("refuse the same numbers outside the group, parities and lengths", async () => {
    const values = [0n, 1n, 2n, N >> 1n, (N >> 1n) + 1n, N - 1n, N, N + 1n, (1n << 256n) - 1n];
    for (const hash of [keccak256("0x01"), `0x${word(0n)}`, `0x${word(N)}`] as const) {
      for (const rs of values.flatMap((r) => values.map((s): Hex => `0x${word(r)}${word(s)}`))) {
        for (const parity of [-1, 0, 1, 2, 3, 4]) {
          const [native, portable] = await ask(hash, rs, parity);
          expect(native, `${hash} ${rs} ${parity}`).to.equal(portable);
        }
      }
    }
    expect(await ask(keccak256("0x01"), "0x01", 0)).to.deep.equal(["refused", "refused"]);
  });
});
