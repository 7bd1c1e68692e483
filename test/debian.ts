import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const succeeds = (program: string, args: readonly string[]): boolean =>
  spawnSync(program, args).status === 0;

/**
 * Whether a program of a Debian package can be run, installed where we may. Suites that audit our files with programs
 * of others leave out, and say so, what this machine cannot have.
 */
export function hasProgram(program: string, debianPackage: string): boolean {
  if (succeeds(program, ["--version"])) return true;
  if (process.getuid?.() === 0 && succeeds("apt-get", ["--version"])) {
    const flags = ["install", "-y", "-q", "--no-install-recommends", debianPackage];
    spawnSync("apt-get", flags, { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  }
  const found = succeeds(program, ["--version"]);
  if (!found) console.log(`NOT RUN: ${program} (Debian's ${debianPackage}) is not on this machine`);
  return found;
}

/** Programs that audit our journals: the form that they read, and Debian's package of that name. */
export const AUDITORS = [
  { format: "hledger", program: "hledger", args: ["check", "--strict", "-f"] },
  { format: "beancount", program: "bean-check", args: [] },
] as const;

/** What a program says of a file with this text; undefined when it has nothing against it. */
export function audit(program: string, args: readonly string[], text: string): string | undefined {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-journal-"));
  try {
    const file = path.join(directory, "books.journal");
    fs.writeFileSync(file, text);
    const env = { ...process.env, LANG: "C.UTF-8" };
    const run = spawnSync(program, [...args, file], { encoding: "utf8", env });
    return run.status === 0 ? undefined : run.stdout + run.stderr;
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
}
