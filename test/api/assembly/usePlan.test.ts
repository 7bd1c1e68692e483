import { expect } from "chai";
import { planHash, planTerms, scopeBytes } from "../../../protocol/assembly/plan.ts";
import { fundAbi } from "../../../protocol/abi/fund.ts";
import { assemblyAbi } from "../../../protocol/abi/assembly.ts";
import { ask, expectProblem, get } from "./client.ts";
import { TestCommunity } from "./community.ts";
import { TestMeeting, draftOf } from "./meeting.ts";
import { TestService, eventually } from "./service.ts";

const ACCOUNT = "6222 0202 0011 2233 445";
const PLAN = {
  fund: "maintenance",
  budget: "238600000",
  payee: { name: "示范电梯工程有限公司", account: ACCOUNT },
  scope: [] as string[],
  rule: { rule: "area" } as object,
};

describe("a motion that uses a fund", function () {
  this.timeout(60_000);
  let service: TestService;
  let community: TestCommunity;
  let roll: number;
  let units: string[];

  before(async () => {
    service = await TestService.create();
    community = await TestCommunity.create(service);
    roll = await community.freezeRoll();
    const { items } = await get(service, `${community.path}/rolls/${roll}/lines`);
    units = (items as { unit: string }[]).map(({ unit }) => unit);
  });
  after(() => service.close());

  function draftWith(change: object, items = [5]) {
    const draft = draftOf(community, roll, { items });
    const [motion, ...others] = draft.motions;
    return { ...draft, motions: [{ ...motion!, plan: { ...PLAN, ...change } }, ...others] };
  }

  const tryConvene = async (change: object, item = 5) =>
    ask(service, "POST", `${community.path}/meetings`, {
      body: draftWith(change, [item]),
      cookie: await community.cookieOf("committee"),
    });

  it("is refused where its item or its scope does not allow it", async () => {
    expectProblem(await tryConvene({}, 4), 422, "PlanItemNotAllowed");
    expectProblem(await tryConvene({}, 9), 422, "PlanItemNotAllowed");
    expectProblem(await tryConvene({ fund: "income" }, 4), 422, "PlanItemNotAllowed");
    expectProblem(await tryConvene({ scope: ["999"] }), 422, "PlanScopeUnknown");
    expectProblem(await tryConvene({ scope: [units[0]!.slice(0, -1)] }), 422, "PlanScopeUnknown");
  });

  it("is refused with factors that leave a unit out, name it twice, or charge nobody", async () => {
    const scope = units.slice(0, 2);
    const wrong = [
      [{ unit: scope[0], factor: "1" }],
      [scope[0], scope[0]].map((unit) => ({ unit, factor: "1" })),
      [scope[0], units[2]].map((unit) => ({ unit, factor: "1" })),
      scope.map((unit) => ({ unit, factor: "0" })),
    ];
    for (const factors of wrong) {
      const rule = { rule: "area", factors };
      expectProblem(await tryConvene({ scope, rule }), 422, "PlanFactorsInvalid");
    }
  });

  it("is refused with amounts and accounts that are none", async () => {
    for (const budget of ["0", "-5", "1.5", "1e3", "", "01"]) {
      expectProblem(await tryConvene({ budget }), 400, "InputInvalid");
    }
    for (const account of ["1234", "6222-账号-0001", ""]) {
      const payee = { name: "公司", account };
      expectProblem(await tryConvene({ payee }), 400, "InputInvalid");
    }
  });

  it("carries its plan onto the chain, with the account hidden and the scope in public", async () => {
    const factors = units.slice(0, 2).map((unit, i) => ({ unit, factor: i === 0 ? "1" : "1.25" }));
    const change = { scope: units.slice(0, 2), rule: { rule: "area", factors } };
    const body = draftWith(change, [5, 3]);
    const { proposal, record } = await community.postAs("committee", "/meetings", { body });
    await community.sign(proposal);
    const meeting = await eventually(async () => {
      const { items } = await get(service, `${community.path}/meetings`);
      return (items as { number: number; record: { leaf: string }; motions: unknown[] }[]).find(
        (row) => row.record.leaf === record,
      );
    });
    const { plan } = meeting.motions[0] as { plan: Parameters<typeof planTerms>[0] };
    expect(plan.payee).to.include({ name: PLAN.payee.name, accountTail: "3445" });
    expect(JSON.stringify(meeting)).not.to.include("62220202");
    const { client } = service.parts.chain;
    const { assembly, fund } = await service.parts.registry.getCommunity(
      service.database.client,
      community.id,
    );
    const planOf = (motion: bigint) =>
      client.readContract({
        address: assembly,
        abi: assemblyAbi,
        functionName: "planOf",
        args: [BigInt(meeting.number), motion],
      });
    expect(await planOf(0n)).to.equal(planHash(planTerms(plan)));
    expect(await planOf(1n)).to.equal(`0x${"0".repeat(64)}`);
    const scope = await fetch(`${service.url}/api${community.path}/documents/${plan.scope.sha256}`);
    expect(new Uint8Array(await scope.arrayBuffer())).to.deep.equal(
      new Uint8Array(scopeBytes(units.slice(0, 2))),
    );
    const read = { address: fund, abi: fundAbi, functionName: "assemblyAddress" } as const;
    expect((await client.readContract(read)).toLowerCase()).to.equal(assembly);
  });

  it("shows the same account again under the same hash, and its number nowhere", async () => {
    const other = await community.freezeRoll();
    const draft = { ...draftWith({}), roll: other };
    const { meeting } = await community.postAs("committee", "/meetings", { body: draft });
    const { client } = service.database;
    const rows = await client.payeeAccount.findMany({ where: { communityId: community.id } });
    expect(rows).to.have.length(1);
    const { record } = await client.meeting.findUniqueOrThrow({ where: { id: meeting } });
    expect(JSON.parse(record).motions[0].plan.payee.account).to.equal(rows[0]!.hash);
    const sealed = Buffer.from(rows[0]!.sealed).toString("latin1");
    expect(sealed).not.to.include("62220202");
  });

  it("leaves meetings without money as they were", async () => {
    const next = await community.freezeRoll();
    const meeting = await TestMeeting.convene(community, next, { items: [5, 3] });
    const { motions } = await meeting.view();
    expect(motions.map((motion: object) => "plan" in motion)).to.deep.equal([false, false]);
  });
});
