import { expect } from "chai";
import { issueSetupCode } from "../../../api/registry/founding/setup.ts";
import { type Body, type Client, eventually, ok, refused } from "../http/client.ts";
import { PasskeyPerson, WalletPerson } from "../http/people.ts";
import type { Person } from "../http/people.ts";
import { TestService } from "../http/service.ts";
import { TestCommunity } from "./community.ts";

const RULES = {
  ...{ noticeDays: 15, paperDays: 2, revealDays: 3, objectionDays: 7 },
  ...{ conflict: "newestFirst", invalid: "participates", source: "议事规则第十二条" },
};

const HOME = { id: "qinghe", name: "清河小区", buildings: ["1幢", "2幢"] };

describe("the founding of a community", () => {
  let test: TestService;
  let operator: Client;
  const path = `/foundings/${HOME.id}`;

  before(async () => {
    test = await TestService.start();
    operator = test.operator();
  });
  after(() => test.close());

  const open = (title: string, roles: string[]): Promise<Body> =>
    ok(operator.post(`${path}/seats`, { title, roles }));
  const claim = async (code: string, person: Person, client = test.client()): Promise<Body> =>
    client.post("/seats/claims", { code, ...(await person.prove(client, "enrol")) });
  const confirm = (id: string, keyId: string): Promise<Body> =>
    operator.post(`${path}/seats/${id}/confirmation`, { keyId });

  it("is begun by the operator alone, once for every id, and shown to nobody else", async () => {
    expect(await refused(test.client().post("/foundings", HOME), 401)).to.equal(
      "OperatorTokenRequired",
    );
    await ok(operator.post("/foundings", HOME));
    expect(await refused(operator.post("/foundings", HOME), 409)).to.equal("CommunityExists");
    expect(await refused(test.client().get(path), 401)).to.equal("OperatorTokenRequired");
    expect((await ok(test.client().get("/communities"))).items).to.deep.equal([]);
  });

  it("gives no seat in which one person would sign for both sides", async () => {
    const both = operator.post(`${path}/seats`, { title: "x", roles: ["registrar", "committee"] });
    expect(await refused(both, 422)).to.equal("OfficerRolesConflict");
  });

  it("takes one key for one seat, from whoever holds its link, once", async () => {
    const registrar = await open("居民委员会", ["registrar"]);
    const committee = await open("业委会主任", ["committee", "approver"]);
    const found = await ok(test.client().post("/seats/find", { code: registrar.code }));
    expect(found).to.include({ title: "居民委员会", name: HOME.name, state: "invited" });
    const person = new PasskeyPerson();
    expect((await ok(claim(registrar.code, person))).state).to.equal("claimed");
    expect(await refused(claim(registrar.code, new PasskeyPerson()), 409)).to.equal(
      "SeatNotInvited",
    );
    expect(await refused(claim(committee.code, person), 409)).to.equal("SeatKeyTaken");
    expect(await refused(claim("0000-0000-0000", person), 404)).to.equal("SeatCodeUnknown");
  });

  it("waits until the operator has compared every key with its holder, that very key", async () => {
    const { seats } = await ok(operator.get(path));
    const [registrar, committee] = seats as Body[];
    const complete = () => operator.post(`${path}/completion`);
    expect(await refused(complete(), 409)).to.equal("SeatUnconfirmed");
    const other = new PasskeyPerson().keyId;
    expect(await refused(confirm(registrar.id, other), 409)).to.equal("SeatNotClaimed");
    await ok(confirm(registrar.id, registrar.keyId));
    expect(await refused(complete(), 409)).to.equal("SeatUnconfirmed");
    // The link went to the wrong person: a new one makes the old worthless.
    const { code } = await ok(operator.post(`${path}/seats/${committee.id}/code`));
    const wallet = new WalletPerson();
    await ok(claim(code, wallet));
    await ok(confirm(committee.id, wallet.signer));
    const spare = await open("计票人", ["teller"]);
    await ok(operator.delete(`${path}/seats/${spare.id}`));
    expect(await refused(test.client().post("/seats/find", { code: spare.code }), 404)).to.equal(
      "SeatCodeUnknown",
    );
  });

  it("ends with contracts that know the officers, and may be asked for twice", async () => {
    await ok(operator.post(`${path}/completion`));
    expect((await ok(operator.post(`${path}/completion`))).foundedAt).to.not.equal(null);
    const { items } = await ok(test.client().get(`/communities/${HOME.id}/officers`));
    expect((items as Body[]).map(({ title, roles }) => [title, roles])).to.have.deep.members([
      ["居民委员会", ["registrar"]],
      ["业委会主任", ["committee", "approver"]],
    ]);
    const late = operator.post(`${path}/seats`, { title: "x", roles: ["teller"] });
    expect(await refused(late, 409)).to.equal("FoundingClosed");
  });
});

