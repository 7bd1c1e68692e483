import { expect } from "chai";
import { encodeEventTopics } from "viem";
import { assemblyAbi } from "../../../../protocol/abi/assembly.ts";
import { openBundle } from "../../../../protocol/verify/bundle/bundle.ts";
import { bundleFiles, createBundle } from "../../../../protocol/verify/bundle/create.ts";
import { packArchive } from "../../../../protocol/verify/bundle/pack.ts";
import { type BundleReport, verifyBundle } from "../../../../protocol/verify/bundle/verify.ts";
import { decideClaim, decideDispute } from "../../../../protocol/verify/dispute/decide.ts";
import { OUTCOME_OF } from "../../../../protocol/verify/dispute/finding.ts";
import { makeDispute } from "../../../../protocol/verify/dispute/make.ts";
import { DISPUTE_WORDS } from "../../../../protocol/verify/dispute/words.ts";
import type { MeetingView } from "../../../../protocol/verify/dispute/view.ts";
import { Checks } from "../../../../protocol/verify/report.ts";
import type { TestMeeting } from "../meeting.ts";
import { conveneMeeting, holdMeeting } from "../scenario.ts";
import { examine } from "./files.ts";
import {
  BEFORE_CLOSING,
  BEFORE_OPENING,
  CASES,
  type Case,
  LAPSED,
  alter,
  lineOf,
  slipOf,
} from "./cases.ts";

async function packMeeting({ community }: TestMeeting): Promise<Uint8Array> {
  const sources = { ...community.sources, prover: community.prover };
  const bundle = await createBundle(sources, { kind: "meeting", meeting: 1 });
  return packArchive(bundleFiles(bundle, new Map()));
}

const verify = async (archive: Uint8Array): Promise<BundleReport> =>
  verifyBundle(await openBundle(archive), { decide: decideDispute });

/** Early votes of seven owners, two batches. */
async function voting(): Promise<TestMeeting> {
  const meeting = await conveneMeeting();
  for (const owners of [
    [0, 2, 4],
    [1, 3],
  ]) {
    await meeting.seal(owners.map((owner) => meeting.vote(owner, ["for", "against"])));
  }
  return meeting;
}

describe("a dispute file", () => {
  let meeting: TestMeeting;
  let bundle: Uint8Array;
  let view: MeetingView;
  const prepare = async (held: TestMeeting): Promise<void> => {
    meeting = held;
    bundle = await packMeeting(held);
    view = await examine(bundle);
  };
  const file = async ({ complain, change }: Case): Promise<Uint8Array> => {
    const archive = await makeDispute(bundle, complain(meeting));
    return change ? alter(archive, change) : archive;
  };

  function run(cases: readonly Case[]): void {
    for (const one of cases) {
      it(`${one.what}: ${OUTCOME_OF[one.reason]}, ${one.reason}`, async () => {
        const { claim } = await openBundle(await file(one));
        const dispute = await decideClaim(claim!, { view, community: "test" }, new Checks());
        expect(dispute.reason).to.equal(one.reason);
        expect(dispute.outcome).to.equal(OUTCOME_OF[one.reason]);
      });
    }
  }

  describe("about a meeting that was held", () => {
    before(async () => prepare(await holdMeeting()));

    run(CASES);

    for (const reason of ["notSealed", "keyStands"] as const) {
      it(`says so of the whole file, and names what does not agree: ${reason}`, async () => {
        const one = CASES.find((each) => each.reason === reason)!;
        const { dispute, checks, verdict } = await verify(await file(one));
        expect([dispute!.reason, verdict]).to.deep.equal([reason, "failed"]);
        const failed = checks.filter(({ status }) => status === "failed");
        expect(failed.every(({ name }) => /^(claimVoted|receipt)/.test(name))).to.equal(true);
      });
    }

    it("shows the ballot that stands, with its answers and the key that signed it", async () => {
      const one = CASES.find(({ reason }) => reason === "superseded")!;
      const { dispute } = await verify(await file(one));
      const { shown } = dispute!;
      expect(shown!.batch).to.equal(2);
      expect(shown!.answers).to.deep.equal(["abstain", "for"]);
      expect(shown!.key).to.deep.equal(meeting.placeOf(1));
    });

    it("is the bundle of the meeting as well, and the same bytes each time", async () => {
      const complaint = { kind: "noBallot", meeting: 1, line: lineOf(meeting, 13) } as const;
      const archive = await makeDispute(bundle, { ...complaint, says: "我们没有投票" });
      expect(archive).to.deep.equal(
        await makeDispute(archive, { ...complaint, says: "我们没有投票" }),
      );
      const { verdict, dispute } = await verify(archive);
      expect([verdict, dispute!.claim!.says]).to.deep.equal(["ok", "我们没有投票"]);
      expect((await verify(bundle)).dispute).to.equal(undefined);
      const open = await verifyBundle(await openBundle(archive));
      expect([open.verdict, open.dispute]).to.deep.equal(["incomplete", undefined]);
      expect(open.checks.find(({ name }) => name === "claim")!.detail).to.equal("leftOut");
    });

    it("decides nothing where evidence was left out that would make a ballot missing", async () => {
      const given = slipOf(meeting, { owner: 10, answers: ["for", "for"] });
      const archive = await makeDispute(bundle, { kind: "ballot", given });
      const { blocks } = (await openBundle(archive)).bundle.chain;
      const [sealed, counted] = (["BatchSealed", "BatchCounted"] as const).map((eventName) => {
        const [topic] = encodeEventTopics({ abi: assemblyAbi, eventName }) as [string];
        const found = blocks.find(({ block }) => block.receipts.join(" ").includes(topic.slice(2)));
        return `chain/blocks/${found!.number}.json`;
      });
      for (const name of [sealed!, counted!, "chain/state.json", "chain/code.json"]) {
        const cut = await alter(archive, (files) => void files.delete(name));
        const { dispute } = await verify(cut);
        expect(dispute!.reason, `without ${name}`).to.equal("ground");
      }
    });

    it("has words for every reason in both languages", () => {
      for (const { outcomes, reasons } of Object.values(DISPUTE_WORDS)) {
        expect(Object.keys(reasons).sort()).to.deep.equal(Object.keys(OUTCOME_OF).sort());
        expect(Object.values(outcomes)).to.have.length(3);
      }
    });
  });

  describe("about a meeting before closing", () => {
    before(async () => prepare(await voting()));
    run(BEFORE_CLOSING);
  });

  describe("about a meeting before its batches are opened", () => {
    before(async () => {
      meeting.startCount();
      await meeting.openAlone(1, 0);
      await prepare(meeting);
    });
    run(BEFORE_OPENING);
  });

  describe("about a meeting in which a batch lapsed", () => {
    before(async () => {
      await meeting.openAll([0]);
      await meeting.conclude([0]);
      await prepare(meeting);
    });
    run(LAPSED);
  });
});
