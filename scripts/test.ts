import { startTestServer } from "./test/server.ts";
import { digest, type Part, type Tally } from "./test/part.ts";
import { listChains } from "./test/parts.ts";

const PROGRESS_SECONDS = 30;
/** One more than the two cores of the smallest machine, because services and browsers are waited for. */
const LANES = 3;
const started = new Map<string, number>();
/** Told again at the end, below the parts that ended later. */
const failures: string[] = [];

const given = process.env["TEST_DATABASE_URL"] ?? process.env["DATABASE_URL"];
const server = given === undefined ? await startTestServer() : undefined;
const timer = setInterval(printProgress, PROGRESS_SECONDS * 1000);
const waiting = listChains(given ?? server?.url ?? "");
const tallies = (await Promise.all(Array.from({ length: LANES }, runLane))).flat();
clearInterval(timer);
await server?.stop();

const sum = (key: "passed" | "failed"): number =>
  tallies.reduce((total, tally) => total + tally[key], 0);
for (const failure of failures) console.log(`\n${failure}`);
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
process.exitCode = sum("failed") === 0 ? 0 : 1;

async function runLane(): Promise<Tally[]> {
  const results: Tally[] = [];
  for (let parts = waiting.shift(); parts; parts = waiting.shift()) {
    for (const part of parts) results.push(await runPart(part));
  }
  return results;
}

/** A part that throws has failed, and the others go on. */
async function runPart(part: Part): Promise<Tally> {
  started.set(part.name, Date.now());
  const tally = await part.run().catch((error: unknown) => ({
    passed: 0,
    failed: 1,
    output: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }));
  const seconds = secondsSince(part.name);
  started.delete(part.name);
  report(`${part.name}: ${tally.passed} passed, ${tally.failed} failed (${seconds} s)`, tally);
  return tally;
}

function report(result: string, { passed, failed, output }: Tally): void {
  const isWell = failed === 0 && passed > 0;
  const text = isWell ? result : `${result}\n${digest(output).replace(/^/gm, "    ")}`;
  console.log(text);
  if (failed > 0) failures.push(text);
}

function secondsSince(name: string): number {
  return Math.round((Date.now() - (started.get(name) ?? Date.now())) / 1000);
}

function printProgress(): void {
  const running = [...started.keys()].map((name) => `${name} (${secondsSince(name)} s)`);
  console.log(`... ${running.join(", ")}`);
}
