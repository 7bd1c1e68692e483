import { expect } from "chai";
import { SigningKey, computeAddress, concat, encodeRlp, keccak256 } from "ethers";
import fc from "fast-check";
import { readFileSync, readdirSync } from "node:fs";
import { type Hex, bytesToHex, hexToBytes } from "viem";
import { readHeader } from "../../../../protocol/verify/block/header.ts";
import { checkSeals, quorumOf, readQbft } from "../../../../protocol/verify/block/qbft.ts";

const FOLDER = new URL("../../../vectors/qbft/", import.meta.url);

interface Vector {
  desc: string;
  header: Hex;
  validators: Hex[];
  expect: { hash: Hex; fault: string | null };
}

/** The extra data that Besu's own test QbftExtraDataCodecTest gives as known (Apache-2.0). */
const BESU_EXTRA_DATA = [
  "0xf8f0a00102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20ea94000000000000",
  "0000000000000000000000000001940000000000000000000000000000000000000002d79400000000000000",
  "0000000000000000000000000181ff83fedcbaf886b841000000000000000000000000000000000000000000",
  "0000000000000000000001000000000000000000000000000000000000000000000000000000000000000a00",
  "b841000000000000000000000000000000000000000000000000000000000000000a00000000000000000000",
  "0000000000000000000000000000000000000000000100",
].join("") as Hex;

describe("the seals of a QBFT block", () => {
  for (const name of readdirSync(FOLDER)) {
    const vector = JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as Vector;
    it(`${name}: ${vector.desc}`, () => {
      const { hash, qbft } = readHeader(vector.header);
      expect(hash).to.equal(vector.expect.hash);
      const { fault } = checkSeals(qbft ?? { seals: [], hash: "0x" }, vector.validators);
      expect(fault ?? null).to.equal(vector.expect.fault);
    });
  }

  it("reads the extra data that Besu's own test reads", () => {
    const qbft = readQbft(hexToBytes(BESU_EXTRA_DATA))!;
    const numbered = (number: number): Hex => `0x${String(number).padStart(40, "0")}`;
    expect(qbft.validators).to.deep.equal([numbered(1), numbered(2)]);
    expect(qbft.seals.length).to.equal(2);
    // Shortened as Besu shortens it: an empty list of seals, and a zero that RLP writes as nothing.
    const start = BESU_EXTRA_DATA.slice(6, BESU_EXTRA_DATA.indexOf("83fedcba"));
    expect(bytesToHex(qbft.signed).endsWith(`${start}83fedcbac0`)).to.equal(true);
    expect(bytesToHex(qbft.hashed).endsWith(`${start}80c0`)).to.equal(true);
  });

  it("asks for as many seals as the network does: two thirds, rounded up", () => {
    // 3f + 1 validators bear f that lie.
    for (let f = 1; f < 20; f++) expect(quorumOf(3 * f + 1)).to.equal(2 * f + 1);
    expect([1, 2, 3, 5, 6].map(quorumOf)).to.deep.equal([1, 2, 2, 4, 4]);
  });

  it("takes a block exactly when enough different validators sealed it, whoever else tries", () => {
    const keys = Array.from(
      { length: 7 },
      (_, i) => new SigningKey(keccak256(`0x${"0".repeat(63)}${i}`)),
    );
    const addresses = keys.map((key) => computeAddress(key.publicKey).toLowerCase() as Hex);
    const hash = keccak256("0x01") as Hex;
    const seals = keys.map((key) => {
      const { r, s, yParity } = key.sign(hash);
      return concat([r, s, yParity ? "0x01" : "0x00"]) as Hex;
    });
    fc.assert(
      fc.property(
        fc.array(fc.nat(6), { maxLength: 8 }),
        fc.integer({ min: 1, max: 7 }),
        (who, size) => {
          const { fault } = checkSeals(
            { seals: who.map((i) => seals[i]!), hash },
            addresses.slice(0, size),
          );
          const different = new Set(who);
          const sound =
            different.size === who.length &&
            who.every((i) => i < size) &&
            different.size >= Math.ceil((2 * size) / 3);
          expect(fault === undefined, `${who.join()} of ${size}: ${fault}`).to.equal(sound);
        },
      ),
    );
  });

  it("takes nothing for QBFT's extra data that has another form", () => {
    const vanity = `0x${"00".repeat(32)}`;
    const address = `0x${"11".repeat(20)}`;
    const wrong = [
      "0x",
      "0xc0",
      encodeRlp([vanity, [address], [], "0x"]),
      encodeRlp([vanity, [address], [], "0x", [], []]),
      encodeRlp([`0x${"00".repeat(31)}`, [address], [], "0x", []]),
      encodeRlp([vanity, ["0x11"], [], "0x", []]),
      encodeRlp([vanity, [address], [], "0x", ["0x12"]]),
      encodeRlp([vanity, address, [], "0x", []]),
      encodeRlp([vanity, [address], [], [], []]),
      `${encodeRlp([vanity, [address], [], "0x", []])}00`,
    ];
    for (const extra of wrong)
      expect(readQbft(hexToBytes(extra as Hex)), extra).to.equal(undefined);
  });
});
