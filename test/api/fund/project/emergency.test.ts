import { expect } from "chai";
import { runFsck } from "../../../../api/fsck/fsck.ts";
import { ACROSS } from "../../../../api/fsck/subjects.ts";
import { expectProblem, get } from "../../assembly/client.ts";
import { OTHER, ProjectTown, planOf } from "./town.ts";

const AMOUNT = "5000000";

describe("an emergency's payment", function () {
  this.timeout(60_000);
  let town: ProjectTown;
  let project: number;

  before(async () => {
    town = await ProjectTown.create();
    await town.community.freezeRoll();
    await town.deposit(10_000_000n);
    await town.credit();
    project = await town.begin({ title: "屋面抢修", category: "roof", ground: "roof" });
  });
  after(() => town.close());

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read what they expect
  const lastOf = async (type: string): Promise<any> =>
    (await town.story(project)).story.findLast((step: { type: string }) => step.type === type);

  it("is reserved by the two who attest it, without a vote", async () => {
    const plan = planOf(AMOUNT, { payee: OTHER, scope: ["2"] });
    await town.step(`/${project}/emergency`, { plan });
    await town.step(`/${project}/contract`, town.contract([AMOUNT], { payee: OTHER }));
    await town.reserve(project);
    const { record, signers } = await lastOf("projectReservation");
    expect(record).to.include({ reservation: 1, amount: AMOUNT });
    expect(signers).to.have.length(2);
    expectProblem(
      await town.tryStep(`/${project}/emergency`, { plan }),
      409,
      "ProjectContractFixed",
    );
  });

  it("is paid like any other, charged to its own building only, and asked about by a flag", async () => {
    const invoice = await town.invoice(project, { milestone: 0, amount: AMOUNT });
    const claim = await town.claim(project, invoice);
    await town.approve(claim, "approverB", "approverC");
    const { entry } = await town.reaches(claim, "paid");
    const units = await town.db.fundUnitPosting.findMany({ where: { number: entry! } });
    expect(new Set(units.map(({ building }) => building))).to.deep.equal(new Set(["2"]));
    const { items } = await get(town.service, `${town.community.path}/fund/flags`);
    expect(items.map(({ formula }: { formula: string }) => formula)).to.include("emergencyLarge");
  });

  it("is settled only after an audit and after its payments were put before the owners", async () => {
    const settle = () =>
      town.tryPost(`/${project}/settlement`, { date: town.day(), note: "结算。" });
    expectProblem(await settle(), 409, "ProjectAuditMissing");
    const audit = { auditor: "示范造价咨询公司", claimed: AMOUNT, confirmed: AMOUNT };
    await town.step(`/${project}/audits`, audit);
    expectProblem(await settle(), 409, "ProjectPublicationMissing");
    await town.step(`/${project}/publication`, {});
    expect((await town.story(project)).published).to.equal(true);
    const { body } = await settle();
    await town.signed(Promise.resolve(body));
    expect((await town.story(project)).stage).to.equal("settled");
  });

  it("is not approved where the books could not bear it", async () => {
    const next = await town.begin({ title: "水泵抢修", category: "other", ground: "water" });
    const budget = "20000000";
    const plan = planOf(budget, { payee: OTHER, scope: ["2-1-101"] });
    await town.step(`/${next}/emergency`, { plan });
    await town.step(`/${next}/contract`, town.contract([budget], { payee: OTHER }));
    await town.reserve(next);
    const invoice = await town.invoice(next, { milestone: 0, amount: budget });
    const claim = await town.claim(next, invoice);
    // One flat alone would pay more than it ever deposited.
    expectProblem(await town.tryApprove(claim, "approverB"), 409, "EntryUnitOverdrawn");
    expect(await town.db.fundApproval.count({ where: { claimId: claim } })).to.equal(0);
  });

  it("follows the fund's rules, which come from the two officers with their source", async () => {
    const rules = { fund: "maintenance", approvals: 3, overrunBasisPoints: 1000 };
    await town.signed(town.propose("/chain/rules", { ...rules, source: "管理规约第二十条" }));
    const { items } = await get(town.service, `${town.community.path}/fund/chain`);
    expect(items[0]).to.include(rules);
    const where = { communityId: town.community.id, type: "fundRules" };
    const { text } = await town.db.record.findFirstOrThrow({ where });
    expect(JSON.parse(text)).to.deep.include({ ...rules, source: "管理规约第二十条" });
  });

  it("leaves proposals, calls and rows that agree with each other", async () => {
    const only = ACROSS.map(({ name }) => name);
    const { database, directory } = town.service;
    const { findings } = await runFsck({
      ...{ databaseUrl: database.url, dataDirectory: directory, only },
    });
    expect(findings).to.deep.equal([]);
    await town.db.fundAct.updateMany({
      where: { kind: "configureFund" },
      data: { state: "sending" },
    });
    const after = await runFsck({ databaseUrl: database.url, dataDirectory: directory, only });
    expect(after.findings.map(({ table }) => table)).to.include("FundAct");
  });
});
