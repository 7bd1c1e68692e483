import { expect } from "chai";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "../../scripts/test/chromium.ts";
import { COMMUNITY } from "./office.ts";
import { startService, type RunningService } from "./service.ts";

const STEP = 60_000;

const HEADER = "幢号,单元,房号,建筑面积,用途,业主姓名,证件号码";
const CLEAN = [
  HEADER,
  "1,1,101,98.5,住宅,张三,110101199003074477",
  "1,1,102,120.25,住宅,李四,11010119900307109X",
  "1,1,103,77.25,住宅,张三,110101199003074477",
].join("\n");
const FAULTY = [HEADER, "1,1,101,许多,住宅,张三,110101199003074477"].join("\n");

/** A PNG of one pixel. */
const SCAN = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

async function chooseAll(page: Page, selector: string): Promise<void> {
  for (const choice of await page.locator(selector).all()) await choice.selectOption("for");
}

describe("two officers at their desks", function () {
  this.timeout(240_000);
  let service: RunningService;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  let registrar: Page;
  let committee: Page;

  async function takeDesk(title: RegExp): Promise<Page> {
    const context = await browser.newContext();
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(STEP);
    await page.goto(`${service.url}/officers/${COMMUNITY}`);
    await page.getByRole("button", { name: title }).click();
    await page.getByRole("button", { name: "待办" }).waitFor();
    return page;
  }

  const upload = (page: Page, table: string): Promise<void> =>
    page
      .locator('input[type="file"]')
      .setInputFiles({ name: "roll.csv", mimeType: "text/csv", buffer: Buffer.from(table) });

  const mine = (page: Page, kind: string) =>
    page.locator(`[data-proposal="${kind}"][data-mine="true"]`);

  before(async () => {
    [service, browser] = await Promise.all([startService(), launchBrowser()]);
    registrar = await takeDesk(/居民委员会/);
    committee = await takeDesk(/业主委员会/);
  });
  after(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await browser?.close();
    await service?.stop();
  });

  it("see which lines of a roll are refused and why, and cannot freeze it", async () => {
    await registrar.getByRole("button", { name: "名册", exact: true }).click();
    await upload(registrar, FAULTY);
    await registrar.locator('[data-import="blocked"]').waitFor();
    await registrar.locator('[data-remark="AreaMalformed"]', { hasText: "第 2 行" }).waitFor();
    expect(await registrar.getByRole("button", { name: "提请冻结名册" }).count()).to.equal(0);
  });

  it("see totals and merged owners before anything is stored, and freeze the roll by signing both", async () => {
    await upload(registrar, CLEAN);
    await registrar.locator('[data-import="clean"]').waitFor();
    const figures = await registrar.locator('[data-import="clean"] .figures').innerText();
    expect(figures)
      .to.match(/2\s+人/)
      .and.to.include("296.00");
    await registrar.getByLabel("表决范围说明").fill("试验范围");
    await registrar.getByRole("button", { name: "提请冻结名册" }).click();
    await registrar.getByText("已发起冻结").waitFor();

    await registrar.getByRole("button", { name: "待办" }).click();
    const task = mine(registrar, "freezeRoll");
    await task.waitFor();
    expect(await task.locator('[data-signed="Roll"]').innerText()).to.include("2960000");
    await task.getByRole("button", { name: "签名" }).click();
    await task.waitFor({ state: "detached" });

    const other = mine(committee, "freezeRoll");
    await other.getByRole("button", { name: "签名" }).click();
    await other.waitFor({ state: "detached" });
    await registrar.getByRole("button", { name: "名册", exact: true }).click();
    await registrar.locator("li", { hasText: "试验范围" }).getByText("已冻结").waitFor();
  });

  it("hand out one invitation per household, printed once", async () => {
    await registrar.getByRole("button", { name: "钥匙", exact: true }).click();
    await registrar.getByRole("button", { name: "生成邀请码" }).click();
    await registrar.locator(".invitation").first().waitFor();
    expect(await registrar.locator(".invitation").count()).to.equal(2);
    expect(await registrar.locator(".invitation-code").first().innerText()).to.match(
      /^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/,
    );
  });

  it("enter a paper ballot and check it blind, each by another teller, and seal it by signing both", async () => {
    const [first, second] = [await takeDesk(/计票人甲/), await takeDesk(/计票人乙/)];
    for (const page of [first, second]) {
      await page.getByRole("button", { name: "纸质票", exact: true }).click();
    }
    await first.getByLabel("房号").fill("1-1-302");
    await chooseAll(first, "form select");
    await first
      .locator('form input[type="file"]')
      .setInputFiles({ name: "scan.png", mimeType: "image/png", buffer: SCAN });
    await first.getByRole("button", { name: "提交录入" }).click();
    await first.locator('[data-paper="entered"]').getByText("须另一人复核").waitFor();

    await second.locator('[data-paper="entered"] summary').click();
    await chooseAll(second, '[data-paper="entered"] select');
    await second.getByRole("button", { name: "提交复核" }).click();
    await second.locator('[data-paper="checked"]').waitFor();
    await second.getByRole("button", { name: /提请封存/ }).click();
    for (const page of [first, second]) {
      await page.getByRole("button", { name: "待办" }).click();
      const task = mine(page, "sealPaper");
      await task.getByRole("button", { name: "签名" }).click();
      await task.waitFor({ state: "detached" });
    }
    await second.getByRole("button", { name: "纸质票", exact: true }).click();
    await second.locator('[data-paper="sealed"]').waitFor();
  });

  it("call a meeting: the draft survives leaving, and both sign what will be announced", async () => {
    await registrar.getByRole("button", { name: "召集会议", exact: true }).click();
    const day = (days: number): string =>
      new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16);
    await registrar.getByLabel("会议名称").fill("试验会议");
    await registrar.reload();
    await registrar.getByRole("button", { name: "召集会议", exact: true }).click();
    expect(await registrar.getByLabel("会议名称").inputValue()).to.equal("试验会议");
    await registrar.getByLabel("使用的名册").selectOption({ index: 1 });
    await registrar.getByLabel("表决范围").fill("试验范围");
    await registrar.getByLabel("召集人").fill("业委会");
    await registrar.getByLabel("联系方式").fill("办公室");
    await registrar.getByLabel("开始表决").fill(day(20));
    await registrar.getByLabel("截止表决").fill(day(40));
    await registrar.getByLabel("事项标题").fill("试验事项");
    await registrar.getByLabel("事项全文").fill("试验全文");
    await registrar.getByLabel("以上规则的出处").fill("议事规则第一条");
    await registrar.getByRole("button", { name: "提请召集" }).click();
    await registrar.getByText("已发起").waitFor();
    for (const page of [registrar, committee]) {
      await page.getByRole("button", { name: "待办" }).click();
      const task = mine(page, "convene");
      await task.getByRole("button", { name: "签名" }).click();
      await task.waitFor({ state: "detached" });
    }
    await registrar.goto(`${service.url}/communities/${COMMUNITY}`);
    await registrar.getByRole("heading", { name: "试验会议" }).waitFor();
  });
});
