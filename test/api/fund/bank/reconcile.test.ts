import { expect } from "chai";
import type { Answer, Body } from "../../http/client.ts";
import { ok } from "../../http/client.ts";
import { suggestLinks } from "../../../../api/fund/bank/suggest.ts";
import type { OpenEntry, OpenLine } from "../../../../api/fund/bank/open.ts";
import { findBankBalance } from "../../../../api/fund/bank/state.ts";
import { compareBank } from "../../../../api/fund/books/bank.ts";
import { DEPOSITED, TestBooks } from "../community.ts";

const HEADER = "交易日期,收入金额,支出金额,账户余额,对方户名,摘要,交易流水号";
const ROWS = [
  "2024-03-01,600.00,,1100.00,张三,停车费,A1",
  "2024-03-01,400.00,,1500.00,李四,停车费,A2",
  "2024-03-05,,250.50,1249.50,安顺电梯有限公司,维保,A3",
  "2024-03-06,80.00,,1329.50,王五,广告,A4",
  "2024-03-07,,3.00,1326.50,,手续费误收,A5",
  "2024-03-08,3.00,,1329.50,,冲正,A6",
];

describe("reconciling the books with the bank", () => {
  let books: TestBooks;
  const entries: Record<string, number> = {};

  const bank = (path = ""): string => `${books.community.path}/fund/bank${path}`;
  const client = () => books.community.committee.client;
  const link = (lines: number[], of: number[], account = 1): Promise<Answer> =>
    client().post(bank("/links"), { account, lines, entries: of });
  const ignore = (lines: number[], reason = "银行误收后冲正"): Promise<Answer> =>
    client().post(bank("/ignored"), { account: 1, lines, reason });
  const undo = (number: number, reason = "对错了"): Promise<Answer> =>
    client().post(bank(`/reconciliations/${number}/undo`), { reason });
  const income = async (): Promise<Body> => {
    const { funds } = await ok(books.test.client().get(bank()));
    return funds.find(({ fund }: Body) => fund === "income");
  };
  const lastRecord = async (): Promise<Body> => {
    const where = { communityId: books.id };
    const row = await books.db.record.findFirst({ where, orderBy: { index: "desc" } });
    return JSON.parse(row!.text);
  };
  const post = async (
    name: string,
    kind: "income" | "cost" | "openingIncome",
    amountFen: bigint,
    source?: string,
  ) => {
    const other = {
      income: "income:revenue:parking",
      cost: "income:costs:电梯",
      openingIncome: "income:opening",
    }[kind];
    const postings = [
      { account: "income:bank", amountFen },
      { account: other, amountFen: -amountFen },
    ];
    entries[name] = (await books.post({ kind, postings, source, date: "2024-03-04" })).number;
  };

  before(async () => {
    books = await TestBooks.create();
    for (const [fund, number] of [
      ["income", "62220001"],
      ["maintenance", "62220002"],
    ]) {
      await ok(client().post(bank("/accounts"), { fund, name: "建设银行", number }));
    }
    const bytes = new TextEncoder().encode([HEADER, ...ROWS].join("\n"));
    await ok(client().upload(bank("/accounts/1/statements"), { name: "a.csv", bytes }));
    await post("opening", "openingIncome", 50_000n);
    await post("parking", "income", 100_000n);
    await post("lift", "cost", -25_050n, "payment 1");
    await post("unseen", "cost", -9_900n, "payment 2");
  });
  after(() => books.close());

  it("says first what is open on both sides, and that it explains the difference", async () => {
    expect(await income()).to.deep.equal({
      fund: "income",
      reconciledTo: "2024-03-08",
      bank: "132950",
      ledger: "115050",
      openLines: { count: 7, amount: "132950" },
      openEntries: { count: 4, amount: "115050" },
      ignored: { count: 0, amount: "0" },
      unseenPayments: 2,
      isExplained: true,
    });
  });

  it("suggests equal amounts, payments first, and the lines of a day that make one entry", async () => {
    const { items } = await ok(client().get(bank("/suggestions")));
    expect(items).to.deep.equal([
      {
        account: 1,
        lines: [3],
        entries: [entries["lift"]],
        amount: "-25050",
        days: 1,
        form: "one",
      },
      {
        account: 1,
        lines: [0],
        entries: [entries["opening"]],
        amount: "50000",
        days: 3,
        form: "one",
      },
      {
        account: 1,
        lines: [1, 2],
        entries: [entries["parking"]],
        amount: "100000",
        days: 3,
        form: "lines",
      },
    ]);
    expect((await books.test.client().get(bank("/suggestions"))).body.code).to.equal(
      "LoginRequired",
    );
  });

  it("links one line to one entry and several lines to one entry, each published", async () => {
    await ok(link([0], [entries["opening"]!]));
    await ok(link([3], [entries["lift"]!]));
    const { number } = await ok(link([2, 1], [entries["parking"]!]));
    expect(await lastRecord()).to.deep.include({
      type: "reconciliation",
      ...{ number, account: 1, action: "link", lines: [1, 2], entries: [entries["parking"]] },
      ...{ sum: "100000", reason: null, undoes: null },
    });
    const { items } = await ok(books.test.client().get(bank("/accounts/1/lines")));
    expect(items[1]).to.include({ state: "linked", reconciliation: number });
    expect(items[1].entries).to.deep.equal([entries["parking"]]);
    expect(await income()).to.deep.include({
      openLines: { count: 3, amount: "8000" },
      unseenPayments: 1,
      isExplained: true,
    });
  });

  it("refuses what is not the same money, and what is settled already", async () => {
    const size = await books.db.record.count({ where: { communityId: books.id } });
    const differs = await link([4], [entries["unseen"]!]);
    expect(differs.body).to.deep.include({
      code: "BankLinkDiffers",
      params: { lines: "80.00", entries: "-99.00", difference: "179.00" },
    });
    expect((await link([1], [entries["unseen"]!])).body.code).to.equal("BankLineSettled");
    expect((await link([4], [entries["lift"]!])).body.code).to.equal("BankEntrySettled");
    expect((await link([99], [entries["unseen"]!])).body.code).to.equal("BankLineNotFound");
    expect((await link([4], [9999])).body.code).to.equal("EntryNotFound");
    expect((await link([4, 4], [])).body.code).to.equal("BankLinkEmpty");
    expect((await link([4], [entries["unseen"]!], 9)).body.code).to.equal("BankAccountNotFound");
    // An entry of the other fund is not in this account.
    const deposit = (await books.deposit()).number;
    expect((await link([4], [deposit])).body.code).to.equal("BankEntryElsewhere");
    const stranger = await books.test
      .client()
      .post(bank("/links"), { account: 1, lines: [4], entries: [1] });
    expect(stranger.status).to.equal(401);
    expect(await books.db.record.count({ where: { communityId: books.id } })).to.equal(size + 1);
  });

  it("lines that cancel one another out are linked without an entry; others are ignored with a reason", async () => {
    expect((await link([4, 5], [])).body.code).to.equal("BankLinkDiffers");
    await ok(link([5, 6], []));
    expect((await ignore([4], "  ")).body.code).to.equal("InputInvalid");
    const { number } = await ok(ignore([4], "属于另一小区，已通知银行"));
    expect(await lastRecord()).to.deep.include({
      action: "ignore",
      lines: [4],
      reason: "属于另一小区，已通知银行",
    });
    expect(await income()).to.deep.include({
      openLines: { count: 0, amount: "0" },
      ignored: { count: 1, amount: "8000" },
      isExplained: true,
    });
    const { items } = await ok(books.test.client().get(bank("/reconciliations?limit=1")));
    expect(items[0]).to.include({ number, action: "ignore" });
  });

  it("is taken back once, by a record of its own, and can then be done anew", async () => {
    const { items } = await ok(books.test.client().get(bank("/reconciliations")));
    const { number } = items.find(({ action }: Body) => action === "ignore");
    const undone = await ok(undo(number, "原来是广告费"));
    expect(await lastRecord()).to.deep.include({
      action: "undo",
      undoes: number,
      lines: [4],
      reason: "原来是广告费",
    });
    expect((await undo(number)).body.code).to.equal("BankReconciliationUndone");
    expect((await undo(undone.number)).body.code).to.equal("BankReconciliationUndone");
    expect((await undo(999)).body.code).to.equal("BankReconciliationNotFound");
    await post("advertising", "income", 8_000n);
    await ok(link([4], [entries["advertising"]!]));
    expect(await income()).to.deep.include({
      openLines: { count: 0, amount: "0" },
      ignored: { count: 0, amount: "0" },
    });
  });

  it("two officers who take a reconciliation back at once do it once; so do two who link one line", async () => {
    const { items } = await ok(books.test.client().get(bank("/reconciliations?limit=1")));
    const undone = await Promise.all([
      undo(items[0].number),
      undo(items[0].number),
      undo(items[0].number),
    ]);
    expect(undone.map(({ status }) => status).sort()).to.deep.equal([201, 409, 409]);
    const linked = await Promise.all([
      link([4], [entries["advertising"]!]),
      link([4], [entries["advertising"]!]),
    ]);
    expect(linked.map(({ status }) => status).sort()).to.deep.equal([201, 409]);
  });

  it("a payment on chain without a line of the bank stands out; so does a line without an entry", async () => {
    const bytes = new TextEncoder().encode(`${HEADER}\n2024-03-20,7.00,,1336.50,赵六,来款,B1`);
    await ok(client().upload(bank("/accounts/1/statements"), { name: "b.csv", bytes }));
    const open = await ok(books.test.client().get(bank("/open")));
    expect(open.lines).to.deep.equal([
      { account: 1, line: 7, date: "2024-03-20", amount: "700", organisation: null },
    ]);
    const ofIncome = open.entries.filter(({ fund }: Body) => fund === "income");
    expect(
      ofIncome.map(({ entry, source, amount }: Body) => [entry, source, amount]),
    ).to.deep.equal([[entries["unseen"], "payment 2", "-9900"]]);
    expect((await income()).unseenPayments).to.equal(1);
  });

  it("an entry and its reversal cancel one another out", async () => {
    const reversal = (await books.reverse(entries["unseen"]!)).number;
    await ok(link([], [entries["unseen"]!, reversal]));
    expect((await income()).openEntries).to.deep.equal({ count: 0, amount: "0" });
  });

  it("knows what the bank held at the end of a day, and does not know it beyond the last statement", async () => {
    const at = async (date: string, fund: "income" | "maintenance" = "income") =>
      (await findBankBalance(books.db, books.id, { fund, date }))?.balanceFen;
    expect(await at("2024-03-01")).to.equal(150_000n);
    expect(await at("2024-03-06")).to.equal(132_950n);
    expect(await at("2024-03-20")).to.equal(133_650n);
    expect(await at("2024-03-21")).to.equal(undefined);
    expect(await at("2024-02-28")).to.equal(undefined);
    expect(await at("2024-03-06", "maintenance")).to.equal(undefined);
  });

  it("lists whole what reaches beyond a day, so that entries and lines make up what differs", async () => {
    const rows = "2024-06-05,100000.00,,100000.00,,,C1\n2024-06-20,64912.01,,164912.01,,,C2";
    const bytes = new TextEncoder().encode(`${HEADER}\n${rows}`);
    await ok(client().upload(bank("/accounts/2/statements"), { name: "c.csv", bytes }));
    const { number } = await books.deposit(undefined, "2024-06-05");
    await ok(link([1, 2], [number], 2));
    const day = { communityId: books.id, date: "2024-06-10", ledgerFen: DEPOSITED };
    const compared = await books.db.$transaction((tx) => compareBank(tx, day));
    expect(compared).to.deep.include({ balance: "10000000", difference: "6491201" });
    expect(compared).to.deep.include({ entries: [number], lines: [{ account: 2, line: 1 }] });
  });
});

