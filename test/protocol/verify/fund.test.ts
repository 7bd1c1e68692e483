import { expect } from "chai";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PassThrough } from "node:stream";
import { RpcProver } from "../../../protocol/verify/block/rpcProver.ts";
import type { Bundle } from "../../../protocol/verify/bundle/bundle.ts";
import { bundleFiles, createBundle } from "../../../protocol/verify/bundle/create.ts";
import { bundleSources } from "../../../protocol/verify/bundle/sources.ts";
import { requestOver } from "../../../protocol/verify/rpc.ts";
import type { ProjectTown } from "../../api/fund/project/town.ts";
import type { CheckName, Report } from "../../../protocol/verify/report.ts";
import { verifyFund } from "../../../protocol/verify/fund/verify.ts";
import type { Sources } from "../../../protocol/verify/source.ts";
import { main } from "../../../scripts/mingzhang.ts";
import { compareVerifiers } from "./bundle/second.ts";
import { COMMUNITY, PERIOD, PROJECT, describeBundles } from "./fundBundles.ts";
import { packAgain } from "./dispute/files.ts";
import { writeContent } from "./fundFiles.ts";
import { keepBooks, sourcesOf } from "./fundScenario.ts";
import { BOOKS_TAMPERS } from "./fundBooksTampers.ts";
import { CHAIN_TAMPERS } from "./fundChainTampers.ts";
import { PROJECT_TAMPERS } from "./fundProjectTampers.ts";
import { RULE_TAMPERS } from "./fundRuleTampers.ts";
import {
  type FundContent,
  copyContent,
  readContent,
  remember,
  sourcesFrom,
} from "./fundTampering.ts";

const TAMPERS = [...BOOKS_TAMPERS, ...CHAIN_TAMPERS, ...RULE_TAMPERS, ...PROJECT_TAMPERS];
/** Of what is altered together, so that the second verifier is asked a few times only. */
const GROUPS = 6;

const failed = ({ checks }: Report): string[] =>
  checks
    .filter(({ status }) => status === "failed")
    .map(({ name, subject }) => `${name} ${subject}`.trim());

