import { expect } from "chai";
import fc from "fast-check";
import {
  type ChargedUnit,
  apportion,
  fromFactorE6,
  toFactorE6,
} from "../../../protocol/fund/apportion.ts";
import { compareText } from "../../../protocol/fund/order.ts";

const id = (i: number): string => `${1 + (i % 3)}-1-${i}`;

const anyUnits: fc.Arbitrary<ChargedUnit[]> = fc
  .array(
    fc.record({
      areaE4: fc.bigInt({ min: 0n, max: 20_000_000n }),
      factorE6: fc.oneof(fc.constant(1_000_000n), fc.bigInt({ min: 0n, max: 5_000_000n })),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((rows) => rows.map((row, i) => ({ unit: id(i), ...row })))
  .filter((units) => units.some(({ areaE4, factorE6 }) => areaE4 * factorE6 > 0n));
const anyAmount = fc.bigInt({ min: 0n, max: 10n ** 15n });

const weigh = ({ areaE4, factorE6 = 1_000_000n }: ChargedUnit): bigint => areaE4 * factorE6;
const sharesOf = (amount: bigint, units: readonly ChargedUnit[]): bigint[] =>
  apportion(amount, units).shares.map(({ amountFen }) => amountFen);

describe("apportionment", () => {
  it("adds up to the amount exactly, every share within a fen of its part", () => {
    fc.assert(
      fc.property(anyAmount, anyUnits, (amount, units) => {
        const { shares, totalWeight } = apportion(amount, units);
        expect(shares.reduce((sum, { amountFen }) => sum + amountFen, 0n)).to.equal(amount);
        for (const [i, { amountFen, extra }] of shares.entries()) {
          const floor = (amount * weigh(units[i]!)) / totalWeight;
          expect(amountFen).to.equal(extra ? floor + 1n : floor);
        }
      }),
    );
  });

  it("never asks less of a larger unit, and of equal ones within a fen the same", () => {
    fc.assert(
      fc.property(anyAmount, anyUnits, (amount, units) => {
        const rows = sharesOf(amount, units).map((share, i) => [weigh(units[i]!), share] as const);
        for (const [weight, share] of rows) {
          for (const [other, theirs] of rows) {
            if (weight > other) expect(share >= theirs).to.equal(true);
            if (weight === other)
              expect(share - theirs <= 1n && theirs - share <= 1n).to.equal(true);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it("asks no less of a unit whose area grows while the others stay", () => {
    fc.assert(
      fc.property(
        anyAmount,
        anyUnits,
        fc.bigInt({ min: 1n, max: 1_000_000n }),
        (amount, units, more) => {
          const grown = units.map((unit, i) =>
            i === 0 ? { ...unit, areaE4: unit.areaE4 + more } : unit,
          );
          expect(sharesOf(amount, grown)[0]! >= sharesOf(amount, units)[0]!).to.equal(true);
        },
      ),
    );
  });

  it("does not depend on the order of the units", () => {
    const shuffled = anyUnits.chain((units) =>
      fc.tuple(fc.constant(units), fc.shuffledSubarray(units, { minLength: units.length })),
    );
    fc.assert(
      fc.property(anyAmount, shuffled, (amount, [units, other]) => {
        const byUnit = (list: readonly ChargedUnit[]): Map<string, bigint> =>
          new Map(apportion(amount, list).shares.map(({ unit, amountFen }) => [unit, amountFen]));
        expect(byUnit(other)).to.deep.equal(
          new Map(
            [...byUnit(units)].sort(
              ([a], [b]) =>
                other.findIndex(({ unit }) => unit === a) -
                other.findIndex(({ unit }) => unit === b),
            ),
          ),
        );
      }),
    );
  });

  it("breaks ties by unit id in code point order", () => {
    const units = ["1-1-9", "1-1-10", "é", "z", "\u{1F600}", "\uFFFD"].map((unit) => ({
      unit,
      areaE4: 1n,
    }));
    const extra = (amount: bigint): string[] =>
      apportion(amount, units)
        .shares.filter((share) => share.extra)
        .map(({ unit }) => unit);
    expect(extra(1n)).to.deep.equal(["1-1-10"]);
    expect(extra(3n)).to.deep.equal(["1-1-9", "1-1-10", "z"]);
    expect(extra(5n)).not.to.include("\u{1F600}");
    expect(compareText("e\u0301", "é")).to.equal(0);
  });

  it("multiplies areas by the factors that a motion fixed", () => {
    const units = [
      { unit: "1-1-101", areaE4: 1_000_000n, factorE6: 0n },
      { unit: "1-1-201", areaE4: 1_000_000n, factorE6: toFactorE6("0.5") },
      { unit: "1-1-301", areaE4: 1_000_000n, factorE6: toFactorE6("1.5") },
    ];
    expect(sharesOf(1000n, units)).to.deep.equal([0n, 250n, 750n]);
    expect(
      ["0", "1.25", "0.000001", "12"].map((text) => fromFactorE6(toFactorE6(text))),
    ).to.deep.equal(["0", "1.25", "0.000001", "12"]);
  });

  const one = { unit: "a", areaE4: 1n };
  const refused: [string, string, () => unknown][] = [
    ["a negative amount", "AmountInvalid", () => apportion(-1n, [one])],
    ["no unit", "UnitsMissing", () => apportion(1n, [])],
    ["a unit twice", "UnitDuplicate", () => apportion(1n, [one, one])],
    [
      "a unit twice in other bytes",
      "UnitDuplicate",
      () =>
        apportion(1n, [
          { ...one, unit: "é" },
          { ...one, unit: "e\u0301" },
        ]),
    ],
    ["nothing to measure by", "WeightZero", () => apportion(1n, [{ ...one, areaE4: 0n }])],
    ["a negative area", "AreaInvalid", () => apportion(1n, [{ ...one, areaE4: -1n }])],
    ["a negative factor", "FactorInvalid", () => apportion(1n, [{ ...one, factorE6: -1n }])],
    ["a factor with seven decimals", "FactorInvalid", () => toFactorE6("1.0000001")],
    ["a factor in scientific notation", "FactorInvalid", () => toFactorE6("1e2")],
  ];
  for (const [name, code, act] of refused) {
    it(`refuses ${name}`, () => expect(act).to.throw().with.property("code", code));
  }

  it("takes 20,000 units in well under a second", () => {
    const units = Array.from({ length: 20_000 }, (_, i) => ({
      unit: id(i),
      areaE4: BigInt(500_000 + ((i * 7919) % 1_000_003)),
    }));
    const started = performance.now();
    expect(sharesOf(99_735_777n, units).reduce((sum, share) => sum + share, 0n)).to.equal(
      99_735_777n,
    );
    expect(performance.now() - started).to.be.lessThan(1000);
  });
});
