import { expect } from "chai";
import { findScheduleFault, readSchedule } from "../../../protocol/fund/schedule.ts";
import type { Body, Client } from "../http/client.ts";
import { ok, refused } from "../http/client.ts";
import { DEPOSITED, DEPOSITS, TestBooks } from "./community.ts";

const ALL = { kind: "all" };
const list = DEPOSITS.map(({ unit, amountFen }) => ({ unit, amount: String(-amountFen) }));

describe("the books over HTTP, from deposits to a closed period", () => {
  let books: TestBooks;
  let path: string;
  let committee: Client;
  let registrar: Client;

  before(async () => {
    books = await TestBooks.create();
    path = books.community.path;
    committee = books.community.committee.client;
    registrar = books.community.registrar.client;
  });
  after(() => books.close());

  const get = (address: string): Promise<Body> => ok(books.test.client().get(path + address));
  const enter = (terms: Body) => committee.post(`${path}/fund/drafts`, terms);
  const confirm = (id: string, by = registrar) => by.post(`${path}/fund/drafts/${id}/confirmation`);
  /** Entered by the committee, confirmed by the registrar. */
  const done = async (terms: Body): Promise<Body> => {
    const { id } = await ok(enter(terms));
    return (await ok(confirm(id as string))).result;
  };
  const entry = (kind: string, amount: string, rest: Body = {}) => {
    return { action: "entry", kind, amount, date: books.day(-10), narration: "测试", ...rest };
  };

  it("posts nothing before another officer has confirmed, and then once", async () => {
    const terms = entry("initialDeposit", String(DEPOSITED), {
      date: books.day(-40),
      spread: { by: "list", units: list },
    });
    const draft = await ok(enter(terms));
    expect(draft).to.include({ state: "waiting", mine: true });
    expect(draft.preview.entries[0]).to.include({
      kind: "initialDeposit",
      units: 6,
      developer: "-750000",
    });
    expect((await get("/fund/entries")).items).to.deep.equal([]);
    expect(await refused(confirm(draft.id as string, committee), 403)).to.equal(
      "DraftConfirmerSame",
    );
    const both = await Promise.all([confirm(draft.id as string), confirm(draft.id as string)]);
    expect(both.map(({ status }) => status)).to.deep.equal([200, 200]);
    expect(both[0].body.result).to.deep.equal(both[1].body.result);
    const { items } = await get("/fund/entries");
    expect(items).to.have.length(1);
    expect(items[0].author).not.to.equal(items[0].confirmer);
    const withdrawal = committee.post(`${path}/fund/drafts/${draft.id}/withdrawal`);
    expect(await refused(withdrawal, 409)).to.equal("DraftClosed");
  });

  it("says at once what is wrong, to the author", async () => {
    const short = list.slice(1);
    const cases: [string, Body][] = [
      ["EntryUnitsDiffer", entry("topUp", "100", { spread: { by: "list", units: short } })],
      ["EntrySpreadMissing", entry("charge", "100")],
      [
        "EntryUnitOverdrawn",
        entry("charge", "900000", {
          spread: { by: "area", scope: { kind: "units", units: ["1-1-101"] } },
        }),
      ],
      [
        "ScopeUnknown",
        entry("charge", "100", {
          spread: { by: "area", scope: { kind: "buildings", buildings: ["9"] } },
        }),
      ],
      [
        "FactorInvalid",
        entry("charge", "100", { spread: { by: "area", scope: ALL, factors: { "9-9-9": "2" } } }),
      ],
      ["EntryAccountUnknown", entry("income", "100", { account: "income:costs:x" })],
      ["EntryAmountInvalid", entry("interest", "0", { spread: { by: "area", scope: ALL } })],
      ["EntryNotFound", { action: "reversal", number: 99, date: books.day(), reason: "x" }],
      ["SettingsMissing", { action: "incomeShare", from: "2026-01-01", date: books.day() }],
      ["PeriodNotOver", { action: "period", to: books.day() }],
    ];
    for (const [code, terms] of cases) {
      expect(await refused(enter(terms)), code).to.equal(code);
    }
    for (const amount of ["1.5", "-1", "1e3", "0.001", ""]) {
      const bad = entry("interest", amount, { spread: { by: "area", scope: ALL } });
      expect(await refused(enter(bad), 400)).to.equal("InputInvalid");
    }
    expect((await get("/fund/entries")).items).to.have.length(1);
  });

  it("leaves entering to the committee, and confirming to officers", async () => {
    const terms = entry("interest", "100", { spread: { by: "area", scope: ALL } });
    expect(await refused(registrar.post(`${path}/fund/drafts`, terms), 403)).to.equal(
      "RoleRequired",
    );
    expect(await refused(books.test.client().post(`${path}/fund/drafts`, terms), 401)).to.equal(
      "LoginRequired",
    );
    expect(await refused(books.test.client().get(`${path}/fund/drafts`), 401)).to.equal(
      "LoginRequired",
    );
  });

  it("charges one entrance by area, publishes the schedule, and the developer bears its part", async () => {
    const scope = { kind: "entrances", entrances: [{ building: "2", entrance: "1" }] };
    const spread = { by: "area", scope, factors: { "2-1-101": "1.5" } };
    const { entries } = await done(entry("charge", "10001", { category: "roof", spread }));
    const posted = await get(`/fund/entries/${entries[0]}`);
    const response = await fetch(`${books.test.url}/api${path}/documents/${posted.schedule}`);
    const schedule = readSchedule(new Uint8Array(await response.arrayBuffer()));
    expect(findScheduleFault(schedule)).to.equal(undefined);
    expect(
      schedule.units.map(({ unit, developer, factor }) => [unit, developer, factor]),
    ).to.deep.equal([
      ["2-1-101", false, "1.5"],
      ["2-1-102", true, "1"],
      ["2-1-103", false, "1"],
    ]);
    const own = await books.db.fundUnitPosting.findMany({ where: { number: entries[0] } });
    expect(own.reduce((sum, { amountFen }) => sum + amountFen, 0n)).to.equal(10_001n);
    expect(own.map(({ unit, amountFen }) => `${unit} ${amountFen}`)).to.have.members(
      schedule.units.map(({ unit, amount }) => `${unit} ${amount}`),
    );
  });

  it("spreads interest by what each unit has, without publishing it", async () => {
    const { entries } = await done(
      entry("interest", "777", { spread: { by: "balance", scope: ALL } }),
    );
    expect(await get(`/fund/entries/${entries[0]}`)).to.include({ schedule: null, units: 6 });
  });

  it("takes a list of deposits as a file, whole or not at all", async () => {
    const upload = (text: string) =>
      committee.upload(
        `${path}/fund/drafts/list`,
        { name: "续交.csv", bytes: new TextEncoder().encode(text) },
        { kind: "topUp", date: books.day(-5), narration: "续交" },
      );
    const broken = await upload(
      "房号,金额\n1-1-101,1.005\n1-1-102,1e3\n,5\n1-1-201,7\n1-1-201,7\n合计,1\n",
    );
    expect(broken.body).to.deep.include({ code: "DepositListInvalid" });
    expect(broken.body.params.faults).to.deep.equal([
      "2:amount",
      "3:amount",
      "4:unit",
      "6:twice",
      "7:total",
    ]);
    expect(await refused(upload("a,b\n1,2\n"))).to.equal("DepositListInvalid");
    expect(await refused(upload("房号,金额\n9-9-999,1\n"))).to.equal("EntryUnitUnknown");
    const draft = await ok(upload('房号,金额\n1-1-101,"1,000.50"\n1-1-102,2\n合计,1002.50\n'));
    await ok(confirm(draft.id as string));
    const { items } = await get("/fund/entries?kind=topUp");
    expect(items[0].postings[0]).to.include({ account: "maintenance:bank", amount: "100250" });
  });

  it("shows opening, in, out and closing by kind and category", async () => {
    const overview = await get("/fund");
    const [maintenance] = overview.funds;
    expect(
      BigInt(maintenance.opening as string) +
        BigInt(maintenance.in as string) -
        BigInt(maintenance.out as string),
    ).to.equal(BigInt(maintenance.closing as string));
    expect(maintenance.closing).to.equal(String(DEPOSITED - 10_001n + 777n + 100_250n));
    expect(maintenance.movements).to.deep.include({
      kind: "charge",
      category: "roof",
      count: 1,
      in: "0",
      out: "10001",
    });
    expect(maintenance.now).to.deep.equal({
      bank: maintenance.closing,
      investments: "0",
      owners: maintenance.closing,
    });
    const later = await get(`/fund?from=${books.day(-6)}`);
    expect(later.funds[0]).to.include({ in: "100250", out: "0", closing: maintenance.closing });
  });

  let closed: Body;
  it("closes a period with a statement and balances, and lets nothing in any more", async () => {
    const waiting = await ok(
      enter(entry("interest", "5", { date: books.day(-8), spread: { by: "area", scope: ALL } })),
    );
    const terms = { action: "period", to: books.day(-7) };
    expect(await refused(enter(terms))).to.equal("PeriodDraftsWaiting");
    await ok(committee.post(`${path}/fund/drafts/${waiting.id}/withdrawal`));
    const result = await done(terms);
    expect(result).to.deep.include({ period: 1, balances: 1 });
    [closed] = (await get("/fund/periods")).items;
    expect(closed).to.include({ from: books.day(-40), to: books.day(-7) });
    expect(closed.funds[0]).to.include({
      opening: "0",
      closing: String(DEPOSITED - 10_001n + 777n),
    });
    const { bytes } = await get(`/records/${closed.recordIndex}`);
    expect(JSON.parse(bytes as string).funds).to.deep.equal(closed.funds);
    const late = entry("interest", "5", {
      date: books.day(-7),
      spread: { by: "area", scope: ALL },
    });
    expect(await refused(enter(late))).to.equal("PeriodClosed");
    expect(await refused(enter(terms))).to.equal("PeriodClosed");
  });

  it("puts a late correction into the next period, with a link, and leaves the closed one as it is", async () => {
    const { items } = await get("/fund/entries?kind=charge");
    const { entries } = await done({
      action: "reversal",
      number: items[0].number,
      date: books.day(-3),
      reason: "发票有误",
    });
    expect(await get(`/fund/entries/${entries[0]}`)).to.include({
      reverses: items[0].number,
      date: books.day(-3),
    });
    await done(
      entry("charge", "9000", {
        date: books.day(-3),
        occurred: books.day(-9),
        category: "roof",
        spread: { by: "area", scope: ALL },
      }),
    );
    await done({ action: "period", to: books.day(-1) });
    const [second, first] = (await get("/fund/periods")).items;
    expect(first).to.deep.equal(closed);
    expect(second.funds[0].opening).to.equal(closed.funds[0].closing);
    expect(second.funds[0].movements).to.deep.include({
      kind: "reversal",
      category: "roof",
      count: 1,
      in: "10001",
      out: "0",
    });
  });

  it("finds the books in order, and publishes that", async () => {
    const check = await books.fund.check(books.id);
    expect((check.checks as Body[]).filter(({ failed }) => failed.length > 0)).to.deep.equal([]);
    expect(check.passed).to.equal(true);
    const { bytes } = await get(`/records/${check.recordIndex}`);
    expect(JSON.parse(bytes as string)).to.deep.include({ type: "booksCheck", passed: true });
    expect((await get("/fund")).check).to.include({ passed: true });
  });
});
