import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { readArchive } from "../../protocol/verify/bundle/archive.ts";
import type { Check } from "../../protocol/verify/report.ts";

/** What the verifier from disk says of a file. */
interface Said {
  /** Of a dispute file: outcome and reason. */
  readonly dispute: string | undefined;
  /** What is not in order, as `status name subject`. */
  readonly open: string[];
}

/** Checks that are not in order, as the page from disk shows them. */
export const listOpen = (checks: readonly Check[]): string[] =>
  checks
    .filter(({ status }) => status !== "ok")
    .map(({ status, name, subject }) => `${status} ${name} ${subject}`)
    .sort();

async function read(page: Page): Promise<Said> {
  await page.locator("[data-verdict]").waitFor();
  const claim = page.locator("[data-dispute]");
  const isDispute = (await claim.count()) > 0;
  const open = await page.locator("[data-status]").evaluateAll((checks) =>
    checks.map((check) => {
      const { status, check: name, subject } = (check as HTMLElement).dataset;
      return `${status} ${name} ${subject}`;
    }),
  );
  return {
    dispute: isDispute
      ? `${await claim.getAttribute("data-dispute")} ${await claim.getAttribute("data-reason")}`
      : undefined,
    open: open.sort(),
  };
}

/** Unpacks evidence, opens the verifier.html that lies in it from disk, and hands it the file. */
export async function verifyFromDisk(browser: Browser, archive: Uint8Array): Promise<Said> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-disk-"));
  const context = await browser.newContext({ offline: true });
  try {
    const html = (await readArchive(archive)).get("verifier.html")!;
    fs.writeFileSync(path.join(folder, "verifier.html"), html);
    fs.writeFileSync(path.join(folder, "evidence.zip"), archive);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(pathToFileURL(path.join(folder, "verifier.html")).href);
    await page.locator("input#file").setInputFiles(path.join(folder, "evidence.zip"));
    return await read(page);
  } finally {
    await context.close();
    fs.rmSync(folder, { recursive: true });
  }
}
