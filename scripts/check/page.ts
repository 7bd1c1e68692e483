import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { runTool } from "./program.ts";
import type { Verdict } from "./step.ts";

/** All code and style that a phone loads before it sees the first screen, compressed. */
const FIRST_LOAD_LIMIT_KB = 90;

/** Asked for by the first screen itself: one of the languages, the larger is reckoned. */
const LANGUAGES = ["messages/zh.ts", "messages/en.ts"];

/** Vite's list of what was built: a file, and what it needs at once. */
type Manifest = Record<string, { file: string; imports?: string[]; css?: string[] }>;

/** The verifier that opens from disk, compressed: all of it, reading of the chain included. */
const VERIFIER_LIMIT_KB = 60;

/** What it takes out of the evidence where that holds funds, a whole community or a claim, compressed. */
const PART_LIMIT_KB = 120;

/** Builds the verifier and weighs it. */
export async function checkVerifier(): Promise<Verdict> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-verifier-"));
  try {
    const flags = ["--logLevel", "warn", "--outDir", directory, "--emptyOutDir"];
    const config = ["--config", "vite.verifier.config.ts"];
    const build = await runTool("vite", ["build", ...config, ...flags]);
    if (!build.ok) return build;
    const limits = { "verifier.html": VERIFIER_LIMIT_KB, "verifier.js": PART_LIMIT_KB };
    const found = Object.entries(limits).map(([name, limitKb]) => {
      const bytes = fs.readFileSync(path.join(directory, name));
      const sizeKb = gzipSync(bytes, { level: 9 }).length / 1000;
      const output = `${name}: ${sizeKb.toFixed(1)} kB compressed, at most ${limitKb} kB`;
      return { ok: sizeKb <= limitKb, output };
    });
    return {
      ok: found.every(({ ok }) => ok),
      output: found.map(({ output }) => output).join("\n"),
    };
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
}

/** Builds the page, beside the one that a service may be showing, and adds up what its first screen loads. */
export async function checkPage(): Promise<Verdict> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-page-"));
  try {
    const flags = ["--logLevel", "warn", "--manifest", "--outDir", directory, "--emptyOutDir"];
    const build = await runTool("vite", ["build", ...flags]);
    return build.ok ? measure(directory) : build;
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
}

/** The files that an entry needs before it can run. */
function filesOf(manifest: Manifest, entry: string, files = new Set<string>()): Set<string> {
  const part = manifest[entry];
  if (!part) throw new Error(`the build has no ${entry}`);
  for (const file of [part.file, ...(part.css ?? [])]) files.add(file);
  for (const needed of part.imports ?? []) filesOf(manifest, needed, files);
  return files;
}

function filesOfDocument(html: string): string[] {
  return [...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map((match) => match[1]!);
}

function measure(directory: string): Verdict {
  const read = (file: string) => fs.readFileSync(path.join(directory, file));
  const manifest = JSON.parse(read(".vite/manifest.json").toString()) as Manifest;
  const sizeOf = (file: string): number => read(`${file}.gz`).length;
  const total = (files: Iterable<string>): number =>
    [...files].reduce((sum, file) => sum + sizeOf(file), 0);
  const first = new Set(filesOfDocument(read("index.html").toString()));
  const languages = LANGUAGES.map((entry) =>
    [...filesOf(manifest, entry)].filter((file) => !first.has(file)),
  );
  const [largest] = languages.sort((a, b) => total(b) - total(a));
  const files = ["index.html", ...first, ...largest!, "service-worker.js"];
  const totalKb = total(files) / 1000;
  const lines = files.map((file) => `${(sizeOf(file) / 1000).toFixed(1)} kB  ${file}`);
  const summary = `first screen: ${totalKb.toFixed(1)} kB compressed, at most ${FIRST_LOAD_LIMIT_KB} kB`;
  // Scripts and styles: fewer than that, and the document was not understood.
  const ok = first.size >= 2 && totalKb <= FIRST_LOAD_LIMIT_KB;
  return { ok, output: [...lines, summary].join("\n") };
}
