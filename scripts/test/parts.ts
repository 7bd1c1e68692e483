import { spawnSync } from "node:child_process";
import { runSteps } from "../check/step.ts";
import { listSteps } from "../check/steps.ts";
import { findDebianPostgres } from "./debian.ts";
import { findGoSources } from "./go.ts";
import { listSuites, runMocha, runRunner } from "./part.ts";
import type { Part, Tally } from "./part.ts";
import { startTestServer } from "./server.ts";

const HARDHAT = "node_modules/hardhat/dist/src/cli.js";
const MOCHA_FOLDERS = ["protocol", "scripts", "web", "api", "browser", "service"];

/**
 * What may run beside each other, the longest first so that all lanes end together. What shares files (the compiler's)
 * runs one after the other.
 */
export function listChains(databaseUrl: string): Part[][] {
  const env = { TEST_DATABASE_URL: databaseUrl };
  // Asked for at once: a package may have to come over the network.
  const debian = findDebianPostgres();
  return [
    [
      { name: "gate (npm run check)", run: runGate },
      { name: "contracts, Solidity", run: () => runRunner([HARDHAT, "test", "solidity"]) },
      { name: "contracts, mocha", run: () => runRunner([HARDHAT, "test", "mocha"]) },
      { name: "every suite has a runner", run: findStrays },
      { name: "second verifier, Python", run: runPython },
    ],
    [{ name: "browser", run: () => runMocha(["browser"], env) }],
    [{ name: "service", run: async () => runService(await debian, databaseUrl) }],
    [{ name: "service as a process", run: () => runMocha(["service"], env) }],
    [{ name: "protocol", run: () => runMocha(["protocol"], env) }],
    [{ name: "scripts, page", run: () => runMocha(["scripts", "web"], env) }],
    [{ name: "log read by Go's implementation", run: () => runWithGo(env) }],
  ];
}

async function runGate(): Promise<Tally> {
  const results = await runSteps(listSteps(), 1, () => undefined);
  const failures = results.filter((result) => !result.ok);
  const output = failures.map(({ name, output: text }) => `FAIL ${name}\n${text}`).join("\n");
  return { passed: results.length - failures.length, failed: failures.length, output };
}

/** A suite in a folder that nobody runs would look as if it passed. */
async function findStrays(): Promise<Tally> {
  const known = ["contracts", "interop", ...MOCHA_FOLDERS].map((folder) => `test/${folder}/`);
  const strays = listSuites("test").filter(
    (file) => !known.some((folder) => file.startsWith(folder)),
  );
  const output = strays.map((file) => `${file} is in a folder that the test command does not run`);
  return { passed: strays.length === 0 ? 1 : 0, failed: strays.length, output: output.join("\n") };
}

/** The verifier of verifiers/python needs nothing but Python 3. */
async function runPython(): Promise<Tally> {
  if (spawnSync("python3", ["--version"]).status !== 0) {
    return { passed: 0, failed: 0, output: "NOT RUN: there is no python3 on this machine" };
  }
  const env = { PYTHONPATH: "verifiers/python", PYTHONDONTWRITEBYTECODE: "1" };
  return runRunner(["-m", "mingzhang_verify.vectors", "test/vectors/v1"], env, {
    program: "python3",
  });
}

async function runWithGo(env: NodeJS.ProcessEnv): Promise<Tally> {
  const sources = await findGoSources();
  if (sources !== undefined) return runMocha(["interop"], { ...env, GO_SOURCES: sources });
  const output =
    "NOT RUN: Go and golang.org/x/mod are not on this machine and could not be installed";
  return { passed: 0, failed: 0, output };
}

type Binaries = Awaited<ReturnType<typeof findDebianPostgres>>;

/**
 * On a PostgreSQL server as an operator would have it where Debian's can be had, else on the one that comes along,
 * which the browsers' suites and those of the process have in any case.
 */
async function runService(binaries: Binaries, databaseUrl: string): Promise<Tally> {
  if (!binaries) {
    console.log("NOT RUN on Debian's PostgreSQL: it is not on this machine nor to be installed");
    return runMocha(["api"], { TEST_DATABASE_URL: databaseUrl });
  }
  const server = await startTestServer(binaries);
  try {
    return await runMocha(["api"], { TEST_DATABASE_URL: server.url });
  } finally {
    await server.stop();
  }
}
