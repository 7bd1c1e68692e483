import { expect } from "chai";
import { readTally } from "../../../scripts/test/part.ts";

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
