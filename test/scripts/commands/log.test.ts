import { expect } from "chai";
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { logLeaf, logRoot, proveInclusion } from "../../../protocol/anchor/log.ts";
import { signCheckpoint } from "../../../protocol/anchor/tlog/checkpoint.ts";
import { formatVerifierKey, verifierKeyOf } from "../../../protocol/anchor/tlog/key.ts";
import { formatNote } from "../../../protocol/anchor/tlog/note.ts";
import { formatProofFile } from "../../../protocol/anchor/tlog/proofFile.ts";
import { cosignNote } from "../../../protocol/anchor/tlog/signature.ts";
import { main } from "../../../scripts/mingzhang.ts";

const COMMAND = fileURLToPath(new URL("../../../scripts/mingzhang.mjs", import.meta.url));
const VECTORS = fileURLToPath(new URL("../../vectors/", import.meta.url));

interface Run {
  exitCode: number | null;
  stdout: string;
}

function run(input: string, ...args: string[]): Promise<Run> {
  const child = spawn(process.execPath, [COMMAND, "log", ...args]);
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.resume();
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (exitCode) => resolve({ exitCode, stdout }));
  });
}

/** The same without a process of its own, which takes most of the time. */
async function runHere(input: string, ...args: string[]): Promise<Run> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  stdin.end(input);
  const exitCode = await main(["log", ...args], { stdin, stdout, stderr });
  return { exitCode, stdout: String(stdout.read() ?? "") };
}

interface Vector {
  file: string;
  wantErr: boolean;
}

const readVectors = (name: string): Vector[] =>
  JSON.parse(fs.readFileSync(`${VECTORS}merkle-rfc6962/${name}.json`, "utf8")) as Vector[];

