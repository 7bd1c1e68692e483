import { expect } from "chai";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PassThrough } from "node:stream";
import { encodeEventTopics } from "viem";
import { fundAbi } from "../../../protocol/abi/fund.ts";
import { type Bundle, openBundle, openFiles } from "../../../protocol/verify/bundle/bundle.ts";
import { bundleFiles } from "../../../protocol/verify/bundle/create.ts";
import { MANIFEST } from "../../../protocol/verify/bundle/manifest.ts";
import { packArchive } from "../../../protocol/verify/bundle/pack.ts";
import type { Scope } from "../../../protocol/verify/bundle/scope.ts";
import {
  type BundleReport,
  allChecks,
  verifyBundle,
} from "../../../protocol/verify/bundle/verify.ts";
import { decideDispute } from "../../../protocol/verify/dispute/decide.ts";
import { makeDispute } from "../../../protocol/verify/dispute/make.ts";
import { verifyFunds } from "../../../protocol/verify/fund/verify.ts";
import type { Check } from "../../../protocol/verify/report.ts";
import { main } from "../../../scripts/mingzhang.ts";
import type { ProjectTown } from "../../api/fund/project/town.ts";
import { compareVerifiers } from "./bundle/second.ts";
import { alter as alterArchive } from "./dispute/cases.ts";
import { openArchive, rewriteManifest } from "./dispute/files.ts";
import { buildPart } from "../../../vite.verifier.config.ts";
import { type Verify, startScript, writeReport } from "../../web/verifier/started.ts";

export const PROJECT = { kind: "project", project: 1 } satisfies Scope;
export const PERIOD = { kind: "period", period: 1 } satisfies Scope;
export const COMMUNITY = { kind: "community" } satisfies Scope;

const KIT = new Map([["README.txt", new TextEncoder().encode("how to use it")]]);

type Files = Map<string, Uint8Array>;
type Prepared = { town: ProjectTown; bundles: ReadonlyMap<string, Bundle> };

/** Changes a digit or a letter in the middle of a file into another one, so that it stays what it is. */
function alter(files: Files, name: string): void {
  const bytes = files.get(name)!.slice();
  const isPlain = (byte: number): boolean =>
    (byte >= 48 && byte <= 56) || (byte >= 97 && byte < 102);
  const at = bytes.findIndex((byte, i) => i > bytes.length / 2 && isPlain(byte));
  bytes[at < 0 ? bytes.length - 1 : at]! += 1;
  files.set(name, bytes);
}

const verify = (files: Files): Promise<BundleReport> =>
  verifyBundle(openFiles(files), { verifyFunds });

const notOk = (report: BundleReport): Check[] =>
  allChecks(report).filter(({ status }) => status !== "ok");

const namesOf = (checks: readonly Check[]): string[] =>
  checks.map(({ name, subject }) => `${name} ${subject}`.trim());

/** What a file's alteration is found by, where the manifest was altered with it. */
const FOUND_BY: readonly (readonly [RegExp, (name: string) => string])[] = [
  [/^records\/(\d+)\.json$/, (index) => `recordInLog ${index}`],
  [/^documents\/(\w+)\./, (hash) => `document 0x${hash}`],
  [/^chain\/blocks\/(\d+)\.json$/, (number) => `blockWhole ${number}`],
  [/^checkpoints\/(\d+)$/, (size) => `checkpoint ${size}`],
  [/^exports\/period-1\.(\w+)$/, () => "periodExport 1/"],
  [/^proofs\/inclusion/, () => "recordInLog"],
  [/^proofs\/consistency/, () => "recordInLog"],
  [/^records\/disclosures/, () => "sealedField"],
  [/^chain\/code/, () => "stateCode"],
  [/^chain\/state/, () => "state"],
];

function finderOf(file: string): string {
  for (const [pattern, find] of FOUND_BY) {
    const match = pattern.exec(file);
    if (match) return find(match[1] ?? "");
  }
  throw new Error(`nothing finds ${file}`);
}

/** The first few files of each folder: what finds one of them finds all. */
function someOf(files: Files): string[] {
  const names = [...files.keys()].filter((name) => ![MANIFEST, ...KIT.keys()].includes(name));
  const folders = Map.groupBy(names, (name) => name.slice(0, name.lastIndexOf("/")));
  return [...folders.values()].flatMap((own) =>
    own.filter((_, i) => i % Math.ceil(own.length / 4) === 0),
  );
}

async function run(...args: string[]): Promise<{ exitCode: number; stdout: string }> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const exitCode = await main(args, { stdin, stdout, stderr });
  return { exitCode, stdout: String(stdout.read()) };
}

/** Both as of one block: a head may be anchored between them. */
async function atOneHead(
  read: () => Promise<[Uint8Array, Uint8Array]>,
): Promise<[Uint8Array, Uint8Array]> {
  for (;;) {
    const both = await read();
    const heads = await Promise.all(both.map(async (one) => (await openBundle(one)).bundle.chain));
    if (heads[0]!.head === heads[1]!.head) return both;
  }
}

