import { availableParallelism } from "node:os";
import { runSteps } from "./check/step.ts";
import type { StepResult } from "./check/step.ts";
import { listSteps } from "./check/steps.ts";

const LANES = Math.min(2, availableParallelism());

const results = await runSteps(listSteps(), LANES, print);
const failed = results.filter((result) => !result.ok);
console.log(`\n${results.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

function print({ name, seconds, ok, output }: StepResult): void {
  console.log(`${ok ? "ok  " : "FAIL"} ${seconds.toFixed(1).padStart(6)} s  ${name}`);
  if (!ok) console.log(output.trim().replace(/^/gm, "       "));
}
