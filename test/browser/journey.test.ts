import { expect } from "chai";
import fs from "node:fs";
import type { Browser, BrowserContext, Page, Route } from "playwright-core";
import { toReceiptFragment } from "../../protocol/assembly/receipt.ts";
import { type Body, eventually, ok } from "../api/http/client.ts";
import { TestService } from "../api/http/service.ts";
import { TestCommunity } from "../api/registry/community.ts";
import { HOUR, convene } from "./convene.ts";
import { changeTitle, countTaps, readReceipt } from "./inPage.ts";
import { dispute } from "./dispute.ts";
import { castBallot, forgePromise } from "./promise.ts";
import { buildPage, withBrowser } from "./service.ts";

const STEP = 30_000;
const PHONE = { viewport: { width: 360, height: 740 } };
const QUESTION = "电梯更换期间怎么上下楼？";

/** From opening the link to "your vote is in", beside the choices themselves. */
const MOST_TAPS = 6;

describe("a homeowner's journey on a phone of 360 px", function () {
  this.timeout(240_000);
  let test: TestService;
  let community: TestCommunity;
  let browser: Browser;
  let voter: Page;
  /** Another household, enrolled, that does not vote. */
  let silent: Page;
  let meeting: number;
  const faults: string[] = [];

  before(async () => {
    [, browser] = await withBrowser(buildPage());
    test = await TestService.start();
    community = await TestCommunity.create(test);
    await community.freeze();
    meeting = await convene(community);
    voter = await openPhone();
    silent = await openPhone();
  });
  after(async () => {
    await browser?.close();
    await test?.close();
  });

  /** Requests of a service worker cannot be changed on their way: it is there only where it is the subject. */
  async function openPhone(serviceWorkers: "block" | "allow" = "block"): Promise<Page> {
    const context: BrowserContext = await browser.newContext({ ...PHONE, serviceWorkers });
    await context.addInitScript(countTaps);
    const page = await context.newPage();
    page.setDefaultTimeout(STEP);
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => {
      if (/Content Security Policy|Trusted/i.test(message.text())) faults.push(message.text());
    });
    return page;
  }

  const address = (rest = ""): string => `${test.url}/communities/${community.id}${rest}`;
  const screen = (rest = ""): string => address(`/meetings/${meeting}${rest}`);

  const button = (page: Page, name: string) => page.getByRole("button", { name });

  async function enrol(page: Page, code: string): Promise<void> {
    await page.goto(address("/enrol"));
    await page.getByLabel("邀请码").fill(code);
    await button(page, "用这台设备登记").click();
    await page.getByText("已登记，等候确认").waitFor();
  }

  it("is on the roll with this area and this key, as this device has held against the chain", async () => {
    const path = `${community.path}/rolls/1/invitations`;
    const { items } = await ok(community.registrar.client.post(path, {}));
    await enrol(voter, items[0].code);
    await enrol(silent, items[1].code);
    const keys = await ok(community.registrar.client.post(`${community.path}/rolls/1/keys`, {}));
    for (const { proposal } of keys.items) await community.sign(proposal);
    await voter.locator('[data-own-check="pass"]').nth(2).waitFor();
    await voter.goto(screen("/mine"));
    await voter.locator('[data-own-check="pass"]').nth(2).waitFor();
    expect(await voter.locator('[data-own-check="fail"]').count()).to.equal(0);
    await voter.getByText("没有登记到以您的名义投出的票").waitFor();
  });

  it("asks in public before voting, and reads the office's answer", async () => {
    await voter.goto(screen());
    await voter.getByRole("link", { name: "提问和公开答复" }).click();
    await voter.getByLabel("您的问题").fill(QUESTION);
    await button(voter, "公开提问").click();
    await voter.locator('[data-talk="question"]', { hasText: QUESTION }).waitFor();
    const { items } = await ok(test.client().get(`${community.path}/meetings/${meeting}/talk`));
    const answers = `${community.path}/meetings/${meeting}/talk/${items[0].record}/answers`;
    await ok(community.committee.client.post(answers, { text: "每单元留一部电梯运行。" }));
    await voter.reload();
    const answer = voter.locator(".talk-answer");
    await answer.waitFor();
    expect(await answer.innerText())
      .to.include("业主委员会主任")
      .and.to.include("留一部电梯");
  });

  it(`has voted with at most ${MOST_TAPS} taps beside the choices, and reads 尚未投出 until the vote is in`, async () => {
    test.clock.aheadSeconds += HOUR + 700;
    await voter.goto(screen());
    await voter.evaluate(() => sessionStorage.removeItem("taps"));
    await voter.getByRole("link", { name: "去投票" }).click();
    for (const [step, choice] of ["同意", "反对"].entries()) {
      await voter.getByText(`第 ${step + 1} 步，共 3 步`).waitFor();
      expect(await voter.locator("[data-cast]").getAttribute("data-cast")).to.equal("false");
      await button(voter, choice).click();
    }
    await voter.getByText("第 3 步，共 3 步").waitFor();
    expect(await voter.locator(".booth-bar").innerText()).to.include("尚未投出");
    expect(await voter.locator('[data-signed="Sheet"]').innerText()).to.include("反对 against");
    await button(voter, "签名并投出").click();
    await voter.locator('[data-cast="true"]').waitFor();
    const taps = Number(await voter.evaluate(() => sessionStorage.getItem("taps")));
    expect(taps).to.be.within(1, MOST_TAPS);
  });

  it("goes back and changes a choice before anything is signed", async () => {
    await voter.goto(screen("/vote"));
    await button(voter, "同意").click();
    await voter.getByText("第 2 步").waitFor();
    await button(voter, "上一步").click();
    await voter.locator('[aria-pressed="true"]', { hasText: "同意" }).waitFor();
    await button(voter, "弃权").click();
    await voter.getByText("第 2 步").waitFor();
    await button(voter, "反对").click();
    await button(voter, "修改").first().click();
    await voter.locator('[aria-pressed="true"]', { hasText: "弃权" }).waitFor();
    await button(voter, "下一步").click();
    await button(voter, "下一步").click();
    await button(voter, "签名并投出").waitFor();
  });

  it("is told when the promise for his ballot is not the log's, keeps the receipt, and may vote again", async () => {
    await voter.route("**/ballots", forgePromise);
    await button(voter, "签名并投出").click();
    await voter.locator('[data-promise="unverified"] ~ * [data-receipt]').waitFor();
    expect(await voter.locator('[data-cast="false"]').innerText()).to.include("已送出");
    await voter.unroute("**/ballots", forgePromise);
    await voter.goto(screen("/vote"));
    await castBallot(voter, ["同意", "反对"]);
    await voter.locator('[data-cast="true"]').waitFor();
  });

  it("keeps the receipt as a picture and on paper, and checks the ballot on another device by its code", async () => {
    await voter.goto(screen());
    await voter.getByRole("link", { name: "查看我的回执" }).click();
    const number = await voter.locator(".receipt-number").innerText();
    expect(number).to.match(/^[0-9A-F]{4}( [0-9A-F]{4}){3}$/);
    const [download] = await Promise.all([
      voter.waitForEvent("download"),
      button(voter, "存为图片").click(),
    ]);
    expect(download.suggestedFilename()).to.equal(`mingzhang-${number.replaceAll(" ", "-")}.png`);
    const picture = fs.readFileSync(await download.path());
    expect(picture.subarray(1, 4).toString()).to.equal("PNG");
    expect(picture.readUInt32BE(16)).to.equal(1080);
    await voter.emulateMedia({ media: "print" });
    await voter.locator(".qr svg").waitFor();
    expect(await voter.locator(".actions").first().isVisible()).to.equal(false);
    await voter.emulateMedia({ media: "screen" });
    const receipt = await voter.evaluate(readReceipt);
    const other = await openPhone();
    await other.goto(`${test.url}/check#r=${toReceiptFragment(receipt)}`);
    await other.locator('[data-verdict="consistent"]').waitFor();
    expect(await other.locator(".receipt-number").innerText()).to.equal(number);
    await other.context().close();
  });

  async function count(): Promise<Body> {
    test.clock.aheadSeconds += 2 * HOUR;
    const counted = await eventually(async () => {
      const { body } = await test.client().get(`${community.path}/meetings/${meeting}`);
      return body.resultIndex === null ? undefined : body;
    }, 30);
    await community.head(counted.resultIndex + 1);
    return counted;
  }

  const prove = async (page: Page): Promise<string> => {
    await page.goto(screen("/mine"));
    await button(page, "开始核验").click();
    await page.locator('[data-own-proof="consistent"]').waitFor();
    return page.locator("[data-own-proof] .verdict").innerText();
  };

  it("sees after the count that one ballot stands in his name, and who did not vote that none does", async () => {
    expect((await count()).stage).to.equal("preliminary");
    expect(await prove(voter)).to.include("有一张票以您的名义计入");
    expect(await prove(silent)).to.include("没有任何票以您这一户的名义计入");
  });

  it("puts a claim and its evidence into one file: a ballot that counts, and a flat that did not vote", async () => {
    const { leaf } = await voter.evaluate(readReceipt);
    await voter.goto(`${test.url}/receipts/${leaf}`);
    expect(await dispute(voter, "ballot", "我的票没有计入")).to.equal("refuted counted");
    await silent.goto(screen("/mine"));
    expect(await dispute(silent, "noBallot", "我家没有投票")).to.equal("upheld noneStands");
  });

  it("is told when the service gives another household's lines for his own", async () => {
    const swap = async (route: Route): Promise<void> => {
      const response = await route.fetch();
      const body = (await response.json()) as { voters: { voter: number }[] };
      for (const own of body.voters) own.voter = own.voter === 0 ? 1 : 0;
      await route.fulfill({ response, json: body });
    };
    await silent.route("**/me", swap);
    await silent.goto(screen("/mine"));
    await button(silent, "开始核验").click();
    await silent.locator('[data-own-proof="inconsistent"]').waitFor();
    await silent.unroute("**/me", swap);
  });

  it("objects to the preliminary result in public", async () => {
    await silent.goto(screen());
    await silent.getByRole("link", { name: "对初步结果提出异议" }).click();
    await silent.getByLabel("您的异议和理由").fill("第 1 项的面积应再核对。");
    await button(silent, "公开提出异议").click();
    await silent.locator('[data-talk="objection"]').waitFor();
  });

  it("reads the official notice in the order of offices, and sees that its records stand in the log", async () => {
    await voter.goto(screen());
    await voter.getByRole("link", { name: "正式公告" }).click();
    await voter.locator(".blocks").waitFor();
    const titles = await voter.locator(".blocks h2").allInnerTexts();
    expect(titles.map((title) => title.slice(0, 2)).join("")).to.equal(
      "一、二、三、四、五、六、七、八、",
    );
    await button(voter, "核验公告的记录").click();
    await voter.locator('[data-verdict="consistent"]').waitFor();
    const [download] = await Promise.all([
      voter.waitForEvent("download"),
      voter.getByRole("link", { name: "下载 A4 公告" }).click(),
    ]);
    expect(
      fs
        .readFileSync(await download.path())
        .subarray(0, 5)
        .toString(),
    ).to.equal("%PDF-");
  });

  it("sees that the notice and every document are those of the log, and when the page shows another one", async () => {
    await voter.goto(screen());
    await button(voter, "核验公告和文件").click();
    await voter.locator('[data-verdict="consistent"]').waitFor();
    const lie = (route: Route): Promise<void> => changeTitle(route);
    await voter.route(`**/api/communities/*/meetings/${meeting}`, lie);
    await voter.goto(screen());
    await button(voter, "核验公告和文件").click();
    await voter.locator('[data-verdict="inconsistent"]').waitFor();
    await voter.unroute(`**/api/communities/*/meetings/${meeting}`, lie);
  });

  it("sees the seal only beside what this device has recounted", async () => {
    await voter.goto(screen("/recount"));
    await button(voter, "开始重新计票").click();
    await voter.locator('[data-verdict="consistent"]').waitFor();
    await voter.goto(screen());
    await voter.locator(".checked-here .seal").waitFor();
    await voter.route(`**/api/communities/*/meetings/${meeting}`, changeTitle);
    await voter.goto(screen());
    await voter.locator('[data-problem="ShownDiffers"]').waitFor();
    expect(await voter.locator(".seal").count()).to.equal(0);
    await voter.unroute(`**/api/communities/*/meetings/${meeting}`, changeTitle);
  });

  it("reads without a connection what was seen, from when it is, and against which head it was compared", async () => {
    const page = await openPhone("allow");
    await page.goto(address());
    await page.getByText("第一次在这台设备上看").waitFor();
    await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
    await page.goto(screen());
    await page.locator(".tally").first().waitFor();
    await page.context().setOffline(true);
    await page.reload();
    await page.locator(".tally").first().waitFor();
    const notice = await page.locator(".offline").innerText();
    expect(notice).to.include("显示的是").and.to.include("公开记录链首");
    await page.goto(`${test.url}/officers`);
    await page.locator('[data-problem="ServiceUnreachable"]').waitFor();
    await page.context().setOffline(false);
    await page.goto(screen());
    await page.locator(".tally").first().waitFor();
    await page.locator(".offline").waitFor({ state: "detached" });
    await page.context().close();
  });

  it("meets no script error and nothing that the page's policy forbids", () => {
    expect(faults).to.deep.equal([]);
  });
});
