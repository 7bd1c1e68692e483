import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { build } from "vite";
import { launchBrowser } from "../../scripts/test/chromium.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const START_SECONDS = 120;

/** The service as a user starts it, in a process and a data directory of its own. */
export interface RunningService {
  readonly url: string;
  /** Its data directory. */
  readonly directory: string;
  stop(): Promise<void>;
}

let built: Promise<unknown> | undefined;

/** The page as the service shows it, made of what stands here, once for all suites. */
export async function buildPage(): Promise<void> {
  built ??= build({ configFile: path.join(ROOT, "vite.config.ts"), logLevel: "error" });
  await built;
}

let verifier: Promise<unknown> | undefined;

/** The verifier as the service puts it into bundles, once for all suites; gives its folder. */
export async function buildVerifier(): Promise<string> {
  const configFile = path.join(ROOT, "vite.verifier.config.ts");
  verifier ??= build({ configFile, logLevel: "error" });
  await verifier;
  return path.join(ROOT, "dist/verifier");
}

let demonstration: Promise<string> | undefined;

/** Starts the service with the small demonstration: loaded once, each suite has a copy of its own. */
export async function startService(): Promise<RunningService> {
  await buildPage();
  demonstration ??= loadDemonstration();
  const directory = makeDirectory();
  // With its owner and modes, which the database insists on.
  execFileSync("cp", ["-a", `${await demonstration}/.`, directory]);
  const { url, child } = await runService(directory);
  const stop = async (): Promise<void> => {
    await end(child);
    fs.rmSync(directory, { recursive: true, force: true });
  };
  return { url, directory, stop };
}

/** The data of a service that loaded the demonstration and was stopped. */
async function loadDemonstration(): Promise<string> {
  const directory = makeDirectory();
  process.once("exit", () => fs.rmSync(directory, { recursive: true, force: true }));
  const { child } = await runService(directory);
  await end(child);
  return directory;
}

const makeDirectory = (): string => fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-browser-"));

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

const ADDRESS = /^Mingzhang 明账 +(http:\S+)$/m;
const SETUP_LINK = /^ +(http:\S+\/setup#code=\S+)$/m;

/** Starts the service as a committee does that begins; `link` is what it prints for whoever sets up. */
export async function startEmptyService(): Promise<RunningService & { link: string }> {
  await buildPage();
  const directory = makeDirectory();
  const { url: link, child } = await runService(directory, ["--empty"], SETUP_LINK);
  const stop = async (): Promise<void> => {
    await end(child);
    fs.rmSync(directory, { recursive: true, force: true });
  };
  return { url: new URL(link).origin, link, directory, stop };
}

async function runService(
  directory: string,
  args: readonly string[] = ["--demo-size", "small"],
  printed = ADDRESS,
): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ["api/main.ts", ...args], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: directory, PORT: "0", DATABASE_URL: "", NODE_ENV: "test" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    return { url: await readUrl(child, printed), child };
  } catch (error) {
    await end(child);
    throw error;
  }
}

/**
 * Opens a browser beside something else, or neither: what was opened is closed when the other fails, for its processes
 * would keep the tests waiting until their limit.
 */
export async function withBrowser<T>(opening: Promise<T>): Promise<[T, Browser]> {
  const [other, browser] = await Promise.allSettled([opening, launchBrowser()]);
  if (other.status === "fulfilled" && browser.status === "fulfilled") {
    return [other.value, browser.value];
  }
  if (browser.status === "fulfilled") await browser.value.close();
  if (other.status === "fulfilled")
    await (other.value as Partial<RunningService> | undefined)?.stop?.();
  throw other.status === "rejected" ? other.reason : (browser as PromiseRejectedResult).reason;
}

/** The address that the service prints once it answers. */
function readUrl(child: ChildProcess, printed: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(
      () => reject(new Error(`no address after ${START_SECONDS} s:\n${output}`)),
      START_SECONDS * 1000,
    );
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const address = printed.exec(output)?.[1];
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
