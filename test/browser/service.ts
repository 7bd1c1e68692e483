import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { build } from "vite";

const ROOT = path.resolve(import.meta.dirname, "../..");
const START_SECONDS = 120;

/** The service as a user starts it, in a process and a data directory of its own. */
export interface RunningService {
  readonly url: string;
  stop(): Promise<void>;
}

/** The page as the service shows it, made of what stands here. */
export async function buildPage(): Promise<void> {
  await build({ configFile: path.join(ROOT, "vite.config.ts"), logLevel: "error" });
}

/** Builds the page and starts the service with the small demonstration. */
export async function startService(): Promise<RunningService> {
  await buildPage();
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-browser-"));
  const child = spawn(process.execPath, ["api/main.ts", "--demo-size", "small"], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: directory, PORT: "0", DATABASE_URL: "", NODE_ENV: "test" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    fs.rmSync(directory, { recursive: true, force: true });
  };
  try {
    return { url: await readUrl(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address that the service prints once it answers. */
function readUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(
      () => reject(new Error(`no address after ${START_SECONDS} s:\n${output}`)),
      START_SECONDS * 1000,
    );
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const address = /^Mingzhang 明账 +(http:\S+)$/m.exec(output)?.[1];
      if (address) {
        clearTimeout(timer);
        resolve(address);
      }
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`the service ended with ${code}:\n${output}`));
    });
  });
}
