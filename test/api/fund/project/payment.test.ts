import { expect } from "chai";
import { fundAbi } from "../../../../protocol/abi/fund.ts";
import { ask, expectProblem, get } from "../../assembly/client.ts";
import { eventually } from "../../assembly/service.ts";
import { describeBrought } from "./brought.ts";
import { describeOfIncome } from "./ofIncome.ts";
import { CONTRACTOR, OTHER, ProjectTown, planOf } from "./town.ts";

const BUDGET = "2386000";
const PARTS = ["1000000", "1386000"];
const SMALL = "300000";
const HEADER = "交易日期,收入金额,支出金额,账户余额,对方户名,摘要,交易流水号";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read what they expect
type Body = any;

describe("paying a project", function () {
  this.timeout(120_000);
  let town: ProjectTown;
  let [project, rejected, brought, shed] = [0, 0, 0, 0];

  before(async () => {
    town = await ProjectTown.create();
    const ofIncome = planOf(SMALL, { fund: "income" });
    const plans = [planOf(BUDGET), planOf("500000"), planOf(SMALL), ofIncome];
    const { voters } = await town.convene(plans, [5, 5, 5, 9]);
    project = await town.begin();
    rejected = await town.begin({ title: "未通过的项目" });
    brought = await town.begin({ title: "他人上链付款的项目" });
    shed = await town.begin({ title: "加建雨棚", category: "other" });
    for (const [motion, number] of [project, rejected, brought, shed].entries()) {
      await town.step(`/${number}/motion`, { meeting: town.meeting.number, motion });
    }
    const early = await town.tryPost(`/${project}/reservation`, {});
    expectProblem(early, 409, "ProjectContractMissing");
    await town.step(`/${project}/contract`, town.contract(PARTS));
    await town.step(`/${rejected}/contract`, town.contract(["500000"]));
    for (const own of [brought, shed]) await town.step(`/${own}/contract`, town.contract([SMALL]));
    await town.decide(voters, [true, false, true, true]);
    await town.deposit();
  });
  after(() => town.close());

  const steps = async (of = project): Promise<Body[]> => (await town.story(of)).story;
  const lastOf = async (type: string, of = project): Promise<Body> =>
    (await steps(of)).findLast((step) => step.type === type);

  const named = ({ recordIndex }: Body) => ({ name: "payment 1", record: recordIndex });

  describe("a reservation", () => {
    it("needs money that two officers have attested, within the fund", async () => {
      const { items } = await get(town.service, `${town.community.path}/fund/chain`);
      expect(items[0]).to.include({ credited: "0", free: "0", received: "6000000", approvals: 2 });
      expectProblem(await town.tryPost(`/${project}/reservation`, {}), 409, "FundBalanceTooLow");
      await town.credit();
      const after = await get(town.service, `${town.community.path}/fund/chain`);
      expect(after.items[0]).to.include({ credited: "6000000", free: "6000000" });
    });

    it("follows an adopted motion only", async () => {
      const answer = await town.tryPost(`/${rejected}/reservation`, {});
      expectProblem(answer, 409, "FundMotionNotAdopted");
      expectProblem(
        await town.tryPost(`/${project}/reservation`, {}, "approverA"),
        403,
        "RoleRequired",
      );
    });

    it("waits for both signatures, one at a time, and can be taken back before", async () => {
      const { proposal } = await town.propose(`/projects/${project}/reservation`);
      expectProblem(await town.tryPost(`/${project}/reservation`, {}), 409, "ReservationWaiting");
      const again = await town.tryStep(`/${project}/contract`, town.contract(PARTS));
      expectProblem(again, 409, "ProjectContractFixed");
      await town.community.postAs("committee", `/proposals/${proposal}/withdrawal`);
      const { acts } = await town.disbursement(project);
      expect(acts.map(({ state, failure }: Body) => [state, failure])).to.deep.equal([
        ["refused", "withdrawn"],
      ]);
    });

    it("stands on chain with the plan that was adopted, and in the story with both signers", async () => {
      await town.reserve(project);
      const { reservation } = await town.disbursement(project);
      expect(reservation).to.include({ reservation: 1, amount: BUDGET, paid: "0", approvals: 2 });
      const { signers, record } = await lastOf("projectReservation");
      expect(signers.map(({ role }: Body) => role)).to.have.members(["registrar", "committee"]);
      expect(record.transaction).to.equal(reservation.transaction);
      const { parts } = town.service;
      const { fund: address } = await parts.registry.getCommunity(town.db, town.community.id);
      const read = { address, abi: fundAbi, functionName: "reservationOf" } as const;
      const motion = [BigInt(town.meeting.number), 0n] as const;
      expect(await parts.chain.client.readContract({ ...read, args: motion })).to.equal(1n);
      expectProblem(await town.tryPost(`/${project}/reservation`, {}), 409, "ReservationStands");
    });
  });

  describe("a claim", () => {
    let invoice: string;
    let claim: string;

    before(async () => {
      invoice = await town.invoice(project, { milestone: 0, amount: PARTS[0]! });
    });

    it("is for an invoice of this project, signed by the officer who hands it in", async () => {
      const draft = (hash: string, of = project) =>
        town.tryPost(`/${of}/claims/draft`, { invoice: hash }, "author");
      expectProblem(await draft(`0x${"ab".repeat(32)}`), 404, "InvoiceNotFound");
      expectProblem(await draft(invoice, rejected), 409, "ReservationMissing");
      const { typedData } = (await draft(invoice)).body;
      expect(typedData.message).to.include({ amountYuan: "10000.00", title: "第 1 期" });
      const foreign = { invoice, ...town.sign(typedData, "committee") };
      const path = `/${project}/claims`;
      expectProblem(await town.tryPost(path, foreign, "author"), 403, "AttestationSignerUnknown");
      const changed = { ...typedData, message: { ...typedData.message, amountYuan: "9999.99" } };
      const forged = { invoice, ...town.sign(changed, "author") };
      expectProblem(await town.tryPost(path, forged, "author"), 422, "AttestationInvalid");
    });

    it("goes to the chain once, and cannot be approved before it is judged", async () => {
      const { body } = await town.tryClaim(project, invoice);
      claim = body.claim;
      await town.reaches(claim, "submitted");
      expectProblem(
        await town.tryClaim(project, invoice, "committee"),
        409,
        "FundMilestoneStateDiffers",
      );
      expectProblem(await town.tryApprove(claim, "approverA"), 409, "FundMilestoneStateDiffers");
      expect((await lastOf("projectClaim")).record).to.include({ claim: 1, invoice });
    });

    it("is judged by two others than its author, and open again when they reject it", async () => {
      const terms = { date: town.day(), note: "数量不符。", accepted: false };
      const { act, proposal } = await town.propose(`/claims/${claim}/judgement`, terms);
      const twice = await town.community
        .postAs("committee", `/fund/claims/${claim}/judgement`, { body: terms })
        .catch(String);
      expect(twice).to.include("ClaimWaiting");
      const own = await town.community.signAs("author", proposal).catch(String);
      expect(own).to.include("AttestationRoleMissing");
      await town.signed(Promise.resolve({ act, proposal }));
      await town.reaches(claim, "rejected");
      expect((await lastOf("projectAcceptance")).record).to.include({ accepted: false, claim: 1 });
      claim = await town.claim(project, invoice);
      const { milestones } = await town.story(project);
      expect(milestones[0].accepted).to.equal(true);
    });

    it("can be taken back by the two before it is paid, with its reason in the log", async () => {
      const terms = { date: town.day(), note: "发票抬头有误。" };
      await town.signed(town.propose(`/claims/${claim}/withdrawal`, terms));
      await town.reaches(claim, "withdrawn");
      expect((await lastOf("projectWithdrawal")).note).to.equal("发票抬头有误。");
      expect((await town.story(project)).milestones[0].accepted).to.equal(null);
      claim = await town.claim(project, invoice);
    });

    it("is not approved by its author, nor twice by the same, nor by who is no approver", async () => {
      expectProblem(await town.tryApprove(claim, "author"), 403, "FundAuthorActs");
      expectProblem(await town.tryApprove(claim, "registrar"), 403, "RoleRequired");
      await town.approve(claim, "approverA");
      expectProblem(await town.tryApprove(claim, "approverA"), 422, "FundApproverTwice");
      const cookie = await town.community.cookieOf("approverB");
      const path = `${town.community.path}/fund/claims/${claim}`;
      const { typedData } = await get(town.service, `${path}/approval`, { cookie });
      expect(typedData.message).to.include({ payee: CONTRACTOR.name, accountTail: "3445" });
      const elsewhere = {
        ...typedData,
        message: { ...typedData.message, payee: OTHER.name },
      };
      const body = town.sign(elsewhere, "approverB");
      const answer = await ask(town.service, "POST", `${path}/approvals`, { body, cookie });
      expectProblem(answer, 422, "AttestationInvalid");
    });

    it("is paid once with the second approval, into the books, the log and every flat", async () => {
      await town.approve(claim, "approverB");
      const { payment, entry, paidIn } = await town.reaches(claim, "paid");
      expect(payment).to.equal(1);
      const paid = await lastOf("projectPayment");
      expect(paid.record).to.deep.include({
        ...{ payment: 1, milestone: 0, amount: PARTS[0], invoice, transaction: paidIn, entry },
      });
      expect(paid.record.approvers).to.have.length(2);
      const path = `${town.community.path}/fund/entries/${entry}`;
      const booked = await get(town.service, path);
      expect(booked).to.deep.include({ kind: "charge", source: "payment 1", category: "lift" });
      expect(booked.documents).to.deep.equal([invoice]);
      const schedule = await get(
        town.service,
        `${town.community.path}/documents/${booked.schedule}`,
      );
      expect(schedule.amount).to.equal(PARTS[0]);
      const used = await town.db.fundUnit.aggregate({ _sum: { usedFen: true } });
      expect(String(used._sum.usedFen)).to.equal(PARTS[0]);
      expect((await town.story(project)).glance).to.include({ paid: PARTS[0], approved: BUDGET });
      const { items } = await get(town.service, `${town.community.path}/fund/flags`);
      expect(items[0]).to.deep.include({ formula: "firstPayment", inputs: [named(paid)] });
      expectProblem(await town.tryApprove(claim, "approverC"), 409, "FundMilestoneStateDiffers");
      expectProblem(await town.tryClaim(project, invoice), 409, "FundMilestoneStateDiffers");
    });

    it("stands out until a line of the bank shows it", async () => {
      const bank = `${town.community.path}/fund/bank`;
      const open = async () => get(town.service, `${bank}/open`);
      const unseen = async (): Promise<number> =>
        (await get(town.service, bank)).funds.find(
          ({ fund }: { fund: string }) => fund === "maintenance",
        ).unseenPayments;
      expect(await unseen()).to.equal(1);
      const day = town.day();
      const rows = [
        `${day},60000.00,,60000.00,业主,交存,A1`,
        `${day},,10000.00,50000.00,${CONTRACTOR.name},工程款,A2`,
      ];
      const account = { fund: "maintenance", name: "建设银行", number: "62220001" };
      await town.community.postAs("committee", "/fund/bank/accounts", { body: account });
      const form = new FormData();
      form.set("file", new Blob([[HEADER, ...rows].join("\n")]), "bank.csv");
      await town.community.postAs("committee", "/fund/bank/accounts/1/statements", { form });
      const { items } = await town.community.getAs("committee", "/fund/bank/suggestions");
      expect(items[0]).to.include({ amount: "-1000000" });
      for (const { lines, entries } of items) {
        const body = { account: 1, lines, entries };
        await town.community.postAs("committee", "/fund/bank/links", { body });
      }
      expect(await unseen()).to.equal(0);
      expect(JSON.stringify(await open())).not.to.include("payment 1");
    });
  });

  describe("the second milestone", () => {
    it("waits for another approver when one of them was dismissed", async () => {
      const invoice = await town.invoice(project, { milestone: 1, amount: "1300000" });
      const claim = await town.claim(project, invoice);
      await town.approve(claim, "approverA");
      const officer = {
        ...{ signer: town.community.officers.approverA.keyId, roles: [], title: "approverA" },
      };
      const { proposal } = await town.community.postAs("registrar", "/officers", { body: officer });
      await town.community.sign(proposal);
      await eventually(async () => {
        const answer = await town.tryApprove(claim, "approverA");
        return answer.body.code === "RoleRequired";
      });
      await town.approve(claim, "approverB");
      const { state } = await town.db.fundClaim.findUniqueOrThrow({ where: { id: claim } });
      expect(state).to.equal("accepted");
      expect(await town.approveAndKill(claim, "approverC")).to.equal(201);
      expect((await town.reaches(claim, "paid")).payment).to.equal(2);
    });

    it("is booked once, although the service was killed and started again", async () => {
      await town.service.restart();
      const where = { communityId: town.community.id };
      const payments = await town.db.record.count({ where: { ...where, type: "projectPayment" } });
      const entries = await town.db.fundEntry.count({
        where: { ...where, source: { startsWith: "payment " } },
      });
      const calls = await town.db.chainCall.findMany({ where: { kind: "releaseClaim" } });
      expect({ payments, entries, calls: calls.map(({ state }) => state) }).to.deep.equal({
        ...{ payments: 2, entries: 2, calls: ["mined", "mined"] },
      });
      const { parts } = town.service;
      const { fund: address } = await parts.registry.getCommunity(town.db, town.community.id);
      const released = await parts.chain.client.getContractEvents({
        ...{ address, abi: fundAbi, eventName: "PaymentReleased", fromBlock: 0n },
      });
      expect(released.map(({ args }) => args.amount)).to.deep.equal([1_000_000n, 1_300_000n]);
    });

    it("is settled: what is left is free again, and nothing more is added", async () => {
      const terms = { date: town.day(), note: "结算完成。" };
      await town.signed(town.propose(`/projects/${project}/settlement`, terms));
      const { stage, glance } = await town.story(project);
      expect(stage).to.equal("settled");
      expect(glance.paid).to.equal("2300000");
      expect((await lastOf("projectSettlement")).record).to.include({
        ...{ paid: "2300000", released: "86000" },
      });
      expectProblem(await town.tryStep(`/${project}/work`, {}), 409, "ProjectSettled");
      const { items } = await get(town.service, `${town.community.path}/fund/chain`);
      expect(items[0]).to.include({ committed: "2300000", free: "3700000", received: "6000000" });
    });
  });

  describeBrought(() => ({ town, project: brought, amount: SMALL }));
  describeOfIncome(() => ({ town, project: shed, amount: SMALL }));
});
