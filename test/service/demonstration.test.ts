import { expect } from "chai";
import iconv from "iconv-lite";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { listOwners } from "../../api/demo/owners.ts";
import { createStory } from "../../api/demo/story.ts";
import type { FsckReport } from "../../api/fsck/report.ts";
import { fromAreaE4 } from "../../protocol/registry/area.ts";
import { openBundle } from "../../protocol/verify/bundle/bundle.ts";
import { verifyBundle } from "../../protocol/verify/bundle/verify.ts";
import { verifyFund } from "../../protocol/verify/fund/verify.ts";
import { HttpRecordSource } from "../../protocol/verify/http.ts";
import { verifyMeeting } from "../../protocol/verify/meeting.ts";
import { RpcChainSource } from "../../protocol/verify/rpc.ts";
import type { MeetingView } from "../../scripts/bench/serviceCommunity.ts";
import { ServiceProcess } from "../../scripts/bench/serviceProcess.ts";
import { replayChain } from "../../scripts/commands/verify/replay.ts";
import { compareVerifiers } from "../protocol/verify/bundle/second.ts";
import { flip } from "../protocol/verify/tampering.ts";
import { listStanding, measure, outcomeOf, tallyOf } from "../api/demo/standing.ts";
import { readChainData, readPublicOutput } from "./publicOutput.ts";
import { Visitor, readBlockTimes } from "./visitor.ts";
import type { DemoKeys } from "./visitor.ts";

const PROGRAM = path.resolve(import.meta.dirname, "../../scripts/mingzhang.mjs");
const COMMUNITY = "demo-garden";
const SIZE = ["--demo-size", "small"];
/** What the first meeting's motions are about, Civil Code Art. 278 para. 1. */
const ITEMS = [4, 5, 8, 5, 5, 5];

interface ProjectView {
  route: string;
  ground: string | null;
  stage: string;
}

interface Disbursement {
  claims: { state: string }[];
}

interface FlagView {
  formula: string;
  inputs: { name: string }[];
  answers: unknown[];
}

