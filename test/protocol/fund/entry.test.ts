import { expect } from "chai";
import fc from "fast-check";
import { ENTRY_KINDS } from "../../../protocol/anchor/record/kinds.ts";
import {
  type EntryBody,
  ORIGINAL_KINDS,
  findEntryFault,
  isReversalOf,
  toReversal,
} from "../../../protocol/fund/entry.ts";

const unit = (name: string, amountFen: bigint) => ({ unit: name, building: "1", amountFen });
const charge: EntryBody = {
  fund: "maintenance",
  kind: "charge",
  postings: [
    { account: "maintenance:owners", amountFen: 100n },
    { account: "maintenance:bank", amountFen: -100n },
  ],
  units: [unit("a", 60n), unit("b", 40n), unit("c", 0n)],
};

const income: EntryBody = {
  fund: "income",
  kind: "income",
  postings: [
    { account: "income:bank", amountFen: 100n },
    { account: "income:revenue:parking", amountFen: -100n },
  ],
  units: [],
};

describe("the invariants of an entry", () => {
  it("pass a charge, an income and a sale", () => {
    expect(findEntryFault(charge)).to.equal(undefined);
    expect(findEntryFault(income)).to.equal(undefined);
    const sale = {
      ...charge,
      kind: "transferOfUnit" as const,
      postings: [],
      units: [unit("a", 0n)],
    };
    expect(findEntryFault(sale)).to.equal(undefined);
  });

  const [owners, bank] = charge.postings as [EntryBody["postings"][0], EntryBody["postings"][0]];
  const broken: [string, string, EntryBody][] = [
    ["nothing", "EntryPostingsMissing", { ...charge, postings: [], units: [] }],
    [
      "one fen too much",
      "EntryPostingsUnbalanced",
      { ...charge, postings: [owners, { ...bank, amountFen: -99n }] },
    ],
    [
      "an unknown account",
      "EntryAccountUnknown",
      { ...charge, postings: [owners, { ...bank, account: "maintenance:cash" }] },
    ],
    [
      "a cost key that is no word",
      "EntryAccountUnknown",
      {
        ...income,
        kind: "cost",
        postings: [
          { account: "income:costs:a:b", amountFen: 1n },
          { account: "income:bank", amountFen: -1n },
        ],
      },
    ],
    [
      "the other fund's money",
      "EntryFundMixed",
      { ...charge, postings: [owners, { ...bank, account: "income:bank" }] },
    ],
    ["the other fund's kind", "EntryFundMixed", { ...charge, kind: "cost" }],
    [
      "an account twice",
      "EntryAccountTwice",
      { ...charge, postings: [owners, { ...bank, amountFen: -50n }, { ...bank, amountFen: -50n }] },
    ],
    [
      "zero",
      "EntryAmountInvalid",
      {
        ...charge,
        postings: [
          { ...owners, amountFen: 0n },
          { ...bank, amountFen: 0n },
        ],
      },
    ],
    [
      "more than the books hold",
      "EntryAmountInvalid",
      {
        ...charge,
        postings: [
          { ...owners, amountFen: 10n ** 18n },
          { ...bank, amountFen: -(10n ** 18n) },
        ],
      },
    ],
    [
      "a charge that pays in",
      "EntryKindDiffers",
      { ...charge, postings: toReversal(charge.postings), units: toReversal(charge.units) },
    ],
    [
      "income that leaves",
      "EntryKindDiffers",
      { ...income, postings: toReversal(income.postings) },
    ],
    ["no units", "EntryUnitsMissing", { ...charge, units: [] }],
    ["units where they have no part", "EntryUnitsUnexpected", { ...income, units: charge.units }],
    ["a unit twice", "EntryUnitTwice", { ...charge, units: [unit("a", 60n), unit("a", 40n)] }],
    [
      "units that gain while others bear",
      "EntryUnitSignsMixed",
      { ...charge, units: [unit("a", 140n), unit("b", -40n)] },
    ],
    [
      "a fen between units and total",
      "EntryUnitsDiffer",
      { ...charge, units: [unit("a", 60n), unit("b", 39n)] },
    ],
    [
      "a sale of two units",
      "EntryUnitTwice",
      { ...charge, kind: "transferOfUnit", postings: [], units: [unit("a", 0n), unit("b", 0n)] },
    ],
    [
      "a sale that moves something",
      "EntryAmountInvalid",
      { ...charge, kind: "transferOfUnit", postings: [], units: [unit("a", 1n)] },
    ],
  ];
  for (const [name, fault, entry] of broken) {
    it(`find ${name}`, () => expect(findEntryFault(entry)).to.equal(fault));
  }

  it("know every kind but the reversal by what it moves", () => {
    expect([...ORIGINAL_KINDS, "reversal"].sort()).to.deep.equal([...ENTRY_KINDS].sort());
  });

  it("find every single fen that is moved", () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 20 }),
        fc.nat(),
        (amounts, at) => {
          const total = amounts.reduce((sum, amount) => sum + amount, 1n);
          const units = [...amounts, 1n].map((amount, i) => unit(`u${i}`, amount));
          const sound = {
            ...charge,
            postings: [
              { ...owners, amountFen: total },
              { ...bank, amountFen: -total },
            ],
            units,
          };
          expect(findEntryFault(sound)).to.equal(undefined);
          const moved = units.map((row, i) =>
            i === at % units.length ? { ...row, amountFen: row.amountFen + 1n } : row,
          );
          expect(findEntryFault({ ...sound, units: moved })).to.equal("EntryUnitsDiffer");
        },
      ),
    );
  });
});

describe("a reversal", () => {
  const reversal: EntryBody = {
    ...charge,
    kind: "reversal",
    postings: toReversal(charge.postings),
    units: toReversal(charge.units),
  };

  it("is sound and takes back exactly what was done", () => {
    expect(findEntryFault(reversal)).to.equal(undefined);
    expect(isReversalOf(reversal, charge)).to.equal(true);
  });

  it("is none with another amount, another unit, another fund, or without a unit", () => {
    const units = [unit("a", -60n), unit("b", -39n), unit("c", -1n)];
    expect(isReversalOf({ ...reversal, units }, charge)).to.equal(false);
    expect(isReversalOf({ ...reversal, units: reversal.units.slice(1) }, charge)).to.equal(false);
    expect(isReversalOf({ ...reversal, fund: "income" }, charge)).to.equal(false);
    expect(isReversalOf(charge, charge)).to.equal(false);
  });

  it("of what has no units needs none", () => {
    const back: EntryBody = { ...income, kind: "reversal", postings: toReversal(income.postings) };
    expect(findEntryFault(back)).to.equal(undefined);
    expect(isReversalOf(back, income)).to.equal(true);
  });
});
