import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { runQuietly } from "./child.mjs";
import { findNpm } from "./npm.mjs";
import { Trouble, withProgress } from "./say.mjs";

const MAJOR = 24;
const PROGRAM = process.platform === "win32" ? "node.exe" : "node";

/** The path of a Node 24 (or newer): this one, one on this machine, or one brought from the npm registry. */
export async function findNode24(current = process.versions.node) {
  if (Number(current.split(".")[0]) >= MAJOR) return process.execPath;
  return findCached() ?? findInstalled() ?? (await bring(current));
}

function cacheDirectory() {
  const base = process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache");
  return path.join(base, "mingzhang", `node-${MAJOR}-${process.platform}-${process.arch}`);
}

/** npm names Windows otherwise than Node does. */
function packageName() {
  const platform = process.platform === "win32" ? "win" : process.platform;
  return `node-${platform}-${process.arch}`;
}

const programIn = (directory) =>
  path.join(directory, "node_modules", packageName(), "bin", PROGRAM);

function findCached() {
  const file = programIn(cacheDirectory());
  return fs.existsSync(file) && runsNode24(file) ? file : undefined;
}

/** On the PATH, or where nvm keeps its versions. */
function findInstalled() {
  const onPath = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  const versions = path.join(
    process.env.NVM_DIR || path.join(os.homedir(), ".nvm"),
    "versions/node",
  );
  const ofNvm = fs.existsSync(versions)
    ? fs.readdirSync(versions).map((name) => path.join(versions, name, "bin"))
    : [];
  const files = [...onPath, ...ofNvm].map((directory) => path.join(directory, PROGRAM));
  return [...new Set(files)].find((file) => fs.existsSync(file) && runsNode24(file));
}

function runsNode24(file) {
  const { stdout } = spawnSync(file, ["--version"], { encoding: "utf8", timeout: 10_000 });
  return Number(/^v(\d+)\./.exec(stdout ?? "")?.[1] ?? 0) >= MAJOR;
}

/** The package carries the program itself, so no install script has to run. */
async function bring(current) {
  const target = cacheDirectory();
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const draft = fs.mkdtempSync(`${target}.`);
  try {
    const args = ["install", "--prefix", draft, "--ignore-scripts", "--no-audit", "--no-fund"];
    const { ok, output } = await withProgress(
      `Node ${current} is too old: bringing Node ${MAJOR} from the npm registry`,
      () =>
        runQuietly(process.execPath, [findNpm(), ...args, `${packageName()}@${MAJOR}`], {
          cwd: draft,
        }),
    );
    if (!ok || !runsNode24(programIn(draft))) throw missing(output);
    keep(draft, target);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
  return programIn(target);
}

/** A second start may have been quicker; a broken cache is replaced. */
function keep(draft, target) {
  if (findCached()) return;
  fs.rmSync(target, { recursive: true, force: true });
  fs.renameSync(draft, target);
}

function missing(output) {
  return new Trouble(
    `${output.trim()}\nNode ${MAJOR} is needed and could not be brought from the npm registry. Install it from https://nodejs.org (or set "registry" in .npmrc to a mirror that can be reached), then run the command again.`,
    `需要 Node ${MAJOR}，但无法从 npm 源下载。请从 https://nodejs.org 安装，或在 .npmrc 中把 registry 设为可用的镜像，然后重试。`,
  );
}
