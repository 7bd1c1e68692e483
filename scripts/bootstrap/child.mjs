import { spawn } from "node:child_process";
import process from "node:process";
import { stripVTControlCharacters } from "node:util";

/** Runs a program to its end without blocking; its output is kept for the case that it fails. */
export async function runQuietly(file, args, options = {}) {
  const env = { ...process.env, NO_COLOR: "1", ...options.env };
  const child = spawn(file, args, { ...options, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const keep = (chunk) => {
    output += chunk;
  };
  child.stdout.setEncoding("utf8").on("data", keep);
  child.stderr.setEncoding("utf8").on("data", keep);
  // An installation cut short by Ctrl-C must not go on behind the user's back.
  const stop = () => child.kill();
  process.once("exit", stop);
  const code = await new Promise((resolve) => {
    child.on("error", (error) => {
      output += error.message;
      resolve(1);
    });
    child.on("close", resolve);
  });
  process.removeListener("exit", stop);
  return { ok: code === 0, output: stripVTControlCharacters(output) };
}
