import { expect } from "chai";
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { devNull } from "node:os";
import { fileURLToPath } from "node:url";
import published from "../../vectors/published-cases.json" with { type: "json" };

const COMMAND = fileURLToPath(new URL("../../../scripts/mingzhang.mjs", import.meta.url));

interface Answer {
  id?: string;
  outcome?: string | null;
  error?: { code: string; line: number; path?: string };
}
interface Run {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

function start(...args: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [COMMAND, ...args]);
}

function finish(child: ChildProcessWithoutNullStreams): Promise<Run> {
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => (output[name] += text));
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, ...output }));
  });
}

function runWith(input: string | Buffer, ...args: string[]): Promise<Run> {
  const child = start(...args);
  const run = finish(child);
  child.stdin.end(input);
  return run;
}

function answers({ stdout }: Run): Answer[] {
  return stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Answer);
}

const [sample] = published.cases;
const good = (id: string): string => JSON.stringify({ ...sample!.case, id });

describe("mingzhang count, as a process", () => {
  it("answers thousands of good and bad lines one by one, in their order", async () => {
    const size = 6000;
    const lines = Array.from({ length: size }, (_, index) => {
      if (index % 5 === 1) return `{"id":"线-${index}","item":`;
      if (index % 5 === 3) return good(`线-${index}`).replace('"item":4', '"item":40');
      return good(`线-${index}`);
    });
    const run = await runWith(lines.join("\n") + "\n", "count");
    const results = answers(run);
    expect(run.exitCode).to.equal(0);
    expect(run.stderr).to.equal("");
    expect(results).to.have.length(size);
    results.forEach(({ id, outcome, error }, index) => {
      const line = index + 1;
      if (index % 5 === 1) expect(error).to.include({ code: "MalformedJson", line });
      else if (index % 5 === 3) expect(error).to.include({ code: "ItemUnknown", line });
      else expect(outcome).to.equal("NotAdopted");
      if (index % 5 !== 1) expect(id).to.equal(`线-${index}`);
    });
  });

  it("counts the published cases as they must come out", async () => {
    const input = published.cases.map((one) => JSON.stringify(one.case)).join("\n");
    const results = answers(await runWith(input, "count"));
    expect(results.map(({ id, outcome }) => ({ id, outcome }))).to.deep.equal(
      published.cases.map((one) => ({ id: one.case.id, outcome: one.expected.outcome })),
    );
  });

  it("reads CRLF, blank lines, a byte order mark and a last line without its end", async () => {
    const input = `\uFEFF${good("a")}\r\n\r\n \t\n${good("b")}\r\n\n${good("c")}`;
    const run = await runWith(input, "count");
    expect(answers(run).map(({ id }) => id)).to.deep.equal(["a", "b", "c"]);
  });

  it("names a line that is not UTF-8 and reads its neighbours", async () => {
    const bad = Buffer.from(good("坏"), "utf8");
    bad[bad.indexOf("坏") + 1] = 0x20;
    const input = Buffer.concat([
      Buffer.from(good("甲") + "\n"),
      bad,
      Buffer.from("\n" + good("乙")),
    ]);
    const results = answers(await runWith(input, "count"));
    expect(results.map(({ id }) => id)).to.deep.equal(["甲", undefined, "乙"]);
    expect(results[1]?.error).to.include({ code: "InvalidUtf8", line: 2 });
  });

  it("skips a line of several megabytes without keeping it", async () => {
    const input = `${good("a")}\n${"x".repeat(5_000_000)}\n${good("b")}\n${"y".repeat(2_000_000)}`;
    const results = answers(await runWith(input, "count"));
    expect(results.map(({ id, error }) => id ?? error?.code)).to.deep.equal([
      "a",
      "LineTooLong",
      "b",
      "LineTooLong",
    ]);
    expect(results[3]?.error?.line).to.equal(4);
  });

  it("joins a line that arrives in pieces, cut inside a character", async () => {
    const child = start("count");
    const run = finish(child);
    const bytes = Buffer.from(good("线") + "\n");
    const cut = bytes.indexOf("线") + 1;
    child.stdin.write(bytes.subarray(0, cut));
    await new Promise((resolve) => setTimeout(resolve, 50));
    child.stdin.end(bytes.subarray(cut));
    expect(answers(await run).map(({ id }) => id)).to.deep.equal(["线"]);
  });

  it("answers a line before the input ends", async () => {
    const child = start("count");
    const run = finish(child);
    const first = new Promise((resolve) => child.stdout.once("data", resolve));
    child.stdin.write(good("a") + "\n");
    await first;
    child.stdin.end();
    expect((await run).exitCode).to.equal(0);
  });

  it("stops quietly when its reader has seen enough", async () => {
    const child = start("count");
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.stdin.on("error", () => undefined);
    child.stdout.once("data", () => child.stdout.destroy());
    const closed = new Promise<number | null>((resolve) => child.on("close", resolve));
    child.stdin.end((good("a") + "\n").repeat(20_000));
    expect(await closed).to.equal(0);
    expect(stderr).to.equal("");
  });

  it("answers no input with no output", async () => {
    expect(await runWith("", "count")).to.deep.equal({ exitCode: 0, stdout: "", stderr: "" });
  });

  it("exits with 2 when the input cannot be read", async () => {
    // Opened for writing only, so that every read of it fails.
    const unreadable = openSync(devNull, "w");
    const child = spawn(process.execPath, [COMMAND, "count"], {
      stdio: [unreadable, "pipe", "pipe"],
    });
    const exitCode = await new Promise((resolve) => child.on("close", resolve));
    closeSync(unreadable);
    expect(exitCode).to.equal(2);
  });

  it("exits with 2 for an argument it does not know", async () => {
    const run = await runWith("", "count", "--fast");
    expect(run).to.include({ exitCode: 2, stdout: "" });
    expect(run.stderr).to.contain("mingzhang count");
  });

  it("explains itself", async () => {
    const run = await runWith("", "count", "--help");
    expect(run).to.include({ exitCode: 0, stderr: "" });
    expect(run.stdout).to.contain("mingzhang count");
  });
});

describe("mingzhang", () => {
  it("lists its commands", async () => {
    const run = await runWith("", "--help");
    expect(run).to.include({ exitCode: 0, stderr: "" });
    expect(run.stdout).to.match(/^ {2}count {2}/m);
  });

  for (const args of [[], ["nonsense"], ["constructor"], ["../count"]]) {
    it(`exits with 2 for ${JSON.stringify(args)}`, async () => {
      expect(await runWith("", ...args)).to.include({ exitCode: 2, stdout: "" });
    });
  }
});
