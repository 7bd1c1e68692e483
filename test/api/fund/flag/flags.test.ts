import { expect } from "chai";
import { DEFAULT_FLAG_RULES } from "../../../../protocol/fund/flag/rules.ts";
import type { Body } from "../../http/client.ts";
import { ok } from "../../http/client.ts";
import { TestBooks } from "../community.ts";

const HEADER = "交易日期,收入金额,支出金额,账户余额,对方户名,对方账号,摘要,交易流水号";
const ROWS = [
  "2024-03-01,,12000.00,88000.00,安顺电梯有限公司,62229001,维保,T1",
  "2024-03-02,,3000.00,85000.00,安顺电梯有限公司,62229001,维保,T2",
  "2024-03-03,,3000.00,82000.00,张三,62229001,维保,T2",
  "2024-03-04,500.00,,82500.00,李四,62229002,停车费,T1",
];

describe("flags of a community", () => {
  let books: TestBooks;
  const path = (end = ""): string => `${books.community.path}/fund/flags${end}`;
  const client = () => books.community.committee.client;
  const flags = async (query = ""): Promise<Body[]> =>
    (await ok(books.test.client().get(path(query)))).items;
  const records = async (type: string): Promise<Body[]> => {
    const where = { communityId: books.id, type };
    const rows = await books.db.record.findMany({ where, orderBy: { index: "asc" } });
    return rows.map(({ text }) => JSON.parse(text));
  };
  const bank = (end: string): string => `${books.community.path}/fund/bank${end}`;
  const link = async (lines: number[], entries: number[]): Promise<Body> =>
    ok(client().post(bank("/links"), { account: 1, lines, entries }));
  const spend = async (
    amountFen: bigint,
    fields: { documents?: `0x${string}`[]; source?: string } = {},
  ) => {
    const postings = [
      { account: "income:costs:电梯", amountFen },
      { account: "income:bank", amountFen: -amountFen },
    ];
    return (await books.post({ kind: "cost", postings, date: "2024-03-01", ...fields })).number;
  };
  const document = (name: string, confidential = false): Promise<{ sha256: `0x${string}` }> =>
    books.db.$transaction((tx) =>
      books.test.service.anchor.putDocument(tx, {
        ...{ communityId: books.id, name, mediaType: "text/plain", confidential },
        bytes: new TextEncoder().encode(name),
      }),
    );

  before(async () => {
    books = await TestBooks.create();
    await ok(
      client().post(bank("/accounts"), { fund: "income", name: "建设银行", number: "62220001" }),
    );
    const bytes = new TextEncoder().encode([HEADER, ...ROWS].join("\n"));
    await ok(client().upload(bank("/accounts/1/statements"), { name: "a.csv", bytes }));
    const postings = [
      { account: "income:bank", amountFen: 10_000_000n },
      { account: "income:opening", amountFen: -10_000_000n },
    ];
    await link(
      [0],
      [(await books.post({ kind: "openingIncome", postings, date: "2024-03-01" })).number],
    );
  });
  after(() => books.close());

  it("nothing is raised from lines that belong to nothing yet", async () => {
    expect(await ok(client().post(path("/run")))).to.deep.equal({ raised: 0 });
    expect((await books.test.client().post(path("/run"))).body.code).to.equal("LoginRequired");
  });

  it("are raised when lines are settled, each with parameters, figures and the records behind it", async () => {
    await link([1], [await spend(1_200_000n)]);
    const [first] = await flags();
    const [statement] = await books.db.record.findMany({
      where: { communityId: books.id, type: "statement" },
    });
    expect(first).to.deep.include({
      formula: "firstPayment",
      parameters: { from: "1000000" },
      inputs: [{ name: "line 1-1", record: statement!.index }],
      figures: { payments: 1, amount: "1200000" },
      answers: [],
    });
    const [record] = await records("flag");
    expect(record).to.deep.include({
      number: 1,
      formula: "firstPayment",
      version: 1,
      inputs: first.inputs,
    });
  });

  it("name no payee, no account and no transaction number, in records or in the database", async () => {
    await link([2], [await spend(300_000n)]);
    await link([3], [await spend(300_000n)]);
    expect(
      (await flags()).map(({ formula, inputs }) => [formula, inputs.map(({ name }: Body) => name)]),
    ).to.deep.equal([
      ["transactionRepeated", ["line 1-2", "line 1-3"]],
      ["accountReused", ["line 1-1", "line 1-3"]],
      ["firstPayment", ["line 1-1"]],
    ]);
    const rows = await books.db.fundFlag.findMany({ where: { communityId: books.id } });
    // An hour after eight in the evening is written `T20:15` and is no transaction number.
    const told = JSON.stringify([rows, await records("flag")]);
    expect(told).not.to.match(/安顺|张三|62229001|T2(?!\d:\d\d:)/);
  });

  it("the same invoice behind two entries is found; a reversed entry does not count", async () => {
    const { sha256 } = await document("invoice 1");
    await spend(100n, { documents: [sha256] });
    const second = await spend(200n, { documents: [sha256] });
    await books.reverse(second);
    expect(await ok(client().post(path("/run")))).to.deep.equal({ raised: 0 });
    await spend(300n, { documents: [sha256] });
    expect(await ok(client().post(path("/run")))).to.deep.equal({ raised: 1 });
    const [flag] = await flags();
    expect(flag.formula).to.equal("invoiceReused");
    expect(flag.figures).to.deep.equal({ payments: 2, amount: "400" });
  });

  it("what a payment on chain tells is not told a second time by its entry or its line", async () => {
    const { sha256 } = await document("invoice 2");
    for (const source of ["payment 1", "payment 2"])
      await spend(400n, { documents: [sha256], source });
    expect(await ok(client().post(path("/run")))).to.deep.equal({ raised: 0 });
  });

  it("are raised once, also when the formulas are applied by several at once", async () => {
    const { sha256 } = await document("invoice 3");
    for (let i = 0; i < 2; i++) await spend(500n, { documents: [sha256] });
    const runs = await Promise.all([1, 2, 3].map(() => ok(client().post(path("/run")))));
    expect(runs.map(({ raised }) => raised).sort()).to.deep.equal([0, 0, 1]);
    const numbers = (await flags()).map(({ number }) => number);
    expect(numbers).to.deep.equal([5, 4, 3, 2, 1]);
  });

  it("are answered by the committee, in public, as often as it wants", async () => {
    const { sha256 } = await document("contract with the new name");
    const answer = await ok(
      client().post(path("/2/answers"), { text: "收款户名登记有误", documents: [sha256] }),
    );
    expect((await records("flagAnswer"))[0]).to.deep.include({
      number: 1,
      flag: 2,
      documents: [sha256],
      by: answer.by,
    });
    await ok(client().post(path("/2/answers"), { text: "已更正" }));
    const flag = (await flags()).find(({ number }) => number === 2);
    expect(flag.answers.map(({ text }: Body) => text)).to.deep.equal([
      "收款户名登记有误",
      "已更正",
    ]);
    expect((await flags("?open=true")).map(({ number }) => number)).to.deep.equal([5, 4, 3, 1]);
    expect((await client().post(path("/99/answers"), { text: "x" })).body.code).to.equal(
      "FlagNotFound",
    );
    expect((await client().post(path("/2/answers"), { text: " " })).body.code).to.equal(
      "InputInvalid",
    );
    const hidden = await document("hidden", true);
    const refused = await client().post(path("/2/answers"), {
      text: "x",
      documents: [hidden.sha256],
    });
    expect(refused.body.code).to.equal("DocumentNotFound");
    const registrar = books.community.registrar.client;
    expect((await registrar.post(path("/2/answers"), { text: "x" })).body.code).to.equal(
      "RoleRequired",
    );
  });

  it("follow parameters that the community sets with a source, in public", async () => {
    const { formulas } = await ok(books.test.client().get(path("/formulas")));
    expect(formulas).to.have.length(8);
    const rules = { ...DEFAULT_FLAG_RULES, firstPayment: { from: "100" } };
    expect((await client().request("PUT", `${path("/formulas")}`)).body.code).to.equal(
      "InputInvalid",
    );
    const put = (body: unknown) =>
      client().request("PUT", path("/formulas"), {
        body: JSON.stringify(body),
        headers: { "Content-Type": "application/json" },
      });
    expect((await put({ rules: { ...rules, overBudget: {} }, source: "x" })).body.code).to.equal(
      "InputInvalid",
    );
    await ok(put({ rules, source: "管理规约第12条" }));
    expect((await records("flagRules"))[0]).to.deep.include({ rules, source: "管理规约第12条" });
    const { raised } = await ok(client().post(path("/run")));
    // 张三 was paid 3,000 yuan, which the default passes over.
    expect(raised).to.equal(1);
    expect((await flags())[0]).to.deep.include({
      formula: "firstPayment",
      parameters: { from: "100" },
    });
  });
});
