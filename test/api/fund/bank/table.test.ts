import { expect } from "chai";
import fc from "fast-check";
import iconv from "iconv-lite";
import writeXlsxFile from "write-excel-file/node";
import { readBankFile } from "../../../../api/fund/bank/parse/read.ts";
import { readAmount, showAmount } from "../../../../api/fund/bank/parse/amount.ts";
import { codesOf, readOne, readVector, refusalOf } from "./files.ts";

const HEADER = "交易日期,收入金额,支出金额,账户余额,对方户名,对方账号,摘要,交易流水号";
const ROWS = [
  '2024-03-01,"1,000.00",,"11,000.00",张三,6222001,物业维修资金续交,A1',
  "2024-03-05,,250.50,10749.50,安顺电梯有限公司,6222002,电梯维修,A2",
  "20240305,0.50,0.00,10750.00,,,结息,A3",
];
const toCsv = (...lines: string[]): string => lines.join("\r\n");
const GOOD = toCsv(HEADER, ...ROWS);

describe("a bank's table", () => {
  it("is read by the titles of its columns, and its balances by the one beside the lines", async () => {
    const statement = await readOne(GOOD);
    expect(statement.problems).to.deep.equal([]);
    expect(
      statement.lines.map(({ date, amount, balance }) => [date, amount, balance]),
    ).to.deep.equal([
      ["2024-03-01", 100000n, 1100000n],
      ["2024-03-05", -25050n, 1074950n],
      ["2024-03-05", 50n, 1075000n],
    ]);
    expect(statement.lines[1]).to.include({
      counterparty: "安顺电梯有限公司",
      reference: "A2",
      text: "电梯维修",
    });
    expect(statement).to.deep.include({ currency: "CNY", from: "2024-03-01", to: "2024-03-05" });
    expect(statement.opening).to.include({ amount: 1000000n, source: "running" });
    expect(statement.closing).to.include({ amount: 1075000n, source: "running" });
  });

  it("may have its account, currency and balances around it, which must agree", async () => {
    const around = (opening: string): string =>
      toCsv(
        "某某银行对账单,,,",
        "账号:6222000000000001,币种:人民币,,",
        `起始日期:2024-03-01,截止日期:2024-03-31,期初余额,"${opening}"`,
        HEADER,
        ...ROWS,
        "合计,1000.50,250.50,,,,,",
        "期末余额,,,10750.00,,,,",
        "打印日期:2024-04-01,,,",
      );
    const statement = await readOne(around("10,000.00"));
    expect(statement).to.deep.include({
      account: "6222000000000001",
      currency: "CNY",
      to: "2024-03-31",
      problems: [],
    });
    expect(statement.opening).to.include({ amount: 1000000n, source: "stated" });
    const other = await readOne(around("10,000.01"));
    expect(codesOf(other)).to.deep.equal(["BankSumDiffers", "BankBalanceDiffers"]);
    const total = around("10,000.00").replace("合计,1000.50", "合计,1000.51");
    expect(codesOf(await readOne(total))).to.deep.equal(["BankTotalDiffers"]);
  });

  it("is put in order, newest first or not, also within a day", async () => {
    const statement = await readOne(toCsv(HEADER, ...ROWS.toReversed()));
    expect(statement.problems).to.deep.equal([]);
    expect(statement.lines.map(({ reference, line }) => [reference, line])).to.deep.equal([
      ["A1", 4],
      ["A2", 3],
      ["A3", 2],
    ]);
    const oneDay = ["2024-03-01,5.00,,15.00,,,,B2", "2024-03-01,10.00,,10.00,,,,B1"];
    const day = await readOne(toCsv(HEADER, ...oneDay));
    expect(day.lines.map(({ reference }) => reference)).to.deep.equal(["B1", "B2"]);
    expect(day.opening!.amount).to.equal(0n);
  });

  it("takes one column of amounts with 借贷标志 beside it, or with signs", async () => {
    const header = "记账日期,借贷标志,交易金额,余额,对方名称";
    const { lines } = await readOne(
      toCsv(header, "2024年3月1日,贷,10.00,20.00,甲", "2024/3/2 10:20:30,借,5.00,15.00,乙"),
    );
    expect(lines.map(({ amount, date }) => [amount, date])).to.deep.equal([
      [1000n, "2024-03-01"],
      [-500n, "2024-03-02"],
    ]);
    const signed = toCsv("Date,Amount,Balance,Payee", "2024-03-01,-5.00,15.00,x");
    expect((await readOne(signed)).lines[0]!.amount).to.equal(-500n);
    const mapping = { positive: "out" as const };
    expect((await readOne(signed, { mapping })).lines[0]!.amount).to.equal(500n);
  });

  it("takes GB18030, UTF-8 with a mark, and XLSX with numbers and dates as cells", async () => {
    const chinese = await readBankFile(iconv.encode(GOOD, "gb18030"));
    expect(chinese).to.include({ format: "csv", encoding: "gb18030" });
    expect(chinese.statements[0]!.lines[0]!.counterparty).to.equal("张三");
    expect((await readOne(`\ufeff${GOOD}`)).lines).to.have.length(3);
    const cells = (...values: (string | number | Date)[]) =>
      values.map((value) =>
        typeof value === "number"
          ? { type: Number, value }
          : value instanceof Date
            ? { type: Date, value, format: "yyyy-mm-dd" }
            : { value },
      );
    const rows = [
      HEADER.split(",").map((value) => ({ value })),
      cells(new Date("2024-03-01T00:00:00Z"), 0.1 + 0.2, "", 1000.3, "张三", "1", "结息", "A1"),
      cells(
        new Date("2024-03-02T00:00:00Z"),
        "",
        1234.56 - 1000,
        765.74,
        "李四",
        "2",
        "付款",
        "A2",
      ),
    ];
    const buffer = await writeXlsxFile(rows as never).toBuffer();
    const statement = await readOne(buffer);
    expect(statement.problems).to.deep.equal([]);
    expect(statement.lines.map(({ amount, date }) => [amount, date])).to.deep.equal([
      [30n, "2024-03-01"],
      [-23456n, "2024-03-02"],
    ]);
  });

  it("is read by a mapping where its titles say nothing", async () => {
    const table = toCsv(
      "甲栏,乙栏,丙栏,丁栏",
      "05/03/2024,5.00,15.00,王五",
      "13/03/2024,1.00,16.00,王五",
    );
    expect(await refusalOf(table)).to.equal("BankColumnsMissing");
    const columns = { date: "甲栏", amount: "乙栏", balance: "丙栏", counterparty: "丁栏" };
    const { lines, problems } = await readOne(table, { mapping: { columns } });
    expect(problems).to.deep.equal([]);
    expect(lines.map(({ date, counterparty }) => [date, counterparty])).to.deep.equal([
      ["2024-03-05", "王五"],
      ["2024-03-13", "王五"],
    ]);
  });

  it("does not guess which number is the month", async () => {
    const table = toCsv("Date,Amount,Balance", "05/03/2024,5.00,15.00");
    expect(codesOf(await readOne(table))).to.include("BankDatesAmbiguous");
    const dateOf = async (dates: "dmy" | "mdy") =>
      (await readOne(table, { mapping: { dates } })).lines[0]!.date;
    expect(await dateOf("dmy")).to.equal("2024-03-05");
    expect(await dateOf("mdy")).to.equal("2024-05-03");
  });

  it("is completed by what the importer says, who may not contradict it", async () => {
    const bare = toCsv("交易日期,收入,支出", "2024-03-01,5.00,", "2024-03-02,,2.00");
    expect(codesOf(await readOne(bare))).to.deep.equal([
      "BankOpeningMissing",
      "BankClosingMissing",
    ]);
    const given = { account: "6222", opening: "10.00", closing: "13.00" };
    const statement = await readOne(bare, { given });
    expect(statement).to.deep.include({ account: "6222", problems: [] });
    expect(codesOf(await readOne(bare, { given: { ...given, closing: "13.01" } }))).to.deep.equal([
      "BankSumDiffers",
    ]);
    expect(codesOf(await readOne(bare, { given: { ...given, closing: "1e3" } }))).to.include(
      "BankAmountExponent",
    );
    expect(codesOf(await readOne(GOOD, { given: { opening: "9999.99" } }))).to.include(
      "BankBalanceDiffers",
    );
  });

  const LINES: [string, string, string][] = [
    ["three decimals", "2024-03-06,1.005,,10751.00,,,,", "BankAmountDecimals"],
    ["a thousand that may be a decimal", "2024-03-06,1.000,,10751.00,,,,", "BankAmountDecimals"],
    ["scientific notation", "2024-03-06,1e3,,11750.00,,,,", "BankAmountExponent"],
    [
      "scientific notation of a spreadsheet",
      "2024-03-06,1.5E+3,,12250.00,,,,",
      "BankAmountExponent",
    ],
    ["a negative income", "2024-03-06,-5.00,,10745.00,,,,", "BankAmountNegative"],
    ["a negative expense", "2024-03-06,,-5.00,10755.00,,,,", "BankAmountNegative"],
    ["income and expense on one line", "2024-03-06,5.00,5.00,10750.00,,,,", "BankAmountTwice"],
    ["no amount", "2024-03-06,,,10750.00,张三,,,", "BankAmountMissing"],
    ["a word for an amount", "2024-03-06,五元,,10755.00,,,,", "BankAmountMalformed"],
    [
      "groups of digits that are none",
      '"2024-03-06","1,00.00",,10850.00,,,,',
      "BankAmountMalformed",
    ],
    ["a day that does not exist", "2024-02-30,5.00,,10755.00,,,,", "BankDateInvalid"],
    ["a month that does not exist", "2024-13-01,5.00,,10755.00,,,,", "BankDateInvalid"],
    ["no date", ",5.00,,10755.00,张三,,,", "BankDateMissing"],
    ["a balance that does not follow", "2024-03-06,5.00,,10755.01,,,,", "BankBalanceDiffers"],
    ["a row of something else", ",,,,乙,丙,丁,", "BankLineNotUnderstood"],
  ];
  for (const [what, row, code] of LINES) {
    it(`finds ${what}`, async () => {
      const { problems } = await readOne(toCsv(GOOD, row));
      const found = problems.find((problem) => problem.code === code);
      expect(found?.params["line"], JSON.stringify(problems)).to.equal(5);
    });
  }

  it("finds another currency, another account, and a direction that is no word for one", async () => {
    const header = "交易日期,金额,收支,余额,币种,账号";
    const read = async (...rows: string[]) => codesOf(await readOne(toCsv(header, ...rows)));
    const first = "2024-03-01,5.00,收入,5.00,人民币,6222";
    expect(await read(first, "2024-03-02,5.00,收入,10.00,CNY,6222")).to.deep.equal([]);
    expect(await read(first, "2024-03-02,5.00,收入,10.00,USD,6222")).to.deep.equal([
      "BankCurrencyDiffers",
    ]);
    expect(await read(first, "2024-03-02,5.00,收入,10.00,CNY,6333")).to.deep.equal([
      "BankAccountDiffers",
    ]);
    expect(await read(first, "2024-03-02,5.00,也许,10.00,CNY,6222")).to.include(
      "BankDirectionUnknown",
    );
    expect(
      (await readOne(toCsv(header, first.replace("6222", "6**2")), { given: { account: "6222" } }))
        .problems,
    ).to.deep.equal([]);
    const given = { account: "6333" };
    expect(await refusalOf(toCsv(header, first), { given })).to.equal("BankAccountDiffers");
  });

  it("refuses a truncated workbook, an open quote and bytes of another kind", async () => {
    const buffer = await writeXlsxFile([[{ value: "交易日期" }]] as never).toBuffer();
    expect(await refusalOf(buffer.subarray(0, buffer.length - 40))).to.equal(
      "ImportFileUnreadable",
    );
    expect(await refusalOf(`${HEADER}\r\n2024-03-01,"1,0`)).to.equal("ImportFileUnreadable");
    expect(await refusalOf(Buffer.from([0, 1, 2, 3, 0xff, 0xfe, 0, 0]))).to.equal(
      "ImportFileUnreadable",
    );
    expect(await refusalOf("")).to.equal("BankFormatUnknown");
  });

  it("refuses a table with more lines than it reads, instead of leaving some out", async () => {
    expect(await refusalOf("date,amount\n" + "1,2\n".repeat(200_000))).to.equal("FileTooLarge");
    const brackets = `date,amount\n${"(".repeat(10_000_000)}`;
    expect(await refusalOf(brackets)).to.equal("ImportFileUnreadable");
  });

  it("a table cut off in the middle does not add up", async () => {
    const around = toCsv("期初余额:10000.00,期末余额:10750.00", HEADER, ...ROWS.slice(0, 2));
    expect(codesOf(await readOne(around))).to.deep.equal(["BankSumDiffers"]);
  });

  it("reads a quarter of Oxford's payments: 3,461 lines, two of them negative, to the penny", async () => {
    const bytes = await readVector("oxford-spending/expenditure-over-500-jul-sep-2015.csv");
    const statement = await readOne(bytes, { given: { currency: "GBP" } });
    expect(statement.lines).to.have.length(3461);
    expect(statement.lines.filter(({ amount }) => amount! < 0n)).to.have.length(2);
    expect(statement.lines.reduce((sum, { amount }) => sum + amount!, 0n)).to.equal(1122748107n);
    expect(
      statement.lines.every(({ date }) => date! >= "2015-07-01" && date! <= "2015-09-30"),
    ).to.equal(true);
    expect(codesOf(statement)).to.deep.equal(["BankOpeningMissing", "BankClosingMissing"]);
  });
});

describe("amounts", () => {
  it("come back as they were written, in every currency", () => {
    const currencies = fc.constantFrom("CNY", "JPY", "KWD", "CLF");
    const minor = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
    fc.assert(
      fc.property(minor, currencies, (amount, currency) => {
        const text = showAmount(amount, currency);
        expect(readAmount(text, { currency, sign: "allowed", extraZeros: "never" })).to.equal(
          amount,
        );
      }),
    );
  });

  it("that are no plain decimal numbers are never taken for one", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const amount = readAmount(text, { currency: "CNY", sign: "never", extraZeros: "never" });
        expect(typeof amount === "bigint").to.equal(/^\+?\d+(\.\d{1,2})?$/.test(text));
      }),
      { examples: [["1e3"], ["١٢"], ["0x1"], [" 1"], ["1."], [".5"], ["-1"], ["∞"]] },
    );
  });
});
