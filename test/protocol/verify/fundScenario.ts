import { FLATS } from "../../api/assembly/community.ts";
import { ProjectTown, planOf } from "../../api/fund/project/town.ts";
import { HttpRecordSource } from "../../../protocol/verify/http.ts";
import { RpcChainSource } from "../../../protocol/verify/rpc.ts";
import type { Sources } from "../../../protocol/verify/source.ts";
import { runOtherProjects } from "./fundProjects.ts";

const BUDGET = "2386000";
const PARTS = ["1000000", "1386000"] as const;
const HEADER = "交易日期,收入金额,支出金额,账户余额,对方户名,摘要,交易流水号";
const DEPOSIT = 3_000_000n;

/** The books of a small community as they come about through the service: deposits, income, a repair by vote, a correction, the bank, a period. */
export async function keepBooks(): Promise<ProjectTown> {
  const town = await ProjectTown.create();
  const { voters } = await town.convene([planOf(BUDGET)]);
  const project = await town.begin();
  await town.step(`/${project}/motion`, { meeting: town.meeting.number, motion: 0 });
  await town.step(`/${project}/contract`, town.contract(PARTS));
  await town.decide(voters, [true]);
  await enterBooks(town);
  await town.credit();
  await town.signed(
    town.propose("/chain/rules", {
      ...{ fund: "maintenance", approvals: 2, overrunBasisPoints: 500 },
      source: "业主大会议事规则第十二条",
    }),
  );
  await town.reserve(project);
  await pay(town, project);
  await town.enter({ action: "incomeShare", from: lastQuarter(town.day()), date: town.day() });
  await showBank(town);
  await close(town);
  await runOtherProjects(town);
  await publish(town);
  return town;
}

const unitOf = ({ building, number }: (typeof FLATS)[number]): string => `${building}-1-${number}`;

async function enterBooks(town: ProjectTown): Promise<void> {
  const entry = (kind: string, amount: bigint, rest: object = {}) =>
    town.enterEntry({ kind, amount: String(amount), ...rest });
  const half = { permille: 500, above: "0", period: "quarter", source: "管理规约" };
  const settings = { topUpBelow: 300, topUpSource: "本市规定", incomeShare: half };
  await town.enter({ action: "settings", ...settings });
  const units = FLATS.map((flat) => ({ unit: unitOf(flat), amount: String(DEPOSIT) }));
  const total = DEPOSIT * BigInt(FLATS.length);
  await entry("initialDeposit", total, { spread: { by: "list", units } });
  const all = { by: "area", scope: { kind: "all" } };
  const [interest] = await entry("interest", 12_345n, { spread: all });
  const date = lastQuarter(town.day());
  await entry("income", 60_000n, { account: "income:revenue:parking", date });
  await entry("cost", 8_000n, { account: "income:costs:保洁", date });
  await town.enter({ action: "reversal", number: interest, date: town.day(), reason: "利率记错" });
  await entry("interest", 12_354n, { spread: all });
}

/** The first day of the quarter before the one that a day is in. */
function lastQuarter(day: string): string {
  const [year, month] = day.split("-").map(Number) as [number, number];
  const first = Date.UTC(year, Math.floor((month - 1) / 3) * 3 - 3, 1);
  return new Date(first).toISOString().slice(0, 10);
}

/** The first milestone is claimed, judged and paid; the second is claimed, accepted, taken back and claimed again. */
async function pay(town: ProjectTown, project: number): Promise<void> {
  const first = await town.invoice(project, { milestone: 0, amount: PARTS[0] });
  const paid = await town.claim(project, first);
  await town.approve(paid, "approverA", "approverC");
  await town.reaches(paid, "paid");
  const wrong = await town.invoice(project, { milestone: 1, amount: PARTS[1] });
  const accepted = await town.claim(project, wrong);
  const terms = { date: town.day(), note: "数量有误，撤回。" };
  await town.signed(town.propose(`/claims/${accepted}/withdrawal`, terms));
  const right = await town.invoice(project, { milestone: 1, amount: "1300000" });
  const last = await town.claim(project, right);
  await town.approve(last, "approverB", "approverC");
  await town.reaches(last, "paid");
  const note = "项目结算。";
  await town.signed(town.propose(`/projects/${project}/settlement`, { date: town.day(), note }));
}

/** The bank shows what the books say but for one payment, which it will show later, and a fee that was taken by mistake. */
async function showBank(town: ProjectTown): Promise<void> {
  const { community } = town;
  const day = town.day();
  const account = { fund: "maintenance", name: "建设银行", number: "62220002" };
  await community.postAs("committee", "/fund/bank/accounts", { body: account });
  const rows = [
    `${day},180000.00,,180000.00,,首期交存,B1`,
    `${day},123.54,,180123.54,,利息,B2`,
    `${day},,10000.00,170123.54,示范电梯工程有限公司,工程款,B3`,
    `${day},,3.00,170120.54,,手续费误收,B4`,
  ];
  const form = new FormData();
  form.set("file", new Blob([[HEADER, ...rows].join("\n")]), "maintenance.csv");
  await community.postAs("committee", "/fund/bank/accounts/1/statements", { form });
  const link = (lines: number[], entries: number[]) =>
    community.postAs("committee", "/fund/bank/links", { body: { account: 1, lines, entries } });
  // 1 deposit, 2 interest, 5 its reversal, 6 the right interest, 7 the first payment.
  await link([1], [1]);
  await link([2], [2, 5, 6]);
  const { number } = await link([3], [7]);
  const undo = { body: { reason: "先撤回再对一次" } };
  await community.postAs("committee", `/fund/bank/reconciliations/${number}/undo`, undo);
  await link([3], [7]);
  const ignored = { account: 1, lines: [4], reason: "银行误收" };
  await community.postAs("committee", "/fund/bank/ignored", { body: ignored });
}

async function close(town: ProjectTown): Promise<void> {
  const to = town.day();
  town.service.clock.seconds += 2 * 86_400;
  town.community.forgetSessions();
  await town.enter({ action: "period", to });
}

/** All that was recorded is on chain. */
async function publish(town: ProjectTown): Promise<void> {
  const { items } = (await (
    await fetch(`${town.service.url}/api${town.community.path}/records?limit=1000`)
  ).json()) as { items: { index: number }[] };
  await town.community.anchored(items.at(-1)!.index);
}

/** Records over HTTP, the chain from the service's node. */
export function sourcesOf(town: ProjectTown): Sources {
  const api = `${town.service.url}/api`;
  return {
    records: new HttpRecordSource({ api, community: town.community.id }),
    chain: new RpcChainSource(`${api}/rpc`),
  };
}
