import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { runQuietly } from "./child.mjs";
import { findNpm } from "./npm.mjs";
import { Trouble, withProgress } from "./say.mjs";
import { readStamp, writeStamp } from "./stamp.mjs";

const C_LIBRARY = findCLibrary();

export function isInstalled(root) {
  return readStamp(root, "install") === hashOfLock(root);
}

/** Installs the locked libraries unless exactly they are there already. */
export async function ensureInstalled(root, node) {
  if (isInstalled(root)) return;
  if (!isComplete(root)) await install(root, node);
  writeStamp(root, "install", hashOfLock(root));
}

export function hashOfLock(root) {
  const lock = fs.readFileSync(path.join(root, "package-lock.json"));
  return createHash("sha256")
    .update(lock)
    .update(`${process.platform}-${process.arch}`)
    .digest("hex");
}

/**
 * Whether node_modules, installed by somebody else, holds every package of the lockfile in its version. npm under an
 * old Node leaves out packages that ask for a newer one, without a word; they are missed here.
 */
function isComplete(root) {
  const installed = readPackages(path.join(root, "node_modules", ".package-lock.json"));
  const locked = readPackages(path.join(root, "package-lock.json"));
  if (!installed || !locked) return false;
  return Object.entries(locked).every(
    ([place, entry]) =>
      !isNeededHere(place, entry) ||
      (installed[place]?.version === entry.version &&
        fs.existsSync(path.join(root, place, "package.json"))),
  );
}

function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** An optional package that names no platform belongs to one for another platform. */
function isNeededHere(place, { optional, os, cpu, libc }) {
  if (place === "" || (optional && !os && !cpu)) return false;
  return allows(os, process.platform) && allows(cpu, process.arch) && allows(libc, C_LIBRARY);
}

function allows(list, value) {
  if (!list) return true;
  if (list.includes(`!${value}`)) return false;
  const named = list.filter((entry) => !entry.startsWith("!"));
  return named.length === 0 || named.includes(value);
}

function findCLibrary() {
  if (process.platform !== "linux") return undefined;
  return process.report.getReport().header.glibcVersionRuntime ? "glibc" : "musl";
}

async function install(root, node) {
  const args = [findNpm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  // Programs that npm starts must find the same Node.
  const env = { ...process.env, PATH: path.dirname(node) + path.delimiter + process.env.PATH };
  const { ok, output } = await withProgress("installing the libraries of the lockfile", () =>
    runQuietly(node, args, { cwd: root, env }),
  );
  if (ok && isComplete(root)) return;
  throw new Trouble(
    `${output.trim()}\nThe libraries could not be installed (npm ci). See that the npm registry can be reached (npm ping; "registry" in .npmrc may name a mirror) and that the disk is not full, then run the command again.`,
    "依赖安装失败（npm ci）。请确认可以访问 npm 源（可在 .npmrc 中把 registry 设为镜像）且磁盘空间充足，然后重试。",
  );
}
