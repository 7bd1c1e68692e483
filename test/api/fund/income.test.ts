import { expect } from "chai";
import { periodEnd, shareOfIncome } from "../../../protocol/fund/incomeShare.ts";
import type { Body } from "../http/client.ts";
import { ok, refused } from "../http/client.ts";
import { TestBooks } from "./community.ts";

describe("public income", () => {
  let books: TestBooks;
  let path: string;
  /** The last whole quarter. */
  let quarter: { from: string; to: string };

  before(async () => {
    books = await TestBooks.create();
    path = books.community.path;
    const [year, month] = books.day().split("-").map(Number) as [number, number];
    const start = new Date(Date.UTC(year, month - 1 - ((month - 1) % 3) - 3, 1));
    const from = start.toISOString().slice(0, 10);
    quarter = { from, to: periodEnd(from, "quarter")! };
  });
  after(() => books.close());

  const get = (address: string): Promise<Body> => ok(books.test.client().get(path + address));
  const enter = (terms: Body) =>
    books.community.committee.client.post(`${path}/fund/drafts`, terms);
  const done = async (terms: Body): Promise<Body> => {
    const { id } = await ok(enter(terms));
    const address = `${path}/fund/drafts/${id}/confirmation`;
    return (await ok(books.community.registrar.client.post(address))).result;
  };
  const entry = (kind: string, amount: string, account: string) =>
    done({ action: "entry", kind, amount, account, date: quarter.from, narration: "公共收益" });

  it("is itemised by kind, with its costs and what is left", async () => {
    await entry("income", "1200000", "income:revenue:parking");
    await entry("income", "300000", "income:revenue:advertising");
    await entry("income", "90001", "income:revenue:rent");
    await entry("cost", "190000", "income:costs:保洁");
    const { funds } = await get(`/fund?from=${quarter.from}&to=${quarter.to}`);
    expect(funds[1]).to.include({ opening: "0", in: "1590001", out: "190000", closing: "1400001" });
    expect(
      funds[1].movements.map(({ kind, category, in: cameIn, out }: Body) => [
        kind,
        category,
        cameIn,
        out,
      ]),
    ).to.have.deep.members([
      ["income", "parking", "1200000", "0"],
      ["income", "advertising", "300000", "0"],
      ["income", "rent", "90001", "0"],
      ["cost", "保洁", "0", "190000"],
    ]);
    expect(funds[0]).to.include({ closing: "0" });
  });

  it("takes no cost above what there is, nor an account that is no word", async () => {
    const cost = (amount: string, account: string) =>
      enter({ action: "entry", kind: "cost", amount, account, date: quarter.from, narration: "x" });
    expect(await refused(cost("1400002", "income:costs:保洁"))).to.equal("EntryOverdraws");
    expect(await refused(cost("1", "income:costs:a b"))).to.equal("EntryAccountUnknown");
    expect(await refused(cost("1", "maintenance:owners"))).to.equal("EntryAccountUnknown");
  });

  const share = (from = quarter.from): Body => ({ action: "incomeShare", from, date: books.day() });
  const settings = { action: "settings", topUpSource: "办法第十七条" };

  it("goes to the maintenance fund by the community's rule, in two linked entries, once", async () => {
    expect(await refused(enter(share()))).to.equal("SettingsMissing");
    const rule = {
      permille: 700,
      above: "400000",
      cap: "600000",
      period: "quarter",
      source: "管理规约第二十条",
    };
    const decided = await done({ ...settings, incomeShare: rule });
    expect(decided.settings).to.equal(1);
    expect((await get("/fund")).settings.incomeShare).to.deep.equal(rule);
    expect(await refused(enter(share(books.day(-1).replace(/-\d\d$/, "-02"))))).to.equal(
      "IncomeSharePeriodInvalid",
    );
    // 70 % of what exceeds 4,000 yuan of 14,000.01, but at most 6,000.
    const { entries } = await done(share());
    const [given, taken] = await Promise.all(
      entries.map((number: number) => get(`/fund/entries/${number}`)),
    );
    expect(given).to.deep.include({ fund: "income", kind: "incomeShare", linked: [taken.number] });
    expect(taken).to.deep.include({
      fund: "maintenance",
      kind: "incomeCredited",
      linked: [given.number],
    });
    expect(taken.postings[0]).to.include({ account: "maintenance:bank", amount: "600000" });
    expect(given.schedule).to.equal(taken.schedule);
    const units = await books.db.fundUnit.findMany();
    for (const { gainedFen, sharedFen } of units) expect(gainedFen).to.equal(sharedFen);
    expect(await refused(enter(share()))).to.equal("IncomeShareDone");
  });

  it("takes both halves back together, and may then be given anew", async () => {
    const { items } = await get("/fund/entries?kind=incomeCredited");
    const { entries } = await done({
      action: "reversal",
      number: items[0].number,
      date: books.day(),
      reason: "比例有误",
    });
    const back = await get(`/fund/entries/${entries[0]}`);
    const other = await get(`/fund/entries/${back.linked[0]}`);
    expect([back.fund, other.fund]).to.deep.equal(["maintenance", "income"]);
    expect(other.linked).to.deep.equal([back.number]);
    const units = await books.db.fundUnit.findMany();
    for (const { gainedFen, sharedFen } of units)
      expect([gainedFen, sharedFen]).to.deep.equal([0n, 0n]);
    await done({
      ...settings,
      incomeShare: { permille: 500, period: "quarter", source: "业主大会决定" },
    });
    const again = await done(share());
    const taken = await get(`/fund/entries/${again.entries[1]}`);
    expect(taken.postings[0].amount).to.equal("700000");
  });

  it("is paid out to the owners by area, and never beyond what is left", async () => {
    const terms = (amount: string) => ({
      action: "distribution",
      amount,
      date: books.day(),
      narration: "分红",
    });
    expect(await refused(enter(terms("700002")))).to.equal("EntryOverdraws");
    const { entries } = await done(terms("700001"));
    const posted = await get(`/fund/entries/${entries[0]}`);
    expect(posted).to.include({ kind: "distribution", units: 6 });
    const { funds } = await get("/fund");
    expect(funds[1].now).to.deep.equal({ bank: "0", investments: "0", owners: "0" });
    expect((await books.fund.check(books.id)).passed).to.equal(true);
  });
});

describe("the share of public income", () => {
  const rule = { permille: 700, above: "0", cap: null };

  it("is rounded down, begins above its trigger and ends at its cap", () => {
    expect(shareOfIncome(1001n, rule)).to.equal(700n);
    expect(shareOfIncome(1000n, { ...rule, above: "1000" })).to.equal(0n);
    expect(shareOfIncome(1010n, { ...rule, above: "1000" })).to.equal(7n);
    expect(shareOfIncome(10_000n, { ...rule, cap: "5" })).to.equal(5n);
    expect(shareOfIncome(-5n, rule)).to.equal(0n);
  });

  it("knows where periods begin and end", () => {
    expect(periodEnd("2024-01-01", "quarter")).to.equal("2024-03-31");
    expect(periodEnd("2024-07-01", "halfYear")).to.equal("2024-12-31");
    expect(periodEnd("2024-01-01", "year")).to.equal("2024-12-31");
    expect(periodEnd("2024-02-01", "quarter")).to.equal(undefined);
    expect(periodEnd("2024-04-01", "halfYear")).to.equal(undefined);
    expect(periodEnd("2024-01-02", "year")).to.equal(undefined);
  });
});
