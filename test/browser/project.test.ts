import axe from "axe-core";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../scripts/test/chromium.ts";
import { COMMUNITY, OfficerAtWork } from "./office.ts";
import { startService, type RunningService } from "./service.ts";

const PAYEE = { name: "示范防水工程有限公司", account: "6222020200112233445" };
const AMOUNT = "1250050";

describe("a project in the browser", function () {
  this.timeout(240_000);
  let service: RunningService;
  let browser: Browser;
  let page: Page;
  let project: number;

  before(async () => {
    [service, browser] = await Promise.all([startService(), launchBrowser()]);
    const committee = new OfficerAtWork(service.url, "committee");
    await committee.logIn();
    const date = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const step = (path: string, own: object): Promise<{ project: number }> =>
      committee.do(`/fund/projects${path}`, { date, note: "按应急程序办理。", ...own });
    const begun = { title: "1 号楼屋面抢修", category: "roof", ground: "roof" };
    ({ project } = await step("", begun));
    const plan = {
      ...{ fund: "maintenance", budget: AMOUNT, payee: PAYEE, scope: [] },
      rule: { rule: "area" },
    };
    await step(`/${project}/emergency`, { plan });
    const milestones = [{ title: "一次付清", amount: AMOUNT }];
    await step(`/${project}/contract`, { payee: PAYEE, amount: AMOUNT, milestones });
    await step(`/${project}/work`, { note: "已开始铺设防水层。" });
    page = await browser.newPage({
      ...{ viewport: { width: 320, height: 700 }, bypassCSP: true },
      // Answers of a service worker could not be changed on their way.
      serviceWorkers: "block",
    });
    page.setDefaultTimeout(60_000);
  });
  after(async () => {
    await browser?.close();
    await service?.stop();
  });

  const requireSound = async (): Promise<void> => {
    await page.addScriptTag({ content: axe.source });
    const { violations } = await page.evaluate(() => window.axe.run());
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).to.deep.equal([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).to.be.at.most(320);
  };

  it("stands in the list with what was approved, contracted and paid", async () => {
    await page.goto(`${service.url}/communities/${COMMUNITY}/fund/projects`);
    const card = page.locator(`[data-project="${project}"]`);
    await card.waitFor();
    expect(
      (await card.locator("dd").allInnerTexts()).map((text) => text.replace(/\s/g, "")),
    ).to.deep.equal(["¥12,500.50", "¥12,500.50", "¥0.00"]);
    await requireSound();
    await card.locator("a").click();
    await page.locator("[data-step]").first().waitFor();
  });

  it("tells its story step by step, says that nobody voted, and fits a small screen without fault", async () => {
    const steps = page.locator("[data-step]");
    const types = await steps.evaluateAll((all) =>
      all.map((one) => (one as HTMLElement).dataset["step"]),
    );
    expect(types).to.deep.equal(["project", "projectEmergency", "projectContract", "projectWork"]);
    expect(await page.locator("main").innerText())
      .to.include("未经表决")
      .and.to.include(PAYEE.name);
    expect(await page.locator("main").innerText()).not.to.include(PAYEE.account);
    await requireSound();
  });

  it("is compared by this device with the log and the chain", async () => {
    await page.getByRole("button", { name: "核验这个项目" }).click();
    await page.locator("[data-verdict]").waitFor();
    expect(await page.locator("[data-verdict]").getAttribute("data-verdict")).to.equal(
      "consistent",
    );
  });

  it("is found out where the service shows another amount than it published", async () => {
    await page.route(`**/fund/projects/${project}`, async (route) => {
      if (route.request().resourceType() === "document") return route.fallback();
      const response = await route.fetch();
      const text = (await response.text()).replaceAll(`"amount":"${AMOUNT}"`, '"amount":"990000"');
      return route.fulfill({ response, body: text });
    });
    await page.reload();
    await page.getByRole("button", { name: "核验这个项目" }).click();
    await page.locator('[data-verdict="inconsistent"]').waitFor();
    await page.unroute(`**/fund/projects/${project}`);
  });
});

declare global {
  interface Window {
    axe: typeof axe;
  }
}
