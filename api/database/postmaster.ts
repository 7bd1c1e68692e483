import fs from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { errorCode } from "./failure.ts";

/** The server process of a data directory, as it describes itself in postmaster.pid. */
export interface Postmaster {
  pid: number;
  socketDirectory: string;
  ready: boolean;
}

const STOP_TIMEOUT_SECONDS = 60;

const pidFileOf = (directory: string): string => path.join(directory, "postmaster.pid");

/** The living server of a data directory; a file left behind by a dead one does not count. */
export function findPostmaster(directory: string): Postmaster | undefined {
  const postmaster = readPidFile(directory);
  return postmaster && isProcess(postmaster.pid) && isPostgres(postmaster.pid)
    ? postmaster
    : undefined;
}

/** Lines: process, directory, start, port, socket directory, address, shared memory, status. */
function readPidFile(directory: string): Postmaster | undefined {
  try {
    const lines = fs.readFileSync(pidFileOf(directory), "utf8").split("\n");
    const ready = lines[7]?.trim() === "ready";
    return { pid: Number(lines[0]), socketDirectory: lines[4] ?? "", ready };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    if (errorCode(error) !== "EACCES") throw error;
    throw new Error(`The database in ${directory} belongs to another account of this system.`, {
      cause: error,
    });
  }
}

function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

/** After a restart of the machine another program may carry the recorded number. */
function isPostgres(pid: number): boolean {
  if (!fs.existsSync("/proc/self/comm")) return true; // not Linux: the number is all there is
  try {
    return fs.readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "postgres";
  } catch {
    return false;
  }
}

/**
 * PostgreSQL would refuse to start while another program carries the recorded number. A dead number is left to
 * it: it also checks that no orphan of the dead server still has the data in memory.
 */
export function forgetForeignPid(directory: string): void {
  const recorded = readPidFile(directory);
  if (recorded && isProcess(recorded.pid) && !isPostgres(recorded.pid)) {
    fs.rmSync(pidFileOf(directory), { force: true });
  }
}

/** Stops the server of a data directory, whoever started it. Nothing happens when none is running. */
export async function stopPostgres(directory: string): Promise<void> {
  const pid = findPostmaster(directory)?.pid;
  if (pid === undefined) return;
  process.kill(pid, "SIGINT"); // "fast": connections are ended, everything is written out
  const deadline = Date.now() + STOP_TIMEOUT_SECONDS * 1000;
  while (findPostmaster(directory)?.pid === pid) {
    if (Date.now() > deadline) throw new Error(`PostgreSQL (process ${pid}) does not stop.`);
    await delay(20);
  }
}
