import { expect } from "chai";
import {
  type BundleContent,
  contentSources,
  readContent,
} from "../../../protocol/verify/bundle/sources.ts";
import { createBundle } from "../../../protocol/verify/bundle/create.ts";
import { verifyMeeting } from "../../../protocol/verify/meeting.ts";
import { holdMeeting } from "./scenario.ts";
import {
  type Tamper,
  assembly,
  assemblyLog,
  blockOf,
  changeData,
  changeDocument,
  changeInput,
  flip,
  pageOf,
  record,
  registry,
  registryLog,
  remove,
  transactionOf,
} from "./tampering.ts";

/** In newest-first order the openings are of batches 3 (own), 2 (own), 1 (paper), 0 (own). */
const OPENING = { 3: 0, 2: 1, 1: 2, 0: 3 } as const;

const cases: [string, Tamper, string[]][] = [
  ["a unit's line", (bundle) => changeDocument(bundle, '"leaf"'), ["document"]],
  ["the imported table", (bundle) => changeDocument(bundle, "imported"), ["document"]],
  ["a motion's text", (bundle) => changeDocument(bundle, "text of motion 1"), ["document"]],
  ["a signature", changeInput(assembly("BatchCounted", OPENING[2]), -300), ["batchContent 2"]],
  ["a paper ballot", changeInput(assembly("BatchCounted", OPENING[1]), -60), ["batchContent 1"]],
  [
    "a ballot opened alone",
    changeInput(assembly("BallotCounted"), 10 + 64 * 8),
    ["ballotAlone 0/"],
  ],
  [
    "a ballot's code",
    changeData(assembly("BatchCounted", OPENING[0]), 64 * 3 + 5),
    ["batchCodes 0"],
  ],
  ["a sealed root", changeData(assembly("BatchSealed", 0), 64 + 3), ["batchSealed 0"]],
  ["a tally", changeData(assembly("MotionDecided", 1), -30), ["tally 1"]],
  ["an outcome", changeData(assembly("MotionDecided", 0), 63), ["outcome 0"]],
  ["the final date", changeData(assembly("MeetingConcluded"), -1), ["conclusion"]],
  ["the frozen total", changeData(registry("RollFrozen"), 64 * 5 + 62), ["rollAttested"]],
  [
    "an officer's signature over the roll",
    changeInput(registry("RollFrozen"), -100),
    ["rollAttested"],
  ],
  [
    "the meeting's window",
    changeData(assembly("MeetingConvened"), 64 * 5 + 60),
    ["conveneAttested"],
  ],
  ["the plan of a motion", changeData(assembly("MeetingConvened"), -70), ["conveneAttested"]],
  [
    "an officer's signature over the meeting",
    changeInput(assembly("MeetingConvened"), -80),
    ["conveneAttested"],
  ],
  ["an officer's signature over keys", changeInput(registry("KeysBound", 1), -90), ["keyPage 1"]],
  ["a teller's signature", changeInput(assembly("BatchSealed", 1), -90), ["batchSealed 1"]],
  [
    "a voter's signature over his seal",
    changeInput(assembly("BatchSealed", 3), -400),
    ["batchSealed 3"],
  ],
  [
    "who sent a batch",
    (bundle) => {
      const transaction = transactionOf(bundle, assemblyLog(bundle, "BatchSealed", 2));
      transaction.from = flip(transaction.from, 7);
    },
    ["batchSealed 2"],
  ],
  [
    "when a batch was sealed",
    (bundle) => {
      blockOf(bundle, assemblyLog(bundle, "BatchSealed", 2)).timestamp += 100_000;
    },
    ["batchSealed 2"],
  ],
  [
    "when the notice was given",
    (bundle) => {
      blockOf(bundle, assemblyLog(bundle, "MeetingConvened")).timestamp += 101;
    },
    ["noticePeriod"],
  ],
  [
    "a batch left out",
    (bundle) => {
      remove(bundle, assemblyLog(bundle, "BatchSealed", 1));
      remove(bundle, assemblyLog(bundle, "BatchCounted", OPENING[1]));
    },
    ["batchesComplete"],
  ],
  [
    "a revocation left out",
    (bundle) => {
      remove(bundle, registryLog(bundle, "KeyRevoked"));
    },
    ["batchCodes 0"],
  ],
  [
    "an officer's appointment left out",
    (bundle) => {
      const log = registryLog(bundle, "OfficerSet", 2);
      bundle.chain.logs = bundle.chain.logs.filter((other) => other !== log);
    },
    ["batchSealed 1"],
  ],
  [
    "a key",
    (bundle) => {
      const page = pageOf(bundle, "KeysBound");
      page.code = flip(page.code, -3);
    },
    ["keyPage 0"],
  ],
  [
    "a voter's area",
    (bundle) => {
      const page = pageOf(bundle, "RollFrozen");
      page.code = flip(page.code, -3);
    },
    ["areaPages"],
  ],
  [
    "a contract's code",
    (bundle) => {
      const contract = bundle.chain.code.find(
        ({ address }) => address === bundle.community.assembly,
      )!;
      contract.code = flip(contract.code, 1_000);
    },
    ["contractCode assembly"],
  ],
  [
    "the roll's record",
    (bundle) => {
      const entry = record(bundle, "roll");
      entry.text = entry.text.replace("全体", "部分");
    },
    ["recordInLog "],
  ],
  [
    "the meeting's record",
    (bundle) => {
      const entry = record(bundle, "meeting");
      entry.text = entry.text.replace("motion 0", "motion 9");
    },
    ["recordInLog "],
  ],
  [
    "the keys' record",
    (bundle) => {
      const entry = record(bundle, "keys");
      entry.text = entry.text.replace('"count":4', '"count":5');
    },
    ["recordInLog "],
  ],
  [
    "the result's record",
    (bundle) => {
      const entry = record(bundle, "result");
      entry.text = entry.text.replace('"heads":7', '"heads":8');
    },
    ["recordInLog "],
  ],
  [
    "an inclusion proof",
    ({ inclusion }) => {
      inclusion[0]!.path[0] = flip(inclusion[0]!.path[0]!, 5);
    },
    ["recordInLog "],
  ],
  [
    "a consistency proof",
    ({ consistency }) => {
      consistency[0]!.path[0] = flip(consistency[0]!.path[0]!, 5);
    },
    ["head "],
  ],
  [
    "a block's hash",
    ({ chain }) => {
      chain.blocks[3]!.hash = flip(chain.blocks[3]!.hash, 5);
    },
    ["chainConsistent"],
  ],
  [
    "the chain's number",
    ({ chain }) => {
      chain.chainId += 1;
    },
    ["chainId"],
  ],
];

describe("evidence in which one thing was changed", () => {
  let original: BundleContent;

  before(async () => {
    const { community } = await holdMeeting();
    const sources = { ...community.sources, prover: community.prover };
    original = await readContent(await createBundle(sources, { kind: "meeting", meeting: 1 }));
  });

  it("is in order as it was read", async () => {
    const report = await verifyMeeting(contentSources(original), 1);
    expect(report.verdict).to.equal("ok");
  });

  for (const [name, tamper, expected] of cases) {
    it(`shows it, and nothing else: ${name}`, async () => {
      const content = structuredClone(original);
      tamper(content);
      expect(content).not.to.deep.equal(original);
      const { verdict, checks } = await verifyMeeting(contentSources(content), 1);
      const failed = checks.filter(({ status }) => status === "failed");
      const found = failed.map((check) => `${check.name} ${check.subject}`.trim());
      expect(verdict).to.equal("failed");
      expect(found.length, found.join()).to.equal(expected.length);
      expected.forEach((one) =>
        expect(found.some((line) => line.startsWith(one.trim()))).to.equal(true),
      );
    });
  }
});
