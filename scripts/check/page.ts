import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { runTool } from "./program.ts";
import type { Verdict } from "./step.ts";

/** What a phone on a slow line loads before it sees the first sentence, compressed. */
const FIRST_LOAD_LIMIT_KB = 200;

/** Builds the page, beside the one that a service may be showing, and adds up what its first view loads. */
export async function checkPage(): Promise<Verdict> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-page-"));
  try {
    const flags = ["--logLevel", "warn", "--outDir", directory, "--emptyOutDir"];
    const build = await runTool("vite", ["build", ...flags]);
    return build.ok ? measure(directory) : build;
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
}

function measure(directory: string): Verdict {
  const html = fs.readFileSync(path.join(directory, "index.html"), "utf8");
  const files = [...html.matchAll(/(?:src|href)="\.?\/([^"]+\.(?:js|css))"/g)].map(
    (m) => m[1] ?? "",
  );
  const sizes = files.map((file) => ({
    file,
    bytes: gzipSync(fs.readFileSync(path.join(directory, file))).length,
  }));
  const totalKb = sizes.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
  const lines = sizes.map(({ file, bytes }) => `${(bytes / 1000).toFixed(1)} kB  ${file}`);
  const summary = `first view: ${totalKb.toFixed(1)} kB compressed, at most ${FIRST_LOAD_LIMIT_KB} kB`;
  const ok = files.length > 0 && totalKb <= FIRST_LOAD_LIMIT_KB;
  return { ok, output: [...lines, summary].join("\n") };
}
