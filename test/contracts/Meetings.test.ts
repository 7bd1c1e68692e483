import { expect } from "chai";
import { type Contract, type Signer, ZeroHash, id } from "ethers";
import { type Community, attest, deployCommunity } from "../../scripts/bench/chain/community.ts";
import { CONVENE_TYPE, convene, describeMeeting } from "../../scripts/bench/chain/meeting.ts";
import { KIND, freezeRoll, makeVoters } from "../../scripts/bench/chain/roll.ts";
import { eventOf, keepChain, refusalOf, send, setTime } from "./chain.ts";

const EXTEND_TYPE = "Extend(uint256 meeting,uint64 closesAt,bytes32 record)";
const STAGES = ["None", "Announced", "Open", "Paper", "Counting", "Preliminary", "Final"];

describe("Assembly meetings", () => {
  let community: Community;
  let assembly: Contract;
  let roll: bigint;
  let restore: () => Promise<void>;

  before(async () => {
    community = await deployCommunity();
    ({ assembly } = community);
    ({ roll } = await freezeRoll(community, makeVoters(10, KIND.secp256k1)));
    restore = await keepChain(community);
  });
  beforeEach(() => restore());

  const both = (): Signer[] => [community.officers.registrar, community.officers.committee];
  const stage = async (meeting: bigint) =>
    STAGES[Number(await assembly.getFunction("stage")(meeting))];

  async function conveneWith(changes: object, signers = both()) {
    const fields = await describeMeeting(community, roll, changes);
    return send(assembly, "convene", fields, await attest(assembly, CONVENE_TYPE, fields, signers));
  }

  async function extend(meeting: bigint, closesAt: number | bigint, signers = both()) {
    const record = id("extension");
    const value = { meeting, closesAt, record };
    const attestations = await attest(assembly, EXTEND_TYPE, value, signers);
    return send(assembly, "extend", meeting, closesAt, record, attestations);
  }

  describe("convene", () => {
    it("convenes a meeting of up to sixteen motions and takes its roll", async () => {
      const items = Array.from({ length: 16 }, (_, i) => 1 + (i % 9));
      const { meeting, opensAt, closesAt } = await convene(community, roll, { items });
      const kept = await assembly.getFunction("getMeeting")(meeting);
      expect([kept.motions, kept.roll]).to.deep.equal([16n, roll]);
      const packed = items.reduce((sum, item, i) => sum + (BigInt(item) << BigInt(4 * i)), 0n);
      expect(kept.items).to.equal(packed);
      expect([kept.opensAt, kept.closesAt]).to.deep.equal([BigInt(opensAt), BigInt(closesAt)]);
      const { keysUntil } = await community.registry.getFunction("getRoll")(roll);
      expect(keysUntil).to.equal(BigInt(closesAt));
    });

    it("keeps the plans of the motions that carry one", async () => {
      const plans = [ZeroHash, id("lifts"), ZeroHash, id("roof")];
      const { meeting } = await convene(community, roll, { items: [1, 5, 9, 7], plans });
      const kept = await Promise.all(
        [0, 1, 2, 3, 4].map((motion) => assembly.getFunction("planOf")(meeting, motion)),
      );
      expect(kept).to.deep.equal([...plans, ZeroHash]);
    });

    const cases: [string, string, object][] = [
      ["no motion", "AssemblyMotionsInvalid", { items: [] }],
      ["17 motions", "AssemblyMotionsInvalid", { items: Array.from({ length: 17 }, () => 5) }],
      ["item 0", "OutcomeItemUnknown", { items: [5, 0] }],
      ["item 10", "OutcomeItemUnknown", { items: [10] }],
      ["an end before the beginning", "AssemblyWindowInvalid", { closesAt: 1 }],
      ["an end in another age", "AssemblyWindowInvalid", { closesAt: 2n ** 40n }],
      ["too short a notice", "AssemblyNoticeTooShort", { noticeSeconds: 2_000 }],
      ["a beginning in the past", "AssemblyNoticeTooShort", { opensAt: 9, noticeSeconds: 0 }],
      ["an unknown conflict policy", "AssemblyConflictUnknown", { conflict: 3 }],
      ["an unknown roll", "RegistryRollUnknown", { roll: 2n }],
      ["a motion without its place for a plan", "AssemblyPlansInvalid", { plans: [] }],
      ["more plans than motions", "AssemblyPlansInvalid", { plans: [ZeroHash, id("plan")] }],
    ];
    for (const [name, error, changes] of cases) {
      it(`refuses ${name}, though both officers signed it`, async () => {
        expect(await refusalOf(conveneWith(changes))).to.equal(error);
      });
    }

    it("refuses an end at the beginning", async () => {
      const { opensAt } = await describeMeeting(community, roll);
      expect(await refusalOf(conveneWith({ opensAt, closesAt: opensAt }))).to.equal(
        "AssemblyWindowInvalid",
      );
    });

    it("counts the notice to the second", async () => {
      const fields = await describeMeeting(community, roll);
      const attestations = await attest(assembly, CONVENE_TYPE, fields, both());
      const latest = fields.opensAt - fields.noticeSeconds;
      await setTime(community, latest + 1);
      const late = send(assembly, "convene", fields, attestations);
      expect(await refusalOf(late)).to.equal("AssemblyNoticeTooShort");
      await restore();
      await setTime(community, latest);
      await send(assembly, "convene", fields, attestations);
    });

    it("refuses a roll that serves another meeting, and a convocation sent twice", async () => {
      const fields = await describeMeeting(community, roll);
      const attestations = await attest(assembly, CONVENE_TYPE, fields, both());
      await send(assembly, "convene", fields, attestations);
      const replayed = send(assembly, "convene", fields, attestations);
      expect(await refusalOf(replayed)).to.equal("RegistryRollAssigned");
      expect(await refusalOf(conveneWith({ items: [9] }))).to.equal("RegistryRollAssigned");
    });

    it("refuses signers without the role or in the wrong order", async () => {
      const { registrar, committee, firstTeller } = community.officers;
      const wrong = [
        [registrar, registrar],
        [committee, registrar],
        [firstTeller, committee],
        [registrar, community.outsider],
      ];
      for (const signers of wrong) {
        expect(await refusalOf(conveneWith({}, signers))).to.equal("RegistryRoleMissing");
      }
    });

    it("refuses any field other than the one signed", async () => {
      const fields = await describeMeeting(community, roll);
      const attestations = await attest(assembly, CONVENE_TYPE, fields, both());
      const changes = [
        { record: id("other") },
        { items: [6] },
        { plans: [id("plan")] },
        { opensAt: fields.opensAt + 1 },
        { closesAt: fields.closesAt + 1 },
        { noticeSeconds: 0 },
        { paperSeconds: 0 },
        { revealSeconds: 0 },
        { objectionSeconds: 0 },
        { conflict: 1 },
        { invalidParticipates: false },
      ];
      for (const change of changes) {
        const sent = send(assembly, "convene", { ...fields, ...change }, attestations);
        const name = await refusalOf(sent);
        expect(name, Object.keys(change)[0]).to.equal("RegistryAttestationInvalid");
      }
    });
  });

  describe("extend", () => {
    it("moves the end and the time for keys, before the old end", async () => {
      const { meeting, closesAt } = await convene(community, roll);
      await setTime(community, closesAt - 1);
      const event = await eventOf("MeetingExtended", extend(meeting, closesAt + 60));
      expect(event!["closesAt"]).to.equal(BigInt(closesAt + 60));
      const { keysUntil } = await community.registry.getFunction("getRoll")(roll);
      expect(keysUntil).to.equal(BigInt(closesAt + 60));
      await setTime(community, closesAt);
      await send(assembly, "seal", meeting, id("root"), 1);
    });

    it("refuses at the old end", async () => {
      const { meeting, closesAt } = await convene(community, roll);
      await setTime(community, closesAt);
      expect(await refusalOf(extend(meeting, closesAt + 60))).to.equal("AssemblyVotingClosed");
    });

    it("refuses an earlier, an equal and an endless end", async () => {
      const { meeting, closesAt } = await convene(community, roll);
      for (const end of [closesAt, closesAt - 1, 2n ** 40n]) {
        expect(await refusalOf(extend(meeting, end))).to.equal("AssemblyExtensionNotLater");
      }
    });

    it("refuses signers without the role, another meeting, and a signature sent twice", async () => {
      const { meeting, closesAt } = await convene(community, roll);
      const { registrar, committee } = community.officers;
      for (const signers of [
        [registrar, registrar],
        [committee, registrar],
      ]) {
        const sent = extend(meeting, closesAt + 60, signers);
        expect(await refusalOf(sent)).to.equal("RegistryRoleMissing");
      }
      expect(await refusalOf(extend(meeting + 1n, closesAt + 60))).to.equal(
        "AssemblyMeetingUnknown",
      );
      await extend(meeting, closesAt + 60);
      expect(await refusalOf(extend(meeting, closesAt + 60))).to.equal("AssemblyExtensionNotLater");
    });
  });

  it("passes through its stages at their times", async () => {
    expect(await stage(1n)).to.equal("None");
    const { meeting, opensAt, closesAt, paperSeconds } = await convene(community, roll);
    expect(await stage(meeting)).to.equal("Announced");
    const times: [number, string][] = [
      [opensAt, "Open"],
      [closesAt, "Paper"],
      [closesAt + paperSeconds, "Counting"],
    ];
    for (const [time, name] of times) {
      await setTime(community, time);
      await community.ethers.provider.send("evm_mine", []);
      expect(await stage(meeting)).to.equal(name);
    }
  });
});
