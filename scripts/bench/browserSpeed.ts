import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { build } from "vite";
import { launchBrowser } from "../test/chromium.ts";
import { timeSeconds } from "./speed.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const PATIENCE_MS = 300_000;

/** Chooses the file as a person does, and waits for the verdict. */
async function verifyFile(page: Page, file: string): Promise<void> {
  await page.locator("input#file").setInputFiles(file);
  const verdict = page.locator("[data-verdict]");
  await verdict.waitFor({ timeout: PATIENCE_MS });
  const found = await verdict.getAttribute("data-verdict");
  if (found !== "consistent") throw new Error(`the bundle is not in order: ${found}`);
}

/**
 * Seconds in which the verifier, one file opened from disk in Chromium, re-checks a bundle in its worker: from the
 * choice of the file to the verdict.
 */
export async function timeInChromium(archive: Uint8Array): Promise<number> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-bench-"));
  const configFile = path.join(ROOT, "vite.verifier.config.ts");
  await build({ configFile, logLevel: "error", build: { outDir: folder, emptyOutDir: true } });
  const file = path.join(folder, "bundle.zip");
  fs.writeFileSync(file, archive);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(path.join(folder, "verifier.html")).href);
    return await timeSeconds(() => verifyFile(page, file));
  } finally {
    await browser.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
