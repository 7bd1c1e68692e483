import { expect } from "chai";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { inspectScreen } from "./inspect.ts";
import { COMMUNITY } from "./office.ts";
import { startService, withBrowser, type RunningService } from "./service.ts";
import { next, openTab, reachStep, tickRead } from "./wizards.ts";
import {
  enterInvoice,
  fillTerms,
  nextStep,
  openProject,
  pdf,
  seat,
  signBoth,
  write,
} from "./works.ts";

const STEP = 60_000;
const PAYEE = { name: "示范电梯工程有限公司", account: "6222000000003711" };
const TITLE = "使用维修资金更换 3 幢、7 幢、11 幢共六部电梯";
const INVOICE = pdf("invoice 1");

const CONTRACT = '[data-next="contract"]';
const CLAIM = '[data-next="claim"]';
const APPROVE = '[data-works-form="approve"]';

describe("from an adopted motion to a payment, at the officers' desks", function () {
  this.timeout(240_000);
  let service: RunningService;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];
  let registrar: Page;
  let committee: Page;
  let author: Page;
  let first: Page;
  let second: Page;
  let project: number;

  async function openPhone(): Promise<Page> {
    const viewport = { width: 390, height: 844 };
    const context = await browser.newContext({ viewport, bypassCSP: true });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(STEP);
    return page;
  }

  async function takeDesk(title: RegExp): Promise<Page> {
    const page = await openPhone();
    await page.goto(`${service.url}/officers/${COMMUNITY}`);
    await page.getByRole("button", { name: title }).click();
    await page.getByRole("button", { name: "待办" }).waitFor();
    return page;
  }

  const inspect = async (page: Page, name: string): Promise<void> => {
    faults.push(...(await inspectScreen(page, name)));
  };

  before(async () => {
    [service, browser] = await withBrowser(startService());
    registrar = await takeDesk(/居民委员会/);
    committee = await takeDesk(/业主委员会主任/);
    author = await takeDesk(/业委会副主任/);
    first = await takeDesk(/审批人甲/);
    second = await openPhone();
    await seat({ registrar, committee, phone: second }, "付款审批人丁", ["审批人"]);
  });
  after(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await browser?.close();
    await service?.stop();
  });

  it("begins with the motion, whose figures it takes over, and is found again where it was left", async () => {
    await openTab(author, "工程与支付");
    await author.getByRole("button", { name: "立项" }).click();
    await author.getByLabel("业主大会议题").selectOption({ label: `${TITLE} · 表决通过` });
    const adopted = await author.locator("[data-adopted]").innerText();
    expect(adopted).to.include(PAYEE.name).and.to.include("3711").and.to.include("2,386,000.00");
    await next(author);
    expect(await author.getByLabel("项目名称").inputValue()).to.equal(TITLE);
    await author.getByLabel("类别").selectOption("lift");
    await author.reload();
    await reachStep(author, 1);
    expect(await author.getByLabel("类别").inputValue()).to.equal("lift");
    expect(await author.getByRole("button", { name: "下一步" }).isDisabled()).to.equal(true);
    await fillTerms(author, "main", "按表决通过的方案立项。");
    await next(author);
    await inspect(author, "beginning a project");
    await write(author, "main", "立项");
    await author.locator('[data-stage="approved"]').waitFor();
    project = Number(new URL(author.url()).searchParams.get("project"));
    expect(project).to.be.greaterThan(0);
  });

  it("takes offers with their papers, typed by what they hold", async () => {
    await author.getByText("登记报价", { exact: true }).click();
    const form = '[data-works-form="quotes"]';
    const quotes = author.locator(form);
    await quotes.getByLabel("报价单位").fill(PAYEE.name);
    await quotes.getByLabel("金额（元）").fill("15,000.00");
    await fillTerms(author, form, "公开比选。");
    const file = quotes.locator('input[type="file"]');
    await file.setInputFiles({ ...pdf("quote"), buffer: Buffer.from("no PDF at all") });
    await quotes.locator("[data-problem]").waitFor();
    await file.setInputFiles(pdf("quote"));
    await quotes.locator("[data-document]").waitFor();
    await write(author, form, "写入公开记录");
    await quotes.getByText("✔ 已办理").waitFor();
  });

  it("refuses a contract with another payee or account, and says which it is", async () => {
    const contract = author.locator(CONTRACT);
    const write = async (name: string, account: string): Promise<void> => {
      await contract.getByLabel("收款方（与合同一致）").fill(name);
      await contract.getByLabel("收款账号（完整）").fill(account);
      await next(author);
      await next(author);
      await tickRead(author);
      await contract.getByRole("button", { name: "登记合同" }).click();
    };
    await contract.getByLabel("采用的报价").selectOption({ index: 1 });
    await contract.getByLabel("合同金额（元）").fill("15000");
    await fillTerms(author, CONTRACT, "签订合同。");
    await contract.getByLabel("收款账号（完整）").fill(PAYEE.account);
    await next(author);
    const parts = contract.locator("[data-part]");
    await contract.getByRole("button", { name: "再加一段" }).click();
    for (const [i, amount] of ["10000", "4999.99"].entries()) {
      await parts
        .nth(i)
        .getByLabel("做到什么")
        .fill(`第 ${i + 1} 期`);
      await parts.nth(i).getByLabel("最多付多少（元）").fill(amount);
    }
    await contract.getByText("各段相加 ¥ 14,999.99").waitFor();
    expect(await contract.getByRole("button", { name: "下一步" }).isDisabled()).to.equal(true);
    await parts.nth(1).getByLabel("最多付多少（元）").fill("5000");
    await contract.getByRole("button", { name: "上一步" }).click();
    await write("另一家工程有限公司", PAYEE.account);
    await contract.locator('[data-problem="ProjectPayeeDiffers"]').waitFor();
    for (const step of [1, 0]) {
      await contract.getByRole("button", { name: "上一步" }).click();
      await reachStep(author, step);
    }
    await write(PAYEE.name, "6222000000009999");
    await contract.locator('[data-problem="ProjectAccountDiffers"]').waitFor();
    for (const step of [1, 0]) {
      await contract.getByRole("button", { name: "上一步" }).click();
      await reachStep(author, step);
    }
    await write(PAYEE.name, PAYEE.account);
    await author.locator('[data-stage="contracted"]').waitFor();
  });

  it("sets the money aside once registrar and committee have signed", async () => {
    await openTab(registrar, "工程与支付");
    await registrar.getByText("链上的资金和付款规则").click();
    await write(registrar, '[data-chain-fund="income"]', "提请确认入账");
    await signBoth([registrar, committee], "creditFund");
    await openProject(committee, service.url, project);
    await write(committee, '[data-next="reserve"]', "提请预留资金");
    await nextStep(committee, "sign").waitFor();
    await signBoth([committee, registrar], "reserve");
    await nextStep(author, "claim").waitFor();
  });

  it("has other rules of payment proposed with their source, and they hold once two have signed", async () => {
    const fund = '[data-chain-fund="income"]';
    const openRules = async (page: Page): Promise<void> => {
      await openTab(page, "工程与支付");
      await page.getByText("链上的资金和付款规则").click();
    };
    await openRules(registrar);
    const form = registrar.locator(fund);
    await form.getByText("改付款规则").click();
    await form.getByText("请写明规则的出处").waitFor();
    expect(await form.getByRole("button", { name: "提请改规则" }).isDisabled()).to.equal(true);
    await form.getByLabel(/^每笔付款需几人批准/).fill("3");
    await form.getByLabel("预算可超出的百分比").fill("2.5");
    await form.getByLabel("规则的出处（公开）").fill("业主大会决定第十号");
    await inspect(registrar, "rules of payment");
    await write(registrar, fund, "提请改规则");
    await signBoth([registrar, committee], "configureFund");
    await openRules(registrar);
    await registrar.locator(fund, { hasText: "每笔须 3 人批准，预算可超 2.5%" }).waitFor();
  });

  it("keeps work with its photographs", async () => {
    await author.getByText("登记施工进展", { exact: true }).click();
    const form = '[data-works-form="work"]';
    await fillTerms(author, form, "电梯已到货。");
    await author.locator(form).locator('input[type="file"]').setInputFiles(pdf("photograph"));
    await author.locator(form).locator("[data-document]").waitFor();
    await write(author, form, "写入公开记录");
    await author.locator('[data-stage="working"]').waitFor();
  });

  it("claims a milestone with an invoice, whose message its author reads before he signs", async () => {
    const amount = "9800.00";
    await enterInvoice(author, { within: CLAIM, file: INVOICE, number: "F-001", amount });
    const message = author.locator('[data-signed="Submit"]');
    await message.waitFor();
    const shown = await author.locator(CLAIM).innerText();
    for (const part of [PAYEE.name, "3711", "9800.00", "第 1 期"]) expect(shown).to.include(part);
    await inspect(author, "signing a claim");
    await write(author, CLAIM, "签署支付申请");
    await nextStep(author, "judge").waitFor();
  });

  it("refuses an invoice that was used before, in plain words", async () => {
    await enterInvoice(author, { within: CLAIM, file: INVOICE, number: "F-002", amount: "100.00" });
    await author
      .locator('[data-problem="ProjectInvoiceUsed"]', { hasText: "同一张发票只能用一次" })
      .waitFor();
  });

  it("is judged by two others than its author, who sees why he cannot", async () => {
    const judge = nextStep(author, "judge");
    await judge.getByText("验收和批准须由别人办").waitFor();
    expect(await judge.getByRole("button", { name: "提请验收" }).isDisabled()).to.equal(true);
    await openProject(registrar, service.url, project);
    await fillTerms(registrar, '[data-works-form="judge"]', "已现场验收。");
    await write(registrar, '[data-works-form="judge"]', "提请验收");
    await nextStep(registrar, "sign").waitFor();
    await signBoth([registrar, committee], "judgeClaim");
    await nextStep(author, "approve").waitFor();
  });

  it("is paid with the second approval, a passkey's; the author cannot approve, nor anybody twice", async () => {
    const own = nextStep(author, "approve").locator(APPROVE);
    await own.getByText("验收和批准须由别人办").waitFor();
    expect(await own.getByRole("button", { name: "批准付款" }).isDisabled()).to.equal(true);
    await first.goto(`${service.url}/officers/${COMMUNITY}/todo`);
    await first.locator('[data-work="works"]').getByRole("button").click();
    await first.locator(`[data-work="${project}"]`).getByText("批准付款 · 第 1 期").waitFor();
    await openProject(first, service.url, project);
    const message = await first.locator('[data-signed="Release"]').innerText();
    for (const part of [PAYEE.name, "3711", "9800.00"]) expect(message).to.include(part);
    await inspect(first, "approving a payment");
    await write(first, APPROVE, "批准付款");
    await first.locator(APPROVE).getByText("您已经批准过").waitFor();
    await openProject(second, service.url, project);
    await second.locator(APPROVE).getByText("已有 1 人批准").waitFor();
    await write(second, APPROVE, "批准付款");
    await second.locator('[data-milestone="0"]', { hasText: "已付" }).waitFor();
    const history = await second.locator("[data-history]").innerText();
    for (const deed of ["付款", "签名：验收并审核支付申请", "付款审批人丁", "业委会副主任"]) {
      expect(history).to.include(deed);
    }
    await inspect(second, "a project at the desk");
  });

  it("is then seen by everybody, and checked against log and chain", async () => {
    const reader = await openPhone();
    await reader.goto(`${service.url}/communities/${COMMUNITY}/fund/projects/${project}`);
    const paid = reader.locator('[data-step="projectPayment"]');
    await paid.waitFor();
    expect(await paid.innerText())
      .to.include("9,800.00")
      .and.to.include("2 人批准");
    await reader.getByRole("button", { name: "核验这个项目" }).click();
    await reader.locator('[data-verdict="consistent"]').waitFor();
  });

  it("meets no fault that axe finds in either language, and no sideways scroll, on any of these screens", () => {
    expect(faults).to.deep.equal([]);
  });
});
