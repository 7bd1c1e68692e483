import { spawn } from "node:child_process";
import type { ChildProcess, StdioOptions } from "node:child_process";
import { chownSync, existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** Who runs PostgreSQL. It refuses to run as root, so root lends it an unprivileged account. */
export interface Account {
  uid: number;
  gid: number;
}

/** Undefined: run as ourselves. A directory that exists already keeps its owner. */
export function chooseAccount(directory: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(directory, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  // initdb wants an account that is listed.
  const account = findListedAccount("postgres") ?? findListedAccount("nobody");
  if (!account) {
    throw new Error(
      "PostgreSQL cannot run as root, and this system lists neither an account postgres nor nobody: run the service as an ordinary user, or set DATABASE_URL.",
    );
  }
  return account;
}

function findListedAccount(name: string): Account | undefined {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  const fields = lines.map((line) => line.split(":")).find((line) => line[0] === name);
  return fields ? { uid: Number(fields[2]), gid: Number(fields[3]) } : undefined;
}

export function giveTo(account: Account | undefined, directory: string): void {
  if (account) chownSync(directory, account.uid, account.gid);
}

export interface Program {
  file: string;
  args: string[];
  stdio: StdioOptions;
  /** Directories the program must reach besides its own file. */
  reaches: string[];
}

/** Starts a program under the account, in a process group of its own so that Ctrl-C does not reach it. */
export function spawnAs(account: Account | undefined, program: Program): ChildProcess {
  const options = {
    detached: true,
    stdio: program.stdio,
    cwd: "/",
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
  };
  if (!account) return spawn(program.file, program.args, options);
  if (isRunnableByAll(program.file) && program.reaches.every(isReachableByAll)) {
    return spawn(program.file, program.args, { ...options, ...account });
  }
  return spawn(findSetpriv(), [...keepTraversal(account), program.file, ...program.args], options);
}

/**
 * Root's home and temporary directories are closed to every other account, and a clone often lies in one. The
 * account then keeps the one privilege of passing closed directories; it is no more than what we run with.
 */
function keepTraversal({ uid, gid }: Account): string[] {
  const names = ["dac_read_search", "dac_override"].filter(hasCapability);
  const kept = ["-all", ...names.map((name) => `+${name}`)].join(",");
  // Without this bit access(2), by which PostgreSQL looks for its own files, ignores what was kept.
  const accessToo = "--securebits=+no_setuid_fixup";
  const identity = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  return [...identity, accessToo, `--inh-caps=${kept}`, `--ambient-caps=${kept}`, "--"];
}

const CAPABILITY_BIT: Record<string, bigint> = { dac_override: 1n, dac_read_search: 2n };

function hasCapability(name: string): boolean {
  const mask = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  return ((BigInt(`0x${mask ?? "0"}`) >> (CAPABILITY_BIT[name] ?? 0n)) & 1n) === 1n;
}

function findSetpriv(): string {
  const file = ["/usr/bin/setpriv", "/bin/setpriv"].find((candidate) => existsSync(candidate));
  if (file) return file;
  throw new Error(
    "PostgreSQL cannot run as root, and its files lie in a directory that only root may enter: move the clone and its data directory to a place others may pass (chmod o+x), run the service as an ordinary user, install util-linux (setpriv), or set DATABASE_URL.",
  );
}

function isRunnableByAll(file: string): boolean {
  return (statSync(file).mode & 0o005) === 0o005 && isReachableByAll(file);
}

/** Whether an account that owns nothing on the way may pass every directory above. */
function isReachableByAll(file: string): boolean {
  for (let at = path.dirname(path.resolve(file)); ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}
