import { OTHER, type ProjectTown, planOf } from "../../api/fund/project/town.ts";

const UNITS = ["1-1-101", "2-1-102"];
const INCOME = "150000";
const REPAIR = { budget: "500000", contract: "525000" } as const;
const EMERGENCY = "800000";
/** Building 2 pays for its roof, the flat under it twice by its area, the ground floor not at all. */
const FACTORS = [
  { unit: "2-1-101", factor: "0" },
  { unit: "2-1-102", factor: "1.25" },
  { unit: "2-1-201", factor: "2" },
];

/**
 * What a fund's rules allow besides: a payment of the public income, a contract above its budget by what the rules let
 * pass, shared out by factors, money that came in after a payment, and an emergency without a vote.
 */
export async function runOtherProjects(town: ProjectTown): Promise<void> {
  const rule = { rule: "area", factors: FACTORS };
  const plans = [
    planOf(INCOME, { fund: "income" }),
    planOf(REPAIR.budget, { payee: OTHER, scope: ["2"], rule }),
  ];
  const { voters } = await town.convene(plans, [9, 5]);
  const income = await town.begin({ title: "更换门禁", category: "other" });
  await town.step(`/${income}/motion`, { meeting: town.meeting.number, motion: 0 });
  await town.step(`/${income}/contract`, town.contract([INCOME]));
  const repair = await town.begin({ title: "2 号楼屋面维修", category: "roof" });
  await town.step(`/${repair}/motion`, { meeting: town.meeting.number, motion: 1 });
  const contract = town.contract([REPAIR.contract], { payee: OTHER });
  await town.step(`/${repair}/contract`, contract);
  await town.decide(voters, [true, true]);
  const account = "income:revenue:parking";
  await town.enterEntry({ kind: "income", account, amount: INCOME });
  await town.credit("income");
  await payWhole(town, income, INCOME);
  await payWhole(town, repair, REPAIR.contract);
  const units = UNITS.map((unit) => ({ unit, amount: "10000" }));
  const amount = String(10_000 * UNITS.length);
  await town.enterEntry({ kind: "initialDeposit", amount, spread: { by: "list", units } });
  await town.credit();
  await runEmergency(town);
}

async function payWhole(town: ProjectTown, project: number, amount: string): Promise<void> {
  await town.reserve(project);
  const claim = await town.claim(project, await town.invoice(project, { milestone: 0, amount }));
  await town.approve(claim, "approverA", "approverB");
  await town.reaches(claim, "paid");
}

async function runEmergency(town: ProjectTown): Promise<void> {
  const project = await town.begin({ title: "屋面抢修", category: "roof", ground: "roof" });
  const plan = planOf(EMERGENCY, { payee: OTHER, scope: ["1"] });
  await town.step(`/${project}/emergency`, { plan });
  await town.step(`/${project}/contract`, town.contract([EMERGENCY], { payee: OTHER }));
  await payWhole(town, project, EMERGENCY);
  const audit = { auditor: "示范造价咨询公司", claimed: EMERGENCY, confirmed: EMERGENCY };
  await town.step(`/${project}/audits`, audit);
  await town.step(`/${project}/publication`, {});
  const settlement = { date: town.day(), note: "抢修结算。" };
  await town.signed(town.propose(`/projects/${project}/settlement`, settlement));
}
