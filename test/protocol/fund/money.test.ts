import { expect } from "chai";
import fc from "fast-check";
import { MoneyError, fromFen, toFen, toSignedFen } from "../../../protocol/fund/money.ts";

describe("money", () => {
  it("reads yuan to the fen", () => {
    expect(toFen("997357.77")).to.equal(99_735_777n);
    expect(toFen("98.5")).to.equal(9850n);
    expect(toFen("0")).to.equal(0n);
    expect(toSignedFen("-0.01")).to.equal(-1n);
  });

  const refused = [
    "1.234",
    "1e3",
    "-1",
    "+1",
    "01",
    ".5",
    "1.",
    "",
    " 1",
    "1,000",
    "¥1",
    "NaN",
    "1".repeat(16),
  ];
  for (const text of refused) {
    it(`refuses ${JSON.stringify(text)}`, () => expect(() => toFen(text)).to.throw(MoneyError));
  }

  it("refuses a signed zero", () => expect(() => toSignedFen("-0.00")).to.throw(MoneyError));

  it("writes what it reads", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 17n) + 1n, max: 10n ** 17n - 1n }), (fen) => {
        expect(toSignedFen(fromFen(fen))).to.equal(fen);
      }),
    );
  });
});
