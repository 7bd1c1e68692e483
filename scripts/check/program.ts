import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Verdict } from "./step.ts";

export const ROOT = path.resolve(import.meta.dirname, "../..");
const requireFromHere = createRequire(import.meta.url);

/** Runs a program of an installed package under this Node, from the root of the clone. */
export function runTool(
  tool: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Verdict> {
  return runProgram(findProgram(tool), args, env);
}

/** Runs a program of this Node, from the root of the clone. */
export async function runProgram(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Verdict> {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1", ...env },
  });
  let output = "";
  const keep = (chunk: string): void => void (output += chunk);
  child.stdout.setEncoding("utf8").on("data", keep);
  child.stderr.setEncoding("utf8").on("data", keep);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  return { ok: code === 0, output: stripVTControlCharacters(output) };
}

interface Manifest {
  name: string;
  bin: string | Record<string, string>;
}

/** The file that a package names as its program; packages need not export it. */
function findProgram(tool: string): string {
  const file = path.join(ROOT, "node_modules", tool, "package.json");
  const { bin } = requireFromHere(file) as Manifest;
  const entry = typeof bin === "string" ? bin : (bin[path.basename(tool)] ?? Object.values(bin)[0]);
  if (entry === undefined) throw new Error(`${tool} has no program`);
  return path.join(path.dirname(file), entry);
}
