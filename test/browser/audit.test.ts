import { expect } from "chai";
import pg from "pg";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { findDatabase } from "../../api/database/client.ts";
import { COMMUNITY, OfficerAtWork, findMeeting } from "./office.ts";
import { startService, withBrowser, type RunningService } from "./service.ts";

const STEP = 60_000;
const INSPECTION = 240_000;
const REASON = "联系人已更换";

describe("an auditor", function () {
  this.timeout(400_000);
  let service: RunningService;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let meeting: Awaited<ReturnType<typeof findMeeting>>;

  const address = (): string => `${service.url}/communities/${COMMUNITY}/audit`;

  /** What somebody does who has the database in his hands. */
  async function tamper(sql: string, params: readonly unknown[]): Promise<void> {
    const database = await findDatabase({ dataDirectory: service.directory });
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(sql, [...params]).finally(() => client.end());
    await database.close();
  }

  async function takeDesk(): Promise<void> {
    await page.goto(`${service.url}/officers/${COMMUNITY}`);
    const role = page.getByRole("button", { name: /居民委员会/ });
    const tab = page.getByRole("button", { name: "核验与隐去" });
    await role.or(tab).first().waitFor();
    if (await role.isVisible()) await role.click();
    await tab.click();
  }

  before(async () => {
    [service, browser] = await withBrowser(startService());
    meeting = await findMeeting(service.url, "final");
    context = await browser.newContext();
    page = await context.newPage();
    page.setDefaultTimeout(STEP);
  });
  after(async () => {
    await context?.close();
    await browser?.close();
    await service?.stop();
  });

  it("reads first that nothing was checked yet, and how to check without anybody's word", async () => {
    await page.goto(service.url);
    await page.getByRole("link", { name: "核验全部记录" }).click();
    await page.locator('[data-integrity="none"]').waitFor();
    const recount = page.locator(`a[href$="/meetings/${meeting.number}/recount"]`);
    expect(await recount.innerText()).to.equal("在浏览器里重新计票");
    await page.getByText("所有记录都已上链").or(page.getByText("等候上链最久")).waitFor();
    await page.getByText("没有隐去过任何内容").waitFor();
  });

  it("finds a text that two officers redacted, with their reason and offices", async () => {
    await takeDesk();
    const form = page.locator("[data-redaction-form]");
    await form.getByLabel("理由").fill(REASON);
    await form.getByRole("button", { name: "提请隐去" }).click();
    await form.getByRole("status").waitFor();
    for (const office of ["registrar", "committee"] as const) {
      const officer = new OfficerAtWork(service.url, office);
      await officer.logIn();
      await officer.signAll();
    }
    await page.goto(address());
    const item = page.locator("[data-redaction]").first();
    await item.waitFor();
    expect(await item.innerText())
      .to.include(REASON)
      .and.include("业主委员会主任");
  });

  it("finds a planted change, named field by field with what was recorded and what stands there now", async () => {
    const planted = `${meeting.title}(改)`;
    const { number, roll } = meeting;
    await tamper(`UPDATE "Meeting" SET "title" = $1 WHERE "number" = $2`, [planted, number]);
    await tamper(`UPDATE "Roll" SET "scope" = '一期业主' WHERE "number" = $1`, [roll]);
    await takeDesk();
    await page.getByRole("button", { name: "现在检查一次" }).click();
    // Everything else goes before an inspection: a busy machine takes its time.
    await page.locator('[data-integrity="failed"]').waitFor({ timeout: INSPECTION });
    await page.goto(address());
    const verdict = page.locator('[data-integrity="failed"]');
    expect(await verdict.innerText())
      .to.include("有内容不符")
      .and.include(`${await page.locator("[data-field]").count()} 处`);
    const valuesOf = (table: string, field: string): Promise<string[]> =>
      page.locator(`[data-difference="${table}"] [data-field="${field}"] dd`).allInnerTexts();
    expect(await valuesOf("Meeting", "title")).to.deep.equal([meeting.title, planted]);
    expect((await valuesOf("Roll", "scope"))[1]).to.equal("一期业主");
    const row = page.getByRole("row", { name: /会议公告/ });
    expect(await row.getByRole("cell").nth(3).innerText()).to.equal("1");
  });

  it("sees how little is left unread, and why", async () => {
    await page.getByText(/没有检查的内容/).click();
    await page.getByText("别处没有同样的内容可以比对").waitFor();
    expect(await page.getByText("这个版本还不能检查").count()).to.equal(0);
  });
});