describe("suggestions", () => {
  const line = (number: number, amountFen: bigint, date = "2024-03-05"): OpenLine => {
    return { account: 1, line: number, date, amountFen, organisation: null };
  };
  const entry = (
    number: number,
    amountFen: bigint,
    date = "2024-03-05",
    source: string | null = null,
  ): OpenEntry => {
    const words = { narration: "", kind: "income", reverses: null };
    return { entry: number, fund: "income", date, amountFen, source, ...words };
  };
  const pairsOf = (lines: OpenLine[], entries: OpenEntry[]) =>
    suggestLinks(lines, entries).map((one) => [one.lines, one.entries]);

  it("takes the nearest day of equal amounts, each once, and nothing further than ten days away", () => {
    const lines = [line(1, 5n, "2024-03-05"), line(2, 5n, "2024-03-06")];
    expect(pairsOf(lines, [entry(1, 5n, "2024-03-06"), entry(2, 5n, "2024-03-04")])).to.deep.equal([
      [[2], [1]],
      [[1], [2]],
    ]);
    expect(pairsOf([line(1, 5n)], [entry(1, 5n, "2024-03-15")])).to.have.length(1);
    expect(pairsOf([line(1, 5n)], [entry(1, 5n, "2024-03-16")])).to.deep.equal([]);
    expect(pairsOf([line(1, 5n)], [entry(1, -5n)])).to.deep.equal([]);
  });

  it("prefers a payment on chain to an entry that is nearer", () => {
    const entries = [entry(1, -5n), entry(2, -5n, "2024-03-02", "payment 7")];
    expect(pairsOf([line(1, -5n)], entries)).to.deep.equal([[[1], [2]]]);
  });

  it("finds one line for the entries of a day", () => {
    expect(pairsOf([line(1, 9n)], [entry(1, 4n), entry(2, 5n)])).to.deep.equal([[[1], [1, 2]]]);
  });
});
