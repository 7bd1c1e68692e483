import { expect } from "chai";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { Authenticator } from "./authenticator.ts";
import { inspectScreen } from "./inspect.ts";
import { startEmptyService, withBrowser } from "./service.ts";
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

const STEP = 30_000;
const HOME = "qinghe";

const TABLE = [
  "幢号,单元,房号,建筑面积,用途,业主姓名,证件号码",
  "1,1,101,98.5,住宅,张三,110101199003074477",
  "1,1,102,120.25,住宅,李四,11010119900307109X",
].join("\n");

describe("a committee on an empty installation", function () {
  this.timeout(180_000);
  let service: Awaited<ReturnType<typeof startEmptyService>>;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];
  let registrar: Page;
  let committee: Page;
  let owner: Page;

  /** Somebody with a phone of his own. */
  async function openPhone(): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      bypassCSP: true,
      reducedMotion: "reduce",
    });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(STEP);
    await Authenticator.attach(page);
    return page;
  }

  async function inspect(page: Page, name: string): Promise<void> {
    faults.push(...(await inspectScreen(page, name)));
  }

  const numberOn = (page: Page): Promise<string> => page.locator(".key-number").innerText();

  async function invite(title: string): Promise<string> {
    await registrar.getByRole("button", { name: `填入“${title}”` }).click();
    await registrar.getByRole("button", { name: "生成一次性链接" }).click();
    const letter = registrar.locator(`[data-seat-letter="${title}"]`);
    await letter.waitFor();
    return (await letter.getByRole("link").getAttribute("href"))!;
  }

  /** Opens the link on his own phone and makes a passkey there. */
  async function join(page: Page, link: string): Promise<string> {
    await page.goto(link);
    await page.getByRole("button", { name: /^生成通行密钥/ }).click();
    await page.locator('[data-joined="waiting"]').waitFor();
    expect(page.url()).not.to.contain("code");
    return numberOn(page);
  }

  async function confirm(title: string, number: string): Promise<void> {
    const seat = registrar.locator(`[data-seat="${title}"]`);
    await seat.locator(".key-number").waitFor();
    expect(await seat.locator(".key-number").innerText()).to.equal(number);
    await seat.getByRole("checkbox").check();
    await seat.getByRole("button", { name: "确认这把钥匙" }).click();
    await registrar.locator(`[data-seat="${title}"][data-seat-state="confirmed"]`).waitFor();
  }

  before(async () => {
    [service, browser] = await withBrowser(startEmptyService());
    [registrar, committee, owner] = [await openPhone(), await openPhone(), await openPhone()];
  });
  after(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await browser?.close();
    await service?.stop();
  });

  it("begins with the code of the terminal, says what is missing, and goes on where it was left", async () => {
    const { link } = service;
    await registrar.goto(link);
    await registrar.getByRole("button", { name: "开始" }).click();
    expect(registrar.url()).not.to.contain("code");
    await registrar.getByLabel("小区名称").fill("清河小区");
    await registrar.getByLabel("网址里的编号").fill(HOME);
    await registrar.getByLabel("所在区县和街道").fill("示范区清河街道");
    await registrar.getByLabel(/^楼栋/).fill("1 幢");
    await registrar.getByText("议事规则里的期限").click();
    await registrar.getByLabel("以上规则的出处").fill("议事规则第十二条");
    await registrar.getByRole("button", { name: "保存，下一步" }).click();
    await registrar.getByText("还缺一名已核对的登记员").waitFor();
    await inspect(registrar, "setup");
    await registrar.reload();
    await registrar.getByRole("heading", { name: "清河小区" }).waitFor();
    expect(await registrar.getByRole("button", { name: "设立清河小区" }).isDisabled()).to.equal(
      true,
    );
    // Whoever comes with the same link later finds it used up.
    await committee.goto(link);
    await committee.getByRole("button", { name: "开始" }).click();
    await committee.locator('[data-problem="SetupCodeWrong"]').waitFor();
  });

  it("gives every officer a passkey of their own by letter, and compares its number before it counts", async () => {
    const own = await invite("居民委员会");
    const number = await join(registrar, own);
    await registrar.goto(`${service.url}/setup`);
    await confirm("居民委员会", number);
    const others = await invite("业主委员会主任");
    await inspect(registrar, "letter of an office");
    const theirs = await join(committee, others);
    await inspect(committee, "waiting to be appointed");
    await confirm("业主委员会主任", theirs);
    await registrar.getByRole("button", { name: "设立清河小区" }).click();
    await registrar.locator(`[data-founded="${HOME}"]`).waitFor();
    await committee.locator('[data-joined="appointed"]').waitFor();
    await committee.getByRole("link", { name: "到工作台" }).click();
    await committee.getByRole("button", { name: "待办" }).waitFor();
    await registrar.getByRole("link", { name: "到工作台继续" }).click();
    await registrar.locator('[data-step="roll"][aria-current="step"]').waitFor();
    await inspect(registrar, "first steps");
  });

  it("freezes its first roll with two passkeys", async () => {
    await registrar.getByRole("button", { name: "导入名册" }).click();
    await chooseTable(registrar, TABLE);
    await reachStep(registrar, 1);
    await inspect(registrar, "columns of the roll");
    await next(registrar);
    await next(registrar);
    await registrar.getByText("设立时列出的楼栋都在名册里").waitFor();
    await inspect(registrar, "totals of the roll");
    await stateTotals(registrar, "2", "218.75");
    await registrar.getByText("这是第一份名册").waitFor();
    await proposeRoll(registrar, "全小区");
    await sign(registrar, "freezeRoll");
    await inspect(registrar, "to-do list");
    await sign(committee, "freezeRoll");
  });

  it("gives an owner a letter, compares the key's number at the desk, and enters the key by two passkeys", async () => {
    await openTab(registrar, "钥匙");
    await registrar.getByRole("button", { name: "生成邀请码" }).click();
    const letter = registrar.locator(".invitation").first();
    const code = await letter.locator(".invitation-code").innerText();
    await inspect(registrar, "letters");
    await owner.goto(`${service.url}/communities/${HOME}/enrol#code=${code}`);
    await owner.getByRole("button", { name: "用通行密钥登记" }).click();
    await owner.getByText("已登记，等候确认").waitFor();
    const waiting = registrar.locator('[data-waiting="waiting"]');
    const number = await waiting.locator(".key-number").innerText();
    await owner.getByText(number).waitFor();
    expect(await registrar.getByRole("button", { name: /^提请写入/ }).isDisabled()).to.equal(true);
    await waiting.getByRole("checkbox").check();
    await inspect(registrar, "key desk");
    await registrar.getByRole("button", { name: "提请写入已核对的 1 把" }).click();
    await sign(registrar, "bindKeys");
    await sign(committee, "bindKeys");
    await owner.getByText("钥匙已写入业主名册").waitFor();
  });

  it("announces its first meeting, which the owner sees", async () => {
    await openTab(committee, "召集会议");
    await fillMeeting(committee, "第一次业主大会会议");
    await committee.getByRole("button", { name: "采用建议的时间，表决两周" }).click();
    await inspect(committee, "dates of the meeting");
    await next(committee);
    await inspect(committee, "preview of the meeting");
    await next(committee);
    await tickRead(committee);
    await committee.getByRole("button", { name: "提请召集" }).click();
    await committee.getByText("已发起").waitFor();
    await sign(committee, "convene");
    await sign(registrar, "convene");
    await waitForMeeting(service.url, HOME, "第一次业主大会会议");
    await owner.goto(`${service.url}/communities/${HOME}`);
    await owner.getByRole("link", { name: /第一次业主大会会议/ }).click();
    await owner.getByText("试验全文").waitFor();
    await registrar.goto(`${service.url}/officers/${HOME}/start`);
    await registrar.locator('[data-step="meeting"][data-done="true"]').waitFor();
  });

  it("meets no fault that axe finds in either language, and no sideways scroll, on any of these screens", () => {
    expect(faults).to.deep.equal([]);
  });
});
