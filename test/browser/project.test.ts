import { expect } from "chai";
import fs from "node:fs";
import type { Browser, Page } from "playwright-core";
import { openBundle } from "../../protocol/verify/bundle/bundle.ts";
import { allChecks, verifyBundle } from "../../protocol/verify/bundle/verify.ts";
import { decideDispute } from "../../protocol/verify/dispute/decide.ts";
import { makeDispute } from "../../protocol/verify/dispute/make.ts";
import { verifyFunds } from "../../protocol/verify/fund/verify.ts";
import { COMPANIES } from "../../api/demo/books/companies.ts";
import { alter } from "../protocol/verify/dispute/cases.ts";
import { listOpen, verifyFromDisk } from "./fromDisk.ts";
import { COMMUNITY } from "./office.ts";
import { buildVerifier, startService, withBrowser, type RunningService } from "./service.ts";

const PROJECTS = `/communities/${COMMUNITY}/fund/projects`;

interface Project {
  project: number;
  title: string;
  glance: { approved: string; contracted: string; paid: string };
}

/** What is not in order in evidence by the command line, which the verifier that lies in it must say as well. */
async function verifyBoth(browser: Browser, archive: Uint8Array): Promise<string[]> {
  const opened = await openBundle(archive);
  const report = await verifyBundle(opened, { verifyFunds, decide: decideDispute });
  const { open, dispute } = await verifyFromDisk(browser, archive);
  expect(open).to.deep.equal(listOpen(allChecks(report)));
  const { outcome, reason } = report.dispute ?? {};
  expect(dispute).to.equal(outcome && `${outcome} ${reason}`);
  return dispute ? [...open, dispute] : open;
}

const readFile = (file: string): Uint8Array => new Uint8Array(fs.readFileSync(file));

/** A file with another text in it. */
function change(bytes: Uint8Array, edit: (text: string) => string): Uint8Array {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const edited = edit(text);
  expect(edited).not.to.equal(text);
  return new TextEncoder().encode(edited);
}

const flipCents = (text: string): string =>
  text.replace(/\.\d\d/, (cents) => (cents === ".00" ? ".10" : ".00"));
const flipNode = (text: string): string => text.replace('"0xf8', '"0xf9');

/** Steps of the disputed one from its contract on. */
const DISPUTED = [
  ...["projectContract", "projectReservation"],
  ...["projectInvoice", "projectClaim", "projectAcceptance"],
  ...["projectInvoice", "projectClaim", "projectAcceptance", "projectWithdrawal"],
  ...["projectInvoice", "projectClaim", "projectAcceptance", "projectPayment", "projectWork"],
  ...["projectInvoice", "projectClaim", "projectAcceptance", "projectAudit"],
];

