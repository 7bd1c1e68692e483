import { expect } from "chai";
import { budgetLimit, groundNumber } from "../../../protocol/fund/terms.ts";

describe("terms of a reservation", () => {
  it("allow the budget and its overrun, rounded down to the fen", () => {
    expect(budgetLimit(999n, 0)).to.equal(999n);
    expect(budgetLimit(999n, 1_000)).to.equal(1_098n);
    expect(budgetLimit(10n ** 18n, 10_000)).to.equal(2n * 10n ** 18n);
  });

  it("number the emergency grounds as the chain does", () => {
    expect(groundNumber("lift")).to.equal(0);
    expect(groundNumber("water")).to.equal(7);
  });
});
