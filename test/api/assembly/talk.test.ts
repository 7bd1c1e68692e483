import { expect } from "chai";
import { recordSchema } from "../../../protocol/anchor/record.ts";
import { isDisclosureOf } from "../../../protocol/anchor/sealed.ts";
import { ask, expectProblem, get } from "./client.ts";
import type { Answer } from "./client.ts";
import { TestCommunity } from "./community.ts";
import type { Voter } from "./community.ts";
import { TestMeeting } from "./meeting.ts";
import { WalletPerson, login } from "./people.ts";
import { TestService } from "./service.ts";

const QUESTION = "维修费用由哪一户的楼栋分摊?";

describe("questions and objections", function () {
  this.timeout(60_000);
  let service: TestService;
  let community: TestCommunity;
  let meeting: TestMeeting;
  let owner: Voter;
  let record: number;
  let answer: number;

  before(async () => {
    service = await TestService.create();
    community = await TestCommunity.create(service);
    const roll = await community.freezeRoll();
    [owner] = (await community.bindKeys(roll, ["1-1-101"])) as [Voter];
    meeting = await TestMeeting.convene(community, roll, { items: [5] });
  });
  after(() => service.close());

  const speak = async (kind: "questions" | "objections", text: string, as = owner.person) =>
    ask(service, "POST", `${meeting.path}/${kind}`, {
      body: { text },
      cookie: await login(service, as),
    });

  const list = async () => (await get(service, `${meeting.path}/talk`)).items;

  /** The record with what is disclosed of it, as anybody reads it. */
  const published = async (index: number) => {
    const { bytes, disclosures } = await get(service, `${community.path}/records/${index}`);
    return { fields: recordSchema.parse(JSON.parse(bytes)), disclosures, bytes: bytes as string };
  };

  it("are taken from owners on the roll only", async () => {
    const path = `${meeting.path}/questions`;
    const body = { text: QUESTION };
    expectProblem(await ask(service, "POST", path, { body }), 401, "LoginRequired");
    const stranger = await speak("questions", QUESTION, new WalletPerson());
    expectProblem(stranger, 403, "OwnerRequired");
    const others = [{ building: "9", number: "101", area: "80", owner: "他人" }];
    const other = await TestMeeting.convene(community, await community.freezeRoll(others));
    const elsewhere = await ask(service, "POST", `${other.path}/questions`, {
      body,
      cookie: await login(service, owner.person),
    });
    expectProblem(elsewhere, 403, "TalkNotOnRoll");
  });

  it("stand in the log as a salted hash, with the text beside it, and do not say who asked", async () => {
    const { status, body } = await speak("questions", QUESTION);
    expect(status).to.equal(201);
    ({ record } = body);
    const { fields, disclosures, bytes } = await published(record);
    expect(fields).to.include({ type: "question", meeting: meeting.number });
    expect(bytes).to.not.include(QUESTION);
    const [{ path, salt, value }] = disclosures;
    expect({ path, value }).to.deep.equal({ path: "/text", value: QUESTION });
    const { sealed } = (fields as { text: { sealed: string } }).text;
    expect(isDisclosureOf(sealed, { salt, value })).to.equal(true);
    expect(Object.keys(fields).sort()).to.deep.equal([
      "at",
      "community",
      "meeting",
      "text",
      "type",
      "v",
    ]);
    const [item] = await list();
    expect(item).to.include({ record, kind: "question", text: QUESTION });
    expect(JSON.stringify(item)).to.not.include(owner.person.keyId);
  });

  it("are answered in public in the name of an office, by officers only", async () => {
    const path = `/meetings/${meeting.number}/talk/${record}/answers`;
    const body = { text: "由 1 幢分摊,附件已列明。" };
    const cookie = await login(service, owner.person);
    const own = await ask(service, "POST", `${community.path}${path}`, { body, cookie });
    expectProblem(own, 403, "RoleRequired");
    ({ record: answer } = await community.postAs("committee", path, { body }));
    const [{ answers }] = await list();
    expect(answers).to.have.length(1);
    expect(answers[0]).to.include({ record: answer, text: body.text });
    const { fields } = await published(answer);
    expect(fields).to.include({ type: "answer", to: record, office: answers[0].office });
  });

  it("are not found where nothing was asked", async () => {
    const cookie = await community.cookieOf("committee");
    // An answer is not answered in its turn.
    for (const to of [0, answer, 9999]) {
      const path = `${meeting.path}/talk/${to}/answers`;
      const again = await ask(service, "POST", path, { body: { text: "?" }, cookie });
      expectProblem(again, 404, "TalkNotFound");
    }
  });

  it("come to an end: nobody fills a log that cannot be shortened", async () => {
    const answers: Answer[] = [];
    for (let i = 0; i < 5; i++) answers.push(await speak("questions", `再问 ${i}`));
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201, 201, 409]);
    expectProblem(answers[4]!, 409, "TalkLimitReached");
  });

  it("are refused without a text, or with one that is too long", async () => {
    for (const text of ["", "  ", "长".repeat(2001), "a\u0000b"]) {
      expectProblem(await speak("questions", text), 400, "InputInvalid");
    }
  });

  it("can object to a preliminary result, neither before nor after", async () => {
    const objection = "第 1 项的票数与我的回执不符。";
    expectProblem(await speak("objections", objection), 409, "ObjectionNotOpen");
    await meeting.moveTo("countsFrom", 1);
    community.forgetSessions();
    await service.assembly.step();
    const { finalAt, stage } = await meeting.concluded();
    expect(stage).to.equal("preliminary");
    const { body } = await speak("objections", objection);
    expect((await list()).at(-1)).to.include({ record: body.record, kind: "objection" });
    service.clock.seconds = Date.parse(finalAt) / 1000 + 1;
    expectProblem(await speak("objections", objection), 409, "ObjectionNotOpen");
  });

  it("show nothing of a text that two officers have redacted", async () => {
    const body = { record, path: "/text", reason: "点名了一位邻居" };
    const { proposal } = await community.postAs("registrar", "/redactions", { body });
    await community.sign(proposal);
    const [item] = await list();
    expect(item).to.include({ record, text: null });
    expect((await published(record)).disclosures).to.deep.equal([]);
    expect(item.answers).to.have.length(1);
  });
});
