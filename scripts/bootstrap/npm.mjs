import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { Trouble } from "./say.mjs";

const ENTRY = path.join("node_modules", "npm", "bin", "npm-cli.js");

/** The JavaScript entry of npm, so that it can be run under a Node of our choice. */
export function findNpm() {
  const directories = [
    path.dirname(process.execPath),
    ...(process.env.PATH ?? "").split(path.delimiter),
  ];
  const candidates = [
    process.env.npm_execpath,
    ...directories.flatMap((directory) => [
      path.join(directory, "..", "lib", ENTRY),
      path.join(directory, ENTRY),
      realPathOf(path.join(directory, "npm")),
    ]),
  ];
  const found = candidates.find((file) => file?.endsWith("npm-cli.js") && fs.existsSync(file));
  if (found) return found;
  throw new Trouble(
    "npm was not found. It comes with Node: install Node from https://nodejs.org, then run the command again.",
    "找不到 npm。npm 随 Node 一起提供：请从 https://nodejs.org 安装 Node 后重试。",
  );
}

function realPathOf(file) {
  try {
    return fs.realpathSync(file);
  } catch {
    return undefined;
  }
}
