import { expect } from "chai";
import { type Hex, encodeEventTopics } from "viem";
import { registryAbi } from "../../../../protocol/abi/registry.ts";
import { canonicalBytes } from "../../../../protocol/anchor/json.ts";
import type { WholeBlock } from "../../../../protocol/verify/block/whole.ts";
import { type Bundle, openBundle, openFiles } from "../../../../protocol/verify/bundle/bundle.ts";
import { bundleFiles, createBundle } from "../../../../protocol/verify/bundle/create.ts";
import { packArchive } from "../../../../protocol/verify/bundle/pack.ts";
import { verifyBundle } from "../../../../protocol/verify/bundle/verify.ts";
import type { Check } from "../../../../protocol/verify/report.ts";
import type { ChainSource, Sources } from "../../../../protocol/verify/source.ts";
import { holdMeeting } from "../scenario.ts";
import { flip } from "../tampering.ts";

type Files = Map<string, Uint8Array>;
const [KEY_REVOKED] = encodeEventTopics({ abi: registryAbi, eventName: "KeyRevoked" });
const KIT = new Map([["README.txt", new TextEncoder().encode("how to use it")]]);

function readJson<Content>(files: Files, name: string): Content {
  return JSON.parse(new TextDecoder().decode(files.get(name))) as Content;
}

/** Changes one byte in the middle of a file. */
function damage(files: Files, name: string): void {
  const bytes = files.get(name)!.slice();
  bytes[Math.floor(bytes.length / 2)]! ^= 1;
  files.set(name, bytes);
}

function firstOf(files: Files, folder: string): string {
  return [...files.keys()].find((name) => name.startsWith(folder))!;
}

