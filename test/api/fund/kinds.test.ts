import { expect } from "chai";
import type { Body } from "../http/client.ts";
import { ok, refused } from "../http/client.ts";
import { DEPOSITED, DEPOSITS, TestBooks } from "./community.ts";

const ALL = { kind: "all" };
const one = (unit: string, amount: string): Body => ({ by: "list", units: [{ unit, amount }] });

describe("every kind of entry of the maintenance fund", () => {
  let books: TestBooks;
  let path: string;

  before(async () => {
    books = await TestBooks.create();
    path = books.community.path;
  });
  after(() => books.close());

  const enter = (terms: Body) =>
    books.community.committee.client.post(`${path}/fund/drafts`, terms);
  const done = async (terms: Body): Promise<Body> => {
    const { id } = await ok(enter(terms));
    const address = `${path}/fund/drafts/${id}/confirmation`;
    return (await ok(books.community.registrar.client.post(address))).result;
  };
  const entry = (kind: string, amount: string, rest: Body = {}): Body => {
    return { action: "entry", kind, amount, date: books.day(), narration: "测试", ...rest };
  };
  const figuresOf = async (unit: string) => {
    const row = await books.db.fundUnit.findFirstOrThrow({ where: { unit } });
    return [row.depositedFen, row.gainedFen, row.usedFen].map(Number);
  };
  const held = async () => {
    const [fund] = await books.fund.balances(books.db, books.id);
    return [fund!.bankFen, fund!.investmentsFen, fund!.ownersFen];
  };

  it("carries the books over from before, by unit", async () => {
    const units = DEPOSITS.map(({ unit, amountFen }) => ({ unit, amount: String(-amountFen) }));
    await done(entry("opening", String(DEPOSITED), { spread: { by: "list", units } }));
    expect(await figuresOf("1-1-101")).to.deep.equal([891_200, 0, 0]);
  });

  it("moves money into treasury bonds and back without touching the units", async () => {
    await done(entry("investment", "5000000"));
    expect(await held()).to.deep.equal([DEPOSITED - 5_000_000n, 5_000_000n, DEPOSITED]);
    await done(entry("investmentGain", "90000", { spread: { by: "area", scope: ALL } }));
    await done(entry("redemption", "5000000"));
    expect(await held()).to.deep.equal([DEPOSITED + 90_000n, 0n, DEPOSITED + 90_000n]);
  });

  it("adds scrap value, refunds a unit, and keeps the balance with a unit that is sold", async () => {
    await done(entry("scrapValue", "1000", { spread: one("1-1-102", "1000") }));
    await done(entry("refund", "200", { spread: one("1-1-102", "200") }));
    const [deposited, gained, used] = await figuresOf("1-1-102");
    expect([deposited, used]).to.deep.equal([905_000, 200]);
    const { entries } = await done(entry("transferOfUnit", "0", { spread: one("1-1-102", "0") }));
    expect(await figuresOf("1-1-102")).to.deep.equal([deposited, gained, used]);
    const sale = await ok(books.test.client().get(`${path}/fund/entries/${entries[0]}`));
    expect(sale).to.deep.include({ postings: [], units: 1 });
    // Who sold is not said: the unit stands under its salt.
    const { bytes } = await ok(books.test.client().get(`${path}/records/${sale.recordIndex}`));
    expect(bytes).not.to.contain("1-1-102");
    expect(
      (await done({ action: "reversal", number: entries[0], date: books.day(), reason: "误录" }))
        .entries,
    ).to.have.length(1);
  });

  it("lets a charge exceed what a unit has only where the owners decided so, and shows what is owed", async () => {
    const charge = entry("charge", "1000000", {
      category: "roof",
      spread: one("2-1-101", "1000000"),
    });
    expect(await refused(enter(charge))).to.equal("EntryUnitOverdrawn");
    await done({
      action: "settings",
      topUpSource: "x",
      negativeUnits: true,
      negativeUnitsSource: "业主大会决定",
    });
    await done(charge);
    const { balances } = await done({ action: "balances", date: books.day() });
    const row = await books.db.fundBalances.findFirstOrThrow({ where: { number: balances } });
    const { bytes } = await ok(books.test.client().get(`${path}/records/${row.recordIndex}`));
    const { sums, ledger } = JSON.parse(bytes as string);
    expect(Number(sums.owed)).to.be.greaterThan(0);
    expect(String(BigInt(sums.balance as string) - BigInt(sums.owed as string))).to.equal(
      ledger.owners,
    );
    expect((await books.fund.check(books.id)).passed).to.equal(true);
  });

  it("leaves no file behind for what was only rehearsed", async () => {
    const before = await books.db.document.count();
    const draft = entry("charge", "777", { spread: { by: "area", scope: ALL } });
    const { id } = await ok(enter(draft));
    expect(await books.db.document.count()).to.equal(before);
    await ok(books.community.committee.client.post(`${path}/fund/drafts/${id}/withdrawal`));
    const rest = await ok(books.community.committee.client.get(`${path}/fund/drafts`));
    expect((rest.items as Body[]).find((item) => item.id === id)).to.include({
      state: "withdrawn",
    });
  });
});
