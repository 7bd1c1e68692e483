import axe from "axe-core";
import { expect } from "chai";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "./chromium.ts";
import { COMMUNITY, findMeeting } from "./office.ts";
import { startService, type RunningService } from "./service.ts";

const STEP = 60_000;

type Language = "zh" | "en";

interface Look {
  readonly language: Language;
  readonly size: "a" | "aaa";
  readonly width: number;
}

/** A screen, and what brings it into the state in which it is looked at. */
interface Screen {
  readonly name: string;
  readonly path: string;
  readonly reach?: (page: Page) => Promise<void>;
  /** There once the screen has its content. */
  readonly shows: string;
}

const clickFirst = (page: Page, selector: string): Promise<void> =>
  page.locator(selector).first().click();

/** Clicks `choice` unless what it leads to is there already. */
async function choose(page: Page, choice: string, leadsTo: string): Promise<void> {
  const there = page.locator(leadsTo).first();
  const first = page.locator(choice).first();
  await there.or(first).first().waitFor();
  if (!(await there.isVisible())) await first.click();
  await there.waitFor();
}

/** In the demonstration anybody may act as an invented owner. */
async function becomeOwner(page: Page): Promise<void> {
  await page.goto(new URL(`/communities/${COMMUNITY}/enrol`, page.url()).href);
  await choose(page, "[data-demo-owners] .button", '[data-own-check="pass"]');
}

async function openBooth(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
  await page.locator(".option").first().waitFor();
}

const openDesk = (page: Page): Promise<void> =>
  choose(page, "section .actions .button", ".tabs, .task");

async function openTab(page: Page, index: number): Promise<void> {
  await openDesk(page);
  await page.locator(".tab").nth(index).click();
}

async function listScreens(url: string): Promise<Screen[]> {
  const [final, voting, announced] = await Promise.all(
    ["final", "voting", "announced"].map(async (stage) => findMeeting(url, stage)),
  );
  const meeting = (number: number): string => `/communities/${COMMUNITY}/meetings/${number}`;
  const booth = `${meeting(voting!.number)}/vote`;
  const desk = { path: `/officers/${COMMUNITY}` };
  return [
    { name: "community", path: "/", shows: ".cards" },
    { name: "meeting announced", path: meeting(announced!.number), shows: ".motion-text" },
    { name: "meeting voting", path: meeting(voting!.number), shows: ".motion-text" },
    { name: "meeting final", path: meeting(final!.number), shows: ".tally" },
    {
      name: "recount",
      path: `${meeting(final!.number)}/recount`,
      reach: (page) => clickFirst(page, ".button-main"),
      shows: "[data-verdict] ~ .section",
    },
    { name: "notice", path: `${meeting(final!.number)}/bulletin`, shows: ".blocks .wide" },
    { name: "talk", path: `${meeting(final!.number)}/talk`, shows: ".note, textarea" },
    { name: "household", path: `${meeting(final!.number)}/mine`, shows: ".problem, .seal" },
    { name: "enrolment", path: `/communities/${COMMUNITY}/enrol`, shows: "#code" },
    { name: "own entry", path: "/", reach: becomeOwner, shows: ".seal" },
    { name: "booth", path: "/", reach: (page) => openBooth(page, booth), shows: ".booth-bar" },
    { name: "check", path: "/check", shows: ".file-label" },
    { name: "wrong receipt", path: "/check#r=x", shows: "[data-problem]" },
    { name: "sign-in of officers", ...desk, shows: "section .actions .button" },
    { name: "to-do list", ...desk, reach: openDesk, shows: ".task" },
    { name: "roll", ...desk, reach: (page) => openTab(page, 1), shows: ".checks" },
    { name: "keys", ...desk, reach: (page) => openTab(page, 2), shows: "select" },
    { name: "convocation", ...desk, reach: (page) => openTab(page, 3), shows: "textarea" },
    { name: "unknown address", path: "/nowhere", shows: "h1" },
  ];
}

describe("every screen", function () {
  this.timeout(600_000);
  let service: RunningService;
  let browser: Browser;
  let screens: Screen[];

  before(async () => {
    [service, browser] = await Promise.all([startService(), launchBrowser()]);
    screens = await listScreens(service.url);
  });
  after(async () => {
    await browser?.close();
    await service?.stop();
  });

  /** One browser for all screens of a look: it keeps its keys, as a person's does. */
  async function openContext(look: Look): Promise<BrowserContext> {
    const context = await browser.newContext({
      viewport: { width: look.width, height: 740 },
      bypassCSP: true,
      reducedMotion: "reduce",
    });
    await context.addInitScript(
      ([language, size]) => {
        localStorage.setItem("mingzhang.language", language!);
        localStorage.setItem("mingzhang.textSize", size!);
      },
      [look.language, look.size],
    );
    return context;
  }

  async function forEachScreen(
    look: Look,
    inspect: (page: Page, screen: Screen) => Promise<void>,
  ): Promise<void> {
    const context = await openContext(look);
    for (const screen of screens) {
      const page = await context.newPage();
      page.setDefaultTimeout(STEP);
      await page.goto(service.url + screen.path);
      await screen.reach?.(page);
      await page.locator(screen.shows).first().waitFor({ state: "attached" });
      await inspect(page, screen);
      await page.close();
    }
    await context.close();
  }

  async function findFaults(page: Page): Promise<string[]> {
    await page.addScriptTag({ content: axe.source });
    const { violations } = await page.evaluate(() => window.axe.run());
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target }) => `${id}: ${target.join(" ")}`),
    );
  }

  const overflow = (page: Page): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

  for (const language of ["zh", "en"] as const) {
    it(`has no fault that axe finds, and fits 320 px in the largest letters, with targets of 60 px (${language})`, async () => {
      const faults: string[] = [];
      const look = async (page: Page): Promise<string[]> => {
        const found = await findFaults(page);
        await enlarge(page);
        return [...found, ...(await findMisfits(page))];
      };
      await forEachScreen({ language, size: "a", width: 360 }, async (page, { name }) => {
        faults.push(...(await look(page)).map((fault) => `${name}: ${fault}`));
      });
      expect(faults).to.deep.equal([]);
    });
  }

  /** The smallest screen, and the largest letters of the header. */
  async function enlarge(page: Page): Promise<void> {
    await page.setViewportSize({ width: 320, height: 740 });
    await page.evaluate(() => (document.documentElement.dataset["size"] = "aaa"));
  }

  async function findMisfits(page: Page): Promise<string[]> {
    const faults = (await findSmallTargets(page)).map((text) => `small: ${text}`);
    if ((await overflow(page)) > 0) faults.push("scrolls sideways");
    // Letters of twice the size, as a browser's own setting has them.
    await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    if ((await overflow(page)) > 0) faults.push("scrolls sideways at 200 %");
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
    // What checks the log's signature comes behind it, while the screen is read.
    const all = await Promise.all(sizes.values());
    expect(all.reduce((sum, size) => sum + size, 0)).to.be.at.most(115);
    await context.close();
  });

  it("has compared the log with what this browser saw before, and says when it was changed", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(service.url);
    await page.getByText("这是您第一次").waitFor();
    await page.reload();
    await page.getByText("原有内容没有改动").waitFor();
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
    axe: typeof axe;
  }
}
