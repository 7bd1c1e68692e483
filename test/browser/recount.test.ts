import { expect } from "chai";
import type { Browser, BrowserContext, Page, Route } from "playwright-core";
import { encodeEventTopics } from "viem";
import { assemblyAbi } from "../../protocol/abi/assembly.ts";
import { openBundle } from "../../protocol/verify/bundle/bundle.ts";
import { bundleFiles } from "../../protocol/verify/bundle/create.ts";
import { packArchive } from "../../protocol/verify/bundle/pack.ts";
import { COMMUNITY, findMeeting } from "./office.ts";
import { startService, withBrowser, type RunningService } from "./service.ts";

const STEP = 60_000;

interface RpcAnswer {
  result?: unknown;
}

describe("a recount in the browser", function () {
  this.timeout(240_000);
  let service: RunningService;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let recountUrl: string;
  let meeting: Awaited<ReturnType<typeof findMeeting>>;

  before(async () => {
    [service, browser] = await withBrowser(startService());
    meeting = await findMeeting(service.url, "final");
    recountUrl = `${service.url}/communities/${COMMUNITY}/meetings/${meeting.number}/recount`;
  });
  after(async () => {
    await browser?.close();
    await service?.stop();
  });
  beforeEach(async () => {
    context = await browser.newContext({
      viewport: { width: 360, height: 740 },
      // Requests of a service worker could not be changed on their way.
      serviceWorkers: "block",
    });
    page = await context.newPage();
    page.setDefaultTimeout(STEP);
  });
  afterEach(() => context.close());

  const recount = async (): Promise<string | null> => {
    await page.goto(recountUrl);
    await page.getByRole("button", { name: "开始重新计票" }).click();
    await page.locator("[data-verdict]").waitFor();
    return page.locator("[data-verdict]").getAttribute("data-verdict");
  };

  const failedChecks = (): Promise<string[]> =>
    page
      .locator('[data-status="failed"]')
      .evaluateAll((checks) => checks.map((check) => (check as HTMLElement).dataset["check"]!));

  it("says 一致 for the finished meeting, shows its figures, and seals the meeting's page", async () => {
    expect(await recount()).to.equal("consistent");
    expect(await page.locator(".motions .tally").count()).to.be.at.least(meeting.motions.length);
    expect(await failedChecks()).to.deep.equal([]);
    await page.goto(recountUrl.replace("/recount", ""));
    await page.locator(".checked-here .seal").waitFor();
  });

  it("says 不一致 and names what differs when the node changes a result on its way", async () => {
    await context.route("**/api/rpc", lieAboutResults);
    expect(await recount()).to.equal("inconsistent");
    expect(await failedChecks()).to.include("tally");
    expect(await page.locator(".seal").count()).to.equal(0);
  });

  it("says 不一致 when the service publishes another text for a motion", async () => {
    const [{ text }] = meeting.motions as [{ text: string }];
    await context.route(`**/documents/${text}`, (route) => route.fulfill({ body: "另一份议案" }));
    expect(await recount()).to.equal("inconsistent");
    expect(await failedChecks()).to.include("document");
    // And the meeting's own page does not show it as the motion's text.
    await page.goto(recountUrl.replace("/recount", ""));
    await page.getByText("事项全文").first().click();
    await page.locator('[data-problem="DocumentDiffers"]').waitFor();
  });

  it("says ? 无法核验, not 一致, when the chain cannot be read", async () => {
    await context.route("**/api/rpc", (route) => route.abort());
    expect([await recount(), await failedChecks()]).to.deep.equal(["unverifiable", []]);
    expect(await page.locator(".seal").count()).to.equal(0);
  });

  it("recounts from an evidence file alone, offline", async () => {
    const response = await fetch(
      `${service.url}/api/communities/${COMMUNITY}/meetings/${meeting.number}/bundle`,
    );
    const bundle = Buffer.from(await response.arrayBuffer());
    await page.goto(recountUrl);
    const choose = page.locator('input[type="file"]');
    await choose.waitFor({ state: "attached" });
    await context.route("**/api/**", (route) => route.abort());
    const file = { name: "bundle.zip", mimeType: "application/zip" };
    await choose.setInputFiles({ ...file, buffer: bundle });
    await page.locator('[data-verdict="consistent"]').waitFor();
    const changed = await changeTitles(bundle);
    await choose.setInputFiles({ ...file, buffer: Buffer.from(changed) });
    await page.locator('[data-verdict="inconsistent"]').waitFor();
    expect(await failedChecks()).to.include("recordInLog");
  });
});

/** The same bundle with another title in its records, as whoever makes one could make it. */
async function changeTitles(archive: Uint8Array): Promise<Uint8Array> {
  const { bundle } = await openBundle(archive);
  const records = bundle.records.map(({ index, text }) => {
    return { index, text: text.replace('"title":"', '"title":"假') };
  });
  return packArchive(bundleFiles({ ...bundle, records }, new Map()));
}

const [DECIDED] = encodeEventTopics({ abi: assemblyAbi, eventName: "MotionDecided" });

/** Passes a question on to the node and changes the last byte of one event's data. */
async function lieAboutResults(route: Route): Promise<void> {
  const response = await route.fetch();
  const body = (await response.json()) as RpcAnswer | RpcAnswer[];
  const answers = Array.isArray(body) ? body : [body];
  for (const { result } of answers) {
    if (Array.isArray(result)) result.forEach((log) => changeLog(log));
  }
  await route.fulfill({ response, json: body });
}

function changeLog(log: { topics?: string[]; data?: string }): void {
  if (log.topics?.[0] !== DECIDED || log.data === undefined) return;
  const last = log.data.endsWith("0") ? "1" : "0";
  log.data = log.data.slice(0, -1) + last;
}
