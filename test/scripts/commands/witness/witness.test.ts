import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { openCheckpoint } from "../../../../protocol/anchor/tlog/checkpoint.ts";
import {
  type VerifierKey,
  parseVerifierKey,
  verifierKeyOf,
} from "../../../../protocol/anchor/tlog/key.ts";
import { parseNote, parseSignatures } from "../../../../protocol/anchor/tlog/note.ts";
import { checkSignatures } from "../../../../protocol/anchor/tlog/signature.ts";
import { serveWitness } from "../../../../scripts/commands/witness/server.ts";
import { WitnessStore, originHash } from "../../../../scripts/commands/witness/store.ts";
import { main } from "../../../../scripts/mingzhang.ts";
import vectors from "../../../vectors/c2sp/witness.json" with { type: "json" };
import { SigningLog } from "./signingLog.ts";

const COMMAND = fileURLToPath(new URL("../../../../scripts/mingzhang.mjs", import.meta.url));
const NAME = "witness.example/w1";

describe("mingzhang witness", () => {
  let folder: string;
  const closing: (() => Promise<void>)[] = [];
  const place = (name: string): string => path.join(folder, name);
  const log = new SigningLog(20);

  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "witness-"));
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  async function open(name: string, logs: VerifierKey[] = [parseVerifierKey(log.vkey)]) {
    const store = new WitnessStore(place(name), NAME);
    const server = await serveWitness({ store, logs }, { host: "127.0.0.1", port: 0 });
    const close = async () => {
      await server.close();
      store.close();
    };
    closing.push(close);
    const key = verifierKeyOf(store.signer, "cosignature");
    return { url: server.url, key, close };
  }

  const post = (url: string, body: string) =>
    fetch(`${url}/add-checkpoint`, { method: "POST", body });
  const statusOf = async (url: string, body: string) => (await post(url, body)).status;

  it("answers the published calls as the specification says", async () => {
    const { url } = await open("vectors", [parseVerifierKey(vectors.log)]);
    for (const call of vectors.calls) {
      const response = await post(url, call.body);
      const answer = await response.text();
      expect(response.status, call.desc).to.equal(call.status);
      if (call.status === 200) expect(answer, call.desc).to.match(/^— witness\.example\/w1 /);
      if (call.answer !== undefined) {
        expect(answer, call.desc).to.equal(call.answer);
        expect(response.headers.get("Content-Type")).to.equal("text/x.tlog.size");
      }
    }
  });

  it("cosigns so that anyone can check it, and gives out what it cosigned last", async () => {
    const { url, key } = await open("cosigns");
    const address = `${url}/${originHash(log.signer.name)}/checkpoint`;
    expect((await fetch(address)).status).to.equal(404);
    const response = await post(url, log.request(0, 3));
    const { text } = parseNote(log.checkpoint(3));
    const signatures = parseSignatures(await response.text());
    const [check] = checkSignatures({ text, signatures }, [key]);
    expect(check!.status).to.equal("ok");
    expect(Number(check!.timestamp)).to.be.closeTo(Date.now() / 1000, 60);
    await post(url, log.request(3, 7));
    const kept = openCheckpoint(await (await fetch(address)).text(), [
      key,
      parseVerifierKey(log.vkey),
    ]);
    expect(kept.checkpoint.size).to.equal(7n);
    expect(kept.signatures.map(({ status }) => status)).to.deep.equal(["ok", "ok"]);
    expect(parseVerifierKey((await (await fetch(url)).text()).trim())).to.deep.equal(key);
  });

  it("refuses what contradicts what it cosigned, and keeps it as evidence", async () => {
    const { url } = await open("refuses");
    const fork = new SigningLog(20, (index) => (index === 2 ? "another" : `entry ${index}`));
    expect(await statusOf(url, log.request(0, 5))).to.equal(200);
    expect(await statusOf(url, fork.request(5, 9))).to.equal(422);
    expect(await statusOf(url, fork.request(5, 5))).to.equal(422);
    expect(fs.readdirSync(place("refuses/evidence"))).to.have.length(2);
    expect(await statusOf(url, log.request(5, 5))).to.equal(200);
    expect(await statusOf(url, log.request(6, 4))).to.equal(400);
    expect(await statusOf(url, log.request(4, 4))).to.equal(409);
    expect(await statusOf(url, log.request(5, 9))).to.equal(200);
  });

  it("refuses what it does not understand", async () => {
    const { url } = await open("nonsense");
    const good = log.request(0, 3);
    const cases: [string, number][] = [
      ["", 400],
      ["nonsense", 400],
      [good.replace("old 0", "old 00"), 400],
      [good.replace("old 0", "old -1"), 400],
      [good.replace("old 0\n", "old 0\nAAAA\n"), 400],
      [good.replace("old 0\n", `old 0\n${"A".repeat(43)}=\n`.replace(/\n$/, "\n".repeat(1))), 422],
      [good.replace("old 0\n", `old 0\n${`${"A".repeat(43)}=\n`.repeat(64)}`), 400],
      [good.replace("\n3\n", "\n4\n"), 403],
      [good.slice(0, good.lastIndexOf("\n\n") + 2), 400],
      ["x".repeat(300_000), 413],
    ];
    for (const [body, status] of cases) {
      expect(await statusOf(url, body), body.slice(0, 60)).to.equal(status);
    }
    const empty = new SigningLog(0);
    const wrong = `old 0\n\n${empty.checkpoint(0, new Uint8Array(32))}`;
    expect(await statusOf(url, wrong)).to.equal(422);
    expect(await statusOf(url, empty.request(0, 0))).to.equal(200);
    expect((await fetch(`${url}/add-checkpoint`)).status).to.equal(405);
    expect((await fetch(`${url}/elsewhere`)).status).to.equal(404);
  });

  it("lets one of many that come at once through, and never goes back", async () => {
    const { url } = await open("race");
    await post(url, log.request(0, 1));
    const sizes = Array.from({ length: 19 }, (_, i) => i + 2);
    const statuses = await Promise.all(sizes.map((size) => statusOf(url, log.request(1, size))));
    expect(statuses.filter((status) => status === 200)).to.have.length(1);
    expect(statuses.filter((status) => status === 409)).to.have.length(18);
  });

  it("remembers over a restart, and does not start on a head that it did not cosign", async () => {
    const first = await open("restart");
    await post(first.url, log.request(0, 6));
    await closing.pop()!();
    const second = await open("restart");
    expect(second.key).to.deep.equal(first.key);
    const conflict = await post(second.url, log.request(0, 8));
    expect([conflict.status, await conflict.text()]).to.deep.equal([409, "6\n"]);
    await closing.pop()!();
    const file = place(`restart/logs/${originHash(log.signer.name)}`);
    fs.writeFileSync(file, log.checkpoint(2));
    expect(() => new WitnessStore(place("restart"), NAME)).to.throw("is not what this witness");
    expect(fs.statSync(place("restart/key")).mode & 0o777).to.equal(0o600);
  });

  interface Running {
    url: string;
    kill(signal: NodeJS.Signals): Promise<void>;
  }

  /** The witness as a process of its own. */
  async function start(name: string): Promise<Running> {
    const args = ["witness", "--name", NAME, "--data", place(name), "--log", log.vkey];
    const child = spawn(process.execPath, [COMMAND, ...args, "--port", "0"]);
    child.stderr.resume();
    const [said] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];
    return {
      url: said.split("\n")[0]!,
      async kill(signal) {
        const ended = once(child, "exit");
        child.kill(signal);
        await ended;
      },
    };
  }

  it("has kept every head that it cosigned when it is killed at any moment", async function () {
    this.timeout(60_000);
    let last = 0;
    for (const delay of [5, 20, 60]) {
      const witness = await start("killed");
      const known = Number(await (await post(witness.url, log.request(19, 20))).text());
      expect(known, "nothing that was cosigned is forgotten").to.be.at.least(last);
      last = known;
      const submit = async (): Promise<void> => {
        for (let size = last + 1; size < 19; size++) {
          const response = await post(witness.url, log.request(last, size));
          if (response.ok) last = size;
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      };
      const running = submit().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, delay));
      await witness.kill("SIGKILL");
      await running;
    }
    const witness = await start("killed");
    const known = Number(await (await post(witness.url, log.request(19, 20))).text());
    expect(known).to.be.at.least(last);
    await witness.kill("SIGTERM");
  });

  it("does not share its folder with another witness", async function () {
    this.timeout(20_000);
    const witness = await start("shared");
    expect(() => new WitnessStore(place("shared"), NAME)).to.throw("another witness");
    await witness.kill("SIGTERM");
    new WitnessStore(place("shared"), NAME).close();
  });

  async function mingzhang(...args: string[]) {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    stdin.end();
    const exitCode = await main(["witness", ...args], { stdin, stdout, stderr });
    return { exitCode, stdout: String(stdout.read() ?? "") };
  }

  describe("compare", () => {
    const fork = new SigningLog(12, (index) => (index === 4 ? "another" : `entry ${index}`));
    const whole = new SigningLog(12);

    function writeTiles(name: string, { tiles }: { tiles: Map<string, Uint8Array> }): string {
      for (const [file, bytes] of tiles) {
        fs.mkdirSync(path.dirname(place(`${name}/${file}`)), { recursive: true });
        fs.writeFileSync(place(`${name}/${file}`), bytes);
      }
      return place(name);
    }

    it("finds a fork that was shown to two witnesses, and prints both signed heads", async () => {
      const one = await open("one");
      const other = await open("other");
      expect(await statusOf(one.url, whole.request(0, 12))).to.equal(200);
      expect(await statusOf(other.url, fork.request(0, 12))).to.equal(200);
      const places = [one, other].map(
        ({ url }) => `${url}/${originHash(log.signer.name)}/checkpoint`,
      );
      const { exitCode, stdout } = await mingzhang(
        "compare",
        ...places,
        "--key",
        log.vkey,
        "--json",
      );
      expect(exitCode).to.equal(1);
      const { verdict, evidence } = JSON.parse(stdout);
      expect(verdict).to.equal("fork");
      const keys = [parseVerifierKey(log.vkey), one.key, other.key];
      for (const text of evidence) {
        const { signatures } = openCheckpoint(text as string, keys);
        expect(signatures.map(({ status }) => status)).to.deep.equal(["ok", "ok"]);
      }
      const same = await mingzhang("compare", places[0]!, places[0]!, "--key", log.vkey);
      expect(same.exitCode).to.equal(0);
    });

    it("holds views of different sizes against the log's tiles", async () => {
      fs.writeFileSync(place("seven"), whole.checkpoint(7));
      fs.writeFileSync(place("twelve"), whole.checkpoint(12));
      fs.writeFileSync(place("forked"), fork.checkpoint(7));
      const tiles = writeTiles("tiles", { tiles: whole.tiles() });
      const compare = (a: string, b: string, ...more: string[]) =>
        mingzhang("compare", place(a), place(b), "--key", log.vkey, ...more);
      expect((await compare("twelve", "seven", "--tiles", tiles)).exitCode).to.equal(0);
      expect((await compare("forked", "twelve", "--tiles", tiles)).exitCode).to.equal(1);
      expect((await compare("seven", "twelve")).exitCode).to.equal(2);
      expect((await compare("seven", "twelve", "--tiles", place("nowhere"))).exitCode).to.equal(2);
    });

    it("says nothing of what the log has not signed", async () => {
      fs.writeFileSync(place("changed"), whole.checkpoint(7).replace("\n7\n", "\n8\n"));
      const twelve = place("twelve");
      for (const other of ["changed", "missing"]) {
        const call = await mingzhang("compare", twelve, place(other), "--key", log.vkey);
        expect(call.exitCode).to.equal(2);
      }
      expect((await mingzhang("compare", twelve, "--key", log.vkey)).exitCode).to.equal(2);
      expect((await mingzhang("compare", twelve, twelve)).exitCode).to.equal(2);
      expect((await mingzhang("--name", "a b", "--data", folder)).exitCode).to.equal(2);
      expect((await mingzhang("--name", NAME, "--data", place("x"))).exitCode).to.equal(2);
    });
  });
});
