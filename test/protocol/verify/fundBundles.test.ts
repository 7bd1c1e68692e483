import { expect } from "chai";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PassThrough } from "node:stream";
import type { ProjectTown } from "../../api/fund/project/town.ts";
import { type Bundle, openBundle, openFiles } from "../../../protocol/verify/bundle/bundle.ts";
import { bundleFiles, createBundle } from "../../../protocol/verify/bundle/create.ts";
import { packArchive } from "../../../protocol/verify/bundle/pack.ts";
import { type Scope, scopeName } from "../../../protocol/verify/bundle/scope.ts";
import {
  type BundleReport,
  allChecks,
  verifyBundle,
} from "../../../protocol/verify/bundle/verify.ts";
import { RpcProver } from "../../../protocol/verify/block/rpcProver.ts";
import { decideDispute } from "../../../protocol/verify/dispute/decide.ts";
import { makeDispute } from "../../../protocol/verify/dispute/make.ts";
import { verifyFunds } from "../../../protocol/verify/fund/verify.ts";
import { main } from "../../../scripts/mingzhang.ts";
import { requestOver } from "../../../protocol/verify/rpc.ts";
import { keepBooks, sourcesOf } from "./fundScenario.ts";
import { compareVerifiers } from "./bundle/second.ts";
import { alter } from "./dispute/cases.ts";
import { openArchive } from "./dispute/files.ts";
import { remember } from "./fundTampering.ts";

const PROJECT: Scope = { kind: "project", project: 1 };
const PERIOD: Scope = { kind: "period", period: 1 };
const COMMUNITY: Scope = { kind: "community" };
const KIT = new Map([["README.txt", new TextEncoder().encode("how to use it")]]);

