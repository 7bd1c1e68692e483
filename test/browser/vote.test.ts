import { expect } from "chai";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { TypedDataDefinition } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { COMMUNITY, findMeeting, OfficerAtWork } from "./office.ts";
import { castBallot } from "./promise.ts";
import { startService, withBrowser, type RunningService } from "./service.ts";

const STEP = 30_000;

describe("an owner with a phone", function () {
  this.timeout(180_000);
  let service: RunningService;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let meeting: Awaited<ReturnType<typeof findMeeting>>;
  const violations: string[] = [];

  before(async () => {
    [service, browser] = await withBrowser(startService());
    meeting = await findMeeting(service.url, "voting");
    context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    page = await context.newPage();
    page.setDefaultTimeout(STEP);
    page.on("pageerror", (error) => violations.push(error.message));
    page.on("console", (message) => {
      if (/Content Security Policy|Trusted/i.test(message.text())) violations.push(message.text());
    });
  });
  after(async () => {
    await browser?.close();
    await service?.stop();
  });

  const meetingUrl = (rest = ""): string =>
    `${service.url}/communities/${COMMUNITY}/meetings/${meeting.number}${rest}`;

  it("is told to enrol first when there is no key in the browser", async () => {
    await page.goto(meetingUrl("/vote"));
    await page.getByText("这台设备还没有您的签名钥匙").waitFor();
    expect(await page.locator(".booth-bar").count()).to.equal(0);
  });

  it("is told what to do about a wrong code, and keeps what was typed", async () => {
    await page.getByRole("link", { name: "登记投票" }).click();
    await page.getByLabel("邀请码").fill("0000-0000-0000");
    await page.getByRole("button", { name: "用这台设备登记" }).click();
    await page.locator('[data-problem="InvitationUnknown"]').waitFor();
    expect(await page.getByLabel("邀请码").inputValue()).to.equal("0000-0000-0000");
  });

  it("enrols a key that cannot be exported, and sees the entry checked against the chain once two officers have signed", async () => {
    const [registrar, committee] = await Promise.all(
      (["registrar", "committee"] as const).map(async (office) => {
        const officer = new OfficerAtWork(service.url, office);
        await officer.logIn();
        return officer;
      }),
    );
    await page.getByLabel("邀请码").fill((await registrar!.invite(meeting.roll)).toLowerCase());
    await page.getByRole("button", { name: "用这台设备登记" }).click();
    await page.getByText("已登记，等候确认").waitFor();
    await registrar!.proposeKeys(meeting.roll);
    await registrar!.signAll();
    await committee!.signAll();
    await page.locator('[data-own-check="pass"]').nth(2).waitFor();
    expect(await page.locator('[data-own-check="fail"]').count()).to.equal(0);
    expect(await page.evaluate(readExtractable)).to.deep.equal([false]);
  });

  it("votes one motion per screen, and reads 尚未投出 until the ballot is sealed on chain", async () => {
    await page.goto(meetingUrl());
    await page.getByRole("link", { name: "去投票" }).click();
    for (let step = 0; step < meeting.motions.length; step++) {
      await page.getByText(`第 ${step + 1} 步`).waitFor();
      expect(await page.locator("[data-cast]").getAttribute("data-cast")).to.equal("false");
      await page.getByRole("button", { name: step === 1 ? "反对" : "同意" }).click();
    }
    const signed = await page.locator('[data-signed="Sheet"]').innerText();
    expect(signed).to.include("同意 for").and.to.include("反对 against");
    await page.getByRole("button", { name: "签名并投出" }).click();
    await page.locator('[data-cast="true"]').waitFor();
  });

  it("gets a receipt with a QR code and a file, and sees the ballot proven with nothing but the chain", async () => {
    await page.locator(".actions").getByRole("link", { name: "投票回执" }).click();
    const number = await page.locator(".receipt-number").innerText();
    expect(number).to.match(/^[0-9A-F]{4}( [0-9A-F]{4}){3}$/);
    await page.getByRole("button", { name: "显示二维码" }).click();
    await page.locator(".qr svg").waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "存为文件" }).click(),
    ]);
    // Only the chain may be asked: the service's own word would prove nothing.
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.getByRole("link", { name: "核验这张票" }).click();
    await page.locator('[data-verdict="consistent"]').waitFor();
    expect(asked.filter((path) => path.includes("/ballots"))).to.deep.equal([]);
    await page.goto(`${service.url}/check`);
    // The other one takes dispute files.
    const receiptFile = page.locator('input[type="file"][accept*="json"]');
    await receiptFile.setInputFiles(await download.path());
    await page.locator('[data-verdict="consistent"]').waitFor();
    expect(await page.locator(".receipt-number").innerText()).to.equal(number);
  });

  it("sees a receipt whose choice was changed refused", async () => {
    const receipt = await page.evaluate(readReceipt);
    const changed = { ...receipt, answers: receipt.answers.toReversed().map(flip) };
    const fragment = Buffer.from(canonical(changed)).toString("base64url");
    const other = await context.newPage();
    await other.goto(`${service.url}/check#r=${fragment}`);
    await other.locator('[data-verdict="inconsistent"]').waitFor({ timeout: STEP });
    expect(
      await other.locator('[data-check="receiptSignature"][data-status="failed"]').count(),
    ).to.equal(1);
    await other.close();
  });

  it("votes again before closing, and the earlier ballot gives way", async () => {
    await page.goto(meetingUrl());
    await page.getByRole("link", { name: "改投" }).click();
    await castBallot(page, Array<string>(meeting.motions.length).fill("弃权"));
    await page.locator('[data-cast="true"]').waitFor();
    await page.goto(`${service.url}/check`);
    await page.locator(".stored").nth(1).waitFor();
    await page.locator(".stored").last().getByRole("button").click();
    await page.locator('[data-verdict="consistent"]').waitFor();
  });

  it("enrols and votes with a wallet as well", async () => {
    const account = privateKeyToAccount(generatePrivateKey());
    const wallet = await browser.newContext({ viewport: { width: 360, height: 740 } });
    await wallet.exposeFunction("askWallet", async (method: string, params: string[]) => {
      if (method === "eth_requestAccounts") return [account.address];
      return account.signTypedData(JSON.parse(params[1]!) as TypedDataDefinition);
    });
    await wallet.addInitScript(injectWallet);
    const other = await wallet.newPage();
    other.setDefaultTimeout(STEP);
    const [registrar, committee] = [
      new OfficerAtWork(service.url, "registrar"),
      new OfficerAtWork(service.url, "committee"),
    ];
    await Promise.all([registrar.logIn(), committee.logIn()]);
    await other.goto(`${service.url}/communities/${COMMUNITY}/enrol`);
    await other.getByLabel("邀请码").fill(await registrar.invite(meeting.roll));
    await other.getByRole("button", { name: "用钱包登记" }).click();
    await other.getByText("已登记，等候确认").waitFor();
    await registrar.proposeKeys(meeting.roll);
    await registrar.signAll();
    await committee.signAll();
    await other.locator('[data-own-check="pass"]').nth(2).waitFor();
    // A wallet signs the same sheet always alike: the way back from B to A is the ballot of A once more.
    for (const choice of ["同意", "反对", "同意"]) {
      await other.goto(meetingUrl("/vote"));
      await castBallot(other, Array<string>(meeting.motions.length).fill(choice));
      await other.locator('[data-cast="true"]').waitFor();
    }
    await other.locator(".actions").getByRole("link", { name: "核验这张票" }).click();
    await other.locator('[data-verdict="consistent"]').waitFor();
    await wallet.close();
  });

  it("meets no script error and nothing that the page's policy forbids", () => {
    expect(violations).to.deep.equal([]);
  });
});

