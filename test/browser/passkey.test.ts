import { expect } from "chai";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { type Body, eventually, ok } from "../api/http/client.ts";
import { TestService } from "../api/http/service.ts";
import { TestCommunity } from "../api/registry/community.ts";
import { Authenticator } from "./authenticator.ts";
import { HOUR, convene } from "./convene.ts";
import { buildPage, withBrowser } from "./service.ts";

const STEP = 30_000;
const PHONE = { viewport: { width: 360, height: 740 } };

describe("an owner with a passkey", function () {
  this.timeout(180_000);
  let test: TestService;
  let community: TestCommunity;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let authenticator: Authenticator;
  let meeting: number;
  let unit: string;
  const violations: string[] = [];

  before(async () => {
    [, browser] = await withBrowser(buildPage());
    test = await TestService.start();
    community = await TestCommunity.create(test);
    await community.freeze();
    meeting = await convene(community);
    context = await browser.newContext(PHONE);
    page = await context.newPage();
    page.setDefaultTimeout(STEP);
    page.on("pageerror", (error) => violations.push(error.message));
    page.on("console", (message) => {
      if (/Content Security Policy|Trusted/i.test(message.text())) violations.push(message.text());
    });
  });
  after(async () => {
    await browser?.close();
    await test?.close();
  });

  const address = (rest = ""): string => `${test.url}/communities/${community.id}${rest}`;

  /** The registrar's letter to the household of one unit, or to the first without a key. */
  async function invite(units?: readonly string[]): Promise<Body> {
    const path = `${community.path}/rolls/1/invitations`;
    const { items } = await ok(community.registrar.client.post(path, units ? { units } : {}));
    return items[0];
  }

  /** Both officers confirm the keys that wait. */
  async function bindWaiting(): Promise<void> {
    const path = `${community.path}/rolls/1/keys`;
    const { items } = await ok(community.registrar.client.post(path, {}));
    for (const { proposal } of items) await community.sign(proposal);
  }

  const countWaiting = (): Promise<number> =>
    test.service.db.enrolment.count({ where: { state: "waiting" } });

  async function openWith(code: string, other = page): Promise<void> {
    await other.goto("about:blank");
    await other.goto(address(`/enrol#code=${code}`));
    await other.getByLabel("邀请码").waitFor();
  }

  const enrolWithPasskey = (other = page): Promise<void> =>
    other.getByRole("button", { name: "用通行密钥登记" }).click();

  it("finds the code of the letter filled in, and taken out of the address", async () => {
    const { code, units } = await invite();
    [unit] = units;
    await openWith(code);
    expect(await page.getByLabel("邀请码").inputValue()).to.equal(code);
    expect(page.url()).to.equal(address("/enrol"));
  });

  it("is told what to do when the authenticator cannot verify its user, and nothing is handed in", async () => {
    const weak = await Authenticator.attach(page, { canVerify: false });
    await enrolWithPasskey();
    await page.locator('[data-problem^="PasskeyNot"]').waitFor();
    expect(await weak.list()).to.have.lengthOf(0);
    expect(await countWaiting()).to.equal(0);
    await weak.detach();
  });

  it("may cancel the prompt: nothing is sent, and the code still works", async () => {
    authenticator = await Authenticator.attach(page, { isVerified: false });
    await enrolWithPasskey();
    await page.locator('[data-problem="PasskeyNotUsed"]').waitFor();
    expect(await countWaiting()).to.equal(0);
    await authenticator.setVerified(true);
  });

  it("is not asked for a second passkey after a mistyped code", async () => {
    const code = await page.getByLabel("邀请码").inputValue();
    await page.getByLabel("邀请码").fill("0000-0000-0000");
    await enrolWithPasskey();
    await page.locator('[data-problem="InvitationUnknown"]').waitFor();
    await page.getByLabel("邀请码").fill(code);
    await enrolWithPasskey();
    await page.getByText("已登记，等候确认").waitFor();
    expect(await authenticator.list()).to.have.lengthOf(1);
  });

  it("sees the number to compare at the desk, and the entry held against the chain once two have signed", async () => {
    const number = await page.locator(".number").first().innerText();
    const [waiting] = await test.service.db.enrolment.findMany();
    expect(waiting!.keyId.slice(2, 10).toUpperCase()).to.equal(number.replace(" ", ""));
    await bindWaiting();
    await page.locator('[data-own-check="pass"]').nth(2).waitFor();
    expect(await page.locator('[data-own-check="fail"]').count()).to.equal(0);
    const history = await page.locator('[data-key-state="bound"]').innerText();
    expect(history).to.include("居民委员会").and.to.include("业主委员会主任");
    // One signature to hand the key in after the mistyped code's, and none to log in.
    expect((await authenticator.list())[0]!.signCount).to.be.at.most(3);
  });

  async function vote(choice: string, other = page): Promise<void> {
    await other.goto(address(`/meetings/${meeting}/vote`));
    for (let step = 0; step < 2; step++) {
      await other.getByText(`第 ${step + 1} 步`).waitFor();
      await other.getByRole("button", { name: choice }).click();
    }
  }

  it("reads what will be signed, cancels, and has not voted; signs, and has", async () => {
    test.clock.aheadSeconds += HOUR + 700;
    await vote("反对");
    expect(await page.locator('[data-signed="Sheet"]').innerText()).to.include("反对 against");
    await authenticator.setVerified(false);
    await page.getByRole("button", { name: "签名并投出" }).click();
    await page.locator('[data-problem="PasskeyNotUsed"]').waitFor();
    expect(await test.service.db.ballot.count()).to.equal(0);
    expect(await page.locator("[data-cast]").getAttribute("data-cast")).to.equal("false");
    await authenticator.setVerified(true);
    await page.getByRole("button", { name: "签名并投出" }).click();
    await page.locator('[data-cast="true"]').waitFor();
  });

  it("checks the ballot with nothing but the chain and the receipt", async () => {
    await page.locator(".actions").getByRole("link", { name: "核验这张票" }).click();
    await page.locator('[data-verdict="consistent"]').waitFor();
  });

  it("uses the passkey on another device that the account brought it to", async () => {
    const other = await (await browser.newContext(PHONE)).newPage();
    other.setDefaultTimeout(STEP);
    const second = await Authenticator.attach(other);
    await other.goto(address("/enrol"));
    await other.getByRole("button", { name: "使用已有的通行密钥" }).click();
    await other.locator('[data-problem="PasskeyNotUsed"]').waitFor();
    await second.add((await authenticator.list())[0]!);
    await other.getByRole("button", { name: "使用已有的通行密钥" }).click();
    await other.getByRole("button", { name: "用通行密钥登录" }).click();
    await other.locator('[data-own-check="pass"]').nth(2).waitFor();
    await vote("同意", other);
    await other.getByRole("button", { name: "签名并投出" }).click();
    await other.locator('[data-cast="true"]').waitFor();
    await other.context().close();
  });

  it("is not helped by a passkey of another site, nor by one that nobody bound", async () => {
    const other = await (await browser.newContext(PHONE)).newPage();
    other.setDefaultTimeout(STEP);
    const phone = await Authenticator.attach(other);
    const [own] = await authenticator.list();
    await phone.add({ ...own!, rpId: "vote.example.org" });
    await other.goto(address("/enrol"));
    await other.getByRole("button", { name: "使用已有的通行密钥" }).click();
    await other.locator('[data-problem="PasskeyNotUsed"]').waitFor();
    await other.getByLabel("邀请码").fill("0000-0000-0000");
    await enrolWithPasskey(other);
    await other.locator('[data-problem="InvitationUnknown"]').waitFor();
    await other.getByRole("button", { name: "使用已有的通行密钥" }).click();
    await other.locator('[data-problem="PasskeyUnknown"]').waitFor();
    await other.context().close();
  });

  it("loses the phone: the old key is revoked on chain, the new one bound, and the owner sees both and by whom", async () => {
    await authenticator.clear();
    const [key] = await test.service.db.boundKey.findMany();
    const { page: keyPage, position } = key!;
    const path = `${community.path}/rolls/1/revocations`;
    const body = { page: keyPage, position, reason: "手机遗失" };
    const { proposal } = await ok(community.registrar.client.post(path, body));
    await community.sign(proposal);
    await eventually(async () =>
      (await test.service.db.boundKey.count({ where: { revokedAt: { not: null } } }))
        ? true
        : undefined,
    );
    const { code } = await invite([unit]);
    await openWith(code);
    await page.locator('[data-problem="KeyUnknown"]').waitFor();
    await enrolWithPasskey();
    await page.getByText("已登记，等候确认").waitFor();
    await bindWaiting();
    await page.locator('[data-own-check="pass"]').nth(2).waitFor();
    const revoked = await page.locator('[data-key-state="revoked"]').innerText();
    expect(revoked).to.include("手机遗失").and.to.include("居民委员会");
    expect(await page.locator('[data-key-state="bound"]').innerText()).to.include("这台设备");
  });

  it("votes with the new key; the count on chain takes it, and the recount in this browser agrees", async () => {
    await vote("同意");
    await page.getByRole("button", { name: "签名并投出" }).click();
    await page.locator('[data-cast="true"]').waitFor();
    test.clock.aheadSeconds += 2 * HOUR;
    const counted = await eventually(async () => {
      const { body } = await test.client().get(`${community.path}/meetings/${meeting}`);
      return body.resultIndex === null ? undefined : body;
    }, 30);
    await community.head(counted.resultIndex + 1);
    expect(counted.result[0].for.heads, JSON.stringify(counted.result[0])).to.equal(1);
    // Both ballots of the revoked key are named as such.
    expect(counted.skipped).to.deep.equal({ "3": 2 });
    await page.goto(address(`/meetings/${meeting}/recount`));
    await page.getByRole("button", { name: "开始重新计票" }).click();
    await page.locator("[data-verdict]").waitFor();
    expect(await page.locator("[data-verdict]").getAttribute("data-verdict")).to.equal(
      "consistent",
    );
  });

  it("meets no script error and nothing that the page's policy forbids", () => {
    expect(violations).to.deep.equal([]);
  });
});
