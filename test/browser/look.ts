import type { Browser, BrowserContext, Page } from "playwright-core";
import type { Screen } from "./screens.ts";

const STEP = 60_000;

/** How a reader has set browser and page. */
export interface Look {
  readonly language: "zh" | "en";
  readonly size: "a" | "aaa";
  readonly width: number;
}

/** What is looked at, with which browser. */
export interface Visit {
  readonly browser: Browser;
  readonly url: string;
  readonly screens: readonly Screen[];
}

/** One browser for all screens of a look: it keeps its keys, as a person's does. */
async function openContext(browser: Browser, look: Look): Promise<BrowserContext> {
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

/** Opens one screen after the other, and looks at each once it has its content. */
export async function forEachScreen(
  { browser, url, screens }: Visit,
  look: Look,
  inspect: (page: Page, screen: Screen) => Promise<void>,
): Promise<void> {
  const context = await openContext(browser, look);
  for (const screen of screens) {
    const page = await context.newPage();
    page.setDefaultTimeout(STEP);
    await page.goto(url + screen.path);
    await screen.reach?.(page);
    await page.locator(screen.shows).first().waitFor({ state: "attached" });
    await inspect(page, screen);
    await page.close();
  }
  await context.close();
}

/** Sets an open page as its reader could, without loading it again. */
export async function setLook(page: Page, look: Omit<Look, "language">): Promise<void> {
  await page.setViewportSize({ width: look.width, height: 740 });
  await page.evaluate((size) => {
    document.documentElement.dataset["size"] = size;
  }, look.size);
}
