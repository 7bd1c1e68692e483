import lighthouse from "lighthouse";
import fs from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { launchBrowser } from "../test/chromium.ts";
import { ServiceProcess } from "./serviceProcess.ts";
import type { Speed } from "./speed.ts";

/** What Lighthouse gives marks for, of what a page of ours can be good or bad at. */
const CATEGORIES = ["performance", "accessibility", "best-practices"] as const;

/** What everybody may look at, by the addresses of the demonstration. */
const PAGES: Readonly<Record<string, string>> = {
  community: "/",
  meeting: "/communities/demo-garden/meetings/1",
  notice: "/communities/demo-garden/meetings/1/bulletin",
  recount: "/communities/demo-garden/meetings/1/recount",
  talk: "/communities/demo-garden/meetings/1/talk",
  funds: "/communities/demo-garden/fund",
  projects: "/communities/demo-garden/fund/projects",
  project: "/communities/demo-garden/fund/projects/1",
  audit: "/communities/demo-garden/audit",
  enrolment: "/communities/demo-garden/enrol",
  check: "/check",
};

type Marks = Record<(typeof CATEGORIES)[number], number>;

/** One run says little: what else the machine does moves the mark for performance by several points. */
const RUNS = 3;

/** Lighthouse's marks (0 to 100) for the public pages on its simulated phone and network, the service on this machine. */
export async function measurePages(): Promise<Speed[]> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-lighthouse-"));
  const args = ["--demo-size", "small"];
  const service = new ServiceProcess({ dataDirectory: directory, args });
  try {
    const url = await service.ready();
    const marks: Speed[] = [];
    for (const [name, place] of Object.entries(PAGES)) {
      marks.push(...(await markPage(name, url + place)));
    }
    return marks;
  } finally {
    await service.end("SIGTERM");
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

/** The median of some runs. */
async function markPage(name: string, url: string): Promise<Speed[]> {
  const runs: Marks[] = [];
  for (let run = 0; run < RUNS; run++) runs.push(await runOnce(name, url));
  return CATEGORIES.map((category) => {
    const marks = runs.map((run) => run[category]).sort((a, b) => a - b);
    return {
      name: `Lighthouse, phone: ${name}, ${category}`,
      value: marks[Math.floor(RUNS / 2)]!,
      unit: "of 100",
    };
  });
}

/** A browser for each run: what one has kept must not help the next. */
async function runOnce(name: string, url: string): Promise<Marks> {
  const port = await findPort();
  const browser = await launchBrowser({
    args: ["--no-sandbox", "--disable-gpu", `--remote-debugging-port=${port}`],
  });
  try {
    const run = await lighthouse(url, { port, onlyCategories: [...CATEGORIES], logLevel: "error" });
    if (!run) throw new Error(`Lighthouse has nothing to say about ${name}`);
    const { runtimeError, categories } = run.lhr;
    if (runtimeError) throw new Error(`${name}: ${runtimeError.message}`);
    const marks = CATEGORIES.map((category) => [
      category,
      Math.round((categories[category]?.score ?? 0) * 100),
    ]);
    return Object.fromEntries(marks) as Marks;
  } finally {
    await browser.close();
  }
}

/** A port that nobody listens on. */
async function findPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
