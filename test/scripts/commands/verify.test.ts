import { expect } from "chai";
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { canonicalBytes } from "../../../protocol/anchor/json.ts";
import { receiptBytes } from "../../../protocol/assembly/receipt.ts";
import { addSignatures } from "../../../protocol/anchor/tlog/checkpoint.ts";
import { formatVerifierKey, verifierKeyOf } from "../../../protocol/anchor/tlog/key.ts";
import { parseNote } from "../../../protocol/anchor/tlog/note.ts";
import { cosignNote } from "../../../protocol/anchor/tlog/signature.ts";
import type { Bundle } from "../../../protocol/verify/bundle/bundle.ts";
import { bundleFiles, createBundle } from "../../../protocol/verify/bundle/create.ts";
import { packArchive } from "../../../protocol/verify/bundle/pack.ts";
import { main } from "../../../scripts/mingzhang.ts";
import { lineOf, slipOf } from "../../protocol/verify/dispute/cases.ts";
import { holdMeeting } from "../../protocol/verify/scenario.ts";
import { serve } from "../../protocol/verify/server.ts";

const COMMAND = fileURLToPath(new URL("../../../scripts/mingzhang.mjs", import.meta.url));

interface Run {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

function run(...args: string[]): Promise<Run> {
  const child = spawn(process.execPath, [COMMAND, "verify", ...args]);
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => (output[name] += text));
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, ...output }));
  });
}

/** The same without a process of its own, which takes most of the time. */
const runHere = (...args: string[]): Promise<Run> => mainHere("verify", ...args);
const disputeHere = (...args: string[]): Promise<Run> => mainHere("dispute", ...args);
const bundleHere = (...args: string[]): Promise<Run> => mainHere("bundle", ...args);

async function mainHere(...args: string[]): Promise<Run> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const exitCode = await main(args, { stdin, stdout, stderr });
  const textOf = (stream: PassThrough): string => String(stream.read() ?? "");
  return { exitCode, stdout: textOf(stdout), stderr: textOf(stderr) };
}

