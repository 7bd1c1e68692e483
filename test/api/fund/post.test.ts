import { expect } from "chai";
import { recordLeaf } from "../../../protocol/anchor/record.ts";
import { buildUnitTree, entryTree } from "../../../protocol/fund/unitTree.ts";
import type { Body } from "../http/client.ts";
import { ok } from "../http/client.ts";
import { DEPOSITED, DEPOSITS, TestBooks, codeOf } from "./community.ts";

describe("posting entries", () => {
  let books: TestBooks;

  before(async () => {
    books = await TestBooks.create();
  });
  after(() => books.close());

  const recordOf = async (index: number): Promise<Body> => {
    const { bytes } = await ok(books.test.client().get(`${books.community.path}/records/${index}`));
    return JSON.parse(bytes as string);
  };

  it("moves all three levels and publishes totals per building, no single deposit", async () => {
    const { number, recordIndex, leaf } = await books.deposit();
    const record = await recordOf(recordIndex);
    expect(record).to.deep.include({
      type: "entry",
      number,
      fund: "maintenance",
      kind: "initialDeposit",
      postings: [
        { account: "maintenance:bank", amount: String(DEPOSITED) },
        { account: "maintenance:owners", amount: String(-DEPOSITED) },
      ],
    });
    expect(
      record.units.buildings.map((row: Body) => [row.building, row.count, row.amount]),
    ).to.deep.equal([
      ["1", 3, "-2796200"],
      ["2", 3, "-13695001"],
    ]);
    for (const { amountFen } of DEPOSITS.slice(3)) {
      expect(JSON.stringify(record)).not.to.contain(`"${amountFen}"`);
    }
    const { bytes } = await ok(
      books.test.client().get(`${books.community.path}/records/${recordIndex}`),
    );
    expect(recordLeaf(new TextEncoder().encode(bytes as string))).to.equal(leaf);
    const [maintenance] = await books.fund.balances(books.db, books.id);
    expect(maintenance).to.deep.equal({
      fund: "maintenance",
      bankFen: DEPOSITED,
      investmentsFen: 0n,
      ownersFen: DEPOSITED,
    });
  });

  it("commits to every unit's share under the root", async () => {
    const [entry] = await books.fund.findEntries(books.db, books.id, { kind: "initialDeposit" });
    const units = await books.db.fundUnit.findMany({ where: { communityId: books.id } });
    const shares = new Map(DEPOSITS.map(({ unit, amountFen }) => [unit, -amountFen]));
    const figures = units.map(({ unit, building, salt }) => {
      return { unit, building, salt: salt as `0x${string}`, figures: [shares.get(unit)!] };
    });
    const tree = buildUnitTree(entryTree(books.id, entry!.number), figures);
    expect(tree.root.hash).to.equal(entry!.unitsRoot);
    expect(tree.root.sums).to.deep.equal([DEPOSITED]);
  });

  it("takes the developer's unsold unit from the roll", async () => {
    const units = await books.db.fundUnit.findMany({ where: { communityId: books.id } });
    expect(units.filter(({ developer }) => developer).map(({ unit }) => unit)).to.deep.equal([
      "2-1-102",
    ]);
  });

  it("returns the entry that there is when the same thing is posted again", async () => {
    const first = await books.deposit("bulk 1");
    const again = await books.deposit("bulk 1");
    expect(again).to.deep.equal(first);
  });

  it("posts the same thing once when two come at the same moment", async () => {
    const both = await Promise.all([books.deposit("bulk 2"), books.deposit("bulk 2")]);
    expect(both[0]).to.deep.equal(both[1]);
  });

  const bank = (amountFen: bigint) => ({ account: "maintenance:bank", amountFen });
  const owners = (amountFen: bigint) => ({ account: "maintenance:owners", amountFen });

  it("refuses what breaks an invariant, and leaves nothing behind", async () => {
    const before = await books.db.record.count();
    const kind = "charge" as const;
    const unit = "1-1-101";
    const cases: [string, Parameters<TestBooks["post"]>[0]][] = [
      [
        "EntryPostingsUnbalanced",
        { kind, postings: [owners(2n), bank(-1n)], units: [{ unit, amountFen: 2n }] },
      ],
      [
        "EntryUnitsDiffer",
        { kind, postings: [owners(2n), bank(-2n)], units: [{ unit, amountFen: 1n }] },
      ],
      ["EntryUnitsMissing", { kind, postings: [owners(2n), bank(-2n)] }],
      [
        "EntryUnitUnknown",
        { kind, postings: [owners(2n), bank(-2n)], units: [{ unit: "9-9", amountFen: 2n }] },
      ],
      [
        "EntryFundMixed",
        {
          kind,
          postings: [owners(2n), { account: "income:bank", amountFen: -2n }],
          units: [{ unit, amountFen: 2n }],
        },
      ],
      [
        "EntryUnitOverdrawn",
        {
          kind,
          postings: [owners(9_999_999n), bank(-9_999_999n)],
          units: [{ unit, amountFen: 9_999_999n }],
        },
      ],
      [
        "EntryOverdraws",
        {
          kind: "investment",
          postings: [
            { account: "maintenance:investments", amountFen: 10n ** 12n },
            bank(-(10n ** 12n)),
          ],
        },
      ],
      [
        "EntryDateAhead",
        {
          kind,
          date: books.day(1),
          postings: [owners(2n), bank(-2n)],
          units: [{ unit, amountFen: 2n }],
        },
      ],
    ];
    for (const [code, entry] of cases) expect(await codeOf(books.post(entry)), code).to.equal(code);
    expect(await books.db.record.count()).to.equal(before);
  });

  it("keeps running balances of accounts and of units", async () => {
    const charge = await books.post({
      kind: "charge",
      category: "lift",
      postings: [owners(300n), bank(-300n)],
      units: [
        { unit: "1-1-101", amountFen: 100n },
        { unit: "1-1-102", amountFen: 200n },
      ],
    });
    const entry = await books.fund.getEntry(books.db, books.id, charge.number);
    const [{ bankFen, ownersFen } = { bankFen: 0n, ownersFen: 0n }] = await books.fund.balances(
      books.db,
      books.id,
    );
    expect(entry.postings.map(({ balanceFen }) => balanceFen)).to.deep.equal([-ownersFen, bankFen]);
    const where = {
      communityId_number_unit: { communityId: books.id, number: charge.number, unit: "1-1-101" },
    };
    const own = await books.db.fundUnitPosting.findUniqueOrThrow({ where });
    const unit = await books.db.fundUnit.findFirstOrThrow({ where: { unit: "1-1-101" } });
    expect(own.balanceFen).to.equal(unit.usedFen - unit.depositedFen - unit.gainedFen);
  });

  describe("and taking them back", () => {
    it("restores every level, names the original and the reason, and does it once", async () => {
      const charge = await books.post({
        kind: "charge",
        postings: [owners(50n), bank(-50n)],
        units: [{ unit: "1-1-201", amountFen: 50n }],
      });
      const before = await books.db.fundUnit.findFirstOrThrow({ where: { unit: "1-1-201" } });
      const reversal = await books.reverse(charge.number, "金额有误");
      const record = await recordOf(reversal.recordIndex);
      expect(record).to.deep.include({
        kind: "reversal",
        reverses: charge.number,
        reason: "金额有误",
      });
      const after = await books.db.fundUnit.findFirstOrThrow({ where: { unit: "1-1-201" } });
      expect(after.usedFen).to.equal(before.usedFen - 50n);
      const original = await books.fund.getEntry(books.db, books.id, charge.number);
      expect(original.reversedBy).to.equal(reversal.number);
      expect(await codeOf(books.reverse(charge.number))).to.equal("EntryReversed");
      expect(await codeOf(books.reverse(reversal.number))).to.equal("EntryNotReversible");
      expect(await codeOf(books.reverse(9999))).to.equal("EntryNotFound");
    });

    it("lets exactly one of many win that come at the same moment", async () => {
      const charge = await books.post({
        kind: "charge",
        postings: [owners(70n), bank(-70n)],
        units: [{ unit: "1-1-201", amountFen: 70n }],
      });
      const attempts = await Promise.all(
        Array.from({ length: 6 }, () => codeOf(books.reverse(charge.number))),
      );
      expect(attempts.filter((code) => code === "accepted")).to.have.length(1);
      expect(attempts.filter((code) => code === "EntryReversed")).to.have.length(5);
    });

    it("takes back what has no units", async () => {
      const placed = await books.post({
        kind: "investment",
        postings: [{ account: "maintenance:investments", amountFen: 1000n }, bank(-1000n)],
      });
      await books.reverse(placed.number);
      const [maintenance] = await books.fund.balances(books.db, books.id);
      expect(maintenance!.investmentsFen).to.equal(0n);
    });
  });

  it("numbers entries without a gap", async () => {
    const entries = await books.fund.findEntries(books.db, books.id);
    expect(entries.map(({ number }) => number)).to.deep.equal(
      entries.map((_, i) => entries.length - i),
    );
  });
});
