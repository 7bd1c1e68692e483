import type { Page } from "playwright-core";
import { eventually } from "../api/http/client.ts";

/** At the officers' desk: another part of it. */
export const openTab = (page: Page, name: string): Promise<void> =>
  page.locator(".tab", { hasText: name }).click();

export const next = (page: Page): Promise<void> =>
  page.getByRole("button", { name: "下一步" }).click();

export const chooseTable = (page: Page, table: string): Promise<void> =>
  page
    .locator('input[type="file"]')
    .setInputFiles({ name: "roll.csv", mimeType: "text/csv", buffer: Buffer.from(table) });

/** The wizard is at this step. */
export const reachStep = (page: Page, step: number): Promise<void> =>
  page.locator(`[data-wizard-step="${step}"]`).waitFor();

export const tickRead = (page: Page): Promise<void> =>
  page.getByLabel("我已看过，内容无误").check();

/** What the register states, from the step at which the table was read, to the last. */
export async function stateTotals(page: Page, units: string, area: string): Promise<void> {
  await page.getByLabel("底册上的总户数").fill(units);
  await page.getByLabel("底册上的总面积（m²）").fill(area);
  await next(page);
  await page.locator("[data-difference]").waitFor();
}

export async function proposeRoll(page: Page, scope: string): Promise<void> {
  await next(page);
  await page.getByLabel("表决范围说明").fill(scope);
  await tickRead(page);
  await page.getByRole("button", { name: "提请冻结名册" }).click();
  await page.getByText("已发起冻结").waitFor();
}

export async function fillMeeting(page: Page, title: string): Promise<void> {
  await page.getByLabel("会议名称").fill(title);
  await page.getByLabel("使用的名册").selectOption({ index: 1 });
  await page.getByLabel("召集人").fill("业委会");
  await page.getByLabel("联系方式").fill("办公室");
  await next(page);
  await page.getByLabel("事项标题").fill("试验事项");
  await page.getByLabel("事项全文").fill("试验全文");
  await next(page);
}

/** Signs what waits for this officer. */
export async function sign(page: Page, kind: string): Promise<void> {
  await openTab(page, "待办");
  const task = page.locator(`[data-proposal="${kind}"][data-mine="true"]`).first();
  await task.getByRole("button", { name: "签名" }).click();
  await task.waitFor({ state: "detached" });
}

/** The meeting stands on chain and is announced: pages that ask seldom need not be waited for. */
export async function waitForMeeting(url: string, community: string, title: string): Promise<void> {
  await eventually(async () => {
    const response = await fetch(`${url}/api/communities/${community}/meetings`);
    const { items } = (await response.json()) as { items: { title: string }[] };
    return items.find((meeting) => meeting.title === title);
  });
}