describe("the demonstration's projects in the browser", function () {
  this.timeout(240_000);
  let service: RunningService;
  let browser: Browser;
  let page: Page;
  let projects: Project[];
  let project: Uint8Array;
  let period: Uint8Array;

  before(async () => {
    [service, browser] = await withBrowser(startService());
    await buildVerifier();
    const response = await fetch(`${service.url}/api${PROJECTS}`);
    projects = ((await response.json()) as { items: Project[] }).items;
    page = await browser.newPage({
      viewport: { width: 320, height: 700 },
      // Answers of a service worker could not be changed on their way.
      serviceWorkers: "block",
    });
    page.setDefaultTimeout(60_000);
  });
  after(async () => {
    await browser?.close();
    await service?.stop();
  });

  const find = (word: string): Project => projects.find(({ title }) => title.includes(word))!;
  const inYuan = (fen: string): string => (Number(fen) / 100).toFixed(2);
  const open = async (word: string): Promise<void> => {
    await page.goto(`${service.url}${PROJECTS}/${find(word).project}`);
    await page.locator("[data-step]").first().waitFor();
  };
  const listSteps = (): Promise<(string | undefined)[]> =>
    page
      .locator("[data-step]")
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset["step"]));
  const download = async (): Promise<string> => {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "下载全部证据" }).click(),
    ]);
    return file.path();
  };
  const check = async (verdict: string): Promise<void> => {
    await page.getByRole("button", { name: "核验这个项目" }).click();
    await page.locator(`[data-verdict="${verdict}"]`).waitFor();
  };

  it("stand in the list with what was approved, contracted and paid", async () => {
    await page.goto(`${service.url}${PROJECTS}`);
    await page.locator("[data-project]").first().waitFor();
    expect(projects).to.have.lengthOf(3);
    for (const { project, glance } of projects) {
      const shown = await page.locator(`[data-project="${project}"] dd`).allInnerTexts();
      const { approved, contracted, paid } = glance;
      expect(shown.map((text) => text.replace(/[^\d.]/g, ""))).to.deep.equal(
        [approved, contracted, paid].map(inYuan),
      );
    }
    const disputed = page.locator(`[data-project="${find("喷淋").project}"]`);
    await disputed.locator("a").click();
    await page.locator("[data-step]").first().waitFor();
  });

  it("tell of a dispute step by step: rejected, withdrawn, paid for less, rejected again", async () => {
    await open("喷淋");
    const steps = await listSteps();
    expect(steps.slice(0, 5)).to.deep.equal([
      ...["project", "projectQuote", "projectQuote", "projectQuote", "projectVote"],
    ]);
    expect(steps.slice(steps.indexOf("projectContract"))).to.deep.equal(DISPUTED);
    const text = await page.locator("main").innerText();
    expect(text).to.include("少装两段").and.to.include("抬头写成物业服务企业");
    expect(text).to.include(COMPANIES.sprinklers.name);
    expect(text).not.to.include(COMPANIES.sprinklers.account);
    const href = await page.getByRole("link", { name: "重新计票" }).getAttribute("href");
    expect(href).to.include("/meetings/1/recount");
  });

  it("give every document as the file that its name says", async () => {
    const links = page.locator("[data-step] a[href*='/documents/']");
    const named = await links.evaluateAll((all) =>
      all.map((one) => [one.textContent, (one as HTMLAnchorElement).href] as const),
    );
    expect(named.length).to.be.at.least(10);
    for (const [name, href] of named) {
      const response = await page.request.get(href);
      const start = (await response.body()).subarray(0, 4).toString("latin1");
      expect(start, name).to.equal(name.endsWith(".png") ? "\x89PNG" : "%PDF");
    }
  });

  it("are compared by this device with the log and the chain", async () => {
    await check("consistent");
  });

  it("say of an emergency that nobody voted, who attested it, and that its payments were published", async () => {
    await open("应急维修");
    const text = await page.locator("main").innerText();
    expect(text).to.include("未经表决").and.not.to.include("重新计票");
    const steps = await listSteps();
    expect(steps.indexOf("projectPublication")).to.be.greaterThan(steps.indexOf("projectPayment"));
    const reserved = await page.locator('[data-step="projectReservation"]').innerText();
    expect(reserved).to.include("居民委员会").and.to.include("业主委员会主任");
    await check("consistent");
  });

  it("are given out as evidence that is in order by the page that lies in it, and so are the periods", async () => {
    project = readFile(await download());
    expect(await verifyBoth(browser, project)).to.deep.equal([]);
    await page.goto(`${service.url}/communities/${COMMUNITY}/fund?period=2`);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "证据文件（可离线核验）" }).click(),
    ]);
    period = readFile(await file.path());
    expect(await verifyBoth(browser, period)).to.deep.equal([]);
  });

  it("are found out by that page where a figure or a proof of the Fund was changed", async () => {
    const figure = await alter(period, (files) => {
      const name = "exports/period-2.csv";
      files.set(name, change(files.get(name)!, flipCents));
    });
    expect(await verifyBoth(browser, figure)).to.include("failed periodExport 2/csv");
    const proof = await alter(project, (files) => {
      files.set("chain/state.json", change(files.get("chain/state.json")!, flipNode));
    });
    const open = await verifyBoth(browser, proof);
    expect(open.filter((one) => / state/.test(one))).not.to.deep.equal([]);
  });

  it("have a claim about one of their entries decided by that page", async () => {
    const payment = (await openBundle(project)).bundle.records.find(({ text }) =>
      text.includes('"projectPayment"'),
    )!;
    const { entry } = JSON.parse(payment.text) as { entry: number };
    const url = `${service.url}/api/communities/${COMMUNITY}/fund/entries/${entry}/bundle`;
    const served = new Uint8Array(await (await fetch(url)).arrayBuffer());
    const archive = await makeDispute(served, { kind: "entry", entry, says: "没有做" });
    expect(await verifyBoth(browser, archive)).to.deep.equal(["refuted entryHolds"]);
  });

  it("show a part that is paid, one accepted and one to come", async () => {
    await open("面砖");
    const parts = await page.locator(".project-parts li").allInnerTexts();
    expect(parts[0]).to.include("已付");
    expect(parts[1]).to.include("已验收");
    expect(parts).to.have.lengthOf(3);
  });

  it("are found out where the service shows another amount than it published", async () => {
    const { project } = find("应急维修");
    await page.route(`**/fund/projects/${project}`, async (route) => {
      if (route.request().resourceType() === "document") return route.fallback();
      const response = await route.fetch();
      const { paid } = find("应急维修").glance;
      const text = (await response.text()).replaceAll(`"amount":"${paid}"`, '"amount":"990000"');
      return route.fulfill({ response, body: text });
    });
    await open("应急维修");
    await check("inconsistent");
    await page.unroute(`**/fund/projects/${project}`);
  });
});
