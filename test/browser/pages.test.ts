import { expect } from "chai";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { findFaults, findOverflow } from "./inspect.ts";
import { forEachScreen, setLook } from "./look.ts";
import { listScreens, type Screen } from "./screens.ts";
import { startService, withBrowser, type RunningService } from "./service.ts";

describe("every screen", function () {
  this.timeout(600_000);
  let service: RunningService;
  let browser: Browser;
  let screens: Screen[];

  before(async () => {
    [service, browser] = await withBrowser(startService());
    screens = await listScreens(service.url);
  });
  after(async () => {
    await browser?.close();
    await service?.stop();
  });

  for (const language of ["zh", "en"] as const) {
    it(`has no fault that axe finds, and fits 320 px in the largest letters, with targets of 60 px (${language})`, async () => {
      const faults: string[] = [];
      const look = async (page: Page): Promise<string[]> => {
        const found = await findFaults(page);
        await setLook(page, { size: "aaa", width: 320 });
        return [...found, ...(await findMisfits(page))];
      };
      const visit = { browser, url: service.url, screens };
      await forEachScreen(visit, { language, size: "a", width: 360 }, async (page, { name }) => {
        faults.push(...(await look(page)).map((fault) => `${name}: ${fault}`));
      });
      expect(faults).to.deep.equal([]);
    });
  }

  async function findMisfits(page: Page): Promise<string[]> {
    const faults = (await findSmallTargets(page)).map((text) => `small: ${text}`);
    if ((await findOverflow(page)) > 0) faults.push("scrolls sideways");
    // Letters of twice the size, as a browser's own setting has them.
    await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    if ((await findOverflow(page)) > 0) faults.push("scrolls sideways at 200 %");
    return faults;
  }

  /** Main targets are 60 px high in the large letters. */
  const findSmallTargets = (page: Page): Promise<string[]> =>
    page
      .locator(".button:visible, .option:visible, summary:visible, .nav a:visible")
      .evaluateAll((targets) =>
        targets
          .filter((target) => target.getBoundingClientRect().height < 60)
          .map((target) => target.textContent ?? ""),
      );

  it("keeps the language and the text size that were chosen in the header", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(service.url);
    await page.getByRole("button", { name: /English/ }).click();
    await page.getByRole("button", { name: "Text size A+", exact: true }).click();
    await page.reload();
    await page.getByText("Owners’ assembly").waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).to.equal("en");
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).to.equal(
      "22.4px",
    );
    await context.close();
  });

  it("says that this is a demonstration, which chain is in use, and loads nothing from elsewhere", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const hosts = new Set<string>();
    page.on("request", (request) => hosts.add(new URL(request.url()).origin));
    for (const { path } of screens) {
      await page.goto(service.url + path);
      await page.locator(".demonstration").waitFor();
    }
    await page.locator(".chain-line", { hasText: "服务自带的链" }).waitFor();
    expect([...hosts]).to.deep.equal([service.url]);
    await context.close();
  });

  it("carries on paper the code of where it can be checked, and draws none for the screen", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(service.url + screens.find(({ name }) => name === "notice")!.path);
    await page.locator(".print-foot").waitFor({ state: "attached" });
    await page.waitForLoadState("networkidle");
    expect(await page.locator(".print-foot .qr").count()).to.equal(0);
    await page.pdf();
    expect(await page.locator(".print-foot .qr path").getAttribute("d")).to.match(/^M4 4h7v1/);
    await context.close();
  });

  it("brings at most 90 kB of code and style, compressed, before the first screen is shown", async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    const sizes = new Map<string, Promise<number>>();
    page.on("response", (response) => {
      if (!/\.(js|css|html)$|\/$/.test(new URL(response.url()).pathname)) return;
      const size = response.body().then((body) => gzipSync(body, { level: 9 }).length / 1000);
      sizes.set(response.url(), size);
    });
    await page.addInitScript(noteWhenShown, ".cards");
    await page.goto(service.url);
    await page.waitForLoadState("networkidle");
    const asked = await page.evaluate(listAskedBeforeShown);
    const first = await Promise.all(asked.map(async (url) => sizes.get(url) ?? 0));
    expect(first.filter((size) => size > 0)).to.have.length.of.at.least(3);
    expect(first.reduce((sum, size) => sum + size, 0)).to.be.at.most(90);
    // What checks the log's signature comes behind it, while the screen is read, and what screens share.
    const all = await Promise.all(sizes.values());
    expect(all.reduce((sum, size) => sum + size, 0)).to.be.at.most(125);
    await context.close();
  });

  it("has compared the log with what this browser saw before, and says when it was changed", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(service.url);
    await page.getByText("这是您第一次").waitFor();
    await page.reload();
    // The service may have published what it inspected meanwhile; the sentence then says that the log has grown.
    await page.getByText(/原有内容没有改动|看过的内容，一条也没有改动/).waitFor();
    await page.evaluate(rememberOtherHead);
    await page.reload();
    await page.getByText("被改动或缺失").waitFor();
    await context.close();
  });
});

/** Runs in the page: as if the browser had seen another history. */
function rememberOtherHead(): Promise<void> {
  return new Promise((resolve) => {
    const asked = indexedDB.open("mingzhang");
    asked.onsuccess = () => {
      const store = asked.result.transaction("heads", "readwrite").objectStore("heads");
      const cursor = store.openCursor();
      cursor.onsuccess = () => {
        const seen = cursor.result!.value as { size: number };
        const root = `0x${"5a".repeat(32)}`;
        cursor.result!.update({ ...seen, size: seen.size - 1, root }).onsuccess = () => resolve();
      };
    };
  });
}

/** Runs in the page: keeps the moment at which such an element is first there. */
function noteWhenShown(selector: string): void {
  new MutationObserver((_, observer) => {
    if (!document.querySelector(selector)) return;
    window.shownAt = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}

/** Runs in the page: the addresses asked for before that moment. */
function listAskedBeforeShown(): string[] {
  if (window.shownAt === undefined) throw new Error("never shown");
  const shownAt = window.shownAt;
  return [
    ...performance.getEntriesByType("navigation"),
    ...performance.getEntriesByType("resource"),
  ]
    .filter(({ startTime }) => startTime <= shownAt)
    .map(({ name }) => name);
}

declare global {
  interface Window {
    shownAt?: number;
  }
}