describe("bundles of the funds", function () {
  this.timeout(300_000);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "funds-"));
  let town: ProjectTown | undefined;
  const bundles = new Map<string, Bundle>();
  const get = (scope: Scope): Bundle => bundles.get(scopeName(scope))!;
  const verify = (bundle: Bundle): Promise<BundleReport> =>
    verifyBundle(openFiles(bundleFiles(bundle, KIT)), { verifyFunds });

  before(async () => {
    town = await keepBooks();
    const sources = remember(sourcesOf(town));
    const prover = new RpcProver(requestOver(`${town.service.url}/api/rpc`));
    for (const scope of [PROJECT, PERIOD, COMMUNITY]) {
      bundles.set(scopeName(scope), await createBundle({ ...sources, prover }, scope));
    }
  });
  after(async () => {
    await town?.close();
    fs.rmSync(folder, { recursive: true });
  });

  const run = async (...args: string[]): Promise<{ exitCode: number; stdout: string }> => {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    const exitCode = await main(args, { stdin, stdout, stderr });
    return { exitCode, stdout: String(stdout.read()) };
  };

  /** Both as of one block: a head may be anchored between them. */
  async function atOneHead(
    read: () => Promise<[Uint8Array, Uint8Array]>,
  ): Promise<[Uint8Array, Uint8Array]> {
    for (;;) {
      const both = await read();
      const heads = await Promise.all(
        both.map(async (one) => (await openBundle(one)).bundle.chain),
      );
      if (heads[0]!.head === heads[1]!.head) return both;
    }
  }

  it("come from the service and from the command with the same bytes", async () => {
    const { community, service } = town!;
    for (const scope of [PROJECT, PERIOD]) {
      const { kind } = scope;
      const file = path.join(folder, `${kind}.zip`);
      const url = `${service.url}/api${community.path}/fund/${kind}s/1/bundle`;
      const [made, served] = await atOneHead(async () => {
        const { exitCode } = await run("bundle", kind, "1", "--api", service.url, "--out", file);
        expect(exitCode).to.equal(0);
        const answer = await (await fetch(url)).arrayBuffer();
        return [new Uint8Array(fs.readFileSync(file)), new Uint8Array(answer)];
      });
      expect(served).to.deep.equal(made);
      const verified = await run("verify", "fund", "--bundle", file, "--json");
      const report = JSON.parse(verified.stdout) as BundleReport;
      expect([verified.exitCode, report.verdict]).to.deep.equal([0, "ok"]);
      expect(report.trust!.reasons).to.deep.equal(["nobody"]);
    }
    const unknown = `${service.url}/api${community.path}/fund/projects/9/bundle`;
    expect((await fetch(unknown)).status).to.equal(404);
  });

  it("of one entry come with a claim about it, which is decided by what the entry rests on", async () => {
    const { community, service } = town!;
    const payment = get(COMMUNITY).records.find(({ text }) => text.includes("projectPayment"))!;
    const { entry } = JSON.parse(payment.text) as { entry: number };
    const file = path.join(folder, "dispute.zip");
    const where = ["--api", service.url, "--out", file];
    expect((await run("dispute", "make", "--entry", `${entry}`, ...where)).exitCode).to.equal(0);
    const found = await run("verify", "dispute", file, "--json");
    const report = JSON.parse(found.stdout) as BundleReport;
    const open = report.checks.filter(({ status }) => status !== "ok");
    expect([found.exitCode, report.verdict, open]).to.deep.equal([0, "ok", []]);
    expect(report.dispute).to.include({ outcome: "refuted", reason: "entryHolds" });
    const about = ["paymentApproved", "paymentShared", "entrySchedule", "reserveDecided"];
    expect(report.checks.map(({ name }) => name)).to.include.members(about);
    const {
      first,
      second,
      report: base,
    } = await compareVerifiers(fs.readFileSync(file), {
      folder,
    });
    expect(second).to.deep.equal(first);
    expect(base.dispute!.reason).to.equal("entryOpen");
    const url = `${service.url}/api${community.path}/fund/entries/${entry}/bundle`;
    const served = new Uint8Array(await (await fetch(url)).arrayBuffer());
    const opened = await openBundle(await makeDispute(served, { kind: "entry", entry }));
    const decided = await verifyBundle(opened, { verifyFunds, decide: decideDispute });
    expect(decided.dispute!.reason).to.equal("entryHolds");
    const unknown = `${service.url}/api${community.path}/fund/entries/999/bundle`;
    expect((await fetch(unknown)).status).to.equal(404);
  });

  it("decide nothing about an entry whose schedule, record or chain was left out or changed", async () => {
    const archive = new Uint8Array(fs.readFileSync(path.join(folder, "dispute.zip")));
    const files = await openArchive(archive);
    const named = (start: string): string[] =>
      [...files.keys()].filter((name) => name.startsWith(start));
    const parts = [...named("documents/"), ...named("records/"), ...named("chain/blocks/")];
    // Some of each kind: every one of them is verified anew.
    for (const name of parts.filter((_, i) => i % 7 === 3)) {
      const cut = await alter(archive, (all) => void all.delete(name));
      const { dispute } = await verifyBundle(await openBundle(cut), {
        verifyFunds,
        decide: decideDispute,
      });
      // What is not wrong cannot be made to look wrong by leaving something out.
      expect(dispute!.outcome, `without ${name}`).not.to.equal("upheld");
    }
  });

  for (const scope of [PROJECT, PERIOD, COMMUNITY]) {
    it(`of a ${scope.kind} are in order, the state of the Fund included`, async () => {
      const report = await verify(get(scope));
      const open = allChecks(report).filter(({ status }) => status !== "ok");
      expect(open, JSON.stringify(open, null, 1)).to.deep.equal([]);
      expect(report.verdict).to.equal("ok");
      const state = allChecks(report).filter(({ name }) => name === "stateAgrees");
      expect(state.map(({ subject }) => subject)).to.include("fund");
    });

    it(`of a ${scope.kind} are read by the second verifier too, which says what it leaves`, async () => {
      const archive = packArchive(bundleFiles(get(scope), KIT));
      const { report, first, second } = await compareVerifiers(archive, { folder });
      expect(second).to.deep.equal(first);
      const open = allChecks(report).filter(({ status }) => status !== "ok");
      expect(open.map(({ name, detail }) => `${name} ${detail}`)).to.deep.equal(["funds leftOut"]);
    });
  }
});
