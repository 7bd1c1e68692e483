import { expect } from "chai";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { COMMUNITY } from "./office.ts";
import { startService, withBrowser, type RunningService } from "./service.ts";
import {
  chooseTable,
  fillMeeting,
  next,
  openTab,
  proposeRoll,
  reachStep,
  sign,
  stateTotals,
  tickRead,
  waitForMeeting,
} from "./wizards.ts";

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

/** The next reading of a table is answered only when the one that follows it is on the screen. */
async function answerLate(page: Page): Promise<{ answered: Promise<void> }> {
  let readings = 0;
  const followed = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  await page.route("**/imports", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    readings += 1;
    if (readings > 1) {
      await route.continue();
      return followed.resolve();
    }
    const response = await route.fetch();
    await followed.promise;
    await page.locator('[data-import="blocked"]').waitFor();
    await route.fulfill({ response });
    answered.resolve();
  });
  return { answered: answered.promise };
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

  const mine = (page: Page, kind: string) =>
    page.locator(`[data-proposal="${kind}"][data-mine="true"]`);

  before(async () => {
    [service, browser] = await withBrowser(startService());
    registrar = await takeDesk(/居民委员会/);
    committee = await takeDesk(/业主委员会/);
  });
  after(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await browser?.close();
    await service?.stop();
  });

  it("say what columns hold, see which lines are refused and why, and cannot go on", async () => {
    await openTab(registrar, "名册");
    await chooseTable(registrar, FAULTY);
    await reachStep(registrar, 1);
    const late = await answerLate(registrar);
    await registrar.getByLabel("用途").selectOption("");
    await registrar.getByLabel("用途").selectOption({ label: "用途" });
    await next(registrar);
    await registrar.locator('[data-import="blocked"]').waitFor();
    // The first of the two readings was overtaken, and takes nobody back to the columns.
    await late.answered;
    await reachStep(registrar, 2);
    await registrar.locator('[data-remark="AreaMalformed"]', { hasText: "第 2 行" }).waitFor();
    expect(await registrar.getByRole("button", { name: "下一步" }).isDisabled()).to.equal(true);
  });

  it("hold the totals against the register's, leave and come back, and see the difference to the last roll", async () => {
    await chooseTable(registrar, CLEAN);
    await reachStep(registrar, 1);
    await next(registrar);
    await registrar.locator('[data-import="clean"]').waitFor();
    await next(registrar);
    const figures = await registrar.locator('[data-import="clean"] .figures').innerText();
    expect(figures)
      .to.match(/2\s+人/)
      .and.to.include("296.00");
    await registrar.getByLabel("底册上的总户数").fill("4");
    await registrar.getByLabel("底册上的总面积（m²）").fill("296");
    await registrar.getByText("户数不符：名册与底册相差 -1 户").waitFor();
    await registrar.reload();
    await reachStep(registrar, 3);
    await stateTotals(registrar, "3", "296.00");
    expect(
      await registrar.locator("[data-difference]").getAttribute("data-difference"),
    ).not.to.equal("0");
    await registrar.getByText(/^不见了的户/).waitFor();
  });

  it("freeze the roll by signing both; nobody signs twice, and the button says why", async () => {
    await proposeRoll(registrar, "试验范围");
    await openTab(registrar, "待办");
    const task = mine(registrar, "freezeRoll");
    await task.waitFor();
    expect(await task.locator('[data-signed="Roll"]').innerText()).to.include("2960000");
    await sign(registrar, "freezeRoll");
    const signed = registrar.locator('[data-proposal="freezeRoll"][data-mine="false"]').first();
    await signed.getByText("您已经签过").waitFor();
    expect(await signed.getByRole("button", { name: "签名" }).isDisabled()).to.equal(true);
    expect(await signed.locator("[data-history]").innerText()).to.include("登记员");

    await mine(committee, "freezeRoll").locator("summary").first().click();
    await mine(committee, "freezeRoll").locator("[data-difference]").waitFor();
    await sign(committee, "freezeRoll");
    await openTab(registrar, "名册");
    await registrar.locator("li", { hasText: "试验范围" }).getByText("已冻结").waitFor();
  });

  it("hand out one invitation per household, printed once", async () => {
    await openTab(registrar, "钥匙");
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

  it("call a meeting: the draft survives leaving, the notice period is kept, and both sign what will be announced", async () => {
    await openTab(registrar, "召集会议");
    await registrar.getByLabel("会议名称").fill("试验会议");
    await registrar.reload();
    expect(await registrar.getByLabel("会议名称").inputValue()).to.equal("试验会议");
    await fillMeeting(registrar, "试验会议");
    const day = (days: number): string =>
      new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16);
    await registrar.getByLabel("以上规则的出处").fill("议事规则第一条");
    await registrar.getByLabel("开始表决").fill(day(10));
    await registrar.getByLabel("截止表决").fill(day(40));
    await registrar.getByText("公告期不够 15 天").waitFor();
    expect(await registrar.getByRole("button", { name: "下一步" }).isDisabled()).to.equal(true);
    await registrar.getByLabel("开始表决").fill(day(20));
    await next(registrar);
    await registrar.locator("[data-preview]", { hasText: "试验全文" }).waitFor();
    await next(registrar);
    await tickRead(registrar);
    await registrar.getByRole("button", { name: "提请召集" }).click();
    await registrar.getByText("已发起").waitFor();
    await sign(registrar, "convene");
    await sign(committee, "convene");
    await waitForMeeting(service.url, COMMUNITY, "试验会议");
    await registrar.goto(`${service.url}/communities/${COMMUNITY}`);
    await registrar.getByRole("heading", { name: "试验会议" }).waitFor();
  });

  it("extend a meeting under way by signing both", async () => {
    await committee.goto(`${service.url}/officers/${COMMUNITY}/convene`);
    const meeting = committee.locator("[data-extend]", { hasText: "试验会议" });
    await meeting.locator("summary").click();
    const later = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 16);
    await meeting.getByLabel("新的截止时间").fill(later);
    await meeting.getByLabel("理由（公开）").fill("参与人数不足");
    await meeting.getByRole("checkbox").check();
    await meeting.getByRole("button", { name: "提请延长" }).click();
    await meeting.getByText("已提请").waitFor();
    await sign(committee, "extend");
    await registrar.goto(`${service.url}/officers/${COMMUNITY}`);
    await sign(registrar, "extend");
    await registrar.locator('[data-proposal="extend"]').getByText("已完成").waitFor();
  });

  it("dismiss an officer by signing both, who can then sign no more", async () => {
    await committee.goto(`${service.url}/officers/${COMMUNITY}/officers`);
    const teller = committee.locator('[data-officer="计票人乙"]');
    await teller.locator("summary").click();
    await teller.getByRole("button", { name: "提请免去“计票人乙”" }).click();
    await teller.getByText("已提请").waitFor();
    await sign(committee, "setOfficer");
    await sign(registrar, "setOfficer");
    await openTab(registrar, "工作人员");
    await registrar.locator('[data-officer="计票人甲"]').waitFor();
    await registrar.locator('[data-officer="计票人乙"]').waitFor({ state: "detached" });
  });
});
