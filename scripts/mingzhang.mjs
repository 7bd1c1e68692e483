#!/usr/bin/env node
// Plain JavaScript that any Node can run: it only decides which Node runs the command.
import { spawn } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";

const NODE_MAJOR = 24;
const args = process.argv.slice(2);

if (Number(process.versions.node.split(".")[0]) >= NODE_MAJOR) await runHere();
else runWithNode24();

async function runHere() {
  const { enableCompileCache } = await import("node:module");
  enableCompileCache();
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
  const { main } = await import("./mingzhang.ts");
  const { stdin, stdout, stderr } = process;
  try {
    process.exitCode = await main(args, { stdin, stdout, stderr });
  } catch (error) {
    stderr.write(`mingzhang: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 2;
  }
}

function runWithNode24() {
  const bootstrap = fileURLToPath(new URL("bootstrap.mjs", import.meta.url));
  const child = spawn(process.execPath, [bootstrap, "cli", ...args], { stdio: "inherit" });
  child.on("error", (error) => {
    process.stderr.write(`mingzhang: ${error.message}\n`);
    process.exitCode = 2;
  });
  child.on("exit", (code) => {
    process.exitCode = code ?? 2;
  });
}
