import { expect } from "chai";
import { ask, expectProblem, get } from "./client.ts";
import type { Ask } from "./client.ts";
import { TestCommunity } from "./community.ts";
import { NOTICE_SECONDS, TestMeeting, draftOf } from "./meeting.ts";
import { WalletPerson, login } from "./people.ts";
import { TestService, eventually } from "./service.ts";

describe("convening and extending", function () {
  this.timeout(60_000);
  let service: TestService;
  let community: TestCommunity;
  let roll: number;

  before(async () => {
    service = await TestService.create();
    community = await TestCommunity.create(service);
    roll = await community.freezeRoll();
  });
  after(() => service.close());

  const tryPost = async (path: string, options: Ask) =>
    ask(service, "POST", `${community.path}${path}`, {
      ...options,
      cookie: await community.cookieOf("committee"),
    });
  const convene = (change: object) =>
    tryPost("/meetings", { body: { ...draftOf(community, roll), ...change } });
  const profile = (change: object) => ({
    profile: { ...draftOf(community, roll).profile, ...change },
  });
  const motion = (change: object) => ({
    motions: [{ ...draftOf(community, roll).motions[0], ...change }],
  });

  it("is for the committee and the registrar only", async () => {
    const body = draftOf(community, roll);
    expectProblem(
      await ask(service, "POST", `${community.path}/meetings`, { body }),
      401,
      "LoginRequired",
    );
    const cookie = await login(service, new WalletPerson());
    const stranger = await ask(service, "POST", `${community.path}/meetings`, { body, cookie });
    expectProblem(stranger, 403, "RoleRequired");
    const teller = { body, cookie: await community.cookieOf("tellerA") };
    expectProblem(
      await ask(service, "POST", `${community.path}/meetings`, teller),
      403,
      "RoleRequired",
    );
  });

  it("refuses motions that are none", async () => {
    expectProblem(await convene({ motions: [] }), 400, "InputInvalid");
    const many = Array.from({ length: 17 }, () => draftOf(community, roll).motions[0]);
    expectProblem(await convene({ motions: many }), 400, "InputInvalid");
    for (const item of [0, 10, 1.5])
      expectProblem(await convene(motion({ item })), 400, "InputInvalid");
    for (const text of ["", "  ", "a\u0000b"]) {
      expectProblem(await convene(motion({ text })), 400, "InputInvalid");
    }
  });

  it("refuses documents that were not handed in", async () => {
    const sha256 = `0x${"ab".repeat(32)}`;
    const documents = [{ name: "报价.pdf", sha256 }];
    expectProblem(await convene(motion({ documents })), 404, "DocumentNotFound");
  });

  it("refuses times that leave no notice or no window", async () => {
    const { clock } = service;
    const soon = clock.at(NOTICE_SECONDS - 1);
    expectProblem(await convene({ opensAt: soon }), 422, "AssemblyNoticeTooShort");
    const noNotice = { ...profile({ noticeSeconds: 0 }), opensAt: clock.at(5) };
    expectProblem(await convene(noNotice), 422, "AssemblyNoticeTooShort");
    const { opensAt } = draftOf(community, roll);
    expectProblem(await convene({ closesAt: opensAt }), 422, "AssemblyWindowInvalid");
    expectProblem(
      await convene({ closesAt: clock.at(400 * 86_400) }),
      422,
      "AssemblyWindowInvalid",
    );
    expectProblem(await convene({ opensAt: "soon" }), 400, "InputInvalid");
  });

  it("refuses rules that this version cannot count by", async () => {
    expectProblem(await convene(profile({ deemed: "majority" })), 400, "InputInvalid");
    expectProblem(await convene(profile({ conflict: "random" })), 400, "InputInvalid");
    expectProblem(await convene(profile({ source: "" })), 400, "InputInvalid");
  });

  it("refuses an unknown roll", async () => {
    expectProblem(await convene({ roll: 99 }), 404, "RollNotFound");
  });

  it("brings texts to NFC before they are hashed", async () => {
    const { status, body } = await convene({ title: "Re\u0301union" });
    expect(status).to.equal(201);
    const { record } = await service.database.client.meeting.findUniqueOrThrow({
      where: { id: body.meeting },
    });
    expect(JSON.parse(record).title).to.equal("R\u00e9union");
    await community.postAs("registrar", `/proposals/${body.proposal}/withdrawal`);
    const { state } = await service.database.client.meeting.findUniqueOrThrow({
      where: { id: body.meeting },
    });
    expect(state).to.equal("refused");
  });

  it("shows nothing of a meeting before both have signed, and convenes one per roll", async () => {
    const form = new FormData();
    form.set(
      "file",
      new Blob(["%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"]),
      "报价.pdf",
    );
    const document = await community.postAs("committee", "/meetings/documents", { form });
    expect(document).to.include({ name: "报价.pdf", mediaType: "application/pdf" });
    const documents = [{ name: document.name, sha256: document.sha256 }];
    const first = (await convene(motion({ documents }))).body;
    const second = (await convene({})).body;
    await community.signAs("committee", first.proposal);
    expect((await get(service, `${community.path}/meetings`)).items).to.deep.equal([]);
    await community.signAs("registrar", first.proposal);
    const { items } = await eventually(async () => {
      const found = await get(service, `${community.path}/meetings`);
      return found.items.length > 0 ? found : undefined;
    });
    expect(items[0].motions[0].documents).to.deep.equal(documents);
    await community.signAs("committee", second.proposal);
    const late = await community.signAs("registrar", second.proposal).catch(String);
    expect(late).to.include("RegistryRollAssigned");
    expectProblem(await convene({}), 409, "RegistryRollAssigned");
  });

  it("extends before the old end only, and only to a later one", async () => {
    const other = await community.freezeRoll();
    const meeting = await TestMeeting.convene(community, other);
    const { closesAt } = await meeting.view();
    const extend = (at: string) =>
      tryPost(`/meetings/${meeting.number}/extensions`, {
        body: { closesAt: at, reason: "参与不足" },
      });
    const later = (seconds: number): string =>
      new Date(Date.parse(closesAt) + seconds * 1000).toISOString().replace(".000Z", "Z");
    expectProblem(await extend(later(-60)), 422, "AssemblyExtensionNotLater");
    expectProblem(await extend(later(400 * 86_400)), 422, "AssemblyWindowInvalid");
    const { status, body } = await extend(later(3600));
    expect(status).to.equal(201);
    await community.signAs("committee", body.proposal);
    await meeting.moveTo("closesAt", 0);
    community.forgetSessions();
    const late = await community.signAs("registrar", body.proposal).catch(String);
    expect(late).to.include("AssemblyVotingClosed");
    expectProblem(await extend(later(3600)), 409, "AssemblyVotingClosed");
    expect((await meeting.view()).extended).to.equal(false);
  });
});