/** What is true of bundles of a project, a period and a community with funds. */
export function describeBundles(prepared: () => Prepared): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "funds-"));
  const filesOf = ({ kind }: Scope): Files => bundleFiles(prepared().bundles.get(kind)!, KIT);
  after(() => fs.rmSync(folder, { recursive: true }));

  it("come from the service and from the command with the same bytes", async () => {
    const { community, service } = prepared().town;
    for (const { kind } of [PROJECT, PERIOD]) {
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

  describeDisputes(prepared, folder);

  for (const scope of [PROJECT, PERIOD, COMMUNITY]) {
    describeScope(scope, { folder, filesOf });
  }

  describeFromDisk(filesOf, folder);

  for (const scope of [PROJECT, PERIOD]) describeAlterations(scope, filesOf);
}

type Given = { folder: string; filesOf: (scope: Scope) => Files };

function describeScope(scope: Scope, { folder, filesOf }: Given): void {
  it(`of a ${scope.kind} are in order, the state of the Fund included`, async () => {
    const report = await verify(filesOf(scope));
    expect(notOk(report), JSON.stringify(notOk(report), null, 1)).to.deep.equal([]);
    expect(report.verdict).to.equal("ok");
    const state = allChecks(report).filter(({ name }) => name === "stateAgrees");
    expect(state.map(({ subject }) => subject)).to.include("fund");
  });

  it(`of a ${scope.kind} are found the same by the second verifier, which makes no exports`, async () => {
    const archive = packArchive(filesOf(scope));
    const { report, first, second } = await compareVerifiers(archive, { folder });
    expect(second).to.deep.equal(first);
    expect(notOk(report)).to.deep.equal([]);
  });
}

function describeAlterations(scope: Scope, filesOf: Given["filesOf"]): void {
  it(`name one byte of a ${scope.kind}'s that was changed, in every file`, () => {
    for (const name of filesOf(scope).keys()) {
      if (name === MANIFEST) continue;
      const files = filesOf(scope);
      alter(files, name);
      expect(namesOf(openFiles(files).checks), name).to.include(`bundleFile ${name}`);
    }
  });

  it(`of a ${scope.kind} are not in order after that, though the manifest was made anew`, async () => {
    for (const name of someOf(filesOf(scope))) {
      const files = filesOf(scope);
      alter(files, name);
      rewriteManifest(files);
      const report = await verify(files);
      expect(report.verdict, name).not.to.equal("ok");
      const found = namesOf(notOk(report)).filter((one) => one.startsWith(finderOf(name)));
      expect(found, `${name}: ${namesOf(notOk(report)).join()}`).not.to.deep.equal([]);
    }
  });

  it(`of a ${scope.kind} show by the state that an event of the Fund was left out`, async () => {
    const files = filesOf(scope);
    const last = [...files.keys()].filter((name) => name.startsWith("chain/blocks/"));
    const settled = last.findLast((name) => holdsSettlement(files.get(name)!))!;
    files.delete(settled);
    rewriteManifest(files);
    const failed = notOk(await verify(files)).filter(({ status }) => status === "failed");
    expect(failed.map(({ name, subject }) => `${name} ${subject}`)).to.include("stateAgrees fund");
    expect(failed.find(({ subject }) => subject === "fund")!.expected).to.include("isSettled");
  });
}

/** What lies in the bundle verifies it as the command line does: the same checks, sound and altered. */
function describeFromDisk(filesOf: Given["filesOf"], folder: string): void {
  let verifyByPart: Verify;
  before(async () => {
    verifyByPart = startScript(await buildPart());
  });
  const compare = async (files: Files): Promise<BundleReport> => {
    const order = { evidence: { kind: "folder", files }, validators: [] } as const;
    const news = await verifyByPart(order);
    if (news.kind !== "report") throw new Error(news.kind);
    const expected = await verifyBundle(openFiles(files), { verifyFunds, decide: decideDispute });
    expect(writeReport(news.report)).to.equal(writeReport(expected));
    return expected;
  };

  for (const scope of [PROJECT, PERIOD, COMMUNITY]) {
    it(`of a ${scope.kind} are verified by the part of the verifier that lies in them`, async () => {
      expect((await compare(filesOf(scope))).verdict).to.equal("ok");
    });
  }

  it("that were altered are named by it as well: a proof of the Fund, a record, a workbook", async () => {
    for (const start of ["chain/state", "records/", "exports/period-1.xlsx"]) {
      const files = filesOf(PERIOD);
      const name = [...files.keys()].find((one) => one.startsWith(start))!;
      alter(files, name);
      rewriteManifest(files);
      const found = namesOf(notOk(await compare(files))).join();
      expect(found, name).to.include(finderOf(name));
    }
  });

  it("of one entry are decided on by it as well", async () => {
    const archive = new Uint8Array(fs.readFileSync(path.join(folder, "dispute.zip")));
    const { dispute } = await compare(await openArchive(archive));
    expect(dispute!.reason).to.equal("entryHolds");
  });
}

const [SETTLED] = encodeEventTopics({ abi: fundAbi, eventName: "ReservationSettled" });
const holdsSettlement = (block: Uint8Array): boolean =>
  new TextDecoder().decode(block).includes(SETTLED.slice(2));

function describeDisputes(prepared: () => Prepared, folder: string): void {
  it("of one entry come with a claim about it, which is decided by what the entry rests on", async () => {
    const { community, service } = prepared().town;
    const payment = prepared()
      .bundles.get("community")!
      .records.find(({ text }) => text.includes("projectPayment"))!;
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
    const { first, second } = await compareVerifiers(fs.readFileSync(file), { folder });
    expect(second).to.deep.equal(first);
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
      const cut = await alterArchive(archive, (all) => void all.delete(name));
      const { dispute } = await verifyBundle(await openBundle(cut), {
        verifyFunds,
        decide: decideDispute,
      });
      // What is not wrong cannot be made to look wrong by leaving something out.
      expect(dispute!.outcome, `without ${name}`).not.to.equal("upheld");
    }
  });
}
