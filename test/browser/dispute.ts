import { expect } from "chai";
import type { Locator, Page } from "playwright-core";

/** Makes a dispute file on a page that offers one, and has it checked on the page for that; gives outcome and reason. */
export async function dispute(
  page: Page,
  kind: string,
  says: string,
  place: Page | Locator = page,
): Promise<string> {
  await place.locator("summary", { hasText: "制作争议文件" }).last().click();
  const maker = place.locator(`[data-dispute-maker="${kind}"]`);
  await maker.getByLabel("您想补充的话").fill(says);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    maker.getByRole("button", { name: "制作争议文件" }).click(),
  ]);
  const file = await download.path();
  await maker.getByRole("link", { name: "在这台设备上核验它" }).click();
  await page.getByLabel("选择争议文件").setInputFiles(file);
  const found = page.locator("[data-dispute]");
  await found.waitFor();
  expect(await found.innerText()).to.include(says);
  return `${await found.getAttribute("data-dispute")} ${await found.getAttribute("data-reason")}`;
}
