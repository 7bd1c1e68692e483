import { expect } from "chai";
import type { Bundle } from "../../../protocol/verify/bundle/bundle.ts";
import { openFiles } from "../../../protocol/verify/bundle/bundle.ts";
import { bundleFiles, createBundle } from "../../../protocol/verify/bundle/create.ts";
import { packArchive } from "../../../protocol/verify/bundle/pack.ts";
import { type BundleReport, verifyBundle } from "../../../protocol/verify/bundle/verify.ts";
import { decideDispute } from "../../../protocol/verify/dispute/decide.ts";
import { makeDispute } from "../../../protocol/verify/dispute/make.ts";
import { verifyFunds } from "../../../protocol/verify/fund/verify.ts";
import { PART_FILE } from "../../../web/verifier/part-file.ts";
import { CASES, alter } from "../../protocol/verify/dispute/cases.ts";
import { openArchive } from "../../protocol/verify/dispute/files.ts";
import type { TestMeeting } from "../../protocol/verify/meeting.ts";
import { holdMeeting } from "../../protocol/verify/scenario.ts";
import { flip } from "../../protocol/verify/tampering.ts";
import { type Verify, buildVerifier, startScript, writeReport } from "./started.ts";

/** Of each kind of claim about a meeting, upheld and refuted. */
const DISPUTED = ["counted", "notSealed", "noneStands", "keyStands"] as const;

describe("the verifier as it is built", function () {
  this.timeout(60_000);
  let meeting: TestMeeting;
  let verify: Verify;
  let verifyByPart: Verify;
  let bundle: Bundle;
  let community: Bundle;
  let kit: Map<string, Uint8Array>;
  const filesOf = (content: Bundle): Map<string, Uint8Array> => bundleFiles(content, kit);
  const ask = (files: ReadonlyMap<string, Uint8Array>, by = verify): ReturnType<Verify> =>
    by({ evidence: { kind: "folder", files }, validators: [] });
  /** The page hands on to the part that lies in the file; gives what that says, and what the command line says. */
  const compare = async (files: Map<string, Uint8Array>): Promise<[string, string]> => {
    const handedOn = await ask(files);
    if (handedOn.kind !== "part") throw new Error(handedOn.kind);
    expect(Buffer.from(handedOn.script)).to.deep.equal(Buffer.from(files.get(PART_FILE)!));
    const news = await ask(files, verifyByPart);
    if (news.kind !== "report") throw new Error(news.kind);
    const whole = { verifyFunds, decide: decideDispute };
    return [writeReport(news.report), writeReport(await verifyBundle(openFiles(files), whole))];
  };

  before(async () => {
    const [held, { html, part }] = await Promise.all([holdMeeting(), buildVerifier()]);
    meeting = held;
    const sources = { ...held.community.sources, prover: held.community.prover };
    community = await createBundle(sources, { kind: "community" });
    bundle = await createBundle(sources, { kind: "meeting", meeting: 1 });
    verify = startScript(/<script id="verifier">([\s\S]*)<\/script>/.exec(html)![1]!);
    verifyByPart = startScript(part);
    kit = new Map([[PART_FILE, new TextEncoder().encode(part)]]);
  });

  const tampered: [string, (content: Bundle) => Bundle][] = [
    ["nothing", (content) => content],
    [
      "a record",
      (content) => {
        const records = content.records.map((entry) => {
          return { ...entry, text: entry.text.replace("全体", "部分") };
        });
        return { ...content, records };
      },
    ],
    [
      "a header",
      (content) => {
        const blocks = content.chain.blocks.map(({ number, block }, i) => {
          return { number, block: i === 3 ? { ...block, header: flip(block.header, 20) } : block };
        });
        return { ...content, chain: { ...content.chain, blocks } };
      },
    ],
    [
      "the state",
      (content) => {
        const state = { nodes: content.chain.state!.nodes.slice(2) };
        return { ...content, chain: { ...content.chain, state } };
      },
    ],
    [
      "a key page",
      (content) => {
        const code = content.chain.code.map((entry, i) => {
          return i === content.chain.code.length - 1
            ? { ...entry, code: flip(entry.code, -3) }
            : entry;
        });
        return { ...content, chain: { ...content.chain, code } };
      },
    ],
  ];

  for (const [what, tamper] of tampered) {
    it(`comes to the same report as the command line, where ${what} was changed`, async () => {
      const files = filesOf(tamper(bundle));
      const news = await ask(files);
      if (news.kind !== "report") throw new Error(news.kind);
      expect(writeReport(news.report)).to.equal(writeReport(await verifyBundle(openFiles(files))));
    });
  }

  it("refuses what the command line refuses", async () => {
    expect(await ask(new Map())).to.deep.equal({
      kind: "refused",
      fault: "noManifest",
      entry: undefined,
    });
  });

  for (const reason of DISPUTED) {
    it(`decides on a claim as the command line does: ${reason}`, async () => {
      const { complain, change } = CASES.find((one) => one.reason === reason)!;
      const made = await makeDispute(packArchive(filesOf(bundle)), complain(meeting));
      const files = await openArchive(change ? await alter(made, change) : made);
      const [found, expected] = await compare(files);
      expect(found).to.equal(expected);
      expect((JSON.parse(found) as BundleReport).dispute!.reason).to.equal(reason);
    });
  }

  it("verifies a whole community as the command line does", async () => {
    const [found, expected] = await compare(filesOf(community));
    expect(found).to.equal(expected);
    expect((JSON.parse(found) as BundleReport).meetings).to.have.lengthOf(1);
  });

  it("has a part that starts nothing further, which its page's policy would not let it", () => {
    const part = new TextDecoder().decode(kit.get(PART_FILE));
    expect(part).not.to.match(/new Worker|createObjectURL/);
  });

  it("runs no other part than the one that it was built with", async () => {
    const files = filesOf(community);
    const refused = { kind: "refused", fault: "needsPart" };
    files.set(PART_FILE, new TextEncoder().encode("postMessage({})"));
    expect(await ask(files)).to.deep.equal(refused);
    files.delete(PART_FILE);
    expect(await ask(files)).to.deep.equal(refused);
  });
});
