import { expect } from "chai";
import path from "node:path";
import type { Browser, BrowserContext, Page, Route } from "playwright-core";
import { bytesToHex } from "viem";
import { build } from "vite";
import { proveConsistency } from "../../protocol/anchor/log.ts";
import { addSignatures } from "../../protocol/anchor/tlog/checkpoint.ts";
import { formatVerifierKey, verifierKeyOf } from "../../protocol/anchor/tlog/key.ts";
import { parseNote } from "../../protocol/anchor/tlog/note.ts";
import { cosignNote } from "../../protocol/anchor/tlog/signature.ts";
import type { HeadComparison } from "../../web/anchor/head-memory.ts";
import { SigningLog } from "../scripts/commands/witness/signingLog.ts";
import { withBrowser } from "./service.ts";

const ORIGIN = "http://localhost:1";
const ENTRY = path.join(import.meta.dirname, "../../web/anchor/head-memory.ts");

/** The part of the page that remembers heads, as one module. */
async function bundleModule(): Promise<string> {
  const lib = { entry: ENTRY, formats: ["es" as const] };
  const options = {
    write: false,
    minify: false,
    lib,
    rollupOptions: { output: { codeSplitting: false } },
  };
  const define = { "process.env.NODE_ENV": JSON.stringify("production") };
  const built = await build({ configFile: false, logLevel: "error", define, build: options });
  const [result] = built as { output: { code: string }[] }[];
  return result!.output[0]!.code;
}

describe("what a browser remembers of a log", function () {
  this.timeout(120_000);
  let browser: Browser;
  let code: string;
  let context: BrowserContext;
  let served: { log: SigningLog; size: number };
  const whole = new SigningLog(12);
  const fork = new SigningLog(12, (index) => (index === 1 ? "another" : `entry ${index}`));
  const witness = { name: "witness.example/w", seed: new Uint8Array(32).fill(7) };
  const away = { name: "witness.example/away", seed: new Uint8Array(32).fill(8) };

  before(async () => {
    [code, browser] = await withBrowser(bundleModule());
  });
  after(() => browser.close());
  beforeEach(async () => {
    context = await browser.newContext();
    await context.route(`${ORIGIN}/**`, answer);
    served = { log: whole, size: 3 };
  });
  afterEach(() => context.close());

  const noteOf = ({ log, size }: typeof served): string => {
    const note = log.checkpoint(size);
    return addSignatures(note, [cosignNote(parseNote(note).text, witness, 1_700_000_000n)]);
  };

  /** What a service answers. */
  async function answer(route: Route): Promise<void> {
    const { pathname, searchParams } = new URL(route.request().url());
    const json = (value: unknown) =>
      route.fulfill({ contentType: "application/json", body: JSON.stringify(value) });
    if (pathname === "/")
      return route.fulfill({ contentType: "text/html", body: "<!doctype html>" });
    if (pathname === "/module.js") {
      return route.fulfill({ contentType: "text/javascript", body: code });
    }
    if (pathname.endsWith("/log/checkpoint")) return route.fulfill({ body: noteOf(served) });
    if (pathname.endsWith("/log/witnesses")) {
      const witnesses = [witness, away].map((signer) => {
        const key = formatVerifierKey(verifierKeyOf(signer, "cosignature"));
        return { name: signer.name, key, size: null };
      });
      return json({ witnesses });
    }
    const [from, to] = [Number(searchParams.get("from")), Number(searchParams.get("to"))];
    const proof = proveConsistency(served.log.leaves.slice(0, to), from);
    return json({ path: proof.map((hash) => bytesToHex(hash)) });
  }

  async function openTab(): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${ORIGIN}/`);
    return page;
  }

  const compare = (page: Page, key = whole.vkey): Promise<HeadComparison> =>
    page.evaluate(async (logKey) => {
      const address = "/module.js";
      const memory = (await import(address)) as typeof import("../../web/anchor/head-memory.ts");
      return memory.compareHead("garden", { key: logKey });
    }, key);

  it("is the last signed head, held against each new one by a proof", async () => {
    const page = await openTab();
    expect((await compare(page)).kind).to.equal("first");
    expect((await compare(page)).kind).to.equal("same");
    served.size = 9;
    const grown = await compare(page);
    expect(grown).to.deep.include({ kind: "unchanged" });
    expect(grown.now).to.include({ size: 9, note: noteOf(served) });
    expect(grown.cosigners).to.deep.equal({ cosigned: [witness.name], missing: [away.name] });
  });

  it("tells a fork and a rollback, keeps the old head and gives out both signed ones", async () => {
    const page = await openTab();
    served.size = 6;
    await compare(page);
    const kept = noteOf(served);
    for (const [log, size] of [
      [fork, 6],
      [fork, 9],
      [whole, 4],
    ] as const) {
      served = { log, size };
      const found = await compare(page);
      expect(found.kind, `${size}`).to.equal("changed");
      expect("seen" in found && found.seen.note).to.equal(kept);
      expect(found.now.note).to.equal(noteOf(served));
    }
    served = { log: whole, size: 9 };
    expect((await compare(page)).kind).to.equal("unchanged");
  });

  it("takes no head that the log has not signed", async () => {
    const page = await openTab();
    const other = formatVerifierKey(verifierKeyOf({ ...whole.signer, seed: away.seed }, "ed25519"));
    const code_ = await compare(page, other).then(
      () => "taken",
      (error: Error) => error.message,
    );
    expect(code_).to.contain("AnswerNotUnderstood");
  });

  it("never goes back when tabs race, and blames nobody", async () => {
    const tabs = await Promise.all([openTab(), openTab(), openTab()]);
    await compare(tabs[0]);
    for (const size of [5, 7, 8, 10, 12]) {
      served.size = size;
      const found = await Promise.all(tabs.map((tab) => compare(tab)));
      for (const { kind } of found) expect(kind).to.be.oneOf(["unchanged", "same"]);
    }
    expect(await compare(tabs[1])).to.deep.include({ kind: "same" });
  });
});
