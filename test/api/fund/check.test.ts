import { expect } from "chai";
import type { Body } from "../http/client.ts";
import { DEPOSITED, TestBooks } from "./community.ts";

describe("the check of the live books", () => {
  let books: TestBooks;

  before(async () => {
    books = await TestBooks.create();
    await books.deposit();
    await books.post({
      kind: "charge",
      category: "lift",
      date: books.day(-1),
      postings: [
        { account: "maintenance:owners", amountFen: 300n },
        { account: "maintenance:bank", amountFen: -300n },
      ],
      units: [
        { unit: "1-1-101", amountFen: 100n },
        { unit: "2-1-103", amountFen: 200n },
      ],
    });
    const wrong = await books.post({
      kind: "interest",
      postings: [
        { account: "maintenance:bank", amountFen: 10n },
        { account: "maintenance:owners", amountFen: -10n },
      ],
      units: [{ unit: "1-1-102", amountFen: -10n }],
    });
    await books.reverse(wrong.number);
    await books.db.$transaction((tx) =>
      books.fund.perform(tx, {
        terms: { action: "balances", date: books.day() },
        origin: { communityId: books.id },
      }),
    );
  });
  after(() => books.close());

  const failedOf = async (): Promise<Record<string, string[]>> => {
    const { checks, passed } = await books.fund.check(books.id);
    const failed = (checks as Body[]).filter((check) => check.failed.length > 0);
    expect(passed).to.equal(failed.length === 0);
    return Object.fromEntries(
      failed.map(({ name, failed: list }) => [
        name as string,
        (list as Body[]).map(({ place }) => place as string),
      ]),
    );
  };

  it("finds honest books in order", async () => {
    expect(await failedOf()).to.deep.equal({});
  });

  /** One fen or letter in one row, and where the check must point. */
  const tamperings: [string, string, string, string][] = [
    [
      `an account's balance`,
      `UPDATE "FundAccount" SET "balanceFen" = "balanceFen" + @ WHERE account = 'maintenance:bank'`,
      "accountBalances",
      "maintenance:bank",
    ],
    [
      `a building's balance`,
      `UPDATE "FundBuilding" SET "balanceFen" = "balanceFen" + @ WHERE building = '2'`,
      "buildingBalances",
      "maintenance building 2",
    ],
    [
      `a unit's deposits`,
      `UPDATE "FundUnit" SET "depositedFen" = "depositedFen" + @ WHERE unit = '2-1-101'`,
      "unitFigures",
      "unit 2-1-101",
    ],
    [
      `a unit's first deposit`,
      `UPDATE "FundUnit" SET "firstFen" = "firstFen" + @ WHERE unit = '2-1-101'`,
      "unitFigures",
      "unit 2-1-101",
    ],
    [
      `what was shared out to a unit`,
      `UPDATE "FundUnit" SET "sharedFen" = "sharedFen" + @ WHERE unit = '2-1-101'`,
      "unitFigures",
      "unit 2-1-101",
    ],
    [
      `a posting`,
      `UPDATE "FundPosting" SET "amountFen" = "amountFen" + @ WHERE number = 2 AND position = 1`,
      "entryInvariants",
      "entry 2",
    ],
    [
      `a posting, against the record`,
      `UPDATE "FundPosting" SET "amountFen" = "amountFen" + @ * "amountFen" / abs("amountFen") WHERE number = 2`,
      "entryRecords",
      "entry 2 postings",
    ],
    [
      `a running balance`,
      `UPDATE "FundPosting" SET "balanceFen" = "balanceFen" + @ WHERE number = 1 AND position = 0`,
      "runningBalances",
      "entry 1 maintenance:bank",
    ],
    [
      `a unit's posting`,
      `UPDATE "FundUnitPosting" SET "amountFen" = "amountFen" + @ WHERE number = 2 AND unit = '1-1-101'`,
      "entryRoots",
      "entry 2",
    ],
    [
      `a unit's running balance`,
      `UPDATE "FundUnitPosting" SET "balanceFen" = "balanceFen" + @ WHERE number = 2 AND unit = '1-1-101'`,
      "runningBalances",
      "entry 2 1-1-101",
    ],
    [
      `a fen from one unit to another`,
      `UPDATE "FundUnitPosting" SET "amountFen" = "amountFen" + CASE unit WHEN '1-1-101' THEN @ ELSE -@ END WHERE number = 2 AND unit IN ('1-1-101', '2-1-103')`,
      "entryRecords",
      "entry 2 buildings",
    ],
    [
      `an entry's day`,
      `UPDATE "FundEntry" SET date = date + @ WHERE number = 2`,
      "entryRecords",
      "entry 2 date",
    ],
    [
      `an entry's category`,
      `UPDATE "FundEntry" SET category = CASE @ WHEN 1 THEN 'roof' ELSE 'lift' END WHERE number = 2`,
      "entryRecords",
      "entry 2 category",
    ],
    [
      `a reversal's original`,
      `UPDATE "FundEntry" SET reverses = reverses - @ WHERE number = 4`,
      "reversals",
      "entry 4",
    ],
    [
      `published figures`,
      `UPDATE "FundBalanceLeaf" SET "usedFen" = "usedFen" + @ WHERE unit = '1-1-101'`,
      "publishedBalances",
      "balances 1",
    ],
    [
      `a record`,
      `UPDATE "Record" SET text = CASE @ WHEN 1 THEN replace(text, '"lift"', '"roof"') ELSE replace(text, '"roof"', '"lift"') END WHERE type = 'entry'`,
      "entryRecords",
      "entry 2 leaf",
    ],
  ];
  for (const [name, statement, check, place] of tamperings) {
    it(`names ${name} that was changed`, async () => {
      await books.db.$executeRawUnsafe(statement.replaceAll("@", "1"));
      try {
        const failed = await failedOf();
        expect(failed).to.have.property(check);
        expect(failed[check]).to.include(place);
      } finally {
        await books.db.$executeRawUnsafe(statement.replaceAll("@", "(-1)"));
      }
    });
  }

  it("names an entry that is missing", async () => {
    const entry = await books.db.fundEntry.findFirstOrThrow({ where: { number: 3 } });
    const postings = await books.db.fundPosting.findMany({ where: { number: 3 } });
    const units = await books.db.fundUnitPosting.findMany({ where: { number: 3 } });
    await books.db.fundPosting.deleteMany({ where: { number: 3 } });
    await books.db.fundUnitPosting.deleteMany({ where: { number: 3 } });
    await books.db.fundEntry.deleteMany({ where: { number: 3 } });
    const failed = await failedOf();
    expect(failed["entryNumbers"]).to.deep.equal(["entry 3"]);
    expect(failed["reversals"]).to.deep.equal(["entry 4"]);
    await books.db.fundEntry.create({ data: entry });
    await books.db.fundPosting.createMany({ data: postings });
    await books.db.fundUnitPosting.createMany({ data: units });
    expect(await failedOf()).to.deep.equal({});
  });

  it("stays the same while entries come in", async () => {
    const [failed] = await Promise.all([failedOf(), books.deposit("late"), books.deposit("later")]);
    expect(failed).to.deep.equal({});
    const [maintenance] = await books.fund.balances(books.db, books.id);
    expect(maintenance!.bankFen).to.equal(3n * DEPOSITED - 300n);
  });
});
