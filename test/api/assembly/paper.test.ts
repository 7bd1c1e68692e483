import { expect } from "chai";
import { ask, expectProblem, get } from "./client.ts";
import { TestCommunity } from "./community.ts";
import type { Voter } from "./community.ts";
import { TestMeeting } from "./meeting.ts";
import { login } from "./people.ts";
import { TestService, eventually } from "./service.ts";

const PAPER_SECONDS = 1800;
const SCAN = Buffer.from("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");

describe("paper ballots", function () {
  this.timeout(60_000);
  let service: TestService;
  let community: TestCommunity;
  let voters: Voter[];
  let meeting: TestMeeting;

  before(async () => {
    service = await TestService.create();
    community = await TestCommunity.create(service);
    const roll = await community.freezeRoll();
    voters = await community.bindKeys(roll, ["1-1-101", "1-1-102"]);
    const options = { items: [5, 3], conflict: "paperFirst", paperSeconds: PAPER_SECONDS } as const;
    meeting = await TestMeeting.convene(community, roll, options);
  });
  after(() => service.close());

  type Teller = "tellerA" | "tellerB";

  const enter = async (teller: Teller, unit: string, answers: string, scan = SCAN) => {
    const form = new FormData();
    form.set("unit", unit);
    form.set("answers", answers);
    form.set("file", new Blob([new Uint8Array(scan)]), "scan.pdf");
    const cookie = await community.cookieOf(teller);
    return ask(service, "POST", `${meeting.path}/paper`, { form, cookie });
  };
  const check = async (teller: Teller, id: string, answers: string[]) => {
    const cookie = await community.cookieOf(teller);
    return ask(service, "POST", `${meeting.path}/paper/${id}/check`, { body: { answers }, cookie });
  };

  it("are entered by a teller, after opening, for a unit of the roll, with a scan", async () => {
    expectProblem(await enter("tellerA", "1-1-201", "for,for"), 409, "AssemblyVotingNotOpen");
    await meeting.moveTo("opensAt", 1);
    expectProblem(await enter("tellerA", "9-9-909", "for,for"), 404, "VoterNotFound");
    expectProblem(await enter("tellerA", "1-1-201", "for"), 422, "BallotAnswersIncomplete");
    expectProblem(await enter("tellerA", "1-1-201", "for,yes"), 422, "BallotOptionUnknown");
    const text = Buffer.from("not a scan");
    expectProblem(await enter("tellerA", "1-1-201", "for,for", text), 415, "FileKindNotAllowed");
    const cookie = await login(service, voters[0]!.person);
    const owner = await ask(service, "GET", `${meeting.path}/paper`, { cookie });
    expectProblem(owner, 403, "RoleRequired");
  });

  it("are read a second time by another teller, who is not shown the first reading", async () => {
    const { status, body } = await enter("tellerA", "1-1-201", "for,blank");
    expect(status).to.equal(201);
    expect(body).to.include({ unit: "1-1-201", state: "entered" });
    const list = await community.getAs("tellerB", `/meetings/${meeting.number}/paper`);
    expect(JSON.stringify(list)).not.to.include("answers");
    expect(list.items[0].mine).to.equal(false);
    expectProblem(await check("tellerA", body.id, ["for", "blank"]), 403, "PaperTellerSame");
    expect((await check("tellerB", body.id, ["for", "blank"])).body.state).to.equal("checked");
    expectProblem(await check("tellerB", body.id, ["for", "blank"]), 409, "PaperNotWaiting");
  });

  it("are returned where the two readings differ, and can be entered again", async () => {
    const { body } = await enter("tellerA", "2-1-201", "for,against");
    expectProblem(await enter("tellerB", "2-1-201", "for,for"), 409, "PaperStands");
    expect((await check("tellerB", body.id, ["for", "for"])).body.state).to.equal("returned");
    const again = await enter("tellerB", "2-1-201", "for,for");
    expect((await check("tellerA", again.body.id, ["for", "for"])).body.state).to.equal("checked");
  });

  it("keep their scans for the officers: not even their hash opens them", async () => {
    const { items } = await community.getAs("tellerB", `/meetings/${meeting.number}/paper`);
    const { id, scan } = items[0];
    const found = await community.getAs("tellerB", `/meetings/${meeting.number}/paper/${id}/scan`);
    expect(found).to.equal(SCAN.toString());
    const open = await ask(service, "GET", `${community.path}/documents/${scan}`);
    expectProblem(open, 404, "DocumentNotFound");
  });

  it("are sealed as a batch that two tellers sign; a batch not signed yet is drawn up anew", async () => {
    const path = `/meetings/${meeting.number}/paper/batches`;
    const first = await community.postAs("tellerA", path);
    await community.signAs("tellerA", first.proposal);
    const more = await enter("tellerA", "1-1-102", "against,against");
    await check("tellerB", more.body.id, ["against", "against"]);
    const second = await community.postAs("tellerA", path);
    expect([first.count, second.count]).to.deep.equal([2, 3]);
    await community.sign(second.proposal, ["tellerB", "tellerA"]);
    const batch = await eventually(async () => {
      const { items } = await get(service, `${meeting.path}/batches`);
      return items[0];
    });
    expect(batch).to.include({ origin: "paper", count: 3, state: "sealed", root: second.root });
  });

  it("are shown to the owner, who voted by his own key as well", async () => {
    const { leaf } = await meeting.vote(voters[1]!, "for", "for");
    await meeting.sealed(leaf);
    const cookie = await login(service, voters[1]!.person);
    const { votes } = await get(service, `${community.path}/me`, { cookie });
    expect(votes.paper[0]).to.deep.include({ unit: "1-1-102", answers: ["against", "against"] });
    expect((await meeting.view()).participation.heads).to.equal(3);
  });

  it("can be handed in after closing, until the time for paper is over", async () => {
    await meeting.moveTo("closesAt", 60);
    community.forgetSessions();
    expect((await meeting.view()).stage).to.equal("paper");
    const { body } = await enter("tellerA", "2-1-101", "for,abstain");
    await check("tellerB", body.id, ["for", "abstain"]);
    const path = `/meetings/${meeting.number}/paper/batches`;
    const { proposal } = await community.postAs("tellerB", path);
    await community.sign(proposal, ["tellerA", "tellerB"]);
    await eventually(async () => {
      const { items } = await get(service, `${meeting.path}/batches`);
      return items.length === 3;
    });
    const unsigned = await enter("tellerA", "1-1-101", "for,for");
    await check("tellerB", unsigned.body.id, ["for", "for"]);
    await community.signAs("tellerA", (await community.postAs("tellerA", path)).proposal);
    expect((await meeting.view()).participation.heads).to.equal(5);
    await meeting.moveTo("countsFrom", 0);
    expectProblem(await enter("tellerA", "2-1-102", "for,for"), 409, "AssemblyPaperClosed");
    await meeting.concluded();
    const { items } = await community.getAs("tellerA", `/meetings/${meeting.number}/paper`);
    const late = items.find(({ id }: { id: string }) => id === unsigned.body.id);
    expect(late.state).to.equal("late");
    expect((await meeting.view()).participation.heads).to.equal(4);
  });

  it("are counted first where the rules say so, apart from the owners' own ballots", async () => {
    const { result, skipped } = await meeting.concluded();
    const [own, paper] = result[1].origins;
    expect(paper.origin).to.equal("paper");
    expect(paper.invalid).to.deep.equal({ heads: 1, area: "76.1234" });
    expect(paper.against).to.deep.equal({ heads: 1, area: "120.25" });
    expect(own.for.heads).to.equal(0);
    expect(result[1].participating.heads).to.equal(4);
    expect(skipped).to.deep.equal({ 6: 1 });
  });
});
