import { expect } from "chai";
import fc from "fast-check";
import { type Hex, concat, keccak256, numberToHex, size } from "viem";
import { KEY_ID_BYTES, KEY_KIND, type KeyKind } from "../../../protocol/registry/keys.ts";
import {
  MAX_KEYS,
  areaBytesOf,
  areasHash,
  areasPerPage,
  cloneArgs,
  decodeAreaPages,
  decodeKeyPage,
  encodeAreaPages,
  encodeKeyPage,
  joinAreas,
} from "../../../protocol/registry/pages.ts";

const clone = (args: Hex): Hex =>
  concat([
    "0x363d3d373d3d3d363d73",
    "0x00112233445566778899aabbccddeeff00112233",
    "0x5af43d82803e903d91602b57fd5bf3",
    args,
  ]);

describe("area pages", () => {
  it("round trip for any areas", () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 0n, max: (1n << 40n) - 1n }), { minLength: 1 }),
        (areas) => {
          const areaBytes = areaBytesOf(areas);
          const pages = encodeAreaPages(areas, areaBytes);
          expect(decodeAreaPages(pages, areaBytes)).to.deep.equal(areas);
          expect(keccak256(concat(pages))).to.equal(areasHash(areas, areaBytes));
        },
      ),
    );
  });

  it("take four bytes up to 429,496.7295 m² and five above", () => {
    expect(areaBytesOf([4_294_967_295n])).to.equal(4);
    expect(areaBytesOf([4_294_967_296n])).to.equal(5);
  });

  it("hold 6,000 voters of four bytes, and 4,800 of five", () => {
    expect(areasPerPage(4)).to.equal(6_000);
    expect(areasPerPage(5)).to.equal(4_800);
    const pages = encodeAreaPages(new Array<bigint>(6_001).fill(7n), 4);
    expect(pages.map((page) => size(page))).to.deep.equal([24_000, 4]);
  });

  it("refuse an area that does not fit and bytes that end inside an area", () => {
    expect(() => joinAreas([1n << 32n], 4)).to.throw(RangeError);
    expect(() => joinAreas([-1n], 4)).to.throw(RangeError);
    expect(() => decodeAreaPages(["0x0011223344"], 4)).to.throw(RangeError);
  });
});

describe("key pages", () => {
  const bindingsOf = (kind: KeyKind) => {
    const bits = 8n * BigInt(KEY_ID_BYTES[kind]);
    const keyId = fc
      .bigInt({ min: 0n, max: (1n << bits) - 1n })
      .map((id) => numberToHex(id, { size: KEY_ID_BYTES[kind] }));
    return fc.array(fc.record({ voter: fc.nat({ max: 0xffff }), keyId }));
  };
  const page = fc
    .constantFrom(KEY_KIND.secp256k1, KEY_KIND.p256)
    .chain((kind) => fc.record({ kind: fc.constant(kind), bindings: bindingsOf(kind) }));

  it("round trip sorted by voter", () => {
    fc.assert(
      fc.property(page, ({ kind, bindings }) => {
        const page = encodeKeyPage(kind, bindings);
        const decoded = decodeKeyPage(kind, page);
        expect(decoded.map(({ voter }) => voter)).to.deep.equal(
          bindings.map(({ voter }) => voter).sort((a, b) => a - b),
        );
        expect(decoded).to.have.deep.members(bindings);
        expect(encodeKeyPage(kind, decoded)).to.equal(page);
      }),
    );
  });

  it("refuse another id, too many entries and bytes that end inside an entry", () => {
    const { secp256k1, p256 } = KEY_KIND;
    const entry = { voter: 1, keyId: `0x${"11".repeat(20)}` } as const;
    const tooMany = new Array<typeof entry>(MAX_KEYS[secp256k1] + 1).fill(entry);
    expect(() => encodeKeyPage(secp256k1, [{ voter: 1, keyId: "0x11" }])).to.throw(RangeError);
    expect(() => encodeKeyPage(p256, [entry])).to.throw(RangeError);
    expect(() => encodeKeyPage(secp256k1, tooMany)).to.throw(RangeError);
    expect(() => decodeKeyPage(secp256k1, `0x${"11".repeat(23)}`)).to.throw(RangeError);
    expect(() => decodeKeyPage(p256, `0x${"11".repeat(22)}`)).to.throw(RangeError);
  });
});

describe("code of a clone", () => {
  it("gives its immutable arguments", () =>
    expect(cloneArgs(clone("0xabcdef"))).to.equal("0xabcdef"));

  for (const [name, code] of [
    ["no code", "0x"],
    ["a clone without arguments", clone("0x")],
    ["other code of the same length", `0x${"00".repeat(60)}`],
  ] as const) {
    it(`is not ${name}`, () => expect(() => cloneArgs(code)).to.throw(RangeError));
  }
});
