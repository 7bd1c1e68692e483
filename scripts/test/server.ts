import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { PostgresBinaries } from "../../api/database/binaries.ts";
import { startPostgres } from "../../api/database/postgres.ts";
import { findPostmaster, stopPostgres } from "../../api/database/postmaster.ts";

/** A server on which tests may create databases. */
export interface TestServer {
  /** An address of the server that may create databases; its own database is not touched. */
  url: string;
  stop(): Promise<void>;
}

/** Starts a server for tests in a directory of its own; it forgets everything when stopped. */
export async function startTestServer(binaries?: PostgresBinaries): Promise<TestServer> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-test-"));
  const directory = path.join(scratch, "postgres");
  const server = await startPostgres({
    directory,
    ...(binaries && { binaries }),
    // Nothing here has to survive a power cut.
    options: { fsync: "off", full_page_writes: "off", max_connections: "200" },
  });
  const killAtExit = (): void => {
    killServer(directory);
    fs.rmSync(scratch, { recursive: true, force: true });
  };
  process.once("exit", killAtExit);
  const stop = async (): Promise<void> => {
    process.removeListener("exit", killAtExit);
    await stopPostgres(directory);
    fs.rmSync(scratch, { recursive: true, force: true });
  };
  return { url: server.urlOf("postgres"), stop };
}

/** A process that is about to end cannot wait for promises. */
function killServer(directory: string): void {
  const postmaster = findPostmaster(directory);
  if (!postmaster) return;
  process.kill(postmaster.pid, "SIGQUIT");
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let waits = 0; findPostmaster(directory) && waits < 200; waits++) {
    Atomics.wait(pause, 0, 0, 10);
  }
}
