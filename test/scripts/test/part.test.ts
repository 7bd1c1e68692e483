import { expect } from "chai";
import { digest, readTally, runRunner } from "../../../scripts/test/part.ts";

describe("readTally", () => {
  const talliesOf = (output: string, code: number | null): [number, number] => {
    const { passed, failed } = readTally(output, code);
    return [passed, failed];
  };

  it("adds up what the runner reports", () => {
    expect(talliesOf("  18 passing (6s)\n  2 failing\n", 2)).to.deep.equal([18, 2]);
    expect(talliesOf("  18 passing (6s)\n", 0)).to.deep.equal([18, 0]);
  });

  it("takes a run without tests for a failure", () => {
    expect(talliesOf("nothing here\n", 0)).to.deep.equal([0, 1]);
    expect(talliesOf("  0 passing (1ms)\n", 0)).to.deep.equal([0, 1]);
  });

  it("takes a runner that breaks off for a failure, whatever it had counted", () => {
    expect(talliesOf("  18 passing (6s)\n", 1)).to.deep.equal([18, 1]);
    expect(talliesOf("  18 passing (6s)\n", null)).to.deep.equal([18, 1]);
  });

  it("takes a skipped test for a failure", () => {
    expect(talliesOf("  18 passing (6s)\n  1 pending\n", 0)).to.deep.equal([18, 1]);
  });
});

describe("digest", () => {
  const failing = `  suite
    ✔ passes
    1) fails

  1 passing (1s)
  1 failing

  1) suite
       fails:
     AssertionError: expected 1 to equal 2
      at Context.<anonymous> (file:///clone/test/api/some.test.ts:3:1)
      at process.processImmediate (node:internal/timers:574:21)
      at Runner.run (file:///clone/node_modules/mocha/lib/runner.js:1:1)
`;

  it("keeps the list of failures and our own frames, and leaves out what passed", () => {
    const text = digest(failing);
    expect(text).to.match(/^ {2}1 failing/);
    expect(text).to.contain("expected 1 to equal 2").and.contain("some.test.ts:3:1");
    expect(text).not.to.match(/passes|node:internal|node_modules/);
  });

  it("gives the last lines of a runner that broke off, and every skipped test", () => {
    const passed = Array.from({ length: 100 }, (_, index) => `    ✔ passes ${index}`);
    const text = digest(["  suite", "    - is skipped", ...passed, "killed", ""].join("\n"));
    expect(text).to.contain("- is skipped").and.contain("passes 99").and.contain("killed");
    expect(text).not.to.contain("passes 50");
  });
});

describe("runRunner", () => {
  const run = (script: string) => runRunner(["-e", script], {}, { silenceSeconds: 2 });

  it("gives what a runner counted and wrote", async () => {
    const { passed, failed, output } = await run('console.log("  2 passing (1s)")');
    expect([passed, failed]).to.deep.equal([2, 0]);
    expect(output).to.contain("2 passing");
  });

  it("stops one that says nothing any more, though a process that it began lives on", async () => {
    const left = "setTimeout(() => undefined, 6000)";
    const { failed, output } = await run(`
      const { spawn } = require("node:child_process");
      spawn(process.execPath, ["-e", ${JSON.stringify(left)}], { stdio: "inherit" });
      setInterval(() => undefined, 1000);
    `);
    expect(failed).to.equal(1);
    expect(output).to.contain("stopped after 2 s of silence");
  });
});
