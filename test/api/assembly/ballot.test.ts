import { expect } from "chai";
import { unpackAnswers } from "../../../protocol/assembly/sheet.ts";
import { ask, expectProblem, get } from "./client.ts";
import { TestCommunity } from "./community.ts";
import type { Voter } from "./community.ts";
import { TestMeeting } from "./meeting.ts";
import { WalletPerson } from "./people.ts";
import { TestService, eventually } from "./service.ts";

const UNITS = ["1-1-101", "1-1-102", "1-1-201", "2-1-101", "2-1-201"];

describe("ballots at the border", function () {
  this.timeout(60_000);
  let service: TestService;
  let community: TestCommunity;
  let voters: Voter[];
  let meeting: TestMeeting;
  let other: TestMeeting;

  before(async () => {
    // Sealed when the test says so, so that what waits and what is sealed is certain.
    service = await TestService.create({ sealEverySeconds: 3600 });
    community = await TestCommunity.create(service);
    const roll = await community.freezeRoll();
    const otherRoll = await community.freezeRoll();
    voters = await community.bindKeys(roll, UNITS);
    meeting = await TestMeeting.convene(community, roll);
    other = await TestMeeting.convene(community, otherRoll);
  });
  after(() => service.close());

  it("are not taken before opening", async () => {
    const body = await meeting.sheet(voters[0]!, ["for", "for", "for"]);
    expectProblem(await meeting.trySend(body), 409, "AssemblyVotingNotOpen");
    await meeting.moveTo("opensAt", 1);
    expect((await meeting.trySend(body)).status).to.equal(201);
  });

  it("of an unknown meeting are refused", async () => {
    const body = await meeting.sheet(voters[0]!, ["for", "for", "for"]);
    const path = `${community.path}/meetings/99/ballots`;
    expectProblem(await ask(service, "POST", path, { body }), 404, "AssemblyMeetingUnknown");
  });

  it("signed for another meeting are told so", async () => {
    const body = await meeting.sheet(voters[1]!, ["for", "for", "for"], other.number);
    const answer = await meeting.trySend(body);
    expectProblem(answer, 422, "BallotMeetingDiffers");
    expect(answer.body.params.signed).to.equal(other.number);
  });

  it("with other answers than were signed are refused", async () => {
    for (const voter of voters.slice(0, 2)) {
      const body = await meeting.sheet(voter, ["for", "for", "for"]);
      const answer = await meeting.trySend({ ...body, answers: ["for", "for", "against"] });
      expectProblem(answer, 422, "BallotSignatureInvalid");
    }
  });

  it("signed by somebody else's key are refused", async () => {
    const thief = { ...voters[1]!, person: new WalletPerson() };
    const body = await meeting.sheet(thief, ["for", "for", "for"]);
    expectProblem(await meeting.trySend(body), 422, "BallotSignatureInvalid");
  });

  it("of a key that is not bound are refused", async () => {
    const body = await meeting.sheet({ ...voters[0]!, position: 99 }, ["for", "for", "for"]);
    expectProblem(await meeting.trySend(body), 404, "RegistryKeyUnknown");
  });

  it("with an unknown option, or too few answers, are refused", async () => {
    const body = await meeting.sheet(voters[0]!, ["for", "for", "for"]);
    const unknown = await meeting.trySend({ ...body, answers: ["for", "maybe", "for"] });
    expectProblem(unknown, 422, "BallotOptionUnknown");
    expect(unknown.body.params.motion).to.equal(1);
    const blank = await meeting.trySend({ ...body, answers: ["for", "blank", "for"] });
    expectProblem(blank, 422, "BallotOptionUnknown");
    const few = await meeting.trySend({ ...body, answers: ["for", "for"] });
    expectProblem(few, 422, "BallotAnswersIncomplete");
  });

  it("in a malformed shape are refused without repeating what they hold", async () => {
    const body = await meeting.sheet(voters[0]!, ["for", "for", "for"]);
    const secret = "0xabcdef0123";
    const answer = await meeting.trySend({ ...body, signature: secret });
    expectProblem(answer, 400, "InputInvalid");
    expect(JSON.stringify(answer.body)).not.to.include(secret);
    expectProblem(await meeting.trySend({ ...body, form: 2 }), 422, "BallotFormInvalid");
  });

  it("of a revoked key are refused", async () => {
    const { page, position } = voters[4]!;
    const { roll } = await meeting.view();
    const body = { page, position, reason: "密钥遗失" };
    const { proposal } = await community.postAs("registrar", `/rolls/${roll}/revocations`, {
      body,
    });
    await community.sign(proposal);
    await eventually(async () => {
      const { items } = await get(service, `${community.path}/rolls/${roll}/keys`);
      const key = items.find((row: { page: number; position: number }) => {
        return row.page === page && row.position === position;
      });
      return key.revokedAt !== null;
    });
    const ballot = await meeting.sheet(voters[4]!, ["for", "for", "for"]);
    expectProblem(await meeting.trySend(ballot), 409, "AssemblyKeyRevoked");
  });

  it("are stored once when the same one comes twenty times at once", async () => {
    const body = await meeting.sheet(voters[2]!, ["for", "for", "against"]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => meeting.trySend(body)));
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([201]));
    expect(new Set(answers.map((answer) => answer.body.leaf)).size).to.equal(1);
    const { leaf } = answers[0]!.body;
    expect(await service.database.client.ballot.count({ where: { leaf } })).to.equal(1);
    await meeting.sealed(leaf);
    const again = await meeting.trySend(body);
    expect(again.status).to.equal(201);
    expect(again.body).to.include({ leaf, state: "sealed" });
  });

  it("of one voter that come together leave exactly one to stand", async () => {
    const choices = ["for", "against", "abstain"] as const;
    const bodies = [];
    for (const a of choices) {
      for (const b of choices) bodies.push(await meeting.sheet(voters[3]!, [a, b, "for"]));
    }
    const answers = await Promise.all(bodies.map((body) => meeting.trySend(body)));
    for (const { status, body } of answers) {
      if (status !== 201) expect(body.code).to.equal("BallotReplaced");
    }
    const where = { voter: voters[3]!.voter };
    const rows = await service.database.client.ballot.findMany({ where, orderBy: { id: "desc" } });
    const states = rows.map(({ state }) => state);
    expect(states).to.deep.equal(["waiting", ...bodies.slice(1).map(() => "replaced")]);
    await meeting.sealed(rows[0]!.leaf);
    expect((await meeting.view()).participation.heads).to.equal(3);
  });

  it("that gave way to a later one are not taken again: a receipt must not undo a vote", async () => {
    const { client } = service.database;
    const replaced = await client.ballot.findFirstOrThrow({ where: { state: "replaced" } });
    const { page, position, form, signature, leaf } = replaced;
    const answers = unpackAnswers(Number(replaced.answers), 3);
    const answer = await meeting.trySend({ page, position, form, signature, answers });
    expectProblem(answer, 409, "BallotReplaced");
    expect((await meeting.ballot(leaf)).state).to.equal("replaced");
  });

  it("that were sealed are not called accepted once their voter has voted again", async () => {
    const first = await meeting.sheet(voters[2]!, ["against", "against", "for"]);
    await meeting.sealed((await meeting.send(first)).leaf);
    expect((await meeting.trySend(first)).status).to.equal(201);
    await meeting.vote(voters[2]!, "for", "abstain", "for");
    expectProblem(await meeting.trySend(first), 409, "BallotReplaced");
  });

  it("are not taken in the last seconds, in which they could not be sealed any more", async () => {
    const { acceptsUntil } = await meeting.view();
    const body = await meeting.sheet(voters[0]!, ["against", "against", "against"]);
    service.clock.seconds = Date.parse(acceptsUntil) / 1000;
    community.forgetSessions();
    expectProblem(await meeting.trySend(body), 409, "AssemblyVotingClosed");
    service.clock.seconds -= 1;
    const { leaf } = (await meeting.trySend(body)).body;
    await meeting.sealed(leaf);
    await meeting.moveTo("closesAt", 1);
    const late = await meeting.sheet(voters[0]!, ["for", "against", "against"]);
    expectProblem(await meeting.trySend(late), 409, "AssemblyVotingClosed");
    const same = await meeting.trySend(body);
    expect(same.body).to.include({ leaf, state: "sealed" });
  });

  it("that a broken service could not seal in time are shown as its failure", async () => {
    const { client } = service.database;
    const { id } = await client.meeting.findFirstOrThrow({ where: { number: meeting.number } });
    const sealed = await client.ballot.findFirstOrThrow({
      where: { meetingId: id, state: "sealed" },
      omit: { id: true },
    });
    const leaf = `0x${"cd".repeat(32)}`;
    const waiting = {
      state: "waiting" as const,
      waitingVoter: sealed.voter,
      batchId: null,
      place: null,
    };
    await client.ballot.create({ data: { ...sealed, ...waiting, leaf } });
    await service.assembly.step();
    expect((await meeting.ballot(leaf)).state).to.equal("late");
    expect((await meeting.view()).ballots.late).to.equal(1);
  });
});
