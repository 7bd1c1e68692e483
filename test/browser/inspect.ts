import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds, by rule and place. The page's policy must be bypassed for it. */
export async function findFaults(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axe.source });
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(" ")}`),
  );
}

/** By how many pixels the page is wider than the screen. */
export const findOverflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

const switchLanguage = (page: Page): Promise<void> => page.locator("button.language").click();

/** Faults of a screen as it stands, in both languages, and at 320 px in the largest letters; it is left as it was. */
export async function inspectScreen(page: Page, name: string): Promise<string[]> {
  const faults = await findFaults(page);
  await switchLanguage(page);
  await page.locator('html[lang="en"]').waitFor();
  faults.push(...(await findFaults(page)));
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 740 });
  await page.getByRole("button", { name: "A++" }).click();
  if ((await findOverflow(page)) > 0) faults.push("scrolls sideways");
  await page.getByRole("button", { name: /A$/ }).click();
  if (size) await page.setViewportSize(size);
  await switchLanguage(page);
  await page.locator('html[lang="zh-CN"]').waitFor();
  return faults.map((fault) => `${name}: ${fault}`);
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
