import { expect } from "chai";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PassThrough } from "node:stream";
import { gunzipSync } from "node:zlib";
import { type Hex, hexToBytes } from "viem";
import { logLeaf } from "../../../protocol/anchor/log.ts";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { isSignedBy, openCheckpoint } from "../../../protocol/anchor/tlog/checkpoint.ts";
import { parseVerifierKey } from "../../../protocol/anchor/tlog/key.ts";
import { checkProofFile } from "../../../protocol/anchor/tlog/proofFile.ts";
import { decodeBundle, decodeTile } from "../../../protocol/anchor/tlog/tile.ts";
import { main } from "../../../scripts/mingzhang.ts";
import { type Body, eventually, ok, refused } from "../http/client.ts";
import { TestService } from "../http/service.ts";
import { TestCommunity } from "../registry/community.ts";

const SIZE = 300;

describe("the log of a community, as others read it", () => {
  let test: TestService;
  let community: TestCommunity;
  let folder: string;

  const recordOf = (position: number): RecordOf<"revocation"> => ({
    v: 1,
    type: "revocation",
    community: community.id,
    at: "2026-11-22T00:00:00Z",
    roll: 1,
    page: 0,
    position,
    reason: "测试".repeat(1 + (position % 40)),
  });
  const append = (begin: number, end: number) =>
    test.database.client.$transaction(
      async (tx) => {
        for (let i = begin; i < end; i++) {
          await test.service.anchor.append(tx, community.id, recordOf(i));
        }
      },
      { timeout: 60_000 },
    );
  const log = (address: string) => fetch(`${test.url}/api${community.path}/log/${address}`);
  const bytesOf = async (address: string) => {
    const response = await log(address);
    expect(response.status, address).to.equal(200);
    return new Uint8Array(await response.arrayBuffer());
  };
  const describeLog = async (): Promise<Body> => (await ok(test.client().get(community.path))).log;

  before(async function () {
    this.timeout(60_000);
    test = await TestService.start();
    community = await TestCommunity.create(test);
    await append(1, 259);
    await community.head(259);
    await append(259, SIZE);
    await community.head(SIZE);
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-export-"));
  });
  after(async () => {
    fs.rmSync(folder, { recursive: true, force: true });
    await test.close();
  });

  it("signs every anchored head under the key that its first record names", async () => {
    const { key, origin, root } = await describeLog();
    const [first] = (await ok(test.client().get(`${community.path}/records?limit=1`))).items;
    const { logKey, anchor, chainId } = JSON.parse(first.bytes as string);
    expect(logKey).to.equal(key);
    expect(origin).to.equal(`mingzhang/${chainId}/${anchor}`);
    const response = await log("checkpoint");
    expect(response.headers.get("Content-Type")).to.equal("text/plain; charset=utf-8");
    expect(response.headers.get("Cache-Control")).to.equal("no-cache");
    const opened = openCheckpoint(await response.text(), [parseVerifierKey(key as string)]);
    expect(isSignedBy(opened, parseVerifierKey(key as string))).to.equal(true);
    expect(opened.checkpoint).to.deep.equal({
      origin,
      size: BigInt(SIZE),
      root: hexToBytes(root as Hex),
      extensions: [],
    });
    const { items } = await ok(test.client().get(`${community.path}/heads`));
    for (const head of items as Body[]) {
      const older = openCheckpoint(head.checkpoint as string, [parseVerifierKey(key as string)]);
      expect(older.checkpoint.size).to.equal(BigInt(head.size as number));
      expect(isSignedBy(older, parseVerifierKey(key as string))).to.equal(true);
      const again = await log(`checkpoint?size=${head.size}`);
      expect(await again.text()).to.equal(head.checkpoint);
    }
  });

  it("keeps the key of the log to the service alone", () => {
    const file = path.join(test.directory, "keys", "log");
    expect(fs.statSync(file).mode & 0o777).to.equal(0o600);
  });

  it("gives out tiles and entries, for ever where they are full, and compressed", async () => {
    const response = await log("tile/0/000");
    expect(response.headers.get("Cache-Control")).to.match(/max-age=31536000, immutable/);
    expect(response.headers.get("Content-Type")).to.equal("application/octet-stream");
    const hashes = decodeTile(new Uint8Array(await response.arrayBuffer()), 256)!;
    const entries = decodeBundle(await bytesOf("tile/entries/000"), 256)!;
    expect(entries.map(logLeaf)).to.deep.equal(hashes.map((hash) => new Uint8Array(hash)));
    expect(await bytesOf("tile/1/000.p/1")).to.have.length(32);
    expect(await bytesOf("tile/entries/001.p/44")).to.have.length.greaterThan(44 * 100);
    const plain = await raw("tile/entries/000", "identity");
    const packed = await raw("tile/entries/000", "gzip");
    expect(plain.headers.get("Content-Encoding")).to.equal(null);
    expect(packed.headers.get("Content-Encoding")).to.equal("gzip");
    expect(packed.headers.get("Vary")).to.match(/Accept-Encoding/);
    expect(packed.bytes.length).to.be.lessThan(plain.bytes.length / 4);
    expect(gunzipSync(packed.bytes).equals(plain.bytes)).to.equal(true);
  });

  /** As it comes over the wire. */
  async function raw(address: string, encoding: string) {
    const http = await import("node:http");
    return new Promise<{ headers: Headers; bytes: Buffer }>((resolve, reject) => {
      const url = `${test.url}/api${community.path}/log/${address}`;
      const request = http.get(url, { headers: { "Accept-Encoding": encoding } }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const headers = new Headers(response.headers as Record<string, string>);
          resolve({ headers, bytes: Buffer.concat(chunks) });
        });
      });
      request.on("error", reject);
    });
  }

  it("gives out nothing that no checkpoint covers", async () => {
    for (const address of [
      "tile/0/001",
      "tile/0/001.p/45",
      "tile/0/002",
      "tile/1/000",
      "tile/1/000.p/2",
      "tile/2/000.p/1",
      "tile/0/000.p/256",
      "tile/0/0",
      "tile/8/0/000",
      "tile/entries/x000/000",
      "checkpoint?size=5",
    ]) {
      const response = await log(address);
      expect(response.status, address).to.equal(404);
      expect(response.headers.get("Cache-Control"), address).to.not.match(/immutable/);
    }
    const unknown = test.client().get("/communities/nobody/log/checkpoint");
    expect(await refused(unknown, 404)).to.equal("CheckpointNotFound");
  });

  it("proves a record in one file", async () => {
    const key = parseVerifierKey((await describeLog()).key as string);
    for (const [index, size] of [
      [0, SIZE],
      [258, 259],
      [299, SIZE],
    ] as const) {
      const record = await ok(test.client().get(`${community.path}/records/${index}`));
      const address = `${test.url}/api${community.path}/records/${index}/tlog-proof?size=${size}`;
      const response = await fetch(address);
      expect(response.headers.get("Content-Disposition")).to.match(/record-\d+\.tlog-proof/);
      const file = await response.text();
      const leaf = logLeaf(new TextEncoder().encode(record.bytes as string));
      const check = checkProofFile(file, leaf, { log: key });
      expect(check).to.include({ isSigned: true, isIncluded: true, index: BigInt(index) });
      expect(check.checkpoint.size).to.equal(BigInt(size));
      expect(checkProofFile(file, logLeaf(new Uint8Array()), { log: key }).isIncluded).to.equal(
        false,
      );
    }
    const late = test.client().get(`${community.path}/records/299/tlog-proof?size=259`);
    expect(await refused(late, 404)).to.equal("LogSizeUnknown");
  });

  async function mingzhang(...args: string[]) {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    stdin.end();
    const exitCode = await main(["log", ...args], { stdin, stdout, stderr });
    const text = String(stdout.read() ?? "");
    return { exitCode, report: text === "" ? {} : JSON.parse(text) };
  }

  it("exports a folder that check-dir passes and that names a changed byte in any file", async function () {
    this.timeout(60_000);
    const { key } = await describeLog();
    const to = ["export", community.id, folder, "--api", test.url, "--json"];
    const exported = await mingzhang(...to);
    expect(exported.exitCode).to.equal(0);
    expect(exported.report).to.deep.include({ verdict: "ok", entries: SIZE, key });
    const names = fs.readdirSync(folder, { recursive: true }) as string[];
    const files = names.filter((name) => fs.statSync(path.join(folder, name)).isFile());
    expect(files).to.include.members(["checkpoint", "checkpoints/259", `checkpoints/${SIZE}`]);
    const tiles = files.filter((name) => name.startsWith("tile/"));
    expect(tiles).to.have.length(5);
    for (const name of tiles) {
      const file = path.join(folder, name);
      const original = fs.readFileSync(file);
      for (const place of [0, original.length >> 1, original.length - 1]) {
        const changed = Buffer.from(original);
        changed[place]! ^= 0x10;
        fs.writeFileSync(file, changed);
        const { exitCode, report } = await mingzhang("check-dir", folder, "--key", key, "--json");
        expect(exitCode, name).to.equal(1);
        const named = new Set(report.problems.map((problem: Body) => problem.path as string));
        expect([...named], name).to.deep.equal([name]);
      }
      fs.writeFileSync(file, original);
    }
    expect((await mingzhang("check-dir", folder, "--key", key, "--json")).exitCode).to.equal(0);
    const known = files.length;
    await append(SIZE, SIZE + 1);
    await community.head(SIZE + 1);
    expect((await mingzhang(...to)).report).to.include({ verdict: "ok", entries: SIZE + 1 });
    const grown = fs.readdirSync(folder, { recursive: true }) as string[];
    expect(grown.length).to.be.greaterThan(known);
  });

  it("refuses a record that no bundle could hold", async () => {
    const long = { ...recordOf(1), reason: "长".repeat(22_000) };
    const attempt = test.database.client.$transaction((tx) =>
      test.service.anchor.append(tx, community.id, long),
    );
    const code = await attempt.then(
      () => "kept",
      (error: { code: string }) => error.code,
    );
    expect(code).to.equal("RecordTooLarge");
  });

  it("signs what was anchored before it signed, and says so when its key has changed", async () => {
    const { key: before } = await describeLog();
    const db = test.database.client;
    await test.stop();
    await db.head.updateMany({ data: { checkpoint: null } });
    fs.rmSync(path.join(test.directory, "keys", "log"));
    await test.open();
    const { key: after, size } = await describeLog();
    expect(after).not.to.equal(before);
    const [record] = (await ok(test.client().get(`${community.path}/records?type=logKey`))).items;
    expect(JSON.parse(record.bytes as string)).to.include({ key: after });
    await eventually(async () => (await log(`checkpoint?size=${size}`)).ok);
    const note = await (await log("checkpoint?size=259")).text();
    const key = parseVerifierKey(after as string);
    expect(isSignedBy(openCheckpoint(note, [key]), key)).to.equal(true);
  });
});
