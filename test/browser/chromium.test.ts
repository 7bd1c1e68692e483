import { expect } from "chai";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../../scripts/test/chromium.ts";

describe("the test browser", function () {
  this.timeout(60_000);
  let browser: Browser;

  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  it("renders a page with Chinese text", async () => {
    const page = await browser.newPage({ viewport: { width: 320, height: 200 } });
    await page.setContent("<!doctype html><meta charset=utf-8><h1>明账：重新计票</h1>");
    expect(await page.getByRole("heading").textContent()).to.equal("明账：重新计票");
    const blank = await browser.newPage({ viewport: { width: 320, height: 200 } });
    expect((await page.screenshot()).equals(await blank.screenshot())).to.equal(false);
    await Promise.all([page.close(), blank.close()]);
  });

  it("has what the signing page needs: WebCrypto P-256 on localhost and a virtual authenticator", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await context.route("http://localhost:1/", (route) =>
      route.fulfill({ contentType: "text/html", body: "<!doctype html>" }),
    );
    await page.goto("http://localhost:1/");
    const algorithm = await page.evaluate(async () => {
      const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, [
        "sign",
      ]);
      return pair.privateKey.extractable ? "extractable" : pair.privateKey.algorithm.name;
    });
    expect(algorithm).to.equal("ECDSA");
    const cdp = await context.newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: { protocol: "ctap2", transport: "internal" },
    });
    expect(authenticatorId).to.not.equal("");
    await context.close();
  });
});
