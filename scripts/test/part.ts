import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";

/** One part of the test command: a runner and what it ran. */
export interface Part {
  name: string;
  run(): Promise<Tally>;
}

export interface Tally {
  passed: number;
  failed: number;
  output: string;
}

export const ROOT = path.resolve(import.meta.dirname, "../..");
/** Longer than any test: who is silent for so long hangs. A slow machine is not stopped for being slow. */
const SILENCE_SECONDS = 300;

/** Runs one program, under this Node unless told otherwise, and reads from its report how many tests passed and failed. */
export async function runRunner(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  { program = process.execPath, silenceSeconds = SILENCE_SECONDS } = {},
): Promise<Tally> {
  const child = spawn(program, args, {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1", ...env },
  });
  let output = "";
  const timer = setTimeout(() => {
    output += `\nstopped after ${silenceSeconds} s of silence\n`;
    child.kill("SIGKILL");
    // A process that it left behind may hold the other ends open.
    child.stdout.destroy();
    child.stderr.destroy();
  }, silenceSeconds * 1000);
  const keep = (chunk: string): void => {
    output += chunk;
    timer.refresh();
  };
  child.stdout.setEncoding("utf8").on("data", keep);
  child.stderr.setEncoding("utf8").on("data", keep);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  }).finally(() => clearTimeout(timer));
  return readTally(stripVTControlCharacters(output), code);
}

/** A runner that fails without a failed test, or runs none, has failed. */
export function readTally(output: string, code: number | null): Tally {
  const count = (word: string): number =>
    Number(new RegExp(`^\\s*(\\d+) ${word}\\b`, "m").exec(output)?.[1] ?? 0);
  const passed = count("passing");
  const failed = count("failing") + count("pending");
  const isSilent = passed + failed === 0;
  const hasFailed = code !== 0 && failed === 0;
  const note = isSilent ? "\nno test was run\n" : "";
  return { passed, failed: failed + (isSilent || hasFailed ? 1 : 0), output: output + note };
}

/** Where nothing of its report says what failed, a runner's last lines do. */
const LAST_LINES = 40;

/**
 * What of a report somebody reads who wants to know what failed: the runner's list of failures, without the stack
 * frames of libraries; where it broke off before, its last lines; tests that were skipped.
 */
export function digest(output: string): string {
  const lines = output.trimEnd().split("\n");
  const start = lines.findIndex((line) => /^\s*\d+ failing\b/.test(line));
  if (start >= 0) return lines.slice(start).filter(isNotOfLibraries).join("\n");
  const skipped = lines.slice(0, -LAST_LINES).filter((line) => /^\s+- /.test(line));
  return [...skipped, ...lines.slice(-LAST_LINES)].join("\n");
}

function isNotOfLibraries(line: string): boolean {
  return !/^\s+at .*(?:node_modules\/|node:)/.test(line);
}

const MOCHA = ["node_modules/mocha/bin/mocha.js", "--forbid-only", "--forbid-pending"];

/** Runs the mocha suites of folders of test/. */
export async function runMocha(
  folders: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Tally> {
  const files = folders.flatMap((folder) => listSuites(path.join("test", folder)));
  if (files.length === 0) return { passed: 0, failed: 1, output: "no suite was found" };
  return runRunner([...MOCHA, ...files], env);
}

/** All suites below a folder, relative to the root of the clone. */
export function listSuites(folder: string): string[] {
  const names = fs.globSync("**/*.test.{ts,tsx}", { cwd: path.join(ROOT, folder) });
  return names.sort().map((name) => path.join(folder, name));
}
