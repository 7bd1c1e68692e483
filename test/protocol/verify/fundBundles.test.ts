import { expect } from "chai";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PassThrough } from "node:stream";
import type { ProjectTown } from "../../api/fund/project/town.ts";
import { type Bundle, openFiles } from "../../../protocol/verify/bundle/bundle.ts";
import { bundleFiles, createBundle } from "../../../protocol/verify/bundle/create.ts";
import { packArchive } from "../../../protocol/verify/bundle/pack.ts";
import { type Scope, scopeName } from "../../../protocol/verify/bundle/scope.ts";
import {
  type BundleReport,
  allChecks,
  verifyBundle,
} from "../../../protocol/verify/bundle/verify.ts";
import { RpcProver } from "../../../protocol/verify/block/rpcProver.ts";
import { verifyFunds } from "../../../protocol/verify/fund/verify.ts";
import { main } from "../../../scripts/mingzhang.ts";
import { requestOver } from "../../../protocol/verify/rpc.ts";
import { keepBooks, sourcesOf } from "./fundScenario.ts";
import { compareVerifiers } from "./bundle/second.ts";
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

  it("come from the service and from the command with the same bytes", async () => {
    const { community, service } = town!;
    for (const scope of [PROJECT, PERIOD]) {
      const { kind } = scope;
      const file = path.join(folder, `${kind}.zip`);
      const made = await run("bundle", kind, "1", "--api", service.url, "--out", file);
      expect(made.exitCode).to.equal(0);
      const url = `${service.url}/api${community.path}/fund/${kind}s/1/bundle`;
      const served = new Uint8Array(await (await fetch(url)).arrayBuffer());
      expect(served).to.deep.equal(new Uint8Array(fs.readFileSync(file)));
      const verified = await run("verify", "fund", "--bundle", file, "--json");
      const report = JSON.parse(verified.stdout) as BundleReport;
      expect([verified.exitCode, report.verdict]).to.deep.equal([0, "ok"]);
      expect(report.trust!.reasons).to.deep.equal(["nobody"]);
    }
    const unknown = `${service.url}/api${community.path}/fund/projects/9/bundle`;
    expect((await fetch(unknown)).status).to.equal(404);
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