interface Receipt {
  answers: string[];
  [field: string]: unknown;
}

const flip = (answer: string): string => (answer === "for" ? "against" : "for");

/** RFC 8785 for what a receipt holds: strings, integers, arrays. */
function canonical(receipt: Receipt): string {
  const fields = Object.keys(receipt).sort();
  return `{${fields.map((field) => `${JSON.stringify(field)}:${JSON.stringify(receipt[field])}`).join(",")}}`;
}

// These run in the page, so each must bring along all that it uses.

/** An injected wallet (EIP-1193) whose key lives in the test. */
function injectWallet(): void {
  type Ask = (method: string, params: readonly unknown[]) => Promise<unknown>;
  const { askWallet } = window as unknown as { askWallet: Ask };
  const request = ({ method, params = [] }: { method: string; params?: readonly unknown[] }) =>
    askWallet(method, params);
  Object.assign(window, { ethereum: { request } });
}

/** Whether the private keys that this browser keeps could be read out. */
function readExtractable(): Promise<boolean[]> {
  return new Promise((resolve) => {
    const asked = indexedDB.open("mingzhang");
    asked.onsuccess = () => {
      const kept = asked.result.transaction("keys").objectStore("keys").getAll();
      kept.onsuccess = () => {
        const keys = kept.result as { privateKey: CryptoKey }[];
        resolve([...new Set(keys.map(({ privateKey }) => privateKey.extractable))]);
      };
    };
  });
}

/** The first receipt that this browser keeps. */
function readReceipt(): Promise<Receipt> {
  return new Promise((resolve) => {
    const asked = indexedDB.open("mingzhang");
    asked.onsuccess = () => {
      const kept = asked.result.transaction("receipts").objectStore("receipts").getAll();
      kept.onsuccess = () => resolve((kept.result as { receipt: Receipt }[])[0]!.receipt);
    };
  });
}
