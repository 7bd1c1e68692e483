import { spawnSync } from "node:child_process";

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