describe("the demonstration", function () {
  this.timeout(300_000);
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-demo-"));
  let program: ServiceProcess;
  let url: string;

  const start = async (): Promise<void> => {
    const environment = { LOG_LEVEL: "trace" };
    program = new ServiceProcess({ dataDirectory: directory, args: SIZE, environment });
    url = await program.ready();
  };
  const get = async <T>(address: string): Promise<T> => {
    const response = await fetch(`${url}/api${address}`);
    expect(response.status, address).to.equal(200);
    return (await response.json()) as T;
  };
  const view = (meeting: number): Promise<MeetingView> =>
    get(`/communities/${COMMUNITY}/meetings/${meeting}`);

  after(async () => {
    await program.end("SIGTERM");
    fs.rmSync(directory, { recursive: true, force: true });
  });

  it("whose loading was cut short is not served in production", async () => {
    program = new ServiceProcess({ dataDirectory: directory, args: SIZE });
    await program.waitFor(/ballots|paper/);
    await program.end("SIGKILL");
    const environment = { NODE_ENV: "production" };
    program = new ServiceProcess({ dataDirectory: directory, args: [], environment });
    expect(await program.wait()).to.equal(1);
    expect(program.output).to.contain("interrupted");
  });

  it("whose loading was cut short is told anew from the beginning at the next start", async () => {
    await start();
    const stages = await Promise.all([1, 2, 3].map(async (meeting) => (await view(meeting)).stage));
    expect(stages).to.deep.equal(["final", "voting", "announced"]);
    const { items } = await get<{ items: unknown[] }>("/communities");
    expect(items).to.have.lengthOf(1);
  });

  it("is marked as one", async () => {
    const status = await get<{ demonstration: boolean }>("/status");
    expect(status.demonstration).to.equal(true);
    const { items } = await get<{ items: { bytes: string }[] }>(
      `/communities/${COMMUNITY}/records?limit=1`,
    );
    expect(JSON.parse(items[0]!.bytes)).to.include({ type: "community", demonstration: true });
  });

  it("has its blocks in the past, the first one fifteen weeks ago and none ahead of the clock", async () => {
    const times = await readBlockTimes(url);
    const days = (seconds: number): number => (Date.now() / 1000 - seconds) / 86_400;
    expect(days(times[0]!)).to.be.within(104, 107);
    expect(times).to.deep.equal(times.toSorted((a, b) => a - b));
    expect(days(times.at(-1)!)).to.be.within(0, 3);
  });

  it("comes to the results that its votes make by the counting rule", async () => {
    const { first, units } = createStory("small");
    const standing = listStanding(first);
    const total = measure(listOwners(units));
    const { result } = await view(1);
    expect(result).to.have.lengthOf(ITEMS.length);
    result!.forEach((found, motion) => {
      const item = ITEMS[motion]!;
      expect(found.outcome).to.equal(outcomeOf(standing, motion, { item, total }));
      const tally = tallyOf(standing, motion);
      for (const lane of ["for", "against", "abstain", "invalid"] as const) {
        const { heads, areaE4 } = tally[lane];
        expect(found[lane]).to.deep.equal({ heads, area: fromAreaE4(areaE4) });
      }
    });
  });

  it("shows participation of the meeting under way, and nothing about choices", async () => {
    const { second } = createStory("small");
    const meeting = await view(2);
    expect(meeting.participation.heads).to.equal(
      new Set(second.own.map(({ owner }) => owner)).size,
    );
    expect(meeting.result).to.equal(null);
  });

  it("verifies, over HTTP and from its bundle", async () => {
    const api = `${url}/api`;
    const records = new HttpRecordSource({ api, community: COMMUNITY });
    const sources = { records, chain: new RpcChainSource(`${api}/rpc`) };
    const bundle = await fetch(`${api}/communities/${COMMUNITY}/meetings/1/bundle`);
    const opened = await openBundle(new Uint8Array(await bundle.arrayBuffer()));
    for (const report of [await verifyMeeting(sources, 1), await verifyBundle(opened)]) {
      expect(report.checks.filter(({ status }) => status !== "ok")).to.deep.equal([]);
    }
    for (const meeting of [2, 3]) {
      const { checks } = await verifyMeeting(sources, meeting);
      expect(checks.filter(({ status }) => status === "failed")).to.deep.equal([]);
    }
  });

  it("tells of repairs from vote or ground to the bank's line: one disputed, one half way, one an emergency", async () => {
    const fund = `/communities/${COMMUNITY}/fund`;
    const { items } = await get<{ items: ProjectView[] }>(`${fund}/projects`);
    expect(items.map(({ route, ground, stage }) => [route, ground, stage])).to.deep.equal([
      ["emergency", "water", "settled"],
      ["vote", null, "paying"],
      ["vote", null, "paying"],
    ]);
    const claimsOf = async (project: number): Promise<string[]> =>
      (await get<Disbursement>(`${fund}/projects/${project}/disbursement`)).claims.map(
        ({ state }) => state,
      );
    expect(await Promise.all([1, 2, 3].map(claimsOf))).to.deep.equal([
      ["paid", "accepted"],
      ["rejected", "withdrawn", "paid", "rejected"],
      ["paid"],
    ]);
    const flags = await get<{ items: FlagView[] }>(`${fund}/flags`);
    const raised = flags.items.find(({ formula }) => formula === "startBeforeVote")!;
    expect(raised.inputs[0]!.name).to.equal("project 2");
    expect(raised.answers).to.have.lengthOf(1);
    const { funds } = await get<{ funds: { unseenPayments: number }[] }>(`${fund}/bank`);
    expect(funds.map(({ unseenPayments }) => unseenPayments)).to.deep.equal([0, 0]);
    const ocds = await get<{ releases: { tender: { title: string } }[] }>(`${fund}/exports/ocds`);
    expect(ocds.releases).to.have.lengthOf(3);
  });

  it("has funds in which every payment follows from its motion or ground, to the fen", async () => {
    const api = `${url}/api`;
    const records = new HttpRecordSource({ api, community: COMMUNITY });
    const sources = { records, chain: new RpcChainSource(`${api}/rpc`) };
    const { verdict, checks } = await verifyFund(sources);
    expect(checks.filter(({ status }) => status !== "ok")).to.deep.equal([]);
    expect(verdict).to.equal("ok");
    // Repairs from before there was a chain were entered by hand, and the report lists them.
    expect(checks.some(({ detail }) => detail === "carriedOver")).to.equal(true);
    const paid = checks.filter(({ name }) => name === "paymentApproved");
    expect(paid.length).to.be.at.least(3);
  });

  it("is found the same by the second verifier, the last meeting and all of it", async () => {
    for (const part of ["/meetings/1/bundle", "/bundle"]) {
      const response = await fetch(`${url}/api/communities/${COMMUNITY}${part}`);
      const archive = new Uint8Array(await response.arrayBuffer());
      const { report, first, second } = await compareVerifiers(archive, { folder: directory });
      expect(second).to.deep.equal(first);
      const parts = report.meetings?.flatMap((one) => one.report.checks) ?? [];
      const failed = [...report.checks, ...parts].filter(({ status }) => status === "failed");
      expect(failed).to.deep.equal([]);
    }
  });

  it("can be run through again from its bundle, and shows a block that was changed", async () => {
    const response = await fetch(`${url}/api/communities/${COMMUNITY}/bundle`);
    const opened = await openBundle(new Uint8Array(await response.arrayBuffer()));
    const { blocks } = opened.bundle.chain;
    const replayed = await replayChain(opened.bundle.chain);
    const { trust } = await verifyBundle(opened, { known: { replayed } });
    expect(trust!.reasons).to.deep.equal(["replay"]);
    const at = blocks.length - 2;
    const header = flip(blocks[at]!.block.header, 20);
    opened.bundle.chain.blocks[at] = { number: at, block: { ...blocks[at]!.block, header } };
    const other = await verifyBundle(opened, { known: { replayed } });
    expect(other.trust!.reasons).to.deep.equal(["nobody"]);
    const failed = other.checks.filter(({ status }) => status === "failed");
    expect(failed.map(({ name, subject }) => `${name} ${subject}`)).to.include(`blockKnown ${at}`);
  });

  it("hands out keys with which a visitor votes and acts as an officer", async () => {
    const keys = await get<DemoKeys>("/demo/keys");
    for (const kind of [0, 1]) {
      const owner = keys.owners.find((candidate) => candidate.kind === kind)!;
      const before = (await view(keys.meeting)).participation.heads;
      const ballot = await new Visitor(url, keys, owner).vote(["for", "against", "abstain"]);
      expect(ballot.state).to.equal("waiting");
      expect((await view(keys.meeting)).participation.heads).to.equal(before + 1);
    }
    for (const officer of keys.officers) {
      const proposals = await new Visitor(url, keys, { ...officer, kind: 0 }).listProposals();
      expect(proposals.length).to.be.greaterThan(0);
    }
  });

  describe("keeps its people to itself:", () => {
    const people = createStory("small").units.flatMap(({ owners }) => owners);
    const secrets = [
      ...new Set(
        people.flatMap(({ name, identityNumber, phone }) => [name, identityNumber, phone]),
      ),
    ].filter((text) => text !== "");

    it("no name, no phone number and no identity number is in what anybody can ask for", async () => {
      const output = await readPublicOutput(url, COMMUNITY);
      expect(output.size).to.be.greaterThan(80);
      for (const [address, text] of output) {
        expect(
          secrets.filter((secret) => text.includes(secret)),
          address,
        ).to.deep.equal([]);
      }
    });

    it("none is in calldata or events, in either encoding of Chinese", async () => {
      const data = await readChainData(url);
      expect(data.length).to.be.greaterThan(10_000);
      const forms = secrets.flatMap((secret) => [
        Buffer.from(secret, "utf8").toString("hex"),
        iconv.encode(secret, "gb18030").toString("hex"),
      ]);
      // Three characters at least: two in GB18030 are four bytes, which turn up by chance.
      const long = forms.filter((form) => form.length >= 12);
      expect(long.filter((form) => data.includes(form))).to.deep.equal([]);
    });

    it("none is in the service's log at its most talkative", async () => {
      expect(program.output).to.contain('"msg"');
      expect(secrets.filter((secret) => program.output.includes(secret))).to.deep.equal([]);
    });
  });

  it("is found in order by an inspection of everything, while it runs", () => {
    const args = [PROGRAM, "fsck", "--data", directory, "--json"];
    const { stdout, stderr } = spawnSync(process.execPath, args, {
      encoding: "utf8",
      maxBuffer: 1e8,
    });
    expect(stdout, stderr).not.to.equal("");
    const { findings, verdict } = JSON.parse(stdout) as FsckReport;
    expect(findings).to.deep.equal([]);
    expect(verdict).to.equal("ok");
  });

  it("starts again with everything in its place, and does not load twice", async () => {
    const before = await view(1);
    await program.end("SIGTERM");
    await start();
    expect(program.output).not.to.contain("Loading");
    expect(await view(1)).to.deep.equal(before);
  });
});