describe("a bundle", () => {
  let bundle: Bundle;
  let sources: Sources;
  const filesOf = (changed: Bundle = bundle): Files => bundleFiles(changed, KIT);
  const failedIn = async (files: Files): Promise<Check[]> => {
    const { checks } = await verifyBundle(openFiles(files));
    return checks.filter(({ status }) => status === "failed");
  };
  const namesOf = (checks: readonly Check[]): string[] =>
    checks.map(({ name, subject }) => `${name} ${subject}`.trim());

  before(async () => {
    const { community } = await holdMeeting();
    sources = community.sources;
    const scope = { kind: "meeting", meeting: 1 } as const;
    bundle = await createBundle({ ...sources, prover: community.prover }, scope);
  });

  it("is in order as it was written, state and blocks included", async () => {
    const { verdict, checks, recount } = await verifyBundle(
      await openBundle(packArchive(filesOf())),
    );
    expect(checks.filter(({ status }) => status !== "ok")).to.deep.equal([]);
    expect(verdict).to.equal("ok");
    expect(recount!.motions.length).to.equal(2);
    const state = checks.filter(({ name }) => name === "stateAgrees");
    expect(state.map(({ subject }) => subject)).to.deep.equal(["registry", "anchor", "assembly"]);
    expect(checks.filter(({ name }) => name === "blockWhole").length).to.be.above(10);
  });

  it("names a changed byte in every one of its files", () => {
    for (const name of filesOf().keys()) {
      if (name === "manifest.json") continue;
      const files = filesOf();
      damage(files, name);
      const found = namesOf(openFiles(files).checks);
      expect(found, name).to.include(`bundleFile ${name}`);
    }
  });

  it("names what is missing and what is not listed", async () => {
    const files = filesOf();
    files.delete(firstOf(files, "documents/"));
    files.set("documents/more.txt", new Uint8Array([1]));
    const failed = await failedIn(files);
    expect(failed.map(({ name, detail }) => [name, detail])).to.deep.equal([
      ["bundleFile", "missing"],
      ["bundleFile", "notListed"],
    ]);
  });

  it("is not opened without a manifest, or with one that is none", () => {
    const files = filesOf();
    files.set("manifest.json", files.get("manifest.json")!.slice(0, -1));
    expect(() => openFiles(files)).to.throw("badManifest");
    files.delete("manifest.json");
    expect(() => openFiles(files)).to.throw("noManifest");
  });

  /** Changes a block and makes everything agree again that whoever makes a bundle can make agree. */
  const withBlock = (change: (block: WholeBlock) => WholeBlock, at: number): Files => {
    const blocks = bundle.chain.blocks.with(at, {
      number: bundle.chain.blocks[at]!.number,
      block: change(bundle.chain.blocks[at]!.block),
    });
    return filesOf({ ...bundle, chain: { ...bundle.chain, blocks } });
  };

  it("shows a transaction, a receipt and a header that do not belong together", async () => {
    const at = 5;
    const subject = `blockWhole ${bundle.chain.blocks[at]!.number}`;
    const receipt = withBlock(
      (block) => ({ ...block, receipts: [flip(block.receipts[0]!, -4)] }),
      at,
    );
    expect(namesOf(await failedIn(receipt))).to.include(subject);
    const gone = withBlock((block) => ({ ...block, transactions: [], receipts: [] }), at);
    expect(namesOf(await failedIn(gone))).to.include(subject);
    const header = withBlock((block) => ({ ...block, header: flip(block.header, 20) }), at);
    const neighbours = namesOf(await failedIn(header));
    expect(neighbours.some((name) => name.startsWith("blockWhole"))).to.equal(true);
  });

  it("shows by the state that an event was left out, which nothing else would", async () => {
    const revocation = bundle.chain.blocks.findIndex(({ block }) => {
      return block.receipts.some((receipt) => receipt.includes(KEY_REVOKED.slice(2)));
    });
    const blocks = bundle.chain.blocks.toSpliced(revocation, 1);
    const failed = await failedIn(filesOf({ ...bundle, chain: { ...bundle.chain, blocks } }));
    const state = failed.find(({ name }) => name === "stateAgrees")!;
    expect(state.subject).to.equal("registry");
    expect(state.expected).to.include('"keyPages.1.1.revoked":"0"');
    expect(state.found).to.include('"keyPages.1.1.revoked":"1"');
  });

  it("says that the state was not proven when nodes of the tries are missing", async () => {
    const { nodes } = bundle.chain.state!;
    const fewer = { ...bundle, chain: { ...bundle.chain, state: { nodes: nodes.slice(1) } } };
    const { verdict, checks } = await verifyBundle(openFiles(filesOf(fewer)));
    const open = checks.filter(({ status }) => status !== "ok");
    expect(verdict).to.equal("incomplete");
    expect(new Set(open.map(({ detail }) => detail))).to.deep.equal(new Set(["notProven"]));
    const none = { ...bundle, chain: { ...bundle.chain, state: null } };
    expect((await verifyBundle(openFiles(filesOf(none)))).verdict).to.equal("incomplete");
  });

  it("does not take a node of a trie for what it is not", async () => {
    const nodes = bundle.chain.state!.nodes.map((node) => flip(node, -1));
    const wrong = { ...bundle, chain: { ...bundle.chain, state: { nodes } } };
    const { checks } = await verifyBundle(openFiles(filesOf(wrong)));
    const state = checks.filter(({ name }) => name === "stateAgrees");
    expect(state.map(({ status }) => status)).to.deep.equal(Array(3).fill("notChecked"));
  });

  it("proves the contracts' code by the state", async () => {
    const code = bundle.chain.code.map((entry) => {
      return entry.address === bundle.community.assembly
        ? { ...entry, code: flip(entry.code, 1_000) }
        : entry;
    });
    const failed = await failedIn(filesOf({ ...bundle, chain: { ...bundle.chain, code } }));
    expect(namesOf(failed)).to.deep.equal([
      "contractCode assembly",
      `stateCode ${bundle.community.assembly}`,
    ]);
  });

  it("says that its blocks rest on nobody's word but its maker's, unless more is known", async () => {
    const opened = openFiles(filesOf());
    const { trust } = await verifyBundle(opened);
    const last = bundle.chain.blocks.at(-1)!;
    expect(trust!.head.number).to.equal(last.number);
    expect([trust!.reasons, trust!.validators]).to.deep.equal([["nobody"], undefined]);
    const { chain } = sources;
    const known = await verifyBundle(opened, { known: { node: chain } });
    expect([known.verdict, known.trust!.reasons]).to.deep.equal(["ok", ["node"]]);
    const withBlocks = (block: ChainSource["block"]): ChainSource =>
      Object.assign(Object.create(chain) as ChainSource, { block });
    const other = withBlocks(async (number) => {
      return { number, hash: `0x${"12".repeat(32)}`, timestamp: 0 };
    });
    const strange = await verifyBundle(opened, { known: { node: other } });
    expect([strange.verdict, strange.trust!.reasons]).to.deep.equal(["failed", ["nobody"]]);
    const dead = withBlocks(() => Promise.reject(new Error("gone")));
    const silent = await verifyBundle(opened, { known: { node: dead } });
    expect([silent.verdict, silent.trust!.reasons]).to.deep.equal(["incomplete", ["nobody"]]);
  });

  it("does not pass for sealed where nobody sealed it", async () => {
    const validators = [`0x${"11".repeat(20)}`] as const;
    const { verdict, checks, trust } = await verifyBundle(openFiles(filesOf()), {
      known: { validators },
    });
    expect([verdict, trust!.reasons]).to.deep.equal(["failed", ["nobody"]]);
    const seals = checks.filter(({ name }) => name === "blockSealed");
    expect(seals.length).to.equal(bundle.chain.blocks.length);
    expect(seals.every(({ detail }) => detail === "noSeals")).to.equal(true);
  });

  it("keeps records and documents as the very bytes that were hashed", () => {
    const files = filesOf();
    for (const { index, text } of bundle.records) {
      expect(files.get(`records/${index}.json`)).to.deep.equal(new TextEncoder().encode(text));
    }
    const { files: listed } = readJson<{ files: { name: string; sha256: Hex }[] }>(
      files,
      "manifest.json",
    );
    for (const { name, sha256 } of listed.filter((file) => file.name.startsWith("documents/"))) {
      expect(name).to.include(sha256.slice(2));
    }
    expect(canonicalBytes(readJson(files, "manifest.json"))).to.deep.equal(
      files.get("manifest.json"),
    );
  });
});

