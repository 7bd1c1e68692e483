import { expect } from "chai";
import iconv from "iconv-lite";
import { readBankFile } from "../../../../api/fund/bank/parse/read.ts";
import { codesOf, readOne, readVector, refusalOf } from "./files.ts";

const EXPECTED = [
  { name: "example1.ofx", count: 5, closing: 422579n, currency: "NZD", problems: [] },
  {
    name: "example2.ofx",
    count: 29,
    closing: 2375744n,
    currency: "EUR",
    problems: ["BankDateInvalid"],
  },
  { name: "credit-card.qfx", count: 5, closing: 90453n, currency: "CAD", problems: [] },
  { name: "example-xml.qfx", count: 1, closing: 102523n, currency: "USD", problems: [] },
];

const HEADER = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n";

const transaction = (fields: Record<string, string>): string =>
  `<STMTTRN>\n${Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}\n`)
    .join("")}</STMTTRN>\n`;

const line = (fields: Record<string, string> = {}): string =>
  transaction({ TRNTYPE: "CREDIT", DTPOSTED: "20240305", TRNAMT: "5.00", FITID: "1", ...fields });

function ofx(lines: string, { currency = "CNY", balance = "15.00", header = HEADER } = {}): string {
  const ledger =
    balance === "" ? "" : `<LEDGERBAL><BALAMT>${balance}<DTASOF>20240331</LEDGERBAL>\n`;
  return (
    `${header}<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>0<STMTRS><CURDEF>${currency}\n` +
    `<BANKACCTFROM><BANKID>1<ACCTID>6222<ACCTTYPE>CHECKING</BANKACCTFROM>\n` +
    `<BANKTRANLIST><DTSTART>20240301<DTEND>20240331\n${lines}</BANKTRANLIST>\n` +
    `${ledger}</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n`
  );
}

describe("OFX", () => {
  for (const { name, count, closing, currency, problems } of EXPECTED) {
    it(`reads ${count} lines and the balance of ${name}`, async () => {
      const statement = await readOne(await readVector(`ofx/${name}`));
      expect(statement.lines).to.have.length(count);
      expect(statement.closing).to.include({ amount: closing, currency, source: "stated" });
      expect([...new Set(codesOf(statement))]).to.deep.equal(problems);
    });
  }

  it("derives the opening balance, and says that it is derived", async () => {
    const { opening, lines } = await readOne(await readVector("ofx/example1.ofx"));
    // 4225.79 - (19.90 - 1.01 - 100.00 - 71.99 - 20.01)
    expect(opening).to.include({ amount: 439890n, source: "derived" });
    expect(lines.map(({ date }) => date)).to.deep.equal([
      ...["2012-01-04", "2012-09-07", "2012-09-07", "2012-09-28", "2012-09-28"],
    ]);
    expect(lines[0]).to.include({ counterparty: "Transfer", text: "Debit Transfer Party" });
    expect(lines[0]).to.include({ bankReference: "20120104.6", amount: -2001n });
  });

  it("takes values without a text, end tags of values, entities and CDATA", async () => {
    const text = ofx(
      `<STMTTRN><TRNTYPE>DEBIT</TRNTYPE><MEMO><DTPOSTED>20240305<NAME>T&amp;T &#24352;<TRNAMT>-5,00<FITID>1</STMTTRN>` +
        `<STMTTRN><TRNTYPE>OTHER<NAME><![CDATA[<A & B>]]></NAME><MEMO/><DTPOSTED>20240306<TRNAMT>+1.00<FITID>2</STMTTRN>`,
    );
    const { lines, problems } = await readOne(text);
    expect(problems).to.deep.equal([]);
    expect(lines.map(({ counterparty, amount }) => [counterparty, amount])).to.deep.equal([
      ["T&T 张", -500n],
      ["<A & B>", 100n],
    ]);
  });

  it("reads OFX 2, whose form is XML, and several accounts of one file", async () => {
    const header = `<?xml version="1.0" encoding="UTF-8"?><?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE"?>`;
    const one = ofx(line(), { header });
    const response = /<STMTTRNRS>[\s\S]*<\/STMTTRNRS>/.exec(one)![0];
    const file = await readBankFile(
      Buffer.from(one.replace(response, response + response.replace("6222", "6333"))),
    );
    expect(file.format).to.equal("ofx 211");
    expect(
      file.statements.map(({ account, problems }) => [account, problems.length]),
    ).to.deep.equal([
      ["6222", 0],
      ["6333", 0],
    ]);
  });

  it("takes UTF-8 whatever the header says, else the header's character set", async () => {
    const named = ofx(line({ NAME: "绿化养护" }));
    expect((await readOne(named)).lines[0]!.counterparty).to.equal("绿化养护");
    const chinese = iconv.encode(named.replace("CHARSET:1252", "CHARSET:936"), "gb18030");
    expect((await readOne(chinese)).lines[0]!.counterparty).to.equal("绿化养护");
    const latin = iconv.encode(ofx(line({ NAME: "Café" })), "windows-1252");
    expect((await readOne(latin)).lines[0]!.counterparty).to.equal("Café");
    const wrong = named.replace("ENCODING:USASCII", "ENCODING:UTF-8");
    expect(await refusalOf(iconv.encode(wrong, "gb18030"))).to.equal("BankEncodingInvalid");
  });

  it("refuses a truncated file, tags that do not fit, document types and files without a statement", async () => {
    const text = ofx(line());
    for (let end = text.indexOf("<STMTRS>"); end < text.length - 2; end += 23) {
      expect(await refusalOf(text.slice(0, end))).to.equal("BankFileTruncated");
    }
    expect(await refusalOf(text.replace("</STMTTRN>", "</NEVEROPENED>"))).to.equal(
      "BankFileMalformed",
    );
    const doctype = `<!DOCTYPE OFX [<!ENTITY x SYSTEM "file:///etc/passwd">]>`;
    expect(await refusalOf(text.replace("<OFX>", `${doctype}<OFX>`))).to.equal("BankXmlUnsafe");
    expect(await refusalOf(`${HEADER}<OFX><SIGNONMSGSRSV1></SIGNONMSGSRSV1></OFX>`)).to.equal(
      "BankStatementMissing",
    );
    expect(await refusalOf(`${HEADER}<OFX>${"<A>".repeat(10_000)}`)).to.equal("BankFileMalformed");
  });

  it("refuses at once what never closes", async () => {
    for (const mark of ["<!--", "<?", "<![CDATA["]) {
      const begun = process.cpuUsage();
      expect(await refusalOf(`${HEADER}<OFX>${mark.repeat(1_000_000)}`)).to.equal(
        "BankFileTruncated",
      );
      expect(process.cpuUsage(begun).user, mark).to.be.below(3_000_000);
    }
  });

  const PROBLEMS: [string, Record<string, string>][] = [
    ["BankAmountMissing", { TRNAMT: "" }],
    ["BankAmountExponent", { TRNAMT: "1e3" }],
    ["BankAmountDecimals", { TRNAMT: "1.005" }],
    ["BankAmountMalformed", { TRNAMT: "1,000.00" }],
    ["BankAmountMalformed", { TRNAMT: "NaN" }],
    ["BankDateInvalid", { DTPOSTED: "20240231" }],
    ["BankDateMissing", { DTPOSTED: "" }],
  ];
  for (const [code, fields] of PROBLEMS) {
    it(`finds ${code} in ${JSON.stringify(fields)}`, async () => {
      expect(codesOf(await readOne(ofx(line() + line(fields))))).to.include(code);
    });
  }

  it("finds a missing balance and an unknown currency", async () => {
    expect(codesOf(await readOne(ofx(line(), { balance: "" })))).to.deep.equal([
      ...["BankOpeningMissing", "BankClosingMissing"],
    ]);
    expect(codesOf(await readOne(ofx(line(), { currency: "XQQ" })))).to.include(
      "BankCurrencyUnknown",
    );
  });
});
