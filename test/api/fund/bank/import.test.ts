import { expect } from "chai";
import {
  bankLinesSchema,
  findStatementFault,
  lineDetails,
} from "../../../../protocol/fund/statement.ts";
import { sealText } from "../../../../protocol/anchor/sealed.ts";
import type { Answer, Body } from "../../http/client.ts";
import { ok } from "../../http/client.ts";
import { TestBooks } from "../community.ts";

const HEADER = "交易日期,收入金额,支出金额,账户余额,对方户名,摘要,交易流水号";
const MARCH = [
  "2024-03-01,1000.00,,1500.00,张三,三月停车费,",
  "2024-03-01,1000.00,,2500.00,张三,三月停车费,",
  "2024-03-05,,250.50,2249.50,安顺电梯有限公司,电梯维保,A2",
];
const APRIL = ["2024-04-02,500.00,,2749.50,李四,四月停车费,B1"];

const NUMBER = "6222 0000 0000 4321";

describe("importing bank statements", () => {
  let books: TestBooks;
  let account: number;

  before(async () => {
    books = await TestBooks.create();
  });
  after(() => books.close());

  const bank = (path = ""): string => `${books.community.path}/fund/bank${path}`;
  const client = () => books.community.committee.client;
  const toCsv = (rows: readonly string[], header = HEADER): Uint8Array =>
    new TextEncoder().encode([header, ...rows].join("\n"));
  const upload = (
    rows: readonly string[] | Uint8Array,
    fields = {},
    path = "statements",
  ): Promise<Answer> => {
    const bytes = rows instanceof Uint8Array ? rows : toCsv(rows);
    return client().upload(bank(`/accounts/${account}/${path}`), { name: "a.csv", bytes }, fields);
  };
  const lines = async (by = client()): Promise<Body[]> =>
    (await ok(by.get(bank(`/accounts/${account}/lines?limit=200`)))).items;
  const state = async (): Promise<Body> => ok(books.test.client().get(bank()));
  const logTexts = async (): Promise<string[]> => {
    const rows = await books.db.record.findMany({
      where: { communityId: books.id },
      orderBy: { index: "asc" },
    });
    return rows.map(({ text }) => text);
  };
  const open = async (fund = "income", number = NUMBER): Promise<number> =>
    (await ok(client().post(bank("/accounts"), { fund, name: "建设银行 公共收益", number })))
      .account;

  it("registers an account, of which only the tail is public", async () => {
    account = await open();
    const { accounts } = await state();
    expect(accounts).to.have.length(1);
    expect(accounts[0]).to.include({ fund: "income", tail: "4321", closing: null, statements: 0 });
    expect(
      (await client().post(bank("/accounts"), { fund: "income", name: "x", number: NUMBER })).body,
    ).to.include({
      code: "BankAccountExists",
    });
    expect((await logTexts()).join("\n")).not.to.contain("00004321");
    const registrar = books.community.registrar.client;
    const refused = await registrar.post(bank("/accounts"), {
      fund: "income",
      name: "x",
      number: "62220001",
    });
    expect(refused.body.code).to.equal("RoleRequired");
  });

  it("shows what would come of a file, and which names look like companies, without writing anything", async () => {
    const size = (await logTexts()).length;
    const { statements, counterparties } = (await upload(MARCH, {}, "preview")).body;
    expect(statements[0]).to.deep.include({
      opening: "50000",
      closing: "224950",
      lines: 3,
      added: 3,
      problems: [],
    });
    expect(counterparties).to.deep.equal([
      { name: "张三", lines: 2, looksLikeOrganisation: false, isPublished: false },
      { name: "安顺电梯有限公司", lines: 1, looksLikeOrganisation: true, isPublished: false },
    ]);
    const wrong = (
      await upload(["2024-03-01,5.00,,5.01,,,", "2024-03-02,5.00,,5.00,,,"], {}, "preview")
    ).body;
    expect(wrong.statements[0].problems.map(({ code }: Body) => code)).to.deep.equal([
      "BankSumDiffers",
      "BankBalanceDiffers",
    ]);
    expect(await lines()).to.deep.equal([]);
    expect(await logTexts()).to.have.length(size);
  });

  it("imports every line once, publishes figures and organisations, and no person", async () => {
    await ok(client().post(bank("/organisations"), { name: "安顺电梯有限公司" }));
    const { items } = await ok(upload(MARCH));
    expect(items).to.have.length(1);
    expect(items[0]).to.include({ added: 3, repeated: 0 });
    const { statement } = items[0];
    expect(statement).to.include({
      number: 1,
      opening: "50000",
      closing: "224950",
      from: "2024-03-01",
      to: "2024-03-05",
    });
    const record = JSON.parse((await logTexts()).at(-1)!);
    expect(record).to.include({
      type: "statement",
      tail: "4321",
      opening: "50000",
      closing: "224950",
      count: 3,
    });
    const document = await ok(
      books.test.client().get(`${books.community.path}/documents/${record.lines}`),
    );
    const published = bankLinesSchema.parse(document);
    expect(findStatementFault(record, published, undefined)).to.equal(undefined);
    expect(
      published.map(({ line, amount, organisation }) => [line, amount, organisation]),
    ).to.deep.equal([
      [1, "100000", null],
      [2, "100000", null],
      [3, "-25050", "安顺电梯有限公司"],
    ]);
    const texts = `${(await logTexts()).join("\n")}${JSON.stringify(document)}`;
    for (const secret of ["张三", "停车费", "电梯维保", "00004321"])
      expect(texts).not.to.contain(secret);
    const file = await books.test
      .client()
      .get(`${books.community.path}/documents/${statement.file}`);
    expect(file.status).to.equal(404);
    const kept = await client().get(bank(`/accounts/${account}/statements/1/file`));
    expect(kept.body).to.contain("张三");
  });

  it("shows names to the committee only, with the salts of what was published", async () => {
    const [, first] = await lines();
    const { salt, ...details } = first.details;
    expect(details).to.include({ counterparty: "张三", text: "三月停车费" });
    const document = await books.db.bankLine.findFirst({
      where: { communityId: books.id, number: 1 },
    });
    expect(sealText({ salt, value: lineDetails(details) }).sealed).to.equal(document!.sealed);
    for (const by of [books.test.client(), books.community.registrar.client]) {
      expect((await lines(by)).every((line) => line.details === null)).to.equal(true);
    }
    expect(Buffer.from(document!.details).toString("utf8")).not.to.contain("张三");
  });

  it("two equal lines of one day are two lines, and the balance before all is line 0", async () => {
    expect(
      (await lines()).map(({ line, amount, balance }) => [line, amount, balance]),
    ).to.deep.equal([
      [0, "50000", "50000"],
      [1, "100000", "150000"],
      [2, "100000", "250000"],
      [3, "-25050", "224950"],
    ]);
  });

  it("the same file again adds nothing, and neither does a part of it", async () => {
    const size = (await logTexts()).length;
    for (const rows of [MARCH, MARCH.slice(0, 2), MARCH.slice(2)]) {
      const { items } = await ok(upload(rows));
      expect(items).to.deep.equal([{ statement: null, added: 0, repeated: rows.length }]);
    }
    expect(await lines()).to.have.length(4);
    expect(await logTexts()).to.have.length(size);
  });

  it("an overlapping file adds what is new", async () => {
    const { items } = await ok(upload([...MARCH.slice(1), ...APRIL]));
    // The first of the two equal lines is missing in this file, and the balance before it shows that.
    expect(items[0]).to.include({ added: 1, repeated: 2 });
    expect(items[0].statement).to.include({
      number: 2,
      opening: "224950",
      closing: "274950",
      from: "2024-03-05",
    });
    expect((await lines()).map(({ line }) => line)).to.deep.equal([0, 1, 2, 3, 4]);
  });

  it("a file that does not follow is refused with the figures, and nothing is written", async () => {
    const size = (await logTexts()).length;
    const gap = await upload(["2024-05-01,1.00,,2800.50,,,C1"]);
    expect([gap.status, gap.body.code]).to.deep.equal([422, "BankStatementGap"]);
    expect(gap.body.params).to.include({
      closing: "2749.50",
      opening: "2799.50",
      until: "2024-04-02",
    });
    const late = await upload(["2024-03-20,1.00,,2750.50,,,C2"]);
    expect(late.body.code).to.equal("BankStatementOverlap");
    const left = await upload([MARCH[0]!, "2024-04-02,749.50,,2249.50,王五,,C3"]);
    expect(left.body.code).to.equal("BankStatementOverlap");
    const sum = await upload(["2024-05-01,1.00,,2750.50,,,C4", "2024-05-02,1.00,,2751.51,,,C5"]);
    expect(sum.body.code).to.equal("BankSumDiffers");
    expect(sum.body.params).to.deep.equal({
      ...{ opening: "2749.50", lines: "2.00", closing: "2751.51", difference: "-0.01" },
      problems: 2,
    });
    const ahead = await upload([`${books.day(2)},1.00,,2750.50,,,C6`]);
    expect(ahead.body.code).to.equal("BankDateInvalid");
    expect(await lines()).to.have.length(5);
    expect(await logTexts()).to.have.length(size);
  });

  it("another account's or currency's file is refused", async () => {
    const header = `${HEADER},账号`;
    const row = "2024-05-01,1.00,,2750.50,,,D1";
    expect((await upload(toCsv([`${row},6222000000009999`], header))).body.code).to.equal(
      "BankAccountDiffers",
    );
    const usd = await upload(toCsv([`${row},USD`], `${HEADER},币种`));
    expect(usd.body.code).to.equal("BankCurrencyDiffers");
    const hidden = await upload(toCsv([`${row},6222********4321`], header), {}, "preview");
    expect(hidden.body.statements[0].problems).to.deep.equal([]);
  });

  it("goes on in another format, whose opening balance follows from what is known", async () => {
    const ofx = (balance: string): Uint8Array =>
      new TextEncoder().encode(
        `OFXHEADER:100\nVERSION:102\nENCODING:UTF-8\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>CNY<BANKACCTFROM>` +
          `<ACCTID>6222000000004321</BANKACCTFROM><BANKTRANLIST><STMTTRN><DTPOSTED>20240505<TRNAMT>-49.50<FITID>9` +
          `</STMTTRN></BANKTRANLIST><LEDGERBAL><BALAMT>${balance}<DTASOF>20240531</LEDGERBAL></STMTRS></STMTTRNRS>` +
          `</BANKMSGSRSV1></OFX>`,
      );
    expect((await upload(ofx("2700.01"))).body.code).to.equal("BankStatementGap");
    const { items } = await ok(upload(ofx("2700.00")));
    expect(items[0].statement).to.include({
      format: "ofx 102",
      openingSource: "derived",
      closing: "270000",
      to: "2024-05-31",
    });
  });

  it("a statement of a month without movements moves the day on", async () => {
    const given = { opening: "2700.00", closing: "2700.00" };
    const table = new TextEncoder().encode(`起始日期:2024-06-01,截止日期:2024-06-30\n${HEADER}\n`);
    const { items } = await ok(upload(table, given));
    expect(items[0]).to.include({ added: 0 });
    expect(items[0].statement).to.include({
      opening: "270000",
      closing: "270000",
      to: "2024-06-30",
      lines: 0,
    });
    expect((await state()).accounts[0].closedOn).to.equal("2024-06-30");
  });

  it("a mapping that worked is kept for the account", async () => {
    const table = toCsv(["01/07/2024,10.00,2710.00,赵六"], "甲栏,乙栏,丙栏,丁栏");
    expect((await upload(table)).body.code).to.equal("BankColumnsMissing");
    const columns = { date: "甲栏", amount: "乙栏", balance: "丙栏", counterparty: "丁栏" };
    expect(
      (await upload(table, { mapping: JSON.stringify({ columns, dates: "dmy", other: 1 }) })).body
        .code,
    ).to.equal("InputInvalid");
    await ok(upload(table, { mapping: JSON.stringify({ columns, dates: "dmy" }) }));
    const { mapping } = await ok(client().get(bank(`/accounts/${account}/mapping`)));
    expect(mapping).to.deep.equal({ columns, dates: "dmy" });
    const { items } = await ok(
      upload(toCsv(["02/07/2024,1.00,2711.00,赵六"], "甲栏,乙栏,丙栏,丁栏")),
    );
    expect(items[0]).to.include({ added: 1 });
  });

  it("one file sent twice at once is imported once", async () => {
    account = await open("maintenance", "6222000000008888");
    const answers = await Promise.all([upload(MARCH), upload(MARCH), upload(MARCH)]);
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201]);
    expect(answers.map(({ body }) => body.items[0].added).sort()).to.deep.equal([0, 0, 3]);
    expect((await lines()).map(({ line }) => line)).to.deep.equal([0, 1, 2, 3]);
  });
});
