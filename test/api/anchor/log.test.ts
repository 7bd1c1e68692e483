import { expect } from "chai";
import fs from "node:fs";
import path from "node:path";
import { type Hex, hexToBytes, sha256 } from "viem";
import { anchorAbi } from "../../../protocol/abi/anchor.ts";
import { verifyConsistency, verifyInclusion } from "../../../protocol/anchor/proof.ts";
import { recordLeaf } from "../../../protocol/anchor/record.ts";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { LogLost } from "../../../api/anchor/log/check.ts";
import { type Body, eventually, ok, refused } from "../http/client.ts";
import { TestService } from "../http/service.ts";
import { TestCommunity } from "../registry/community.ts";

const leafOf = (bytes: string): Hex => recordLeaf(new TextEncoder().encode(bytes));

describe("the log of a community", () => {
  let test: TestService;
  let community: TestCommunity;

  before(async () => {
    test = await TestService.start();
    community = await TestCommunity.create(test);
    for (let i = 0; i < 6; i++) await append(i);
    await community.head(7);
  });
  after(() => test.close());

  const recordOf = (position: number): RecordOf<"revocation"> => ({
    v: 1,
    type: "revocation",
    community: community.id,
    at: "2026-11-22T00:00:00Z",
    roll: 1,
    page: 0,
    position,
    reason: "测试",
  });
  const append = (position: number) =>
    test.database.client.$transaction((tx) =>
      test.service.anchor.append(tx, community.id, recordOf(position)),
    );
  const get = (address: string): Promise<Body> => ok(test.client().get(community.path + address));
  const headOf = ({ size, root }: Body) => ({
    size: BigInt(size as number),
    root: hexToBytes(root as Hex),
  });

  it("gives out records exactly as hashed, in pages and by type", async () => {
    const first = await get("/records?limit=3");
    expect(first.items.map(({ index }: Body) => index as number)).to.deep.equal([0, 1, 2]);
    expect(first.items.map(({ bytes }: Body) => leafOf(bytes as string))).to.deep.equal(
      first.items.map(({ leaf }: Body) => leaf as Hex),
    );
    const next = await get(`/records?after=${first.next}&limit=3`);
    expect(next.items[0].index).to.equal(3);
    const communities = await get("/records?type=community");
    expect(communities.items).to.have.length(1);
    expect(JSON.parse(communities.items[0].bytes as string)).to.include({ name: "明远小区" });
  });

  it("proves every record in every log that holds it", async () => {
    for (const size of [1, 2, 3, 5, 7]) {
      for (let index = 0; index < size; index++) {
        const proof = await get(`/records/${index}/proof?size=${size}`);
        const path = (proof.path as Hex[]).map((hash) => hexToBytes(hash));
        const leaf = hexToBytes(proof.leaf as Hex);
        expect(verifyInclusion(headOf(proof), BigInt(index), leaf, path)).to.equal(true);
      }
    }
  });

  it("proves that every log continues the ones before", async () => {
    for (let from = 1; from <= 7; from++) {
      for (let to = from; to <= 7; to++) {
        const { roots, path } = await get(`/consistency?from=${from}&to=${to}`);
        const older = headOf({ size: from, root: roots.from as Hex });
        const newer = headOf({ size: to, root: roots.to as Hex });
        const proof = (path as Hex[]).map((hash) => hexToBytes(hash));
        expect(verifyConsistency(older, newer, proof)).to.equal(true);
      }
    }
  });

  it("anchors heads that the contract holds", async () => {
    const { items } = await get("/heads");
    const { anchor } = await get("");
    const head = await test.service.chain.client.readContract({
      address: anchor as Hex,
      abi: anchorAbi,
      functionName: "head",
    });
    expect(items[0]).to.include({ size: Number(head.size), root: head.root });
  });

  it("says which log or record it does not know", async () => {
    const refuse = (address: string) => refused(test.client().get(community.path + address), 404);
    expect(await refuse("/records/99")).to.equal("RecordNotFound");
    expect(await refuse("/records/1/proof?size=99")).to.equal("LogSizeUnknown");
    expect(await refuse("/records/3/proof?size=2")).to.equal("LogSizeUnknown");
    expect(await refuse("/consistency?from=5&to=4")).to.equal("LogSizeUnknown");
    expect(await refuse("/consistency?from=0")).to.equal("LogSizeUnknown");
    const nobody = test.client().get("/communities/nobody/records");
    expect(await refused(nobody, 404)).to.equal("CommunityNotFound");
  });

  it("takes appends made at once in turn, and those of a failed transaction not at all", async () => {
    const { size } = await get("/records");
    const failing = test.database.client.$transaction(async (tx) => {
      await test.service.anchor.append(tx, community.id, recordOf(1000));
      throw new Error("changed my mind");
    });
    const settled = await Promise.allSettled([failing, ...[20, 21, 22, 23].map(append)]);
    expect(settled.filter(({ status }) => status === "fulfilled")).to.have.length(4);
    const { items } = await get("/records");
    expect(items).to.have.length((size as number) + 4);
    expect(JSON.stringify(items)).not.to.contain("1000");
    await community.head((size as number) + 4);
  });

  it("refuses to append what is no record", async () => {
    const wrong = { ...recordOf(1), secret: "x" };
    const attempt = test.database.client.$transaction((tx) =>
      test.service.anchor.append(tx, community.id, wrong),
    );
    expect(
      await attempt.then(
        () => "kept",
        () => "refused",
      ),
    ).to.equal("refused");
  });

  describe("with documents", () => {
    const db = () => test.database.client;
    const put = (text: string, confidential = false) =>
      db().$transaction((tx) =>
        test.service.anchor.putDocument(tx, {
          communityId: community.id,
          name: "公告.txt",
          mediaType: "text/plain; charset=utf-8",
          bytes: new TextEncoder().encode(text),
          confidential,
        }),
      );
    const fetchDocument = (hash: Hex) =>
      fetch(`${test.url}/api${community.path}/documents/${hash}`);

    it("serves them by hash, never as a page of ours", async () => {
      const { sha256: hash } = await put("公告全文");
      const response = await fetchDocument(hash);
      expect(hash).to.equal(sha256(new TextEncoder().encode("公告全文")));
      expect(await response.text()).to.equal("公告全文");
      expect(response.headers.get("Content-Security-Policy")).to.match(/^sandbox/);
      expect(response.headers.get("Content-Disposition")).to.match(/^attachment/);
      expect(response.headers.get("Cache-Control")).to.contain("immutable");
    });

    it("keeps confidential ones encrypted on disk and from the public", async () => {
      const { sha256: hash } = await put("签名的选票", true);
      expect((await fetchDocument(hash)).status).to.equal(404);
      const { bytes } = await test.service.anchor.getDocument(community.id, hash);
      expect(bytes.toString("utf8")).to.equal("签名的选票");
      const files = path.join(test.directory, "files");
      for (const name of fs.readdirSync(files, { recursive: true }) as string[]) {
        const file = path.join(files, name);
        if (fs.statSync(file).isFile()) {
          expect(fs.readFileSync(file, "utf8")).not.to.contain("签名的选票");
        }
      }
    });

    it("does not serve a file that was changed on disk", async () => {
      const { sha256: hash } = await put("原文");
      const file = path.join(test.directory, "files", hash.slice(2, 4), hash.slice(4));
      fs.writeFileSync(file, "改过");
      expect((await fetchDocument(hash)).status).to.equal(500);
    });

    it("takes uploads by what they are, and refuses what their name does not say", async () => {
      const upload = (bytes: Uint8Array, name = "a.pdf") =>
        db().$transaction((tx) =>
          test.service.anchor.putUpload(tx, { communityId: community.id, name, bytes }),
        );
      const refusal = (pending: Promise<unknown>): Promise<string> =>
        pending.then(
          () => "kept",
          (error: { code: string }) => error.code,
        );
      const text = (content: string) => new TextEncoder().encode(content);
      expect((await upload(text("%PDF-1.7\n1 0 obj"))).mediaType).to.equal("application/pdf");
      expect((await upload(text("说明"), "说明 v1.2")).mediaType).to.match(/^text\/plain/);
      expect(await refusal(upload(text("说明")))).to.equal("FileKindDiffers");
      for (const bytes of [
        text("<html><script>"),
        text("MZ\u0090\u0000\u0003"),
        text("<svg xmlns=''/>"),
      ]) {
        expect(await refusal(upload(bytes))).to.equal("FileKindNotAllowed");
      }
    });
  });

  it("does not start on a database that has lost what the chain has a head of", async () => {
    await test.stop();
    const db = test.database.client;
    const last = await db.record.findFirstOrThrow({ orderBy: { index: "desc" } });
    const where = { communityId_index: { communityId: community.id, index: last.index } };
    const log = await db.log.findUniqueOrThrow({ where: { communityId: community.id } });
    await db.record.delete({ where });
    await db.log.update({ where: { communityId: community.id }, data: { size: log.size - 1 } });
    const error: unknown = await test.open().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(LogLost).with.property("communityId", community.id);
    await db.record.create({ data: last });
    await db.log.update({ where: { communityId: community.id }, data: { size: log.size } });
    await test.open();
    await eventually(async () => (await get("/heads")).items[0]);
  });
});