describe("verification of a community's funds", function () {
  this.timeout(180_000);
  let town: ProjectTown | undefined;
  let served: Sources;
  /** What the community's bundle holds; a service gives out projects, and a proof of every record. */
  let real: Sources;
  let content: FundContent;
  const bundles = new Map<string, Bundle>();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "altered-"));
  after(() => fs.rmSync(folder, { recursive: true }));

  before(async () => {
    town = await keepBooks();
    served = remember(sourcesOf(town));
    const prover = new RpcProver(requestOver(`${town.service.url}/api/rpc`));
    for (const scope of [PROJECT, PERIOD, COMMUNITY]) {
      bundles.set(scope.kind, await createBundle({ ...served, prover }, scope));
    }
    const { records, chain } = await bundleSources(bundles.get("community")!);
    const inclusion = (index: number, size: number) => served.records.inclusion(index, size);
    const exportProjects = () => served.records.exportProjects!();
    real = { chain, records: { ...records, inclusion, exportProjects } };
    content = await readContent(real);
  });
  after(() => town?.close());

  describe("in bundles", () => {
    describeBundles(() => ({ town: town!, bundles }));
  });

  it("finds everything in order over HTTP, and looks at everything", async () => {
    const { verdict, checks } = await verifyFund(served);
    const open = checks.filter(({ status }) => status !== "ok");
    expect(open, JSON.stringify(open, null, 1)).to.deep.equal([]);
    expect(verdict).to.equal("ok");
    const names = new Set<CheckName>(checks.map(({ name }) => name));
    const seldom: CheckName[] = [];
    for (const name of EXPECTED) if (!names.has(name)) seldom.push(name);
    expect(seldom).to.deep.equal([]);
  });

  it("is a command", async () => {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    const place = [town!.community.id, "--api", town!.service.url];
    const exitCode = await main(["verify", "fund", ...place, "--json"], { stdin, stdout, stderr });
    const report = JSON.parse(String(stdout.read())) as Report;
    expect([exitCode, report.verdict]).to.deep.equal([0, "ok"]);
    expect(report.checks.map(({ name }) => name)).to.include("paymentApproved");
  });

  it("says what it could not read", async () => {
    const chain = { ...served.chain, logs: () => Promise.reject(new Error("away")) };
    expect((await verifyFund({ ...served, chain })).verdict).to.equal("incomplete");
  });

  it("holds an entry against the last day that was closed before it, and says nothing where none was", async () => {
    const verdicts = async (closedTo?: string): Promise<string[]> => {
      const copy = copyContent(content);
      const at = copy.records.findIndex(({ text }) => text.includes('"type":"period"'));
      const [period] = copy.records.splice(at, 1);
      if (closedTo !== undefined) {
        const text = period!.text.replace(/"to":"[0-9-]+"/, `"to":"${closedTo}"`);
        copy.records.unshift({ ...period!, text, index: -1 });
      }
      const { checks } = await verifyFund(sourcesFrom(copy, real));
      const own = checks.filter(({ name }) => name === "entryDay");
      return [...new Set(own.map(({ status }) => status))];
    };
    expect(await verdicts()).to.deep.equal([]);
    expect(await verdicts("2000-01-01")).to.deep.equal(["ok"]);
    expect(await verdicts("2999-12-31")).to.deep.equal(["failed"]);
  });

  it("tells which charges name no decision", async () => {
    const copy = copyContent(content);
    const entry = copy.records.find(({ text }) => text.includes('"source":"payment 1"'))!;
    entry.text = entry.text.replace('"source":"payment 1"', '"source":null');
    const { checks } = await verifyFund(sourcesFrom(copy, real));
    expect(
      checks.find(({ name, subject }) => name === "chargeDecided" && subject === "7"),
    ).to.include({ status: "notChecked", detail: "undecided" });
  });

  it("tells a charge from before the installation, of which no decision can be asked for, from one after it", async () => {
    const verdictOn = async (date: string) => {
      const copy = copyContent(content);
      const entry = copy.records.find(({ text }) => text.includes('"source":"payment 1"'))!;
      entry.text = entry.text
        .replace('"source":"payment 1"', '"source":null')
        .replace(/"date":"[0-9-]+"/, `"date":"${date}"`);
      const { checks } = await verifyFund(sourcesFrom(copy, real));
      const { status, detail } = checks.find(
        ({ name, subject }) => name === "chargeDecided" && subject === "7",
      )!;
      return [status, detail];
    };
    const first = content.records.find(({ text }) => text.includes('"type":"community"'))!;
    const { at } = JSON.parse(first.text) as { at: string };
    const before = new Date(new Date(at).getTime() - 86_400_000).toISOString();
    expect(await verdictOn(before.slice(0, 10))).to.deep.equal(["ok", "carriedOver"]);
    expect(await verdictOn(at.slice(0, 10))).to.deep.equal(["notChecked", "undecided"]);
  });

  for (const [what, check, tamper] of TAMPERS) {
    it(`names ${what}`, async () => {
      const copy = copyContent(content);
      tamper(copy);
      const report = await verifyFund(sourcesFrom(copy, real));
      expect(report.verdict).to.equal("failed");
      expect(failed(report)).to.include(check);
    });
  }

  for (let group = 0; group < GROUPS; group++) {
    it(`finds the same wrong as the second verifier where much was altered (${group + 1})`, async () => {
      const copy = copyContent(content);
      for (const [i, [, , tamper]] of TAMPERS.entries()) if (i % GROUPS === group) tamper(copy);
      const files = bundleFiles(bundles.get("community")!, new Map());
      writeContent(files, content, copy);
      const { report, first, second } = await compareVerifiers(packAgain(files), { folder });
      expect(second).to.deep.equal(first);
      expect(failed(report.funds!)).to.have.length.above(10);
    });
  }

  it("names the record of which one character differs, whatever it says", async () => {
    const named: string[] = [];
    for (const { index } of content.records.filter((_, i) => i % 5 === 0)) {
      const copy = copyContent(content);
      const entry = copy.records.find((each) => each.index === index)!;
      const at = entry.text.indexOf('"at":"') + 8;
      entry.text = `${entry.text.slice(0, at)}9${entry.text.slice(at + 1)}`;
      const report = await verifyFund(sourcesFrom(copy, real));
      if (!failed(report).includes(`recordInLog ${index}`)) named.push(String(index));
    }
    expect(named).to.deep.equal([]);
  });
});

const EXPECTED: readonly CheckName[] = [
  ...(["chainId", "contractCode", "contractsLinked", "chainConsistent", "head"] as const),
  ...(["checkpoint", "recordLeaf", "document", "creditAttested", "creditTotal"] as const),
  ...(["rulesAttested", "rulesRecord", "reserveDecided", "reserveBudget"] as const),
  ...(["reserveAttested", "reserveRecord", "claimAttested", "claimInvoice"] as const),
  ...(["claimAmount", "claimJudged", "claimWithdrawn", "claimRecord", "paymentApproved"] as const),
  ...(["paymentRecord", "paymentEntry", "paymentShared", "paymentOnChain"] as const),
  ...(["settlementAttested", "settlementRecord", "fundSettings", "entryNumber"] as const),
  ...(["entrySound", "entryOfficers", "entryReversal", "entrySchedule"] as const),
  ...(["periodNumber", "periodSpan", "periodFigures", "periodStatement"] as const),
  ...(["periodOfficers", "balancesNumber", "balancesRoot", "balancesBuilding"] as const),
  ...(["balancesLedger", "balancesBank", "bankAccount", "bankStatement"] as const),
  ...(["reconciliationNumber", "bankReconciliation", "chargeDecided", "incomeShare"] as const),
  ...(["periodExport", "projectExport"] as const),
];
