import { expect } from "chai";
import { camt, refusalOf } from "./files.ts";

describe("camt.053 refuses", () => {
  const DOCTYPES = {
    "files of the machine (XXE)": `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>`,
    "entities that multiply (billion laughs)": `<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>`,
    "a document type of another place": `<!DOCTYPE d SYSTEM "http://example.org/d.dtd">`,
  };
  for (const [what, doctype] of Object.entries(DOCTYPES)) {
    it(what, async () => {
      const evil = camt()
        .replace("?>\n", `?>\n${doctype}`)
        .replace("<Id>1</Id>", "<Id>&x;&b;</Id>");
      expect(await refusalOf(evil)).to.equal("BankXmlUnsafe");
      const wide = Buffer.from(`\ufeff${evil.replace("UTF-8", "UTF-16")}`, "utf16le");
      expect(await refusalOf(wide)).to.equal("BankXmlUnsafe");
    });
  }

  it("a truncated file, wherever it was cut", async () => {
    const text = camt();
    for (let end = text.indexOf("<Stmt>"); end < text.length; end += 37) {
      expect(await refusalOf(text.slice(0, end)), text.slice(end - 10, end)).to.be.oneOf([
        "BankFileTruncated",
        "BankFileMalformed",
      ]);
    }
  });

  it("elements nested without end, and a file beyond the limit", async () => {
    const deep = camt().replace(
      "<Id>1</Id>",
      `<Id>${"<a>".repeat(5000)}${"</a>".repeat(5000)}</Id>`,
    );
    expect(await refusalOf(deep)).to.be.oneOf(["BankFileMalformed", "BankSchemaInvalid"]);
    expect(await refusalOf(Buffer.alloc(20_000_001, 32))).to.equal("FileTooLarge");
  });

  it("tags that a parser would take minutes for, at once", async () => {
    const start = camt().slice(0, camt().indexOf("<Stmt>"));
    const million = 1_000_000;
    const attributes = Array.from({ length: 200_000 }, (_, i) => `a${i}="1"`).join(" ");
    const files = {
      comments: "<!--".repeat(million),
      sections: "<![CDATA[".repeat(million),
      tags: "<a ".repeat(million),
      values: '<a b="'.repeat(million),
      attributes: `<Stmt ${attributes}></Stmt></BkToCstmrStmt></Document>`,
    };
    for (const [what, rest] of Object.entries(files)) {
      const begun = process.cpuUsage();
      const code = await refusalOf(start + rest);
      expect(code, what).to.be.oneOf(["BankFileTruncated", "BankFileMalformed"]);
      expect(process.cpuUsage(begun).user, what).to.be.below(3_000_000);
    }
  });

  it("other messages and unknown versions", async () => {
    const other = (kind: string): string => camt().replaceAll("camt.053.001.02", kind);
    for (const kind of ["camt.052.001.02", "camt.054.001.02", "camt.053.001.99"]) {
      expect(await refusalOf(other(kind)), kind).to.equal("BankVersionUnknown");
    }
    expect(await refusalOf("<html><body/></html>")).to.equal("BankFormatUnknown");
    expect(await refusalOf("%PDF-1.7")).to.equal("BankFormatUnknown");
  });

  it("what every version must have, also without a schema", async () => {
    const text = camt({ version: "05" });
    const without = [
      text.replace("<CdtDbtInd>CRDT</CdtDbtInd><Sts>", "<Sts>"),
      text.replace("<CdtDbtInd>CRDT</CdtDbtInd><Sts>", "<CdtDbtInd>BOTH</CdtDbtInd><Sts>"),
      text.replace("<Sts><Cd>BOOK</Cd></Sts>", ""),
      text.replace(`<Amt Ccy="CNY">5.00</Amt>`, "<Amt>5.00</Amt>"),
      text.replace("<Id>6222000000000001</Id>", ""),
      text.replace(/BkToCstmrStmt/g, "BkToCstmrAcctRpt"),
    ];
    for (const one of without) expect(await refusalOf(one)).to.equal("BankStructureInvalid");
    const empty = camt({ version: "05" }, "");
    expect(await refusalOf(empty)).to.equal("BankStatementMissing");
  });
});
