import { expect } from "chai";
import { readProject } from "../../../../protocol/fund/project.ts";
import { ask, expectProblem, get, post } from "../../assembly/client.ts";
import { TestCommunity } from "../../assembly/community.ts";
import { CONTRACTOR, OTHER, ProjectTown, planOf } from "./town.ts";

const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const BUDGET = "2386000";

describe("a project's story", function () {
  this.timeout(90_000);
  let town: ProjectTown;
  let voters: Awaited<ReturnType<ProjectTown["convene"]>>["voters"];
  let project: number;

  before(async () => {
    town = await ProjectTown.create();
    const plans = [planOf(BUDGET), planOf("500000"), undefined];
    ({ voters } = await town.convene(plans as object[], [5, 5, 3]));
    project = await town.begin({ estimate: "2500000", note: "1 号楼电梯已用二十年。" });
  });
  after(() => town.close());

  const motion = (index: number) => ({ meeting: town.meeting.number, motion: index });

  describe("documents", () => {
    it("are typed by content, and refused where the name says another kind", async () => {
      expectProblem(await town.tryUpload("发票.pdf", PNG), 415, "FileKindDiffers");
      expectProblem(await town.tryUpload("报价.xlsx", "%PDF-1.4\n"), 415, "FileKindDiffers");
      expectProblem(await town.tryUpload("a.html", "<html></html>"), 415, "FileKindNotAllowed");
      expectProblem(await town.tryUpload("a.exe", "MZ\u0000\u0001"), 415, "FileKindNotAllowed");
      const { body } = await town.tryUpload("现场照片.PNG", PNG);
      expect(body).to.include({ mediaType: "image/png", name: "现场照片.PNG", public: true });
    });

    it("are for officers only where they are not public, and no other confidential file opens so", async () => {
      const sha256 = await town.upload("身份证明.pdf", false);
      const path = `${town.community.path}/documents/${sha256}`;
      expectProblem(await ask(town.service, "GET", path), 404, "DocumentNotFound");
      const own = `/fund/documents/${sha256}`;
      expectProblem(
        await ask(town.service, "GET", town.community.path + own),
        401,
        "LoginRequired",
      );
      expect(await town.community.getAs("approverA", own)).to.include("身份证明.pdf");
      const { parts } = town.service;
      const scan = await town.db.$transaction((tx) =>
        parts.anchor.putDocument(tx, {
          ...{ communityId: town.community.id, name: "scan", mediaType: "image/png" },
          ...{ bytes: PNG.subarray(0, 9), confidential: true },
        }),
      );
      const cookie = await town.community.cookieOf("committee");
      expectProblem(
        await ask(town.service, "GET", `${town.community.path}/fund/documents/${scan.sha256}`, {
          cookie,
        }),
        404,
        "DocumentNotFound",
      );
      const documents = [{ name: "scan", sha256: scan.sha256 }];
      expectProblem(await town.tryStep(`/${project}/work`, { documents }), 404, "DocumentNotFound");
    });
  });

  describe("plan and vote", () => {
    it("begins in public, by a committee officer only", async () => {
      const story = await town.story(project);
      expect(story).to.deep.include({
        ...{ project, title: "更换 1 号楼电梯", route: "vote", stage: "planned" },
        glance: { approved: null, limit: null, contracted: null, paid: "0" },
        motion: null,
      });
      const body = { title: "x", category: "lift" };
      expectProblem(await town.tryStep("", body, "approverA"), 403, "RoleRequired");
      const { path, service } = town;
      expectProblem(await ask(service, "POST", path, { body }), 401, "LoginRequired");
    });

    it("has no contract before a plan says whom it pays", async () => {
      const contract = town.contract(["1000"]);
      const answer = await town.tryStep(`/${project}/contract`, contract);
      expectProblem(answer, 409, "ProjectPlanMissing");
    });

    it("follows a motion of this community that carries a plan, and no other", async () => {
      const stranger = await TestCommunity.create(town.service);
      const begun = await stranger.postAs("committee", "/fund/projects", {
        body: { title: "别处", category: "roof", date: town.day(), note: "别处的项目。" },
      });
      const foreign = await ask(
        town.service,
        "POST",
        `${stranger.path}/fund/projects/${begun.project}/motion`,
        {
          body: { date: town.day(), note: "借用。", ...motion(0) },
          cookie: await stranger.cookieOf("committee"),
        },
      );
      expectProblem(foreign, 404, "AssemblyMeetingUnknown");
      const link = (place: object, own = project) => town.tryStep(`/${own}/motion`, place);
      expectProblem(await link(motion(2)), 422, "ProjectMotionWithoutPlan");
      expectProblem(await link(motion(9)), 404, "AssemblyMotionUnknown");
      expect((await link(motion(0))).status).to.equal(201);
      expectProblem(await link(motion(1)), 409, "ProjectVoteStands");
      const second = await town.begin({ title: "又一个项目" });
      expectProblem(await link(motion(0), second), 409, "ProjectMotionTaken");
      const { stage, glance, plan } = await town.story(project);
      expect(stage).to.equal("voting");
      expect(glance.approved).to.equal(null);
      expect(plan).to.deep.include({ fund: "maintenance", budget: BUDGET });
      expect(plan.payee).to.include({ name: CONTRACTOR.name, accountTail: "3445" });
    });

    it("shows the motion with its count, and the budget once it is adopted", async () => {
      await town.decide(voters, [true, false, true]);
      const { stage, glance, motion: shown } = await town.story(project);
      expect(stage).to.equal("approved");
      expect(glance).to.include({ approved: BUDGET, limit: BUDGET });
      expect(shown).to.include({ ...motion(0), item: 5, outcome: "Adopted" });
      const record = await get(town.service, `${town.community.path}/records/${shown.resultIndex}`);
      expect(JSON.parse(record.bytes).type).to.equal("result");
    });
  });

  describe("contract", () => {
    const sign = (change: object = {}, amounts = ["1000000", "1386000"]) =>
      town.tryStep(`/${project}/contract`, town.contract(amounts, change));

    it("is refused with a contractor changed after the vote, by name or by account", async () => {
      expectProblem(await sign({ payee: OTHER }), 422, "ProjectPayeeDiffers");
      const payee = { ...CONTRACTOR, account: OTHER.account };
      expectProblem(await sign({ payee }), 422, "ProjectAccountDiffers");
      const renamed = { ...CONTRACTOR, name: OTHER.name };
      expectProblem(await sign({ payee: renamed }), 422, "ProjectPayeeDiffers");
    });

    it("is refused where it exceeds the budget by a fen, or its parts do not add up", async () => {
      expectProblem(await sign({}, ["1000000", "1386001"]), 422, "ProjectOverBudget");
      expectProblem(await sign({ amount: "2386001" }), 422, "ProjectMilestonesDiffer");
      for (const amount of ["1.5", "1e3", "-5", "0", "1000.125"]) {
        expectProblem(await sign({ amount }), 400, "InputInvalid");
      }
      expectProblem(await sign({ quote: 7 }), 404, "ProjectQuoteUnknown");
    });

    it("stands with its offer, its parts and its documents", async () => {
      const sha256 = await town.upload("报价一.pdf");
      const documents = [{ name: "报价一", sha256 }];
      const quote = { supplier: CONTRACTOR.name, amount: "2386000", documents };
      await town.step(`/${project}/quotes`, quote);
      await town.step(`/${project}/quotes`, { supplier: OTHER.name, amount: "2500000" });
      expect((await sign({ quote: 1 })).status).to.equal(201);
      const { stage, glance, milestones } = await town.story(project);
      expect(stage).to.equal("contracted");
      expect(glance).to.include({ contracted: BUDGET, paid: "0" });
      expect(milestones.map(({ amount }: { amount: string }) => amount)).to.deep.equal([
        "1000000",
        "1386000",
      ]);
    });
  });

  describe("work and invoices", () => {
    const invoice = (own: object, of = project) => town.tryStep(`/${of}/invoices`, own);

    it("is refused ahead of today, and with documents that nobody handed in", async () => {
      const ahead = await town.tryStep(`/${project}/work`, { date: town.day(1) });
      expectProblem(ahead, 422, "ProjectDateInvalid");
      const documents = [{ name: "照片", sha256: `0x${"ab".repeat(32)}` }];
      expectProblem(await town.tryStep(`/${project}/work`, { documents }), 404, "DocumentNotFound");
    });

    it("takes an invoice once: neither its number from the same supplier nor its file again", async () => {
      const sha256 = await town.upload("发票1.pdf");
      const first = { milestone: 0, invoice: "04400 123", amount: "1000000", sha256 };
      expectProblem(await invoice({ ...first, amount: "1000001" }), 422, "ProjectInvoiceTooHigh");
      expectProblem(await invoice({ ...first, milestone: 5 }), 404, "ProjectMilestoneUnknown");
      expect((await invoice(first)).status).to.equal(201);
      const other = await town.upload("发票2.pdf");
      const sameNumber = { ...first, milestone: 1, invoice: "０4400123", sha256: other };
      expectProblem(await invoice(sameNumber), 409, "ProjectInvoiceUsed");
      expectProblem(
        await invoice({ ...first, milestone: 1, invoice: "B-2" }),
        409,
        "ProjectInvoiceUsed",
      );
      const answers = await Promise.all(
        [0, 1].map(() => invoice({ ...first, milestone: 1, invoice: "C-3", sha256: other })),
      );
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409]);
    });

    it("tells every step in order, with who, day, documents and its record in the log", async () => {
      const photo = (await town.tryUpload("电梯井.png", Buffer.concat([PNG, PNG]))).body.sha256;
      await town.step(`/${project}/work`, { documents: [{ name: "电梯井", sha256: photo }] });
      const audit = { auditor: "示范造价咨询公司", claimed: "2386000", confirmed: "2380000" };
      await town.step(`/${project}/audits`, audit);
      const { story, stage } = await town.story(project);
      expect(stage).to.equal("working");
      expect(story.map(({ type }: { type: string }) => type)).to.deep.equal([
        ...["project", "projectVote", "projectQuote", "projectQuote", "projectContract"],
        ...["projectInvoice", "projectInvoice", "projectWork", "projectAudit"],
      ]);
      const work = story.at(-2);
      expect(work).to.include({ office: "committee", date: town.day() });
      expect(work.documents).to.deep.equal([
        { name: "电梯井", sha256: photo, public: true, mediaType: "image/png" },
      ]);
      for (const { recordIndex, recordLeaf, record } of story) {
        const stored = await get(town.service, `${town.community.path}/records/${recordIndex}`);
        expect(stored.leaf).to.equal(recordLeaf);
        expect(JSON.parse(stored.bytes)).to.deep.equal(record);
      }
      const state = readProject(story.map(({ record }: { record: never }) => record))!;
      expect(state.milestones.map(({ invoices }) => invoices)).to.deep.equal([1, 1]);
    });

    it("stands in the list of projects, and its account number nowhere", async () => {
      const { items } = await get(town.service, town.path);
      expect(items.at(-1)).to.deep.include({ project, contractor: CONTRACTOR.name, steps: 9 });
      const records = await town.db.record.findMany({ select: { text: true } });
      expect(JSON.stringify([items, records])).not.to.include(CONTRACTOR.account);
    });

    it("is asked about by the flags: work that begins before its motion was adopted", async () => {
      const cookie = await town.community.cookieOf("committee");
      const flags = `${town.community.path}/fund/flags`;
      const early = await town.begin({ title: "先做后表决" });
      await town.step(`/${early}/work`, {});
      await post(town.service, `${flags}/run`, { body: {}, cookie });
      const { items } = await get(town.service, flags);
      expect(items[0]).to.deep.include({ formula: "startBeforeVote" });
      expect(items[0].inputs[0].name).to.equal(`project ${early}`);
    });
  });

  describe("an emergency", () => {
    it("has a ground and a plan of its own in the place of a motion", async () => {
      const own = { title: "屋面抢修", category: "roof", ground: "roof" };
      const emergency = await town.begin(own);
      const at = (path: string) => `/${emergency}${path}`;
      expectProblem(await town.tryStep(at("/motion"), motion(0)), 409, "ProjectRouteDiffers");
      const plan = planOf("300000", { payee: OTHER, scope: ["2"] });
      const wrong = { plan: { ...plan, scope: ["99"] } };
      expectProblem(await town.tryStep(at("/emergency"), wrong), 422, "PlanScopeUnknown");
      await town.step(at("/emergency"), { plan });
      expectProblem(
        await town.tryStep(`/${project}/emergency`, { plan }),
        409,
        "ProjectRouteDiffers",
      );
      const payee = await town.tryStep(at("/contract"), town.contract(["300000"]));
      expectProblem(payee, 422, "ProjectPayeeDiffers");
      await town.step(at("/contract"), town.contract(["300000"], { payee: OTHER }));
      const story = await town.story(emergency);
      expect(story).to.deep.include({ ground: "roof", route: "emergency", stage: "contracted" });
      expect(story.plan.scope.units).to.equal(3);
      expect(story.glance).to.include({ approved: "300000", contracted: "300000" });
      expectProblem(await town.tryStep(at("/publication"), {}), 409, "ProjectPaymentMissing");
    });
  });
});
