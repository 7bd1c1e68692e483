import { expect } from "chai";
import { countLine } from "../../../protocol/assembly/count/count.ts";
import { recordBytes } from "../../../protocol/anchor/record.ts";
import { parseVerifierKey } from "../../../protocol/anchor/tlog/key.ts";
import { openPromise } from "../../../protocol/assembly/promise.ts";
import { parseReceipt, receiptBytes } from "../../../protocol/assembly/receipt.ts";
import { isInTree } from "../../../protocol/registry/tree.ts";
import type { SignedAnswer } from "../../../protocol/assembly/sheet.ts";
import { get } from "./client.ts";
import { TestCommunity } from "./community.ts";
import type { Voter } from "./community.ts";
import { TestMeeting, WINDOW_SECONDS } from "./meeting.ts";
import { login } from "./people.ts";
import { TestService, eventually } from "./service.ts";

const TOTAL = { heads: 5, area: "548.2834" };

describe("a whole meeting", function () {
  this.timeout(60_000);
  let service: TestService;
  let community: TestCommunity;
  let voters: Voter[];
  let meeting: TestMeeting;
  const leaves = new Map<Voter, string>();

  before(async () => {
    service = await TestService.create();
    community = await TestCommunity.create(service);
    const roll = await community.freezeRoll();
    voters = await community.bindKeys(roll, ["1-1-101", "1-1-102", "1-1-201", "2-1-101"]);
    meeting = await TestMeeting.convene(community, roll);
  });
  after(() => service.close());

  const vote = async (voter: Voter, ...answers: SignedAnswer[]): Promise<string> => {
    const { leaf } = await meeting.vote(voter, ...answers);
    leaves.set(voter, leaf);
    return leaf;
  };

  it("is announced with its number, its motions and its record in the log", async () => {
    const view = await meeting.view();
    expect(view).to.include({ number: 1, stage: "announced", title: "2027 年第一次业主大会" });
    expect(view.total).to.deep.equal(TOTAL);
    expect(view.participation).to.deep.equal({ heads: 0, area: "0" });
    expect(view.result).to.equal(null);
    const record = await get(service, `${community.path}/records/${view.record.index}`);
    expect(record.leaf).to.equal(view.record.leaf);
    expect(JSON.parse(record.bytes)).to.deep.include({ type: "meeting", roll: view.roll });
    const text = await get(service, `${community.path}/documents/${view.motions[0].text}`);
    expect(text).to.equal("关于第 1 项的决定。");
  });

  it("seals each vote within seconds and shows who takes part, by heads and area", async () => {
    await meeting.moveTo("opensAt", 1);
    await vote(voters[0]!, "for", "against", "abstain");
    await vote(voters[1]!, "for", "for", "against");
    await vote(voters[2]!, "against", "for", "for");
    for (const leaf of leaves.values()) {
      const { batch, proof } = await meeting.sealed(leaf);
      const { items } = await get(service, `${meeting.path}/batches`);
      const { root, leaves: sealed } = items[batch];
      expect(sealed).to.include(leaf);
      expect(isInTree(root, leaf as `0x${string}`, proof)).to.equal(true);
    }
    const { participation, stage } = await meeting.view();
    const areaE4 = voters.slice(0, 3).reduce((sum, voter) => sum + voter.areaE4, 0n);
    expect(stage).to.equal("voting");
    expect(participation.heads).to.equal(3);
    expect(BigInt(Math.round(participation.area * 10_000))).to.equal(areaE4);
  });

  it("lets a voter change his mind: the last vote stands, his head counts once", async () => {
    const first = leaves.get(voters[1]!)!;
    const second = await vote(voters[1]!, "against", "for", "for");
    expect(second).not.to.equal(first);
    await meeting.sealed(second);
    expect((await meeting.view()).participation.heads).to.equal(3);
  });

  it("gives the receipt to the voter, and to nobody else", async () => {
    const [own, other] = [voters[0]!, voters[2]!];
    const leaf = leaves.get(own)!;
    const { receipt } = await meeting.ballot(leaf, await login(service, own.person));
    expect(receipt).to.include({ leaf, voter: own.voter, meeting: 1 });
    expect(receipt.answers).to.deep.equal(["for", "against", "abstain"]);
    expect(parseReceipt(receiptBytes(receipt))).to.deep.equal(receipt);
    const { log } = await get(service, community.path);
    const { promise, isSigned } = await openPromise(receipt.promise, [parseVerifierKey(log.key)]);
    expect([promise.leaf, promise.meeting, isSigned]).to.deep.equal([leaf, 1, true]);
    expect((await meeting.ballot(leaf)).receipt).to.equal(null);
    expect((await meeting.ballot(leaf, await login(service, other.person))).receipt).to.equal(null);
  });

  it("shows a voter all his ballots under his own page", async () => {
    const cookie = await login(service, voters[1]!.person);
    const { votes } = await get(service, `${community.path}/me`, { cookie });
    const answers = votes.ballots.map((ballot: { answers: string[] }) => ballot.answers.join(" "));
    expect(answers).to.deep.equal(["against for for", "for for against"]);
  });

  it("is extended by two officers before its end, and by its record", async () => {
    const { closesAt } = await meeting.view();
    const later = new Date(Date.parse(closesAt) + WINDOW_SECONDS * 1000);
    const body = { closesAt: later.toISOString().replace(".000Z", "Z"), reason: "参与人数不足" };
    const { proposal } = await community.postAs("committee", `/meetings/1/extensions`, { body });
    await community.sign(proposal);
    const view = await eventually(async () => {
      const found = await meeting.view();
      return found.extended ? found : undefined;
    });
    expect(view.closesAt).to.equal(body.closesAt);
    const { recordIndex } = view.extensions[0];
    const record = await get(service, `${community.path}/records/${recordIndex}`);
    expect(JSON.parse(record.bytes)).to.include({ type: "extension", meeting: 1 });
    service.clock.seconds = Date.parse(closesAt) / 1000 + 60;
    await meeting.sealed(await vote(voters[3]!, "for", "for", "for"));
  });

  it("is counted after closing, as the rule of protocol/ counts it", async () => {
    await meeting.moveTo("countsFrom", 1);
    community.forgetSessions();
    const { result, skipped, resultIndex, stage } = await meeting.concluded();
    expect(stage).to.equal("preliminary");
    for (const [i, motion] of result.entries()) {
      const { outcome, participating, total, ...rest } = motion;
      const source = { id: i, regime: "civil-code", item: [5, 3, 8][i], total, participating };
      const { for: yes, against, abstain, invalid } = rest;
      const rules = { invalid: "participates", deemed: "none" };
      const text = JSON.stringify({ ...source, for: yes, against, abstain, invalid, rules });
      expect(countLine(text)).to.deep.include({ outcome, inconsistent: [] });
      expect(total).to.deep.equal(TOTAL);
    }
    expect(sumOf(result[0], "for", voters[0]!, voters[3]!)).to.equal(true);
    expect(sumOf(result[0], "against", voters[1]!, voters[2]!)).to.equal(true);
    expect(skipped).to.deep.equal({ 6: 1 });
    const record = await get(service, `${community.path}/records/${resultIndex}`);
    const published = JSON.parse(record.bytes);
    expect(Buffer.from(recordBytes(published)).toString()).to.equal(record.bytes);
    expect(published.motions[0].outcome).to.equal(result[0].outcome);
  });

  it("anchors the result, and becomes final when nobody may object any more", async () => {
    const { resultIndex, finalAt } = await meeting.view();
    await community.anchored(resultIndex);
    service.clock.seconds = Date.parse(finalAt) / 1000 + 1;
    expect((await meeting.view()).stage).to.equal("final");
  });

  it("tells every ballot's fate after the count", async () => {
    for (const leaf of leaves.values()) expect((await meeting.ballot(leaf)).code).to.equal(1);
    const { items } = await get(service, `${meeting.path}/batches`);
    expect(items.map(({ state }: { state: string }) => state)).to.deep.equal(
      items.map(() => "opened"),
    );
  });
});

/** Whether exactly these voters stand behind an option. */
function sumOf(
  motion: Record<string, { heads: number; area: string }>,
  option: string,
  ...voters: Voter[]
): boolean {
  const { heads, area } = motion[option]!;
  const areaE4 = voters.reduce((sum, voter) => sum + voter.areaE4, 0n);
  return heads === voters.length && BigInt(Math.round(Number(area) * 10_000)) === areaE4;
}
