import fs from "node:fs/promises";
import path from "node:path";
import {
  type CheckpointFile,
  type FolderReport,
  checkFolder,
} from "../../../protocol/anchor/tlog/folder.ts";
import { decodeText } from "../../../protocol/anchor/tlog/note.ts";
import type { TileProblem, TileStore } from "../../../protocol/anchor/tlog/tileCheck.ts";
import { Unusable } from "../input.ts";
import type { Trust } from "./keys.ts";

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

async function listFiles(folder: string, below: string): Promise<string[]> {
  const entries = await fs
    .readdir(path.join(folder, below), { recursive: true, withFileTypes: true })
    .catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join("/"));
}

function openStore(folder: string): TileStore {
  return {
    list: () => listFiles(folder, "tile"),
    read: (name) =>
      fs.readFile(path.join(folder, ...name.split("/"))).catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
      }),
  };
}

/** `checkpoint`, anything beside it that is called so, and all of `checkpoints/`. */
async function readCheckpoints(folder: string): Promise<CheckpointFile[]> {
  const beside = (await fs.readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && /^checkpoint|\.checkpoint$/.test(entry.name))
    .map(({ name }) => name);
  const names = [...beside, ...(await listFiles(folder, "checkpoints"))].sort();
  return Promise.all(
    names.map(async (name) => {
      const bytes = await fs.readFile(path.join(folder, name));
      // What is no text is no checkpoint either, and is reported as such.
      return { path: name, text: toText(bytes) };
    }),
  );
}

function toText(bytes: Uint8Array): string {
  try {
    return decodeText(bytes);
  } catch {
    return "";
  }
}

/** Checks a folder of tiles; throws `Unusable` where there is nothing to check. */
export async function checkDirectory(folder: string, trust: Trust): Promise<FolderReport> {
  const files = await readCheckpoints(folder).catch((cause: unknown) => {
    throw new Unusable(`${folder} cannot be read`, { cause });
  });
  if (files.length === 0) throw new Unusable(`${folder} has no checkpoint`);
  return checkFolder(openStore(folder), files, trust);
}

function renderProblem(problem: TileProblem): string {
  const { code, path: name, entry, position, expected, found, more } = problem;
  const place =
    entry === undefined ? (position === undefined ? "" : ` hash ${position}`) : ` entry ${entry}`;
  const head = `✘ ${code} ${name}${place}\n`;
  if (expected === undefined) return head;
  const rest = more === undefined ? "" : `    and ${more} more places of this file\n`;
  return `${head}    expected ${expected}\n    found    ${found ?? ""}\n${rest}`;
}

/** A folder's report for people. */
export function renderFolder(report: FolderReport): string {
  const checkpoints = report.checkpoints.map(({ path: name, origin, size, faults }) => {
    const what = origin === undefined ? "" : `: ${origin}, ${size ?? "?"} entries`;
    return `${faults.length === 0 ? "✔" : "✘"} ${[name + what, ...faults].join(", ")}\n`;
  });
  const open = report.notCovered.map((name) => `? not covered by a checkpoint: ${name}\n`);
  const sentence =
    report.verdict === "ok"
      ? `✔ ${report.entries} entries, every tile and every checkpoint agree.`
      : "✘ Something does not agree.";
  return `${checkpoints.join("")}${report.problems.map(renderProblem).join("")}${open.join("")}${sentence}\n`;
}
