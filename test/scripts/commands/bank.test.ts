import { expect } from "chai";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { main } from "../../../scripts/mingzhang.ts";
import { camt, statementXml } from "../../api/fund/bank/files.ts";

const vector = (name: string): string =>
  fileURLToPath(new URL(`../../vectors/bank/${name}`, import.meta.url));

class Sink extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

async function bank(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new Sink(), new Sink()];
  const code = await main(["bank", ...args], { stdin: process.stdin, stdout, stderr });
  return { code, out: stdout.text, err: stderr.text };
}

describe("mingzhang bank", () => {
  let folder: string;
  const write = async (name: string, content: string): Promise<string> => {
    const file = path.join(folder, name);
    await fs.writeFile(file, content);
    return file;
  };

  before(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "bank-"));
  });
  after(() => fs.rm(folder, { recursive: true }));

  it("prints a statement as JSON: account, currency, balances, and lines with amount and sign", async () => {
    const { code, out } = await bank(vector("ofx/credit-card.qfx"), "--json");
    const { verdict, files, statements } = JSON.parse(out);
    expect(code).to.equal(0);
    expect(verdict).to.equal("ok");
    expect(files[0]).to.include({
      format: "ofx 102",
      sha256: "a255e3978ad8f7e8fa02a18bf77911785c20fc4c5b9b7c8411589a755c29578a",
    });
    expect(statements[0]).to.include({
      account: "4510000000003333",
      currency: "CAD",
      opening: "824.05",
      closing: "904.53",
    });
    expect(statements[0].lines[1]).to.include({ date: "2026-03-23", amount: "202.08", sign: "+" });
    expect(statements[0].lines[3]).to.include({
      amount: "26.38",
      sign: "-",
      counterparty: "T&T SUPERMARKET",
    });
  });

  it("still prints a statement that does not add up, says by how much, and answers 1", async () => {
    const { code, out } = await bank(vector("camt053/camt053.v2.five.decimals.xml"), "--json");
    const { verdict, statements } = JSON.parse(out);
    expect([code, verdict]).to.deep.equal([1, "problems"]);
    expect(statements[0]).to.include({ opening: "18.15", closing: "27.05", sum: "8.85" });
    expect(statements[0].problems[0].params.difference).to.equal("-0.05");
  });

  it("answers 2 for a file that cannot be read, a missing one and a wrong call", async () => {
    const wrong = await bank(vector("camt053/camt053.v2.wrong.xml"), "--json");
    expect(wrong.code).to.equal(2);
    expect(JSON.parse(wrong.out).files[0].error).to.deep.equal({
      code: "BankSchemaInvalid",
      params: { line: 3, faults: 1 },
    });
    for (const args of [[], ["--no-such-option"], [path.join(folder, "missing")]]) {
      const { code, out, err } = await bank(...args);
      expect([code, out]).to.deep.equal([2, ""]);
      expect(err).to.contain("mingzhang bank <file>");
    }
    const mapping = await bank(vector("ofx/example1.ofx"), "--mapping", '{"column":1}');
    expect(mapping.code).to.equal(2);
  });

  it("says it in plain words without --json", async () => {
    const { code, out } = await bank(await write("good.xml", camt()));
    expect(code).to.equal(0);
    expect(out).to.contain("valid by its schema").and.contain("opening  10.00 CNY on 2024-03-01");
    expect(out).to.contain("✔ opening + lines = closing").and.contain("✔ Everything adds up.");
    const derived = await bank(vector("ofx/example1.ofx"));
    expect(derived.out).not.to.contain("✔ opening + lines = closing");
    expect((await bank("--help")).code).to.equal(0);
  });

  it("compares several files: a gap between them is told", async () => {
    const march = await write("march.xml", camt());
    const april = (opening: string, closing: string): string =>
      camt(
        {},
        statementXml({
          opening,
          closing,
          openingDate: "2024-04-01",
          entries: [{ amount: "1.00", date: "2024-04-02" }],
        }),
      );
    const next = await write("april.xml", april("15.00", "16.00"));
    expect((await bank(march, next)).code).to.equal(0);
    const gap = await write("gap.xml", april("15.01", "16.01"));
    const { code, out } = await bank(gap, march, "--json");
    expect(code).to.equal(1);
    expect(JSON.parse(out).statements[0].problems[0].code).to.equal("BankStatementGap");
  });

  it("takes a mapping as a file, and a schema of one's own", async () => {
    const table = await write("table.csv", "甲,乙\n2024-03-01,5.00\n");
    const mapping = await write(
      "mapping.json",
      JSON.stringify({ columns: { date: "甲", amount: "乙" } }),
    );
    const balances = [
      "--opening",
      "1.00",
      "--closing",
      "6.00",
      "--currency",
      "HKD",
      "--account",
      "6222",
    ];
    const { code, out } = await bank(table, "--mapping", mapping, ...balances, "--json");
    expect(code).to.equal(0);
    expect(JSON.parse(out).statements[0]).to.include({
      account: "6222",
      currency: "HKD",
      sum: "5.00",
    });
    const schema = fileURLToPath(
      new URL("../../../api/fund/bank/parse/xsd/camt.053.001.08.xsd", import.meta.url),
    );
    const other = await bank(await write("v2.xml", camt()), "--xsd", schema);
    expect(other.code).to.equal(2);
    expect(other.out).to.contain("BankSchemaInvalid");
  });
});
