import { expect } from "chai";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const COMMAND = fileURLToPath(new URL("../../../scripts/mingzhang.mjs", import.meta.url));

interface Answer {
  id?: string | number;
  shares?: { id: string; amount: string }[];
  total?: string;
  error?: { code: string; path?: string; line: number };
}

function run(
  input: string | Buffer,
  ...args: string[]
): Promise<{ exitCode: number | null; stdout: string }> {
  const child = spawn(process.execPath, [COMMAND, "apportion", ...args]);
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stdin.end(input);
  return new Promise((resolve) => child.on("close", (exitCode) => resolve({ exitCode, stdout })));
}

const answersTo = async (...lines: (object | string)[]): Promise<Answer[]> => {
  const input = lines
    .map((line) => (typeof line === "string" ? line : JSON.stringify(line)))
    .join("\n");
  const { stdout } = await run(input);
  return stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Answer);
};

const unit = (id: string, area = "100", factor?: string) => ({
  id,
  area,
  ...(factor === undefined ? {} : { factor }),
});
const good = {
  id: "顶楼",
  amount: "997357.77",
  units: [unit("1-1-101", "127.38", "1"), unit("1-1-102", "98.5")],
  rule: "area",
};

describe("mingzhang apportion, as a process", () => {
  it("shares out to the fen, in the order of the units", async () => {
    const [first, thirds] = await answersTo(good, {
      ...good,
      id: 3,
      amount: "0.02",
      units: ["b", "a", "c"].map((id) => unit(id)),
    });
    expect(first).to.deep.equal({
      id: "顶楼",
      shares: [
        { id: "1-1-101", amount: "562437.72" },
        { id: "1-1-102", amount: "434920.05" },
      ],
      total: "997357.77",
    });
    expect(thirds!.shares!.map(({ id, amount }) => `${id} ${amount}`)).to.deep.equal([
      "b 0.01",
      "a 0.01",
      "c 0.00",
    ]);
  });

  const bad: [string, string, object | string][] = [
    ["three decimals", "AmountInvalid", { ...good, amount: "1.234" }],
    ["an exponent", "AmountInvalid", { ...good, amount: "1e3" }],
    ["a negative amount", "AmountInvalid", { ...good, amount: "-1.00" }],
    ["an amount as a number", "AmountInvalid", { ...good, amount: 100 }],
    ["another currency", "AmountInvalid", { ...good, amount: "USD 100" }],
    ["no amount", "FieldMissing", { ...good, amount: undefined }],
    ["a unit twice", "UnitDuplicate", { ...good, units: [unit("a"), unit("a")] }],
    ["no unit", "UnitsMissing", { ...good, units: [] }],
    ["units that are no list", "NotAnArray", { ...good, units: { a: 1 } }],
    ["areas of nothing", "WeightZero", { ...good, units: [unit("a", "0"), unit("b", "5", "0")] }],
    ["an area with five decimals", "AreaInvalid", { ...good, units: [unit("a", "1.00001")] }],
    ["a negative area", "AreaInvalid", { ...good, units: [unit("a", "-1")] }],
    ["a negative factor", "FactorInvalid", { ...good, units: [unit("a", "1", "-1")] }],
    ["a unit without a name", "UnitIdInvalid", { ...good, units: [unit("")] }],
    ["another rule", "RuleUnknown", { ...good, rule: "heads" }],
    ["no rule", "FieldMissing", { ...good, rule: undefined }],
    ["a field that there is none", "FieldUnknown", { ...good, note: 1 }],
    [
      "a unit's field that there is none",
      "FieldUnknown",
      { ...good, units: [{ ...unit("a"), floor: 3 }] },
    ],
    [
      "a field twice",
      "FieldDuplicate",
      '{"id":1,"amount":"1","amount":"2","units":[{"id":"a","area":"1"}],"rule":"area"}',
    ],
    [
      "a unit's field twice",
      "FieldDuplicate",
      '{"id":1,"amount":"1","units":[{"id":"a","area":"1","area":"2"}],"rule":"area"}',
    ],
    ["no id", "IdInvalid", { ...good, id: null }],
    ["half a line", "MalformedJson", '{"id":1,"amount":'],
    ["a list", "NotAnObject", "[]"],
  ];

  it("answers every bad line with one error that names it, and goes on", async () => {
    const answers = await answersTo(...bad.flatMap(([, , line]) => [line, good]));
    expect(answers).to.have.length(2 * bad.length);
    for (const [i, [name, code]] of bad.entries()) {
      expect(answers[2 * i]!.error, name).to.include({ code, line: 2 * i + 1 });
      expect(answers[2 * i + 1]!.total, `after ${name}`).to.equal("997357.77");
    }
    expect(answers[0]).to.deep.include({ id: "顶楼" });
    expect(answers[0]!.error!.path).to.equal("amount");
  });

  it("shares one case out over 20,000 units", async () => {
    const units = Array.from({ length: 20_000 }, (_, i) =>
      unit(`1-1-${i}`, `${50 + (i % 90)}.${i % 10}`),
    );
    const [answer] = await answersTo({ ...good, units });
    expect(answer!.shares).to.have.length(20_000);
    expect(answer!.total).to.equal("997357.77");
  });

  it("names a line that is not UTF-8", async () => {
    const { stdout } = await run(Buffer.from([0x7b, 0xff, 0x0a]));
    expect(JSON.parse(stdout)).to.deep.include({
      error: { code: "InvalidUtf8", message: "the line is not UTF-8 text", line: 1 },
    });
  });

  it("exits with 0 for any input, with 2 when called wrongly", async () => {
    expect(await run("")).to.deep.equal({ exitCode: 0, stdout: "" });
    expect((await run("not json\n")).exitCode).to.equal(0);
    expect((await run("", "--fast")).exitCode).to.equal(2);
    expect((await run("", "--help")).stdout).to.contain("mingzhang apportion");
  });
});
