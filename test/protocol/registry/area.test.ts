import { expect } from "chai";
import fc from "fast-check";
import { AreaError, fromAreaE4, toAreaE4 } from "../../../protocol/registry/area.ts";

describe("area", () => {
  it("reads up to four decimals exactly", () => {
    expect(toAreaE4("98.5")).to.equal(985_000n);
    expect(toAreaE4("0.0001")).to.equal(1n);
    expect(toAreaE4("191619.21")).to.equal(1_916_192_100n);
    expect(toAreaE4("0")).to.equal(0n);
    expect(toAreaE4("999999999999999.9999")).to.equal(9_999_999_999_999_999_999n);
  });

  it("writes the shortest form", () => {
    expect(fromAreaE4(985_000n)).to.equal("98.5");
    expect(fromAreaE4(1n)).to.equal("0.0001");
    expect(fromAreaE4(10_000n)).to.equal("1");
    expect(fromAreaE4(0n)).to.equal("0");
    expect(fromAreaE4(-1_205_000n)).to.equal("-120.5");
  });

  it("keeps 64 bits enough for every area it reads", () => {
    expect(toAreaE4("999999999999999.9999") < 1n << 64n).to.equal(true);
  });

  for (const text of [
    "",
    " 1",
    "1 ",
    "1\n",
    "+1",
    "-1",
    "01",
    ".5",
    "5.",
    "1.00001",
    "1e3",
    "1,5",
    "0x10",
    "NaN",
    "１",
    "1000000000000000",
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => toAreaE4(text))
        .to.throw(AreaError)
        .with.property("code", "AreaInvalid");
    });
  }

  it("reads back what it writes", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 9_999_999_999_999_999_999n), (areaE4) => {
        expect(toAreaE4(fromAreaE4(areaE4))).to.equal(areaE4);
      }),
    );
  });
});
