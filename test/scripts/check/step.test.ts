import { expect } from "chai";
import { inTurn, runSteps } from "../../../scripts/check/step.ts";
import type { Step } from "../../../scripts/check/step.ts";

const passing = (name: string): Step => ({ name, run: async () => ({ ok: true, output: "" }) });

describe("runSteps", () => {
  it("runs every step, whatever happens to the others", async () => {
    const throwing: Step = { name: "b", run: () => Promise.reject(new Error("broken")) };
    const failing: Step = { name: "c", run: async () => ({ ok: false, output: "wrong" }) };
    const seen: string[] = [];
    const steps = [passing("a"), throwing, failing, passing("d")];
    const results = await runSteps(steps, 2, ({ name }) => seen.push(name));
    expect(seen.sort()).to.deep.equal(["a", "b", "c", "d"]);
    const failed = results.filter((result) => !result.ok).map(({ name }) => name);
    expect(failed.sort()).to.deep.equal(["b", "c"]);
  });
});

describe("inTurn", () => {
  it("lets steps that write the same files run one after another, also after a failure", async () => {
    let running = 0;
    const run = async (): Promise<never> => {
      expect(++running).to.equal(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      throw new Error("failed");
    };
    const turns = [inTurn(run), inTurn(run), inTurn(run)].map((turn) => turn());
    const outcomes = await Promise.allSettled(turns);
    const reasons = outcomes.map((o) =>
      o.status === "rejected" ? (o.reason as Error).message : "",
    );
    expect(reasons).to.deep.equal(["failed", "failed", "failed"]);
  });
});
