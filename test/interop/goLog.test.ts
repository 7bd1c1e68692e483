import { expect } from "chai";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PassThrough } from "node:stream";
import {
  type VerifierKey,
  formatVerifierKey,
  verifierKeyOf,
} from "../../protocol/anchor/tlog/key.ts";
import { addSignatures } from "../../protocol/anchor/tlog/checkpoint.ts";
import { parseNote } from "../../protocol/anchor/tlog/note.ts";
import { cosignNote } from "../../protocol/anchor/tlog/signature.ts";
import { main } from "../../scripts/mingzhang.ts";
import { ok } from "../api/http/client.ts";
import { TestService } from "../api/http/service.ts";
import { TestCommunity } from "../api/registry/community.ts";

const PROGRAM = path.join(import.meta.dirname, "go", "main.go");
const VECTORS = path.join(import.meta.dirname, "../vectors/c2sp/go-log");
const GO_SOURCES = process.env["GO_SOURCES"] ?? "/usr/share/gocode";
const RECORDS = 300;

function go(folder: string, ...args: string[]): string {
  const env = { ...process.env, GO111MODULE: "off", GOPATH: GO_SOURCES, GOCACHE: cache(folder) };
  return execFileSync("go", ["run", PROGRAM, ...args], { env, stdio: "pipe" }).toString();
}

const cache = (folder: string): string => path.join(folder, "cache");

describe("golang.org/x/mod/sumdb", () => {
  let test: TestService;
  let folder: string;
  let key: string;
  const witness = { name: "witness.example/w", seed: new Uint8Array(32).fill(9) };
  const witnessKey: VerifierKey = verifierKeyOf(witness, "cosignature");
  const log = (): string => path.join(folder, "log");

  before(async function () {
    this.timeout(60_000);
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-go-"));
    test = await TestService.start();
    const community = await TestCommunity.create(test);
    await test.database.client.$transaction(
      async (tx) => {
        for (let position = 1; position < RECORDS; position++) {
          await test.service.anchor.append(tx, community.id, {
            v: 1,
            type: "revocation",
            community: community.id,
            at: "2026-11-22T00:00:00Z",
            roll: 1,
            page: 0,
            position,
            reason: "测试",
          });
        }
      },
      { timeout: 60_000 },
    );
    await community.head(RECORDS);
    key = (await ok(test.client().get(community.path))).log.key as string;
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    const to = ["log", "export", community.id, log(), "--api", test.url];
    expect(await main(to, { stdin, stdout, stderr })).to.equal(0);
  });
  after(async () => {
    await test.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it("opens the checkpoint of a community and proves every entry from the tiles", function () {
    this.timeout(60_000);
    expect(go(folder, "check", log(), key)).to.equal(`${RECORDS} entries\n`);
  });

  it("accepts a cosignature of ours beside the log's signature", function () {
    this.timeout(60_000);
    const file = path.join(log(), "checkpoint");
    const note = fs.readFileSync(file, "utf8");
    const cosigned = addSignatures(note, [
      cosignNote(parseNote(note).text, witness, 1_700_000_000n),
    ]);
    fs.writeFileSync(file, cosigned);
    const answer = go(folder, "check", log(), key, formatVerifierKey(witnessKey));
    expect(answer).to.equal(`${RECORDS} entries\n`);
  });

  it("refuses a changed tile, so that its word above means something", function () {
    this.timeout(60_000);
    const tile = path.join(log(), "tile/0/000");
    const bytes = fs.readFileSync(tile);
    bytes[40]! ^= 1;
    fs.writeFileSync(tile, bytes);
    expect(() => go(folder, "check", log(), key)).to.throw(/inconsistent|invalid/);
  });

  it("makes the very log of our vectors", function () {
    this.timeout(60_000);
    const made = path.join(folder, "made");
    const vkey = go(folder, "make", made);
    expect(vkey).to.equal(fs.readFileSync(path.join(VECTORS, "vkey"), "utf8"));
    const names = fs.readdirSync(made, { recursive: true }) as string[];
    const files = names.filter((name) => fs.statSync(path.join(made, name)).isFile());
    expect(files).to.have.length(20);
    for (const name of files) {
      const [ours, theirs] = [VECTORS, made].map((one) => fs.readFileSync(path.join(one, name)));
      expect(ours!.equals(theirs!), name).to.equal(true);
    }
  });
});
