import fs from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { launchBrowser } from "../../scripts/test/chromium.ts";
import { forEachScreen, setLook, type Look } from "./look.ts";
import { listScreens } from "./screens.ts";
import { startService } from "./service.ts";

// `npm run screenshots`: every screen in both languages, on a phone and on a desktop, in the smallest and the largest
// letters, to be looked at by people.

const FOLDER = path.resolve(import.meta.dirname, "../../screenshots");
const PHONE = 360;
const DESKTOP = 1280;

/** screenshots/<language>-<width>-<size>/<screen>.png */
async function takePictures(page: Page, look: Look, file: string): Promise<void> {
  for (const width of [PHONE, DESKTOP]) {
    for (const size of ["a", "aaa"] as const) {
      await setLook(page, { size, width });
      const folder = path.join(FOLDER, `${look.language}-${width}-${size}`);
      await page.screenshot({ path: path.join(folder, `${file}.png`), fullPage: true });
    }
  }
}

fs.rmSync(FOLDER, { recursive: true, force: true });
const service = await startService();
const browser = await launchBrowser();
try {
  const visit = { browser, url: service.url, screens: await listScreens(service.url) };
  for (const language of ["zh", "en"] as const) {
    const look: Look = { language, size: "a", width: PHONE };
    let number = 0;
    await forEachScreen(visit, look, async (page, { name }) => {
      await page.waitForLoadState("networkidle");
      const place = String(++number).padStart(2, "0");
      await takePictures(page, look, `${place}-${name.replaceAll(" ", "-")}`);
      console.log(`${language}: ${name}`);
    });
  }
} finally {
  await browser.close();
  await service.stop();
}
