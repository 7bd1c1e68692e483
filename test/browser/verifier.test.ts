import { expect } from "chai";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { Bundle } from "../../protocol/verify/bundle/bundle.ts";
import { bundleFiles, createBundle } from "../../protocol/verify/bundle/create.ts";
import { packArchive } from "../../protocol/verify/bundle/pack.ts";
import { OUTCOME_OF } from "../../protocol/verify/dispute/finding.ts";
import { DISPUTE_WORDS } from "../../protocol/verify/dispute/words.ts";
import { makeDispute } from "../../protocol/verify/dispute/make.ts";
import { readKit } from "../../api/evidence/kit.ts";
import { CASES } from "../protocol/verify/dispute/cases.ts";
import { holdMeeting } from "../protocol/verify/scenario.ts";
import { launchBrowser } from "../../scripts/test/chromium.ts";
import { buildVerifier } from "./service.ts";

/** A claim of each kind about a meeting, upheld and refuted. */
const DISPUTED = ["counted", "notSealed", "noneStands"] as const;

describe("the verifier opened from disk", function () {
  this.timeout(180_000);
  let folder: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let requests: string[];
  let complaints: string[];
  let bundle: Bundle;
  const file = (name: string): string => path.join(folder, name);

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-verifier-"));
    const [meeting, built] = await Promise.all([holdMeeting(), buildVerifier()]);
    const { community } = meeting;
    browser = await launchBrowser();
    const kit = await readKit(built);
    for (const [name, bytes] of kit) fs.writeFileSync(file(name), bytes);
    const sources = { ...community.sources, prover: community.prover };
    bundle = await createBundle(sources, { kind: "meeting", meeting: 1 });
    const write = (name: string, content: Bundle): void => {
      fs.writeFileSync(file(name), packArchive(bundleFiles(content, kit)));
    };
    write("good.zip", bundle);
    const records = bundle.records.map(({ index, text }) => {
      return { index, text: text.replace('"heads":7', '"heads":8') };
    });
    write("bad.zip", { ...bundle, records });
    const whole = await createBundle(sources, { kind: "community" });
    write("community.zip", whole);
    fs.writeFileSync(file("alone.zip"), packArchive(bundleFiles(whole, new Map())));
    for (const reason of DISPUTED) {
      const complaint = CASES.find((one) => one.reason === reason)!.complain(meeting);
      const complained = { ...complaint, says: "请核对" };
      const archive = new Uint8Array(fs.readFileSync(file("good.zip")));
      fs.writeFileSync(file(`${reason}.zip`), await makeDispute(archive, complained));
    }
    fs.writeFileSync(file("none.zip"), "no archive");
    for (const [name, bytes] of bundleFiles(bundle, kit)) {
      fs.mkdirSync(path.dirname(file(`unpacked/${name}`)), { recursive: true });
      fs.writeFileSync(file(`unpacked/${name}`), bytes);
    }
  });
  after(async () => {
    await browser?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    requests = [];
    complaints = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(pathToFileURL(file("verifier.html")).href);
  });
  afterEach(() => context.close());

  const choose = (...names: string[]): Promise<void> =>
    page.locator("input#file").setInputFiles(names.map(file));
  const verdict = async (): Promise<string | null> => {
    await page.locator("[data-verdict]").waitFor();
    return page.locator("[data-verdict]").getAttribute("data-verdict");
  };
  const failedChecks = (): Promise<string[]> =>
    page
      .locator('[data-status="failed"]')
      .evaluateAll((checks) => checks.map((check) => (check as HTMLElement).dataset["check"]!));

  it("says 一致 first, then what it rests on, the figures and every check; without the network", async () => {
    await choose("good.zip");
    expect(await verdict()).to.equal("consistent");
    expect(await page.locator("main > *").nth(1).getAttribute("data-verdict")).to.equal(
      "consistent",
    );
    expect(await page.locator("[data-trust]").getAttribute("data-trust")).to.equal("nobody");
    expect(await page.locator("[data-outcome]").count()).to.equal(2);
    const passed = await page
      .locator("[data-passed]")
      .evaluateAll((groups) => groups.map((group) => (group as HTMLElement).dataset["passed"]!));
    expect(passed).to.include.members(["bundleFile", "blockWhole", "stateAgrees", "batchCodes"]);
    // The page, and the same script once more as a worker.
    const [own, ...others] = requests;
    expect(own).to.match(/^file:.*verifier\.html$/);
    expect(others.every((url) => url.startsWith("blob:"))).to.equal(true);
    expect(complaints).to.deep.equal([]);
  });

  it("works in a worker, under a policy that lets nothing else run and nothing out", async () => {
    await choose("good.zip");
    await verdict();
    expect(page.workers().length).to.equal(1);
    const tried = await page.evaluate(async () => {
      const answers: string[] = [];
      await fetch("data:text/plain,x").catch(() => answers.push("fetch"));
      try {
        document.body.innerHTML = "<p>x</p>";
      } catch {
        answers.push("markup");
      }
      const script = document.createElement("script");
      try {
        script.textContent = "globalThis.ran = true";
        document.body.append(script);
      } catch {
        answers.push("script");
      }
      return [...answers, String("ran" in globalThis)];
    });
    expect(tried).to.include.members(["fetch", "markup", "script", "false"]);
  });

  it("says 不一致 and shows what was expected and found", async () => {
    await choose("bad.zip");
    expect(await verdict()).to.equal("inconsistent");
    expect(await failedChecks()).to.include("recordInLog");
    const first = page.locator('[data-status="failed"]').first();
    expect(await first.locator("dd").count()).to.be.at.least(2);
    expect(await first.innerText()).to.include("应为");
  });

  it("reads a folder that the file was unpacked to, and a whole community", async () => {
    await page.locator("input#folder").setInputFiles(file("unpacked"));
    expect(await verdict()).to.equal("consistent");
    await choose("community.zip");
    await page.getByText("这个小区公开过的全部内容").waitFor();
    expect(await verdict()).to.equal("consistent");
    await page.getByRole("heading", { name: "第 1 次会议" }).waitFor();
  });

  for (const reason of DISPUTED) {
    it(`says what a claim comes to, why, and what follows: ${reason}`, async () => {
      await choose(`${reason}.zip`);
      const found = page.locator("[data-dispute]");
      await found.waitFor();
      expect(await found.getAttribute("data-reason")).to.equal(reason);
      expect(await found.getAttribute("data-dispute")).to.equal(OUTCOME_OF[reason]);
      for (const [language, { reasons, outcomes }] of Object.entries(DISPUTE_WORDS)) {
        if (language === "en") await page.getByRole("button", { name: "English" }).click();
        const text = await page.locator("main").innerText();
        const { found: why, follows } = reasons[reason];
        expect(text).to.include(outcomes[OUTCOME_OF[reason]]).and.to.include(why);
        expect(text).to.include(follows).and.to.include("请核对");
      }
      const failed = (await failedChecks()).filter((name) => !/^(receipt|claim)/.test(name));
      expect(failed).to.deep.equal([]);
      expect(complaints).to.deep.equal([]);
    });
  }

  it("says of a file without the part that it needs where it can be checked", async () => {
    await choose("alone.zip");
    await page.locator('[data-refused="needsPart"]').waitFor();
    expect(await page.locator("main").innerText()).to.include("npx mingzhang verify");
  });

  it("takes a file that is dropped on it", async () => {
    const bytes = fs.readFileSync(file("good.zip")).toString("base64");
    await page.evaluate((content) => {
      const data = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([data], "good.zip"));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
    }, bytes);
    expect(await verdict()).to.equal("consistent");
  });

  it("says why a file cannot be checked", async () => {
    await choose("none.zip");
    await page.locator('[data-refused="notAnArchive"]').waitFor();
    expect(await page.locator("[data-verdict]").count()).to.equal(0);
  });

  it("checks the seals against validators that the reader knows, and changes the language at any time", async () => {
    await choose("good.zip");
    await verdict();
    // This chain's blocks are sealed by nobody, so nothing asks for validators.
    expect(await page.locator("#validators").count()).to.equal(0);
    await page.getByRole("button", { name: "English" }).click();
    await page.getByText("Consistent", { exact: false }).first().waitFor();
    expect(await page.locator("html").getAttribute("lang")).to.equal("en");
    expect(await page.locator("main").innerText()).not.to.match(/[\u4e00-\u9fff]/);
  });

  it("unfolds everything on paper", async () => {
    await choose("good.zip");
    await verdict();
    await page.pdf();
    expect(await page.locator("details:not([open])").count()).to.equal(0);
  });
});