describe("the code that the program prints", () => {
  let test: TestService;
  const issue = () => issueSetupCode(test.service.registry.context);

  before(async () => {
    test = await TestService.start();
  });
  after(() => test.close());

  it("makes a browser the operator's, once, and nobody else's", async () => {
    const code = await issue();
    const [browser, stranger] = [test.client(), test.client()];
    expect(await ok(browser.get("/setup"))).to.deep.equal({ isEmpty: true, isOperator: false });
    const wrong = browser.post("/setup/session", { code: "0000-0000-0000" });
    expect(await refused(wrong, 401)).to.equal("SetupCodeWrong");
    await ok(browser.post("/setup/session", { code: code!.toLowerCase() }));
    expect((await ok(browser.get("/setup"))).isOperator).to.equal(true);
    expect(await refused(stranger.post("/setup/session", { code }), 401)).to.equal(
      "SetupCodeWrong",
    );
    await ok(browser.post("/foundings", { ...HOME, district: "示范区", rules: RULES }));
    const changed = { ...HOME, id: undefined, name: "清河家园", district: "示范区清河街道" };
    await ok(browser.post(`/foundings/${HOME.id}`, changed));
    expect(await ok(browser.get(`/foundings/${HOME.id}`))).to.deep.include({
      ...{ name: "清河家园", district: "示范区清河街道", rules: RULES, seats: [] },
    });
    expect(await refused(stranger.get("/foundings"), 401)).to.equal("OperatorTokenRequired");
  });

  it("is void once another is printed, or a day later; the session ends with the day, or when told to", async () => {
    const first = await issue();
    const second = await issue();
    const use = (code: unknown, client = test.client()) => client.post("/setup/session", { code });
    expect(await refused(use(first), 401)).to.equal("SetupCodeWrong");
    const browser = test.client();
    await ok(use(second, browser));
    await ok(browser.delete("/setup/session"));
    expect((await ok(browser.get("/setup"))).isOperator).to.equal(false);
    const late = test.client();
    await ok(use(test.operatorToken, late));
    expect((await ok(late.get("/setup"))).isOperator).to.equal(true);
    const third = await issue();
    test.clock.aheadSeconds += 24 * 3600 + 1;
    expect(await refused(use(third), 401)).to.equal("SetupCodeWrong");
    expect((await ok(late.get("/setup"))).isOperator).to.equal(false);
  });

  it("is printed no more where a community stands", async () => {
    await TestCommunity.create(test, "standing");
    expect(await issue()).to.equal(undefined);
  });
});

describe("an officer's seat in a community that stands", () => {
  let test: TestService;
  const registrar = new PasskeyPerson();
  const committee = new WalletPerson();
  const path = "/communities/qinghe";
  let client: Client;

  before(async () => {
    test = await TestService.start();
    const operator = test.operator();
    await ok(operator.post("/foundings", HOME));
    for (const [person, role] of [
      [registrar, "registrar"],
      [committee, "committee"],
    ] as const) {
      const seat = await ok(
        operator.post("/foundings/qinghe/seats", { title: role, roles: [role] }),
      );
      const own = test.client();
      const proof = await person.prove(own, "enrol");
      await ok(own.post("/seats/claims", { code: seat.code, ...proof }));
      const address = `/foundings/qinghe/seats/${seat.id}/confirmation`;
      await ok(operator.post(address, { keyId: proof.keyId }));
      // The proof of possession has logged in.
      if (person === registrar) client = own;
    }
    await ok(operator.post("/foundings/qinghe/completion"));
  });
  after(() => test.close());

  it("is opened by an officer, claimed by link, and counts once two have signed", async () => {
    expect(await refused(test.client().get(`${path}/seats`), 401)).to.equal("LoginRequired");
    const seat = await ok(client.post(`${path}/seats`, { title: "计票人甲", roles: ["teller"] }));
    const teller = new PasskeyPerson();
    const own = test.client();
    const proof = await teller.prove(own, "enrol");
    await ok(own.post("/seats/claims", { code: seat.code, ...proof }));
    expect(await refused(own.get(`${path}/proposals`), 403)).to.equal("RoleRequired");
    const { proposal } = await ok(
      client.post(`${path}/seats/${seat.id}/proposal`, { keyId: teller.keyId }),
    );
    const { items } = await ok(client.get(`${path}/proposals`));
    const found = (items as Body[]).find(({ id }) => id === proposal);
    await registrar.attest(client, "qinghe", found);
    await committee.attest(client, "qinghe", found);
    await eventually(async () => {
      const { body } = await own.get(`${path}/proposals`);
      return body.items ? true : undefined;
    });
    const { officers } = await ok(own.get(`${path}/progress`));
    expect(officers).to.include({ registrar: 1, committee: 1, teller: 1, approver: 0 });
    const { items: records } = await ok(client.get(`${path}/records?type=appointment`));
    const published = (records as Body[]).map(({ bytes }) => JSON.parse(bytes));
    expect(published.map(({ roles, title }) => [roles, title])).to.deep.equal([
      [["teller"], "计票人甲"],
    ]);
  });

  it("takes no key that an officer holds already", async () => {
    const seat = await ok(client.post(`${path}/seats`, { title: "计票人乙", roles: ["teller"] }));
    const own = test.client();
    const proof = await registrar.prove(own, "enrol");
    expect(await refused(own.post("/seats/claims", { code: seat.code, ...proof }), 409)).to.equal(
      "SeatKeyTaken",
    );
  });
});
