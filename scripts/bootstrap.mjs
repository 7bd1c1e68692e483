#!/usr/bin/env node
// Runs on any Node from 18 on, before anything is installed: finds Node 24, installs the locked
// libraries, generates what is generated, then runs the command. Plain JavaScript without dependencies.
import { spawn } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { bringUpToDate, isUpToDate } from "./bootstrap/build.mjs";
import { ensureInstalled, isInstalled } from "./bootstrap/install.mjs";
import { withLock } from "./bootstrap/lock.mjs";
import { findNode24 } from "./bootstrap/node24.mjs";
import { Trouble, say } from "./bootstrap/say.mjs";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** What each command runs, and what must have been generated before; what it `tries` it can do without. */
const COMMANDS = {
  start: { file: "api/main.ts", needs: ["database", "page", "verifier"] },
  test: { file: "scripts/test.ts", needs: ["database"], tries: ["page", "verifier"] },
  check: { file: "scripts/check.ts", needs: ["database"] },
  bench: { file: "scripts/bench.ts", needs: ["database", "page", "verifier"] },
  screenshots: { file: "test/browser/screenshots.ts", needs: ["database", "page", "verifier"] },
  generate: { file: "scripts/generate.ts", needs: [] },
  cli: { file: "scripts/mingzhang.mjs", needs: [] },
};

async function main([name, ...args]) {
  const command = COMMANDS[name];
  if (!command) {
    throw new Trouble(
      `Usage: node scripts/bootstrap.mjs ${Object.keys(COMMANDS).join("|")} [arguments]`,
      "用法见上。",
    );
  }
  const node = await findNode24();
  const { needs, tries = [] } = command;
  if (!isInstalled(ROOT) || !isUpToDate(ROOT, [...needs, ...tries])) {
    await prepare(node, needs, tries);
  }
  await run(node, [path.join(ROOT, command.file), ...args]);
}

function prepare(node, needs, tries) {
  return withLock(ROOT, async () => {
    await ensureInstalled(ROOT, node);
    await bringUpToDate(ROOT, node, needs);
    await bringUpToDate(ROOT, node, tries).catch(tell);
  });
}

/** Hands over to the command: its output, its signals, its exit code. */
async function run(node, args) {
  const env = {
    // Every process that is started, by tests or by an operator, finds the modules compiled already.
    NODE_COMPILE_CACHE: path.join(ROOT, "node_modules/.cache/node"),
    ...process.env,
    PATH: path.dirname(node) + path.delimiter + process.env.PATH,
  };
  const child = spawn(node, args, { stdio: "inherit", env });
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // Ctrl-C at a terminal reaches the child by itself; we only have to outlive it.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      process.exitCode = code ?? 1;
      if (signal === "SIGINT") process.exitCode = 130;
      resolve();
    });
  });
}

function tell(error) {
  if (!(error instanceof Trouble)) throw error;
  say(error.message);
  say(error.chinese);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  tell(error);
  process.exitCode = 1;
}
