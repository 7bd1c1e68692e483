import type { Page } from "playwright-core";
import { COMMUNITY } from "./office.ts";

/** A bank's table as a file. */
export const statement = (rows: string[]): Buffer =>
  Buffer.from(["记账日,进,出,结存,往来单位,事由", ...rows].join("\n"));

export const upload = (page: Page, bytes: Buffer): Promise<void> =>
  page
    .locator('input[type="file"]')
    .setInputFiles({ name: "statement.csv", mimeType: "text/csv", buffer: bytes });

/** Up to where the first account's statements go. */
export async function readStanding(url: string): Promise<{ day: string; closing: bigint }> {
  const response = await fetch(`${url}/api/communities/${COMMUNITY}/fund/bank`);
  const { accounts } = (await response.json()) as {
    accounts: { closing: string; closedOn: string }[];
  };
  return { day: accounts[0]!.closedOn, closing: BigInt(accounts[0]!.closing) };
}

const TITLES = { 交易日期: "记账日", 收入: "进", 支出: "出", 余额: "结存" };

/** Says which title of `statement`'s table holds what. */
export async function nameColumns(page: Page): Promise<void> {
  for (const [label, title] of Object.entries(TITLES)) {
    await page.getByLabel(label, { exact: true }).fill(title);
  }
}

/** Names another column once a table was previewed, then previews it again; how many buttons offered the import between. */
export async function readOtherwise(page: Page, text: string): Promise<number> {
  await page.locator('[data-bank-preview="sound"]').waitFor();
  await page.getByLabel("摘要", { exact: true }).fill(text);
  await page.locator('[data-bank-preview="stale"]').waitFor();
  const offered = await page.getByRole("button", { name: "导入", exact: true }).count();
  await page.getByRole("button", { name: "预览" }).click();
  await page.locator('[data-bank-preview="sound"]').waitFor();
  return offered;
}

export const yuan = (fen: bigint): string => {
  const digits = fen.toString().padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** What waits at the books' desk is done. */
export async function confirmDraft(page: Page): Promise<void> {
  await page.getByRole("button", { name: "核对无误，确认入账" }).click();
  await page.getByText("没有等候确认的账目").waitFor();
}

/** Enters other rules of the fund at the books' desk, wrongly first; they wait for another officer. */
export async function enterSettings(page: Page, source: string): Promise<void> {
  await page.getByLabel("办理").selectOption("settings");
  const share = page.getByLabel(/^公共收益转入维修资金的百分比/);
  await share.waitFor();
  await page.getByLabel("余额低于首期交存的百分之几应续交").fill("25");
  await share.fill("62.55");
  await page.getByLabel("转入规则的出处").fill(source);
  await page.getByRole("button", { name: "录入", exact: true }).click();
  await page.locator('[data-problem="SettingsPercentInvalid"]').waitFor();
  await share.fill("62.5");
  await page.getByLabel("多久转入一次").selectOption("quarter");
  await page.getByRole("button", { name: "录入", exact: true }).click();
  await page.locator('[data-draft="settings"]', { hasText: source }).waitFor();
}

interface Charged {
  readonly day: string;
  readonly amount: string;
  /** An entrance. */
  readonly places: string;
  readonly factors: string;
}

/** Enters a charge for a lift at the books' desk; it waits for another officer. */
export async function enterCharge(page: Page, charged: Charged): Promise<void> {
  await page.getByLabel("种类").selectOption("charge");
  await page.getByLabel("类别").selectOption("lift");
  await page.getByLabel("日期").fill(charged.day);
  await page.getByLabel("金额（元）").fill(charged.amount);
  await page.getByLabel("摘要").fill("加装电梯");
  await page.getByLabel("由哪些户分摊").selectOption("entrances");
  await page.getByLabel(/^哪些单元/).fill(charged.places);
  await page.getByLabel(/^系数/).fill(charged.factors);
  await page.getByRole("button", { name: "录入", exact: true }).click();
  await page.locator('[data-draft="entry"]', { hasText: "加装电梯" }).first().waitFor();
}

interface Schedule {
  readonly scope: unknown;
  readonly rule: { readonly factors?: unknown };
}

/** The published apportionment schedule of the newest entry with these words. */
export async function readSchedule(url: string, narration: string): Promise<Schedule> {
  const path = `${url}/api/communities/${COMMUNITY}`;
  const response = await fetch(`${path}/fund/entries?kind=charge&limit=20`);
  const { items } = (await response.json()) as { items: { narration: string; schedule: string }[] };
  const entry = items.find((item) => item.narration === narration);
  if (!entry) throw new Error(`no entry “${narration}”`);
  return (await (await fetch(`${path}/documents/${entry.schedule}`)).json()) as Schedule;
}
