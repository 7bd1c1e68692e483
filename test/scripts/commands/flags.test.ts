import { expect } from "chai";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import fs from "node:fs/promises";
import { main } from "../../../scripts/mingzhang.ts";

const OXFORD = fileURLToPath(
  new URL(
    "../../vectors/bank/oxford-spending/expenditure-over-500-jul-sep-2015.csv",
    import.meta.url,
  ),
);

class Sink extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

async function flags(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new Sink(), new Sink()];
  const code = await main(["flags", ...args], { stdin: process.stdin, stdout, stderr });
  return { code, out: stdout.text, err: stderr.text };
}

const supplierAsAccount = '{"columns":{"counterpartyAccount":"Supplier ID"}}';

describe("mingzhang flags, on a quarter of a city's payments", () => {
  it("finds exactly the two transaction numbers that stand twice", async () => {
    const { code, out } = await flags(OXFORD, "--currency", "GBP", "--json");
    const result = JSON.parse(out);
    expect(code).to.equal(1);
    expect(result).to.include({ payments: 3461, passedOver: 0 });
    const repeated = result.flags.filter(
      ({ formula }: { formula: string }) => formula === "transactionRepeated",
    );
    const text = await fs.readFile(OXFORD, "utf8");
    const numberOf = (line: string): string =>
      text.split("\n")[Number(line.slice(5)) - 1]!.split(",")[5]!;
    const numbers = repeated.map(({ inputs }: { inputs: string[] }) => inputs.map(numberOf));
    expect(numbers).to.deep.equal([
      ["47981658_0", "47981658_0"],
      ["47981658_1", "47981658_1"],
    ]);
  });

  it("raises what docs/flags.md says, not thousands for equal payees, days and amounts", async () => {
    const document = await fs.readFile(new URL("../../../docs/flags.md", import.meta.url), "utf8");
    const { counts } = JSON.parse(
      (await flags(OXFORD, "--currency", "GBP", "--json", "--mapping", supplierAsAccount)).out,
    );
    expect(counts).to.deep.equal({
      accountReused: 0,
      amountsSplit: 0,
      firstPayment: 55,
      transactionRepeated: 2,
    });
    for (const [formula, count] of Object.entries(counts)) {
      expect(document, formula).to.match(
        new RegExp(`\\| \`${formula}\` +\\| +${String(count)} +\\|`),
      );
    }
    const split = JSON.stringify({
      amountsSplit: { threshold: "500000", fromPermille: 800, withinDays: 30 },
    });
    const lower = JSON.parse((await flags(OXFORD, "--json", "--rules", split)).out);
    expect(document).to.contain(`raises ${lower.counts.amountsSplit} at a threshold of 5,000`);
  });

  it("says it in words, and refuses rules and files that are none", async () => {
    const { out } = await flags(OXFORD);
    expect(out).to.contain("transactionRepeated: 2").and.contain("P A TURNEY LTD · 47981658_0");
    for (const args of [
      [],
      ["nothing"],
      [OXFORD, "--rules", '{"amountsSplit":{"threshold":1}}'],
      [OXFORD, "--rules", "{"],
    ]) {
      const { code, out: printed } = await flags(...args);
      expect([code, printed]).to.deep.equal([2, ""]);
    }
  });
});
