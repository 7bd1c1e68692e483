import { expect } from "chai";
import { TestCommunity } from "./community.ts";
import type { Voter } from "./community.ts";
import { TestMeeting } from "./meeting.ts";
import { TestService } from "./service.ts";

describe("a whole meeting", () => {
  let service: TestService;
  let community: TestCommunity;
  let voters: Voter[];
  let meeting: TestMeeting;

  before(async function () {
    this.timeout(60_000);
    service = await TestService.create();
    community = await TestCommunity.create(service);
    const roll = await community.freezeRoll();
    voters = await community.bindKeys(roll, ["1-1-101", "1-1-102", "1-1-201", "2-1-101"]);
    meeting = await TestMeeting.convene(community, roll);
  });
  after(() => service.close());

  it("is announced with its number, its record and its motions", async () => {
    const view = await meeting.view();
    expect(view).to.include({ number: 1, stage: "announced", title: "2027 年第一次业主大会" });
    expect(view.total).to.deep.equal({ heads: 5, area: "548.2834" });
    expect(view.participation).to.deep.equal({ heads: 0, area: "0" });
    expect(view.result).to.equal(null);
    expect(view.record.index).to.be.a("number");
  });

  it("takes votes, seals them, counts them and publishes the result", async function () {
    this.timeout(60_000);
    await meeting.moveTo("opensAt", 1);
    const leaves = [];
    for (const voter of voters)
      leaves.push((await meeting.vote(voter, "for", "against", "abstain")).leaf);
    for (const leaf of leaves) await meeting.sealed(leaf);
    await meeting.moveTo("countsFrom", 1);
    const view = await meeting.concluded();
    expect(view.stage).to.equal("preliminary");
    expect(view.result.map((motion: { outcome: string }) => motion.outcome)).to.deep.equal([
      "Adopted",
      "NotAdopted",
      "NotAdopted",
    ]);
  });
});
