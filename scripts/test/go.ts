import { execFile, spawnSync } from "node:child_process";
import fs from "node:fs";
import { promisify } from "node:util";

// The formats of the log are held against those of golang.org/x/mod, as Debian packages them.

const run = promisify(execFile);
const SOURCES = "/usr/share/gocode";
const PACKAGES = ["golang-go", "golang-golang-x-mod-dev"];

/** The folder of Go's packages, installed where we may; undefined where they cannot be had. */
export async function findGoSources(): Promise<string | undefined> {
  if (isInstalled()) return SOURCES;
  return (await install()) && isInstalled() ? SOURCES : undefined;
}

function isInstalled(): boolean {
  const hasGo = spawnSync("go", ["version"]).status === 0;
  return hasGo && fs.existsSync(`${SOURCES}/src/golang.org/x/mod/sumdb/tlog`);
}

/** Only root can, and only where apt is; anything that goes wrong means that it cannot be had. */
async function install(): Promise<boolean> {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return false;
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["install", "-y", "--no-install-recommends", ...PACKAGES], {
      env,
      maxBuffer: 1e8,
    });
    return true;
  } catch {
    return false;
  }
}
