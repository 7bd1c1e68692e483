import { expect } from "chai";
import fs from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { AUDITORS, audit, hasProgram } from "../debian.ts";
import { dispute } from "./dispute.ts";
import { COMMUNITY } from "./office.ts";
import {
  confirmDraft,
  enterCharge,
  enterSettings,
  nameColumns,
  readOtherwise,
  readSchedule,
} from "./treasury.ts";
import { readStanding, statement, upload, yuan } from "./treasury.ts";
import { startService, withBrowser, type RunningService } from "./service.ts";

const STEP = 60_000;
const BOOKS = `/communities/${COMMUNITY}/fund`;

/** Payments of projects: every flat of the small demonstration bears one of them. */
const OWN_PROJECTS = /^(修补 1 幢|更换 2 幢|应急维修：2 幢)/;

/** The last digit of the first posting of a journal. */
const POSTED = /^(\s+[A-Za-z]+:.*\.\d)(\d)/m;

/** What the page shows of an amount: `¥ 1,234.50` in fen. */
const toFen = (text: string): bigint => BigInt(text.replace(/[^\d]/g, ""));

describe("the funds, read and kept in a browser", function () {
  this.timeout(300_000);
  let service: RunningService;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  let reader: Page;

  before(async () => {
    [service, browser] = await withBrowser(startService());
    reader = await openPage();
  });
  after(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await browser?.close();
    await service?.stop();
  });

  /** `isFaked`: what the service answers is changed on its way, which a service worker would hide. */
  async function openPage(isFaked = false): Promise<Page> {
    const serviceWorkers = isFaked ? "block" : "allow";
    const context = await browser.newContext({ acceptDownloads: true, serviceWorkers });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(STEP);
    return page;
  }

  async function takeDesk(title: RegExp, tab: string): Promise<Page> {
    const page = await openPage();
    await page.goto(`${service.url}/officers/${COMMUNITY}`);
    await page.getByRole("button", { name: title }).click();
    await page.locator(".tab", { hasText: tab }).click();
    return page;
  }

  async function becomeOwner(page: Page): Promise<void> {
    await page.goto(`${service.url}/communities/${COMMUNITY}/enrol`);
    await page.locator("[data-demo-owners] .button").first().click();
    await page.locator('[data-own-check="pass"]').first().waitFor();
  }

  const sumOf = async (page: Page, fund: string): Promise<bigint[]> =>
    (await page.locator(`[data-fund="${fund}"] .sum td`).allInnerTexts()).map(toFen);

  it("are found from the community's page, and opening, in and out make closing in every period", async () => {
    await reader.goto(`${service.url}/communities/${COMMUNITY}`);
    await reader.getByRole("link", { name: "资金公示" }).click();
    await reader.locator("[data-fund]").first().waitFor();
    for (const period of ["1", "2", "3", "all"]) {
      await reader.getByLabel("期间").selectOption(period);
      await reader.waitForURL(new RegExp(`period=${period}$`));
      await reader.locator("[data-fund] .sum").nth(1).waitFor();
      for (const fund of ["maintenance", "income"]) {
        const [opening, cameIn, wentOut, closing] = await sumOf(reader, fund);
        expect(opening! + cameIn! - wentOut!).to.equal(closing);
      }
    }
    await reader
      .locator('[data-reconciled="explained"]', { hasText: "1 行未对上" })
      .first()
      .waitFor();
    await reader.locator('[data-flag="accountReused"][data-answered="true"] .answer').waitFor();
  });

  it("show entries by kind and page, and a reversal beside what it takes back", async () => {
    await reader.goto(`${service.url}${BOOKS}?period=all`);
    await reader.getByRole("button", { name: "更早的账目" }).click();
    await reader.getByRole("button", { name: "回到最新" }).click();
    await reader.getByLabel("种类").selectOption("reversal");
    const reversal = reader.locator(".entries [data-entry]");
    await reader.locator(".entries .entry-what", { hasText: "消防水泵" }).waitFor();
    expect(await reversal.count()).to.equal(1);
    await reversal.locator("summary").first().click();
    await reversal.getByText("造价审核核减").waitFor();
    await reversal.getByRole("button", { name: /冲销第/ }).click();
    await reader.locator("[data-shown-entry] .entry-reversed").waitFor();
  });

  it("are disputed entry by entry: one file with the claim and its evidence, decided on this device", async () => {
    await reader.goto(`${service.url}${BOOKS}?period=all`);
    await reader.getByLabel("种类").selectOption("reversal");
    const reversal = reader.locator(".entries [data-entry]");
    await reader.locator(".entries .entry-what", { hasText: "消防水泵" }).waitFor();
    await reversal.locator("summary").first().click();
    await reversal.getByRole("button", { name: /冲销第/ }).click();
    const taken = reader.locator("[data-shown-entry]");
    await taken.locator(".entry-reversed").waitFor();
    expect(await dispute(reader, "entry", "这一笔不该付", taken)).to.equal("upheld entryReversed");
  });

  it("are checked by the reader's own device against log and chain", async () => {
    await reader.goto(`${service.url}${BOOKS}?period=2`);
    await reader.getByRole("button", { name: "现在核验" }).click();
    await reader.locator('[data-fund-check="consistent"] .seal').waitFor();
  });

  it("are not sealed where the service shows another figure than it published", async () => {
    const page = await openPage(true);
    await page.route(/\/fund\/periods$/, async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as { items: { funds: { in: string }[] }[] };
      for (const { funds } of answer.items) funds[0]!.in = String(BigInt(funds[0]!.in) + 1n);
      await route.fulfill({ response, json: answer });
    });
    await page.goto(`${service.url}${BOOKS}?period=2`);
    await page.getByRole("button", { name: "现在核验" }).click();
    await page.locator('[data-fund-check="inconsistent"]').waitFor();
    expect(await page.locator(".seal").count()).to.equal(0);
  });

  it("download as journals that programs of others audit", async () => {
    for (const { format, program, args } of AUDITORS) {
      if (!hasProgram(program, format)) continue;
      await reader.goto(`${service.url}${BOOKS}?period=1`);
      const name = format === "hledger" ? "hledger 账本" : "Beancount 账本";
      const [download] = await Promise.all([
        reader.waitForEvent("download"),
        reader.getByRole("link", { name }).click(),
      ]);
      const text = fs.readFileSync(await download.path(), "utf8");
      expect(audit(program, args, text), program).to.equal(undefined);
      const altered = text.replace(POSTED, (_, before: string, fen: string) => {
        return `${before}${(Number(fen) + 1) % 10}`;
      });
      expect(audit(program, args, altered), program).to.be.a("string");
    }
  });

  it("show a flat's owner every share with its arithmetic, and prove the balance", async () => {
    await becomeOwner(reader);
    await reader.goto(`${service.url}${BOOKS}/mine`);
    const unit = reader.locator("[data-unit]").first();
    await unit.waitFor();
    const [deposited, gained, used, balance] = (await unit.locator(".sum td").allInnerTexts()).map(
      toFen,
    );
    expect(deposited! + gained! - used!).to.equal(balance);
    await unit.locator(".entry-what", { hasText: OWN_PROJECTS }).first().waitFor();
    expect(await unit.locator('[data-arithmetic="right"]').count()).to.be.greaterThan(8);
    expect(await unit.locator('[data-arithmetic="wrong"]').count()).to.equal(0);
    await unit.getByRole("button", { name: "核验我家的余额" }).click();
    await unit.locator('[data-fund-check="consistent"] .seal').waitFor();
  });

  it("notice a balance that is not the one under the published root", async () => {
    const page = await openPage(true);
    await becomeOwner(page);
    await page.route(/\/me$/, async (route) => {
      const response = await route.fetch();
      const me = (await response.json()) as {
        fund: { units: { proof: { figures: string[] } }[] };
      };
      const { figures } = me.fund.units[0]!.proof;
      figures[3] = String(BigInt(figures[3]!) + 1n);
      await route.fulfill({ response, json: me });
    });
    await page.goto(`${service.url}${BOOKS}/mine`);
    await page.getByRole("button", { name: "核验我家的余额" }).first().click();
    await page.locator('[data-fund-check="inconsistent"]').first().waitFor();
  });

  let committee: Page;
  const standing = () => readStanding(service.url);

  it("take a bank's table: its columns named once, its faults shown line by line, then imported", async () => {
    committee = await takeDesk(/业主委员会/, "银行");
    const { day, closing } = await standing();
    const wrong = statement([`${day},10.00,,${yuan(closing + 999n)},某单位,利息`]);
    await upload(committee, wrong);
    await committee.getByRole("button", { name: "预览" }).click();
    await committee.locator(".problem").waitFor();
    await nameColumns(committee);
    await committee.getByLabel("期初余额（元，文件里没有时填）").fill(yuan(closing));
    await committee.getByRole("button", { name: "预览" }).click();
    await committee.locator('[data-bank-preview="blocked"] [data-bank-problem]').first().waitFor();
    expect(await committee.getByRole("button", { name: "导入", exact: true }).count()).to.equal(0);
    await upload(committee, statement([`${day},10.00,,${yuan(closing + 1000n)},某单位,利息`]));
    await committee.getByText("各列对应").click();
    await nameColumns(committee);
    await committee.getByRole("button", { name: "预览" }).click();
    expect(await readOtherwise(committee, "事由")).to.equal(0);
    await committee.getByRole("button", { name: "导入", exact: true }).click();
    await committee.locator("[data-imported]", { hasText: "已导入 1 行" }).waitFor();
  });

  it("remember how the table is read, and add nothing twice", async () => {
    const { day, closing } = await standing();
    await committee.reload();
    await committee.locator(".tab", { hasText: "银行" }).click();
    await upload(committee, statement([`${day},10.00,,${yuan(closing)},某单位,利息`]));
    await committee.getByRole("button", { name: "预览" }).click();
    await committee.locator('[data-bank-preview="sound"]', { hasText: "已有 1 行" }).waitFor();
  });

  it("ignore a line with a reason that everybody reads", async () => {
    await committee.locator('[data-open^="line"]', { hasText: "账户管理费" }).click();
    await committee.getByLabel("这些流水不对应任何账目的理由").fill("银行次月退回");
    await committee.getByRole("button", { name: "忽略选中的流水" }).click();
    await committee
      .locator('[data-open^="line"]', { hasText: "账户管理费" })
      .waitFor({ state: "detached" });
  });

  it("enter an entry that counts once another officer has confirmed it, and link it to its line", async () => {
    const { day } = await standing();
    await committee.locator(".tab", { hasText: "账目" }).click();
    await committee.getByLabel("种类").selectOption("interest");
    await committee.getByLabel("日期").fill(day);
    await committee.getByLabel("金额（元）").fill("10.00");
    await committee.getByLabel("摘要").fill("零星利息");
    await committee.getByLabel("各户如何分摊").selectOption("balance");
    await committee.getByRole("button", { name: "录入", exact: true }).click();
    await committee.locator('[data-draft="entry"]', { hasText: "等另一名工作人员确认" }).waitFor();
    const registrar = await takeDesk(/居民委员会/, "账目");
    await confirmDraft(registrar);
    await committee.reload();
    await committee.locator(".tab", { hasText: "银行" }).click();
    await committee.locator("[data-suggested] .button").first().click();
    await committee.getByText("流水都已对上").waitFor();
    await reader.goto(service.url + BOOKS);
    await reader.locator(".entry-what", { hasText: "零星利息" }).waitFor();
    await reader
      .locator('[data-fund="maintenance"] [data-reconciled="explained"]', { hasText: "0 行未对上" })
      .waitFor();
  });

  it("have every question of the formulas answered in public", async () => {
    await committee.locator(".tab", { hasText: "账目" }).click();
    const flag = committee.locator("[data-flag]").first();
    await flag.getByLabel("您的答复").fill("按业主大会决议付款，合同已公开。");
    await flag.getByRole("button", { name: "公开答复" }).click();
    await reader.goto(service.url + BOOKS);
    await reader.locator(".answer", { hasText: "合同已公开" }).waitFor();
  });

  it("take a link back with a reason that everybody reads, and link it again", async () => {
    await committee.locator(".tab", { hasText: "银行" }).click();
    await committee.getByText(/^最近对上或忽略的/).click();
    const settled = committee.locator("[data-settled]").first();
    const number = await settled.getAttribute("data-settled");
    await settled.locator("summary").click();
    await settled.getByLabel("撤销的理由").fill("对错了行");
    await settled.getByRole("button", { name: "撤销，重新打开" }).click();
    await committee.locator(`[data-settled="${number}"]`).waitFor({ state: "detached" });
    await committee.locator("[data-suggested] .button").first().click();
    await committee.getByText("流水都已对上").waitFor();
  });

  it("decide the fund's rules with their source, which another officer reads before they hold", async () => {
    await committee.locator(".tab", { hasText: "账目" }).click();
    await enterSettings(committee, "业主大会决定第九号");
    const registrar = await takeDesk(/居民委员会/, "账目");
    const read = await registrar.locator('[data-draft="settings"]').first().innerText();
    for (const part of ["25%", "62.5%", "每季度"]) expect(read).to.include(part);
    await confirmDraft(registrar);
    await reader.goto(service.url + BOOKS);
    await reader.getByText("业主大会决定第九号").first().waitFor();
  });

  it("charge an entrance with factors, as a lift's shares by floor", async () => {
    const { day } = await standing();
    await committee.getByLabel("办理").selectOption("entry");
    await enterCharge(committee, { day, amount: "100.00", places: "1-1", factors: "1-1-101 0.5" });
    const registrar = await takeDesk(/居民委员会/, "账目");
    await confirmDraft(registrar);
    const schedule = await readSchedule(service.url, "加装电梯");
    const entrances = [{ building: "1", entrance: "1" }];
    expect(schedule.scope).to.deep.equal({ kind: "entrances", entrances });
    expect(schedule.rule.factors).to.deep.equal({ "1-1-101": "0.5" });
  });
});
