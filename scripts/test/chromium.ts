import { execFile, spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import type { Browser, LaunchOptions } from "playwright-core";

const ROOT = path.resolve(import.meta.dirname, "../..");
const requireFromHere = createRequire(import.meta.url);

/**
 * A Chromium for tests: the one of CHROMIUM_PATH, else the one that ships in an npm package and needs nothing from
 * the system. Playwright's own flags keep it from calling home.
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const given = process.env["CHROMIUM_PATH"];
  const { executablePath, env } = given ? { executablePath: given, env: {} } : await findPacked();
  return chromium.launch({
    executablePath,
    env: { ...definedOnly(process.env), ...env },
    // Tests often run as root in a container, where the sandbox cannot work; they visit our own pages only.
    args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"],
    ...options,
  });
}

interface PackedBrowser {
  executablePath: string;
  env: Record<string, string>;
}

/** Unpacked once per version, beside the packages. */
async function findPacked(): Promise<PackedBrowser> {
  const entry = requireFromHere.resolve("@sparticuz/chromium");
  const packed = path.join(path.dirname(path.dirname(entry)), "bin");
  const { version } = requireFromHere(path.join(path.dirname(packed), "package.json")) as {
    version: string;
  };
  const directory = path.join(ROOT, "node_modules/.mingzhang", `chromium-${version}`);
  if (!fs.existsSync(directory)) await unpack(packed, directory);
  const executablePath = path.join(directory, "chromium");
  return { executablePath, env: librariesFor(executablePath, directory) };
}

/** The package unpacks to the temporary directory of its process: a process of its own gets one of its own. */
async function unpack(packed: string, directory: string): Promise<void> {
  fs.mkdirSync(path.dirname(directory), { recursive: true });
  const draft = fs.mkdtempSync(`${directory}.`);
  const archives = ["chromium.br", "swiftshader.tar.br", "al2023.tar.br"];
  const script = `
    import { inflate } from "@sparticuz/chromium";
    for (const file of process.argv.slice(1)) await inflate(file);`;
  const files = archives.map((name) => path.join(packed, name));
  try {
    await promisify(execFile)(
      process.execPath,
      ["--input-type=module", "--eval", script, "--", ...files],
      { cwd: ROOT, env: { ...process.env, TMPDIR: draft } },
    );
    fs.renameSync(draft, directory);
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true });
    // Another test process was quicker.
    if (!fs.existsSync(directory)) throw error;
  }
}

/** The package also carries libraries (libnss3 and others) for systems that have none. */
function librariesFor(executablePath: string, directory: string): Record<string, string> {
  const { status } = spawnSync(executablePath, ["--version", "--no-sandbox"]);
  return status === 0 ? {} : { LD_LIBRARY_PATH: path.join(directory, "al2023", "lib") };
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
