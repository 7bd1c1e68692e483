import { expect } from "chai";
import { type Body, eventually, ok, refused } from "../http/client.ts";
import { DevicePerson, PasskeyPerson } from "../http/people.ts";
import type { Person } from "../http/people.ts";
import { TestService } from "../http/service.ts";
import { TestCommunity } from "./community.ts";

describe("the key desk", () => {
  let test: TestService;
  let community: TestCommunity;
  let path: string;
  const first = new PasskeyPerson();
  const second = new PasskeyPerson();

  before(async () => {
    test = await TestService.start();
    community = await TestCommunity.create(test);
    await community.freeze();
    path = `${community.path}/rolls/1`;
  });
  after(() => test.close());

  const list = (query = ""): Promise<Body> =>
    ok(community.registrar.client.get(`${path}/households${query}`));
  const letters = (units?: string[]): Promise<Body> =>
    ok(community.registrar.client.post(`${path}/invitations`, units ? { units } : {}));
  const enrol = async (person: Person, code: string): Promise<Body> => {
    const client = test.client();
    const proof = await person.prove(client, "enrol");
    return client.post(`${community.path}/enrolments`, { code, ...proof });
  };
  const acts = async (): Promise<string[]> => {
    const { items } = await ok(community.committee.client.get(`${path}/desk`));
    return (items as Body[]).map(({ act, title }) => `${act} ${title}`);
  };

  it("is for registrar and committee", async () => {
    for (const part of ["households", "desk"]) {
      expect(await refused(test.client().get(`${path}/${part}`), 401)).to.equal("LoginRequired");
    }
    await ok(community.committee.client.get(`${path}/households`));
    const body = { enrolment: crypto.randomUUID(), reason: "x" };
    const refusal = community.committee.client.post(`${path}/refusals`, body);
    expect(await refused(refusal, 403)).to.equal("RoleRequired");
  });

  it("shows who has no key yet, by unit, with the letter that went out", async () => {
    const before = await list("?filter=keyless");
    expect(before.counts).to.deep.equal({ waiting: 0, keyless: 5, bound: 0, all: 5 });
    expect(before.items[0].invitation).to.equal(null);
    await letters();
    const { items } = await list("?filter=keyless&unit=1-1-101");
    expect(items).to.have.length(1);
    expect(items[0].units).to.deep.equal(["1-1-101", "2-1-101"]);
    expect(items[0].owners).to.deep.equal(["张*"]);
    expect(items[0].invitation.usedAt).to.equal(null);
    expect((await list("?filter=all&unit=%25")).items).to.have.length(0);
  });

  it("binds only the keys whose holder was checked, and turns down the others with a reason", async () => {
    const { items } = await letters();
    const codeOf = (unit: string): string =>
      (items as Body[]).find(({ units }) => units.includes(unit)).code as string;
    await ok(enrol(first, codeOf("1-1-101")));
    await ok(enrol(second, codeOf("1-1-102")));
    const waiting = await list();
    expect(waiting.counts.waiting).to.equal(2);
    expect(waiting.items.map(({ enrolments }: Body) => enrolments[0].form)).to.deep.equal([2, 2]);
    const [good, bad] = (waiting.items as Body[]).map(({ enrolments }) => enrolments[0]);
    const { client } = community.registrar;
    const { items: pages } = await ok(client.post(`${path}/keys`, { enrolments: [good.id] }));
    expect(pages).to.have.length(1);
    expect(pages[0].count).to.equal(1);
    const refuse = (id: string): Promise<Body> =>
      client.post(`${path}/refusals`, { enrolment: id, reason: "并非业主本人" });
    expect(await refused(refuse(good.id), 409)).to.equal("EnrolmentNotWaiting");
    await ok(refuse(bad.id));
    const outsider = test.client();
    await ok(outsider.post("/session", await second.prove(outsider, "login")));
    expect(await refused(outsider.get(`${community.path}/me`), 403)).to.equal("OwnerRequired");
    await community.sign(pages[0].proposal as string);
    await eventually(async () => ((await list()).counts.bound === 1 ? true : undefined));
    expect((await list()).items).to.deep.equal([]);
  });

  it("re-issues a letter, after which the old code opens nothing", async () => {
    const [old] = (await letters(["1-1-102"])).items as Body[];
    const [renewed] = (await letters(["1-1-102"])).items as Body[];
    expect(await refused(enrol(await DevicePerson.create(), old.code), 404)).to.equal(
      "InvitationUnknown",
    );
    await ok(enrol(await DevicePerson.create(), renewed.code));
  });

  it("lists a revocation on its way, and keeps who did what", async () => {
    const { items } = await list("?filter=bound");
    const [{ page, position }] = items[0].keys;
    const body = { page, position, reason: "手机遗失" };
    await ok(community.committee.client.post(`${path}/revocations`, body));
    const [household] = (await list("?filter=bound")).items as Body[];
    expect(household.keys[0]).to.include({ revocation: "proposed", revokedAt: null });
    expect(await acts()).to.deep.equal([
      "proposedRevocation 业主委员会主任",
      "reinvited 居民委员会",
      "invited 居民委员会",
      "refused 居民委员会",
      "proposedKeys 居民委员会",
      "invited 居民委员会",
      "invited 居民委员会",
    ]);
  });

  it("does not let an officer confirm his own key", async () => {
    const officer = new PasskeyPerson();
    const seat = await ok(
      community.registrar.client.post(`${community.path}/seats`, {
        title: "副主任",
        roles: ["committee"],
      }),
    );
    const client = test.client();
    const proof = await officer.prove(client, "enrol");
    await ok(client.post("/seats/claims", { code: seat.code, ...proof }));
    const address = `${community.path}/seats/${seat.id}/proposal`;
    const { proposal } = await ok(
      community.registrar.client.post(address, { keyId: officer.keyId }),
    );
    await community.sign(proposal as string);
    await eventually(async () => {
      const { status } = await client.get(`${community.path}/proposals`);
      return status === 200 ? true : undefined;
    });
    const [letter] = (await letters(["1-1-201"])).items as Body[];
    await ok(enrol(officer, letter.code as string));
    const waiting = (await list("?unit=1-1-201")).items as Body[];
    const enrolments = [waiting[0].enrolments[0].id];
    const pages = await ok(community.registrar.client.post(`${path}/keys`, { enrolments }));
    const own = await community.proposal(pages.items[0].proposal as string);
    expect(await refused(officer.attest(client, community.id, own), 403)).to.equal(
      "AttestationRoleMissing",
    );
  });
});