describe("mingzhang log", () => {
  for (const [name, action] of [
    ["inclusion", "verify-inclusion"],
    ["subtreeinclusion", "verify-inclusion"],
    ["consistency", "verify-consistency"],
    ["subtreeconsistency", "verify-consistency"],
  ] as const) {
    it(`${action} says of every published case of ${name} what is expected`, async () => {
      const vectors = readVectors(name);
      for (const vector of vectors) {
        const { exitCode, stdout } = await runHere(JSON.stringify(vector), action, "--json");
        expect(exitCode, vector.file).to.equal(vector.wantErr ? 1 : 0);
        expect(JSON.parse(stdout)).to.deep.equal({ valid: !vector.wantErr });
      }
      const all = await runHere(JSON.stringify(vectors), action, "--json");
      const results = vectors.map(({ wantErr }) => !wantErr);
      expect(JSON.parse(all.stdout)).to.deep.equal({ valid: false, results });
    });
  }

  it("exits 0, 1 and 2 as a program", async () => {
    const [good, bad] = [false, true].map((wantErr) =>
      JSON.stringify(readVectors("inclusion").find((vector) => vector.wantErr === wantErr)),
    ) as [string, string];
    expect((await run(good, "verify-inclusion")).exitCode).to.equal(0);
    expect((await run(bad, "verify-inclusion")).exitCode).to.equal(1);
    expect((await run("{}", "verify-inclusion", "--json")).exitCode).to.equal(2);
  });

  it("cannot use what is no proof", async () => {
    const [vector] = readVectors("consistency");
    for (const input of [
      "",
      "nonsense",
      "null",
      JSON.stringify({ ...vector, size1: "-1" }),
      JSON.stringify({ ...vector, size1: 0.5 }),
      JSON.stringify({ ...vector, root1: "no base64" }),
      JSON.stringify({ ...vector, proof: [7] }),
      JSON.stringify([vector, {}]),
    ]) {
      expect((await runHere(input, "verify-consistency")).exitCode, input).to.equal(2);
    }
    for (const args of [[], ["verify"], ["check-dir"], ["verify-checkpoint"], ["--nonsense"]]) {
      expect((await runHere("", ...args)).exitCode, args.join(" ")).to.equal(2);
    }
  });

  const log = { name: "example.com/log", seed: new Uint8Array(32).fill(1) };
  const witness = { name: "witness.example/w", seed: new Uint8Array(32).fill(2) };
  const key = formatVerifierKey(verifierKeyOf(log, "ed25519"));
  const witnessKey = formatVerifierKey(verifierKeyOf(witness, "cosignature"));
  const entries = ["first", "second", "third"].map((text) => new TextEncoder().encode(text));
  const leaves = entries.map(logLeaf);
  const note = signCheckpoint(
    { origin: log.name, size: 3n, root: logRoot(leaves), extensions: [] },
    log,
  );
  note.signatures.push(cosignNote(note.text, witness, 1_700_000_000n));
  const checkpoint = formatNote(note);

  let folder: string;
  const file = (name: string): string => path.join(folder, name);
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "log-"));
    fs.writeFileSync(file("one"), `witness w ${witnessKey}\nquorum w\n`);
    const other = formatVerifierKey(verifierKeyOf({ ...witness, name: "other" }, "cosignature"));
    fs.writeFileSync(file("two"), `witness w ${other}\nquorum w\n`);
    fs.writeFileSync(file("wrong"), "quorum nobody\n");
    const proof = formatProofFile({ index: 1n, path: proveInclusion(leaves, 1), checkpoint });
    fs.writeFileSync(file("second.tlog-proof"), proof);
  });
  after(() => fs.rmSync(folder, { recursive: true }));

  it("verify-checkpoint reads a checkpoint, plain or within JSON", async () => {
    for (const input of [checkpoint, JSON.stringify(checkpoint), JSON.stringify({ checkpoint })]) {
      const answer = await runHere(input, "verify-checkpoint", "--key", key, "--json");
      expect(answer.exitCode).to.equal(0);
      const { valid, origin, size, signatures } = JSON.parse(answer.stdout);
      expect({ valid, origin, size }).to.deep.equal({ valid: true, origin: log.name, size: "3" });
      expect(signatures.map(({ status }: { status: string }) => status)).to.deep.equal([
        "ok",
        "unknown",
      ]);
    }
  });

  it("verify-checkpoint refuses another key, another name and a changed size", async () => {
    const otherKey = formatVerifierKey(verifierKeyOf({ ...log, seed: witness.seed }, "ed25519"));
    const verify = (input: string, ...args: string[]) =>
      runHere(input, "verify-checkpoint", ...args, "--json");
    expect((await verify(checkpoint, "--key", otherKey)).exitCode).to.equal(1);
    expect((await verify(checkpoint, "--key", key, "--origin", "other")).exitCode).to.equal(1);
    const changed = checkpoint.replace("\n3\n", "\n4\n");
    expect((await verify(changed, "--key", key)).exitCode).to.equal(1);
    const nothing = await verify("nothing", "--key", key);
    expect(nothing.exitCode).to.equal(1);
    expect(JSON.parse(nothing.stdout)).to.deep.equal({ valid: false, fault: "noSignatures" });
    expect((await verify(checkpoint, "--key", "nonsense")).exitCode).to.equal(2);
  });

  it("verify-checkpoint wants the cosignatures that the policy names", async () => {
    const verify = (...args: string[]) =>
      runHere(checkpoint, "verify-checkpoint", "--key", key, "--json", ...args);
    const good = await verify("--policy", file("one"));
    expect(good.exitCode).to.equal(0);
    expect(JSON.parse(good.stdout).quorum).to.deep.equal({
      isReached: true,
      cosigned: ["w"],
      missing: [],
    });
    expect((await verify("--policy", file("two"))).exitCode).to.equal(1);
    expect((await verify("--policy", file("wrong"))).exitCode).to.equal(2);
    expect((await verify("--policy", file("missing"))).exitCode).to.equal(2);
    const seen = await verify("--witness", witnessKey);
    expect(JSON.parse(seen.stdout).signatures[1]).to.include({ at: "2023-11-14T22:13:20.000Z" });
  });

  it("verify-proof binds an entry's bytes to the checkpoint", async () => {
    const verify = (entry: string) =>
      runHere(entry, "verify-proof", file("second.tlog-proof"), "--key", key, "--json");
    expect((await verify("second")).exitCode).to.equal(0);
    expect((await verify("third")).exitCode).to.equal(1);
  });

  it("check-dir passes another program's log and names a changed byte", async () => {
    const copy = file("go-log");
    fs.cpSync(`${VECTORS}c2sp/go-log`, copy, { recursive: true });
    const vkey = fs.readFileSync(path.join(copy, "vkey"), "utf8").trim();
    const good = await run("", "check-dir", copy, "--key", vkey);
    expect(good.exitCode).to.equal(0);
    expect(good.stdout).to.match(/✔ 600 entries/);
    const bundle = path.join(copy, "tile/entries/001");
    const bytes = fs.readFileSync(bundle);
    bytes[20]! ^= 1;
    fs.writeFileSync(bundle, bytes);
    const bad = await runHere("", "check-dir", copy, "--key", vkey, "--json");
    expect(bad.exitCode).to.equal(1);
    const { problems } = JSON.parse(bad.stdout);
    expect(problems).to.have.length(1);
    expect(problems[0]).to.include({ path: "tile/entries/001", entry: 257 });
    expect((await runHere("", "check-dir", copy, "--key", key)).exitCode).to.equal(1);
    expect((await runHere("", "check-dir", file("nowhere"), "--key", key)).exitCode).to.equal(2);
    fs.mkdirSync(file("empty"));
    expect((await runHere("", "check-dir", file("empty"), "--key", key)).exitCode).to.equal(2);
  });
});
