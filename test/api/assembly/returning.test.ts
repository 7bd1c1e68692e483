import { expect } from "chai";
import { receiptBytes } from "../../../protocol/assembly/receipt.ts";
import { openBundle } from "../../../protocol/verify/bundle/bundle.ts";
import { bundleSources } from "../../../protocol/verify/bundle/sources.ts";
import { verifyMeeting } from "../../../protocol/verify/meeting.ts";
import { verifyReceipt } from "../../../protocol/verify/receipt.ts";
import { ask, expectProblem } from "./client.ts";
import type { Answer } from "./client.ts";
import { TestCommunity } from "./community.ts";
import type { Voter } from "./community.ts";
import { TestMeeting } from "./meeting.ts";
import { login } from "./people.ts";
import { TestService, eventually } from "./service.ts";

// A wallet signs the same sheet always alike (RFC 6979): who returns to an earlier vote hands in the same leaf again.
describe("a wallet owner who votes A, then B, then A", function () {
  this.timeout(90_000);
  let service: TestService;
  let community: TestCommunity;

  before(async () => {
    service = await TestService.create({ sealEverySeconds: 3600 });
    community = await TestCommunity.create(service);
  });
  after(() => service.close());

  const open = async (conflict: "newestFirst" | "oldestFirst" | "paperFirst") => {
    const roll = await community.freezeRoll();
    // The first of them holds a wallet.
    const voters = await community.bindKeys(roll, ["1-1-101", "1-1-102"]);
    const meeting = await TestMeeting.convene(community, roll, { items: [5], conflict });
    await meeting.moveTo("opensAt", 1);
    community.forgetSessions();
    return { meeting, owner: voters[0]!, other: voters[1]! };
  };

  const hand = (meeting: TestMeeting, body: unknown, cookie?: string): Promise<Answer> =>
    ask(service, "POST", `${meeting.path}/ballots`, { body, cookie });

  const seal = async (meeting: TestMeeting, voter: Voter, choice: "for" | "against") => {
    const body = await meeting.sheet(voter, [choice]);
    await meeting.sealed((await meeting.send(body)).leaf);
    return body;
  };

  const verify = async (meeting: TestMeeting) => {
    const response = await fetch(`${service.url}/api${meeting.path}/bundle`);
    const { bundle } = await openBundle(new Uint8Array(await response.arrayBuffer()));
    const sources = await bundleSources(bundle);
    return { sources, report: await verifyMeeting(sources, meeting.number) };
  };

  for (const conflict of ["newestFirst", "paperFirst"] as const) {
    it(`is counted for A, sealed once more, and every check agrees (${conflict})`, async () => {
      const { meeting, owner } = await open(conflict);
      const a = await seal(meeting, owner, "for");
      await seal(meeting, owner, "against");
      const cookie = await login(service, owner.person);
      const again = await hand(meeting, a, cookie);
      expect(again.status).to.equal(201);
      const { leaf } = again.body;
      expect(await meeting.sealed(leaf)).to.include({ batch: 2 });
      expect((await meeting.view()).participation.heads).to.equal(1);
      const { receipt } = await meeting.ballot(leaf, cookie);
      await meeting.moveTo("countsFrom", 1);
      const { result } = await eventually(async () => {
        await service.assembly.step();
        const view = await meeting.view();
        return view.result ? view : undefined;
      });
      expect([result[0].for.heads, result[0].against.heads]).to.deep.equal([1, 0]);
      expect((await meeting.ballot(leaf)).code).to.equal(1);
      const { report, sources } = await verify(meeting);
      expect(report.checks.filter(({ status }) => status === "failed")).to.deep.equal([]);
      const own = await verifyReceipt(sources, receiptBytes(receipt));
      expect(own.checks.find(({ name }) => name === "receiptCounted")!.status).to.equal("ok");
    });
  }

  it("can return before anything was sealed, and handing it in twice is once", async () => {
    const { meeting, owner } = await open("newestFirst");
    const a = await meeting.sheet(owner, ["for"]);
    await meeting.send(a);
    await meeting.vote(owner, "against");
    const cookie = await login(service, owner.person);
    const answers = await Promise.all([1, 2, 3].map(() => hand(meeting, a, cookie)));
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201]);
    const { leaf } = answers[0]!.body;
    const { voter } = owner;
    const where = { meeting: { number: meeting.number }, voter };
    const rows = await service.database.client.ballot.findMany({ where, orderBy: { id: "asc" } });
    expect(rows.map(({ state }) => state)).to.deep.equal(["replaced", "replaced", "waiting"]);
    expect(rows.at(-1)!.leaf).to.equal(leaf);
    expect(await meeting.sealed(leaf)).to.include({ batch: 0 });
  });

  it("is he himself: whoever else has the ballot cannot undo the later vote with it", async () => {
    const { meeting, owner, other } = await open("newestFirst");
    const a = await seal(meeting, owner, "for");
    await seal(meeting, owner, "against");
    expectProblem(await hand(meeting, a), 409, "BallotReplaced");
    const stranger = await login(service, other.person);
    expectProblem(await hand(meeting, a, stranger), 409, "BallotReplaced");
  });

  it("cannot change the first vote where the first counts", async () => {
    const { meeting, owner } = await open("oldestFirst");
    const a = await seal(meeting, owner, "for");
    const cookie = await login(service, owner.person);
    const b = await meeting.sheet(owner, ["against"]);
    expectProblem(await hand(meeting, b, cookie), 409, "BallotStands");
    expect((await hand(meeting, a, cookie)).body.state).to.equal("sealed");
  });
});