describe("mingzhang verify", () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof serve>>;
  let service: string[];
  const file = (name: string): string => path.join(folder, name);

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "verify-"));
    const meeting = await holdMeeting();
    server = await serve(meeting.community);
    service = ["--api", server.url, "--community", "test"];
    const { community } = meeting;
    const sources = { ...community.sources, prover: community.prover };
    const bundle = await createBundle(sources, { kind: "meeting", meeting: 1 });
    const write = (name: string, content: Bundle): void => {
      fs.writeFileSync(file(name), packArchive(bundleFiles(content, new Map())));
    };
    write("good.zip", bundle);
    const [first, ...others] = bundle.documents;
    const bytes = first!.bytes.with(0, first!.bytes[0]! ^ 1);
    write("bad.zip", { ...bundle, documents: [{ ...first!, bytes }, ...others] });
    write("incomplete.zip", { ...bundle, documents: [] });
    const seed = new Uint8Array(32).fill(7);
    const last = bundle.checkpoints.at(-1)!;
    const cosignature = cosignNote(parseNote(last.note).text, { name: "w", seed }, 1_800_000_000n);
    const note = addSignatures(last.note, [cosignature]);
    write("cosigned.zip", {
      ...bundle,
      checkpoints: bundle.checkpoints.with(-1, { ...last, note }),
    });
    const key = formatVerifierKey(verifierKeyOf({ name: "w", seed }, "cosignature"));
    fs.writeFileSync(file("policy"), `witness w ${key}\nquorum w\n`);
    for (const [name, content] of bundleFiles(bundle, new Map())) {
      fs.mkdirSync(path.dirname(file(`unpacked/${name}`)), { recursive: true });
      fs.writeFileSync(file(`unpacked/${name}`), content);
    }
    const receipt = meeting.receipt(0, 0, ["for", "against"]);
    fs.writeFileSync(file("receipt.json"), receiptBytes(receipt));
    const forged = { ...receipt, answers: ["against" as const, "against" as const] };
    fs.writeFileSync(file("forged.json"), receiptBytes(forged));
    const slip = slipOf(meeting, { owner: 10, answers: ["for", "for"] });
    fs.writeFileSync(file("slip.json"), canonicalBytes(slip));
    fs.writeFileSync(file("line.json"), canonicalBytes(lineOf(meeting, 13)));
  });

  after(() => {
    server.close();
    fs.rmSync(folder, { recursive: true });
  });

  it("exits 0 when a bundle is in order, and prints the recount", async () => {
    const { exitCode, stdout } = await run("meeting", "--bundle", file("good.zip"));
    expect(exitCode).to.equal(0);
    expect(stdout).to.match(/✔ batchCodes 0/);
    expect(stdout).to.match(/Motion 1 \(Art\. 278 item 5\): Adopted/);
  });

  it("exits 1 when a check fails, and names it with expected and found", async () => {
    const { exitCode, stdout } = await run("meeting", "1", "--bundle", file("bad.zip"));
    expect(exitCode).to.equal(1);
    expect(stdout).to.match(/✘ document 0x[0-9a-f]{64}\n {4}expected 0x.*\n {4}found {4}0x/);
  });

  it("exits 2 when something is missing", async () => {
    const { exitCode, stdout } = await run("meeting", "1", "--bundle", file("incomplete.zip"));
    expect(exitCode).to.equal(2);
    expect(stdout).to.match(/\? unitLines \(missing\)/);
  });

  it("writes the same report as JSON", async () => {
    const { exitCode, stdout } = await run("meeting", "--json", "--bundle", file("good.zip"));
    const report = JSON.parse(stdout) as {
      verdict: string;
      checks: { status: string }[];
      recount: { total: { heads: number }; motions: { outcome: string }[] };
    };
    expect(exitCode).to.equal(0);
    expect(report.verdict).to.equal("ok");
    expect(report.checks.every(({ status }) => status === "ok")).to.equal(true);
    expect(report.recount.total.heads).to.equal(14);
    expect(report.recount.motions.map(({ outcome }) => outcome)).to.have.length(2);
  });

  it("verifies what a bundle is about when told nothing else, also where it was unpacked", async () => {
    expect((await runHere("--bundle", file("good.zip"))).exitCode).to.equal(0);
    expect((await runHere("--bundle", file("unpacked"))).exitCode).to.equal(0);
    const { exitCode, stderr } = await runHere("meeting", "2", "--bundle", file("good.zip"));
    expect([exitCode, stderr]).to.deep.equal([2, stderr]);
    expect(stderr).to.include("the bundle is about meeting 1");
  });

  it("puts a claim and its evidence into one file, and decides on it", async () => {
    const out = ["--out", file("dispute.zip")];
    const bundled = ["--bundle", file("good.zip")];
    const cases = [
      [["--receipt", file("receipt.json"), ...service], 0, "refuted", "counted"],
      [["--receipt", file("slip.json"), ...bundled], 1, "upheld", "notSealed"],
      [["--unit", file("line.json"), "--meeting", "1", ...bundled], 0, "upheld", "noneStands"],
    ] as const;
    for (const [options, code, outcome, reason] of cases) {
      const made = await disputeHere("make", ...options, ...out, "--says", "请复核");
      expect([made.exitCode, made.stderr]).to.deep.equal([0, ""]);
      const { exitCode, stdout } = await runHere("dispute", file("dispute.zip"), "--json");
      const { dispute } = JSON.parse(stdout) as { dispute: Record<string, unknown> };
      expect([exitCode, dispute.outcome, dispute.reason]).to.deep.equal([code, outcome, reason]);
    }
    const { stdout } = await runHere("dispute", file("dispute.zip"));
    expect(stdout)
      .to.include("请复核")
      .and.include("主张成立 (noneStands)")
      .and.include("True: no");
    expect((await runHere("--bundle", file("dispute.zip"))).stdout).to.include("noneStands");
  });

  it("says what is missing for a dispute", async () => {
    const calls = [
      ["make"],
      ["make", "--receipt", file("receipt.json"), "--unit", file("line.json")],
      ["make", "--unit", file("line.json")],
      ["make", "--receipt", file("line.json"), "--bundle", file("good.zip")],
      ["take"],
    ];
    for (const call of calls) expect((await disputeHere(...call)).exitCode).to.equal(2);
    const none = await runHere("dispute", file("good.zip"));
    expect([none.exitCode, none.stderr.split("\n")[0]]).to.deep.equal([
      2,
      `${file("good.zip")} holds no claim`,
    ]);
  });

  it("says in both languages whose word the verdict rests on", async () => {
    const policy = ["--policy", file("policy")];
    const good = await runHere("--bundle", file("cosigned.zip"), ...policy);
    expect(good.exitCode).to.equal(0);
    expect(good.stdout).to.match(/✔ headCosigned \d+/);
    expect(good.stdout).to.include("您信任的见证人").and.include("The witnesses that you trust");
    const none = await runHere("--bundle", file("good.zip"), ...policy);
    expect(none.exitCode).to.equal(1);
    expect(none.stdout).to.match(/✘ headCosigned \d+ \(tooFew\)/);
    expect(none.stdout)
      .to.include("目前只有制作这份文件的人这么说")
      .and.include("is so far only the word");
  });

  it("holds a timestamp against the head, and runs nothing again of which a block is missing", async () => {
    const certificate = path.join(folder, "ca.pem");
    fs.writeFileSync(certificate, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    const stamp = ["--timestamp", file("receipt.json"), "--timestamp-ca", certificate];
    const wrong = await runHere("--bundle", file("good.zip"), ...stamp);
    expect(wrong.stdout).to.match(/✘ headTimestamped \d+ \(differs\)/);
    const half = await runHere("--bundle", file("good.zip"), ...stamp.slice(0, 2));
    expect([half.exitCode, half.stderr]).to.deep.equal([2, half.stderr]);
    const replay = await runHere("--bundle", file("good.zip"), "--replay");
    expect(replay.stderr).to.include("does not hold every block of the chain");
  });

  it("writes a bundle of a service's records and its node's chain", async () => {
    const out = file("written.zip");
    const { exitCode, stdout } = await bundleHere("meeting", "1", ...service, "--out", out);
    expect([exitCode, stdout.slice(0, out.length)]).to.deep.equal([0, out]);
    expect((await runHere("--bundle", out)).exitCode).to.equal(0);
    for (const args of [[], ["meeting"], ["meeting", "0"], ["meeting", "1", "2"], ["other"]]) {
      expect((await bundleHere(...args, ...service)).exitCode, args.join(" ")).to.equal(2);
    }
  });

  it("reads a service and its node", async () => {
    expect((await run("meeting", "1", ...service)).exitCode).to.equal(0);
    expect((await run("record", "0", ...service)).exitCode).to.equal(0);
    expect((await run("record", "77", ...service)).exitCode).to.equal(2);
    expect((await run("meeting", "7", ...service)).exitCode).to.equal(2);
  });

  it("checks a receipt against a service or a bundle", async () => {
    const bundle = ["--bundle", file("good.zip")];
    expect((await run("receipt", file("receipt.json"), ...service)).exitCode).to.equal(0);
    expect((await run("receipt", file("receipt.json"), ...bundle)).exitCode).to.equal(0);
    expect((await run("receipt", file("forged.json"), ...bundle)).exitCode).to.equal(1);
  });

  it("exits 2 and says how it is used when called wrongly", async () => {
    for (const args of [
      [],
      ["meeting"],
      ["meeting", "1"],
      ["meeting", "x", ...service],
      ["meeting", "1", "--bundle", file("absent.json")],
      ["meeting", "1", "--bundle", file("receipt.json")],
      ["meeting", "1", "--bundle", file("good.zip"), ...service],
      ["receipt", file("absent.json"), ...service],
      ["meeting", "1", "--unknown"],
      ["ballot", "1", ...service],
    ]) {
      const { exitCode, stdout, stderr } = await runHere(...args);
      expect(exitCode, args.join(" ")).to.equal(2);
      expect(stdout).to.equal("");
      expect(stderr).to.match(/mingzhang verify meeting <number>/);
    }
  });
});
