import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { say } from "./say.mjs";

const BEAT_SECONDS = 5;
const STALE_SECONDS = 60;
const HOLDER = `${process.pid} ${os.hostname()}`;

/**
 * Lets one start at a time install and generate in a clone. The lock lies outside node_modules, which an
 * installation removes; its holder touches it, so that the lock of a killed one is recognised by its age.
 */
export async function withLock(root, work) {
  const name = createHash("sha256").update(fs.realpathSync(root)).digest("hex").slice(0, 16);
  const file = path.join(os.tmpdir(), `mingzhang-${process.getuid?.() ?? "user"}-${name}.lock`);
  await acquire(file);
  const beat = setInterval(() => touch(file), BEAT_SECONDS * 1000);
  const release = () => fs.rmSync(file, { force: true });
  const leave = () => process.exit(130);
  process.once("exit", release);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, leave);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    release();
    process.removeListener("exit", release);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeListener(signal, leave);
  }
}

async function acquire(file) {
  for (let told = false; !take(file); told = true) {
    if (!told)
      say(
        "another start is preparing this clone; waiting for it. 另一个启动进程正在准备，请稍候。",
      );
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

function take(file) {
  try {
    fs.writeFileSync(file, HOLDER, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    removeIfStale(file);
    return false;
  }
}

function removeIfStale(file) {
  const touched = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (touched === undefined) return;
  if ((Date.now() - touched) / 1000 < STALE_SECONDS && !isLeftBehind(file)) return;
  // Renaming succeeds for one of those who wait, so that nobody removes the lock of a new holder.
  const grave = `${file}.${process.pid}`;
  try {
    fs.renameSync(file, grave);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  fs.rmSync(grave, { force: true });
}

/** Written on this machine by a process that is no more. */
function isLeftBehind(file) {
  try {
    const [pid, host] = fs.readFileSync(file, "utf8").split(" ");
    if (host !== os.hostname()) return false;
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

function touch(file) {
  const now = new Date();
  try {
    fs.utimesSync(file, now, now);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
}
