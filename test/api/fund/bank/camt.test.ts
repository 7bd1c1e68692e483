import { expect } from "chai";
import { readBankFile } from "../../../../api/fund/bank/parse/read.ts";
import { camt, codesOf, readOne, readVector, refusalOf, statementXml } from "./files.ts";

/** What another program (genkgo/camt) reads in a sample: its dump has amounts in minor units. */
interface Dump {
  getEntries: {
    getAmount: { getAmount: string };
    getCreditDebitIndicator: string;
    getBookingDate: { 0: string };
    getValueDate: { 0: string };
    getRecord: {
      getAccount: { getIdentification: string };
      getBalances: {
        getType: string;
        getAmount: { getAmount: string; getCurrency: { getCode: string } };
      }[];
    };
  }[];
}

describe("camt.053", () => {
  for (const name of ["camt053.v2.minimal", "camt053.v2.five.decimals", "camt053.v8"]) {
    it(`reads in ${name} what another program reads`, async () => {
      const dump = JSON.parse((await readVector(`camt053/${name}.json`)).toString()) as Dump;
      const statement = await readOne(await readVector(`camt053/${name}.xml`));
      const [first] = dump.getEntries;
      const balanceOf = (type: string) =>
        first!.getRecord.getBalances.find(({ getType }) => getType === type)!.getAmount;
      expect(statement.account).to.equal(first!.getRecord.getAccount.getIdentification);
      for (const side of ["opening", "closing"] as const) {
        expect(String(statement[side]!.amount)).to.equal(balanceOf(side).getAmount);
        expect(statement[side]!.currency).to.equal(balanceOf(side).getCurrency.getCode);
      }
      expect(
        statement.lines.map(({ amount, date, valueDate }) => [String(amount), date, valueDate]),
      ).to.deep.equal(
        dump.getEntries.map((entry) => [
          (entry.getCreditDebitIndicator === "DBIT" ? "-" : "") + entry.getAmount.getAmount,
          entry.getBookingDate[0].slice(0, 10),
          entry.getValueDate[0].slice(0, 10),
        ]),
      );
    });
  }

  it("holds every sample against ISO's schema, and refuses the one that is wrong on purpose", async () => {
    for (const name of [
      "v2.minimal",
      "v2.minimal.ultimate",
      "v2.five.decimals",
      "v2.with-account-name",
      "v8",
    ]) {
      const file = await readBankFile(await readVector(`camt053/camt053.${name}.xml`));
      expect(file.validation, name).to.equal("schema");
    }
    expect(await refusalOf(await readVector("camt053/camt053.v2.wrong.xml"))).to.equal(
      "BankSchemaInvalid",
    );
  });

  it("names what keeps the samples from adding up", async () => {
    const fiveDecimals = await readOne(await readVector("camt053/camt053.v2.five.decimals.xml"));
    expect(fiveDecimals.problems).to.deep.equal([
      {
        code: "BankSumDiffers",
        params: { opening: "18.15", lines: "8.85", closing: "27.05", difference: "-0.05" },
      },
    ]);
    const minimal = await readOne(await readVector("camt053/camt053.v2.minimal.xml"));
    expect(codesOf(minimal)).to.deep.equal(["BankCurrencyDiffers"]);
    const named = await readOne(await readVector("camt053/camt053.v2.with-account-name.xml"));
    expect(codesOf(named)).to.deep.equal(["BankOpeningMissing", "BankClosingMissing"]);
  });

  it("names the payer of what came in, the payee of what went out, and whether it is a company", async () => {
    const parties =
      `<RltdPties><Dbtr><Nm>绿城物业有限公司</Nm><Id><OrgId><Othr><Id>91</Id></Othr></OrgId></Id></Dbtr>` +
      `<DbtrAcct><Id><Othr><Id>111</Id></Othr></Id></DbtrAcct><Cdtr><Nm>张三</Nm><Id><PrvtId><Othr><Id>1</Id>` +
      `</Othr></PrvtId></Id></Cdtr></RltdPties><RmtInf><Ustrd>车位</Ustrd><Ustrd>三月</Ustrd></RmtInf>`;
    const details = `<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId><TxId>T7</TxId></Refs>${parties}</TxDtls></NtryDtls>`;
    const entries = [
      { amount: "7.00", details },
      { amount: "2.00", sign: "DBIT" as const, details },
    ];
    const { lines, problems } = await readOne(camt({ entries }));
    expect(problems).to.deep.equal([]);
    expect(lines[0]).to.include({
      counterparty: "绿城物业有限公司",
      isOrganisation: true,
      counterpartyAccount: "111",
    });
    expect(lines[0]).to.include({ reference: "T7", text: "车位 三月", amount: 700n });
    expect(lines[1]).to.include({ counterparty: "张三", isOrganisation: false, amount: -200n });
  });

  it("takes a party on the wrong side only where it is not the account itself", async () => {
    const fiveDecimals = await readOne(await readVector("camt053/camt053.v2.five.decimals.xml"));
    expect(fiveDecimals.lines[0]!.counterparty).to.equal("Company Name");
    const own = await readOne(await readVector("camt053/camt053.v2.with-account-name.xml"));
    expect(own.lines[0]!.counterparty).to.equal(undefined);
    const ultimate = await readOne(await readVector("camt053/camt053.v2.minimal.ultimate.xml"));
    expect(ultimate.lines[0]!.counterparty).to.equal("DEBTOR NAME NM");
  });

  it("leaves out what is announced and not booked", async () => {
    const entries = [{ amount: "5.00" }, { amount: "9.00", status: "PDNG" }];
    expect(await readOne(camt({ entries }))).to.deep.include({ unbooked: 1, problems: [] });
    const later = await readOne(camt({ version: "08", entries }));
    expect(later).to.deep.include({ unbooked: 1, problems: [] });
  });

  it("reads the versions between, against a schema where one is handed in, and its own list otherwise", async () => {
    for (const version of ["03", "04", "06", "07", "10", "13"]) {
      const file = await readBankFile(Buffer.from(camt({ version })));
      expect(file).to.include({ format: `camt.053.001.${version}`, validation: "structure" });
      expect(file.statements[0]!.problems).to.deep.equal([]);
    }
    const xsd = new URL("../../../../api/fund/bank/parse/xsd/camt.053.001.02.xsd", import.meta.url);
    const { readFile } = await import("node:fs/promises");
    const schema = Buffer.from(
      (await readFile(xsd, "utf8")).replaceAll("053.001.02", "053.001.03"),
    );
    const file = await readBankFile(Buffer.from(camt({ version: "03" })), { schema });
    expect(file.validation).to.equal("schema");
    const other = camt({ version: "03" }).replace("<MsgId>1</MsgId>", "");
    expect(await refusalOf(other, { schema })).to.equal("BankSchemaInvalid");
    expect(await refusalOf(camt(), { schema: Buffer.from("<no/>") })).to.equal(
      "BankSchemaUnusable",
    );
  });

  it("takes other encodings by the declaration, and refuses bytes that are not what it says", async () => {
    const text = camt({ id: "对账单" });
    const iconv = (await import("iconv-lite")).default;
    const chinese = iconv.encode(text.replace("UTF-8", "GB18030"), "gb18030");
    expect((await readOne(chinese)).id).to.equal("对账单");
    expect((await readOne(Buffer.from(`\ufeff${text}`, "utf8"))).id).to.equal("对账单");
    expect(await refusalOf(iconv.encode(text, "gb18030"))).to.equal("BankEncodingInvalid");
    expect(await refusalOf(text.replace("UTF-8", "klingon"))).to.equal("BankEncodingInvalid");
  });

  describe("finds", () => {
    const AMOUNTS = {
      "5.001": "BankAmountDecimals",
      "1e3": "BankAmountExponent",
      "-5.00": "BankAmountNegative",
      "5,00": "BankAmountMalformed",
      "0x10": "BankAmountMalformed",
      "9999999999999999": "BankAmountMalformed",
    };
    for (const [amount, code] of Object.entries(AMOUNTS)) {
      it(`an amount of ${amount}`, async () => {
        const statement = await readOne(camt({ version: "05", entries: [{ amount }] }));
        expect(statement.problems).to.deep.include({ code, params: { line: 1 } });
      });
    }

    it("zeros beyond the fen say nothing, and currencies have their own minor unit", async () => {
      const entries = [{ amount: "5.00000" }];
      expect((await readOne(camt({ entries }))).lines[0]!.amount).to.equal(500n);
      const yen = await readOne(
        camt({ currency: "JPY", opening: "10", closing: "15", entries: [{ amount: "5.0" }] }),
      );
      expect(yen).to.deep.include({ problems: [] });
      expect(yen.lines[0]!.amount).to.equal(5n);
      const dinar = {
        currency: "KWD",
        opening: "10.000",
        closing: "10.005",
        entries: [{ amount: "0.005" }],
      };
      expect((await readOne(camt(dinar))).lines[0]!.amount).to.equal(5n);
    });

    it("another currency, impossible dates, missing balances, a sum that differs by a fen", async () => {
      const other = await readOne(camt({ entries: [{ amount: "5.00", currency: "USD" }] }));
      expect(other.problems[0]).to.deep.equal({
        code: "BankCurrencyDiffers",
        params: { line: 1, expected: "CNY", found: "USD" },
      });
      const day = { version: "05", entries: [{ amount: "5.00", date: "2024-02-30" }] };
      expect(codesOf(await readOne(camt(day)))).to.deep.equal(["BankDateInvalid"]);
      expect(codesOf(await readOne(camt({ opening: null })))).to.deep.equal(["BankOpeningMissing"]);
      expect(codesOf(await readOne(camt({ closing: null })))).to.deep.equal(["BankClosingMissing"]);
      expect((await readOne(camt({ closing: "15.01" }))).problems[0]).to.deep.equal({
        code: "BankSumDiffers",
        params: { opening: "10.00", lines: "5.00", closing: "15.01", difference: "-0.01" },
      });
    });

    const months = async (next: {
      opening: string;
      closing: string;
      date: string;
      amount: string;
    }) => {
      const { opening, closing, date, amount } = next;
      const first = statementXml({ id: "1", entries: [{ amount: "5.00", date: "2024-03-05" }] });
      const second = statementXml({
        ...{ id: "2", opening, closing, openingDate: date, entries: [{ amount, date }] },
      });
      const { statements } = await readBankFile(Buffer.from(camt({}, first + second)));
      return statements[1]!.problems;
    };

    it("nothing between statements that follow one another", async () => {
      const next = { opening: "15.00", closing: "16.00", date: "2024-04-02", amount: "1.00" };
      expect(await months(next)).to.deep.equal([]);
    });

    it("a gap between two statements, with the figures", async () => {
      const next = { opening: "18.00", closing: "19.00", date: "2024-04-02", amount: "1.00" };
      expect(await months(next)).to.deep.equal([
        {
          code: "BankStatementGap",
          params: { closing: "15.00", opening: "18.00", until: "2024-03-05", since: "2024-04-02" },
        },
      ]);
    });

    it("an overlap of two statements", async () => {
      const next = { opening: "10.00", closing: "15.00", date: "2024-03-05", amount: "5.00" };
      expect((await months(next)).map(({ code }) => code)).to.deep.equal(["BankStatementOverlap"]);
    });
  });
});