describe("a bundle of a community", () => {
  let bundle: Bundle;

  before(async () => {
    const { community } = await holdMeeting();
    community.publish({ type: "extension", meeting: 1, closesAt: 1, reason: "only published" });
    await community.anchor();
    const sources = { ...community.sources, prover: community.prover };
    bundle = await createBundle(sources, { kind: "community" });
  });

  it("holds every record, and verifies the whole log and every meeting", async () => {
    const archive = packArchive(bundleFiles(bundle, KIT));
    const { verdict, checks, meetings } = await verifyBundle(await openBundle(archive));
    expect(checks.filter(({ status }) => status !== "ok")).to.deep.equal([]);
    expect(verdict).to.equal("ok");
    expect(meetings!.map((part) => [part.meeting, part.report.verdict])).to.deep.equal([[1, "ok"]]);
    expect(bundle.records.map(({ index }) => index)).to.deep.equal([...bundle.records.keys()]);
    expect(checks.filter(({ name }) => name === "head").length).to.be.above(2);
  });

  it("shows a record that was changed, one that is missing, and which meeting that touches", async () => {
    const last = bundle.records.at(-1)!;
    const text = last.text.replace("only published", "something else");
    const changed = { ...bundle, records: bundle.records.with(-1, { ...last, text }) };
    const altered = await verifyBundle(openFiles(bundleFiles(changed, KIT)));
    const failed = altered.checks.filter(({ status }) => status === "failed");
    expect(failed.map(({ name, subject }) => `${name} ${subject}`)).to.deep.equal([
      `head ${bundle.records.length}`,
    ]);
    const missing = { ...bundle, records: bundle.records.slice(0, -1) };
    const short = await verifyBundle(openFiles(bundleFiles(missing, KIT)));
    expect(short.verdict).to.equal("incomplete");
    const open = short.checks.filter(({ status }) => status === "notChecked");
    expect(open).to.deep.include({
      name: "recordInLog",
      subject: String(last.index),
      status: "notChecked",
      detail: "missing",
    });
  });
});
