import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { doAll } from "../../api/demo/pool.ts";
import { countLine } from "../../protocol/assembly/count/count.ts";
import { bundleSources, parseBundle } from "../../protocol/verify/bundle.ts";
import { verifyMeeting } from "../../protocol/verify/meeting.ts";
import { ServiceCommunity } from "./serviceCommunity.ts";
import { ServiceProcess } from "./serviceProcess.ts";

/** One measured figure. */
export interface Speed {
  name: string;
  value: number;
  unit: string;
}

const COUNT_CASES = 100_000;
const AT_ONCE = 16;
const VOTERS = 400;
/** The service asks for 30 between the convocation and the opening. */
const LEAD_SECONDS = 45;

const secondsSince = (start: number): number => (performance.now() - start) / 1000;

/** How fast the counting rule decides published cases, in one process. */
export function measureCountRule(): Speed {
  const line = JSON.stringify({
    ...{ id: "bench", regime: "civil-code", item: 4 },
    total: { heads: 1505, area: "191619.21" },
    for: { heads: 674, area: "89191.2094" },
    against: { heads: 504, area: "61818.0878" },
    abstain: { heads: 82, area: "10048.058" },
    rules: { invalid: "participates", deemed: "none" },
  });
  const start = performance.now();
  for (let i = 0; i < COUNT_CASES; i++) countLine(line);
  return { name: "counting rule", value: COUNT_CASES / secondsSince(start), unit: "cases/s" };
}

/** Runs something with a data directory of its own, which is removed afterwards. */
async function withDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-bench-"));
  try {
    return await work(directory);
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

/** First start with the demonstration, second start, and the recount of its finished meeting from the bundle. */
export function measureDemonstration(): Promise<Speed[]> {
  return withDirectory(async (dataDirectory) => {
    const settings = { dataDirectory, args: [] };
    const first = await startTimed(settings);
    await first.process.end("SIGTERM");
    const second = await startTimed(settings);
    const route = "/api/communities/demo-garden/meetings/1/bundle";
    const bytes = new Uint8Array(await (await fetch(second.url + route)).arrayBuffer());
    await second.process.end("SIGTERM");

    const start = performance.now();
    const report = await verifyMeeting(bundleSources(parseBundle(bytes)), 1);
    const seconds = secondsSince(start);
    if (!report.recount) throw new Error("the demonstration's meeting could not be recounted");
    return [
      { name: "first start, demonstration loaded", value: first.seconds, unit: "s" },
      { name: "second start", value: second.seconds, unit: "s" },
      {
        name: "recount of the demonstration from its bundle (mixed keys)",
        value: report.recount.voted.length / seconds,
        unit: "voters/s",
      },
    ];
  });
}

async function startTimed(settings: { dataDirectory: string; args: string[] }) {
  const start = performance.now();
  const process = new ServiceProcess(settings);
  const url = await process.ready();
  return { process, url, seconds: secondsSince(start) };
}

/** How many signed ballots the service takes in and stores a second, over HTTP. */
export function measureAcceptance(): Promise<Speed> {
  return withDirectory(async (dataDirectory) => {
    const service = new ServiceProcess({ dataDirectory, args: ["--empty"] });
    try {
      const url = await service.ready();
      const sheets = await prepareSheets(url, service.findOperatorToken() as string);
      const start = performance.now();
      await doAll(sheets, AT_ONCE, (cast) => cast());
      const value = sheets.length / secondsSince(start);
      return { name: "ballots accepted over HTTP (two motions)", value, unit: "ballots/s" };
    } finally {
      await service.end("SIGTERM");
    }
  });
}

async function prepareSheets(url: string, operatorToken: string) {
  const size = { voters: VOTERS, totalAreaE4: 45_000_0000n, buildings: 4 };
  const owners = { largestOwnerUnits: 4, unsoldUnits: 5, ownersOfTwo: 4 };
  const community = new ServiceCommunity(() => url, {
    operatorToken,
    size: { ...size, ...owners },
  });
  await community.found();
  const seats = await community.enrolAll();
  const opensAt = new Date((Math.floor(Date.now() / 1000) + LEAD_SECONDS) * 1000);
  const closesAt = new Date(opensAt.getTime() + 600_000);
  await community.convene(describeMeeting(opensAt, closesAt));
  const sheets = await Promise.all(
    seats.map((seat) => community.sign(1, seat, ["for", "against"])),
  );
  await community.eventually(async () => (await community.view(1)).stage === "voting", 120);
  return sheets.map((sheet) => () => community.cast(1, sheet));
}

function describeMeeting(
  opensAt: Date,
  closesAt: Date,
): Parameters<ServiceCommunity["convene"]>[0] {
  const motion = { text: "提请业主大会决定。", documents: [] };
  return {
    ...{ roll: 1, title: "试验会议", scope: "全体业主", organiser: "业委会", contact: "议事厅" },
    ...{ opensAt, closesAt },
    motions: [
      { ...motion, title: "第一项", item: 4 },
      { ...motion, title: "第二项", item: 5 },
    ],
    profile: {
      ...{ conflict: "newestFirst", invalid: "participates", deemed: "none" },
      ...{ noticeSeconds: 0, paperSeconds: 0, revealSeconds: 3600, objectionSeconds: 0 },
      source: "试验规则",
    },
  };
}
