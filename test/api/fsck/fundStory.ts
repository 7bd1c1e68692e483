import { DEFAULT_FLAG_RULES } from "../../../protocol/fund/flag/rules.ts";
import { ask } from "../assembly/client.ts";
import type { TestCommunity } from "../assembly/community.ts";
import type { TestService } from "../assembly/service.ts";

const ALL = { by: "area", scope: { kind: "all" } };
const DEPOSITS = {
  ...{ "1-1-101": "985000", "1-1-102": "1202500", "1-1-201": "761234" },
  ...{ "2-1-101": "880000", "2-1-102": "1010100", "2-1-201": "644000" },
};
const HEADER = "交易日期,收入金额,支出金额,账户余额,对方户名,对方账号,摘要,交易流水号";
const ROWS = [
  "2026-11-01,600.00,,1100.00,张三,62229003,停车费,A1",
  "2026-11-05,,250.50,849.50,安顺电梯有限公司,62229001,维保,A2",
  "2026-11-07,,3.00,846.50,,,手续费误收,A3",
  "2026-11-08,3.00,,849.50,,,冲正,A4",
];
const LATER = "2026-12-02,40.00,,889.50,王五,,广告,A5";

/** A quarter of both funds, with everything that officers enter, the bank says, and the formulas find. */
export async function tellFund(service: TestService, community: TestCommunity): Promise<void> {
  const books = new Books(service, community);
  const entries = await books.tellQuarter();
  await books.tellBank(entries);
  await books.tellFlags();
  await books.tellClosing();
}

interface Entries {
  opening: number;
  parking: number;
  lift: number;
}

class Books {
  readonly #service: TestService;
  readonly #community: TestCommunity;

  constructor(service: TestService, community: TestCommunity) {
    this.#service = service;
    this.#community = community;
  }

  async #draft(body: object): Promise<string> {
    return (await this.#community.postAs("committee", "/fund/drafts", { body })).id as string;
  }

  /** Entered by the committee, confirmed by the registrar. */
  async #done(body: object): Promise<number> {
    const address = `/fund/drafts/${await this.#draft(body)}/confirmation`;
    const { result } = await this.#community.postAs("registrar", address, { body: {} });
    return result.entries[0] as number;
  }

  #entry(kind: string, amount: string, rest: object): Promise<number> {
    return this.#done({ action: "entry", kind, amount, narration: "第四季度", ...rest });
  }

  async tellQuarter(): Promise<Entries> {
    const share = { permille: 500, period: "quarter", source: "管理规约第十条" };
    const sources = { topUpSource: "管理规约第九条", negativeUnitsSource: "管理规约第十一条" };
    await this.#done({ action: "settings", ...sources, incomeShare: share });
    const units = Object.entries(DEPOSITS).map(([unit, amount]) => ({ unit, amount }));
    const total = units.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
    const spread = { by: "list", units };
    await this.#entry("initialDeposit", String(total), { date: "2026-10-05", spread });
    await this.#entry("interest", "777", { date: "2026-11-01", spread: { ...ALL, by: "balance" } });
    const document = await this.#publish("施工合同");
    const charge = await this.#entry("charge", "100001", {
      ...{ date: "2026-11-10", spread: ALL, category: "roof", documents: [document] },
    });
    const reason = "金额有误";
    await this.#done({ action: "reversal", number: charge, date: "2026-11-12", reason });
    const opening = await this.#entry("openingIncome", "50000", { date: "2026-10-01" });
    const income = { date: "2026-11-01", account: "income:revenue:parking" };
    const parking = await this.#entry("income", "60000", income);
    const cost = { date: "2026-11-05", account: "income:costs:lift" };
    const lift = await this.#entry("cost", "25050", cost);
    return { opening, parking, lift };
  }

  async #publish(name: string): Promise<string> {
    const { db, anchor } = this.#service.parts;
    const bytes = new TextEncoder().encode(name);
    const document = { communityId: this.#community.id, name, mediaType: "text/plain", bytes };
    return (await db.$transaction((tx) => anchor.putDocument(tx, document))).sha256;
  }

  async tellBank({ opening, parking, lift }: Entries): Promise<void> {
    const post = (address: string, body: object) =>
      this.#community.postAs("committee", `/fund/bank${address}`, { body });
    await post("/accounts", { fund: "income", name: "建设银行", number: "62220001" });
    await post("/organisations", { name: "安顺电梯有限公司" });
    await this.#import([HEADER, ...ROWS]);
    await this.#import([HEADER, ...ROWS.slice(-1), LATER]);
    const link = (lines: number[], entries: number[]) =>
      post("/links", { account: 1, lines, entries });
    await link([0], [opening]);
    const { number } = await link([1], [parking]);
    await post(`/reconciliations/${number}/undo`, { reason: "对错了" });
    await link([1], [parking]);
    await post("/ignored", { account: 1, lines: [3, 4], reason: "银行误收后冲正" });
    const rules = { ...DEFAULT_FLAG_RULES, firstPayment: { from: "100" } };
    await this.#put("/fund/flags/formulas", { rules, source: "管理规约第十二条" });
    await link([2], [lift]);
  }

  async #import(lines: readonly string[]): Promise<void> {
    const form = new FormData();
    form.set("file", new Blob([lines.join("\n")]), "bank.csv");
    await this.#community.postAs("committee", "/fund/bank/accounts/1/statements", { form });
  }

  async #put(address: string, body: object): Promise<void> {
    const cookie = await this.#community.cookieOf("committee");
    const path = `${this.#community.path}${address}`;
    const { status } = await ask(this.#service, "PUT", path, { body, cookie });
    if (status !== 200) throw new Error(`PUT ${address} gives ${status}`);
  }

  async tellFlags(): Promise<void> {
    const documents = [await this.#publish("授权书")];
    const body = { text: "首次合作,已比价。", documents };
    await this.#community.postAs("committee", "/fund/flags/1/answers", { body });
  }

  /** The quarter is closed; afterwards something is entered late, something waits, something is taken back. */
  async tellClosing(): Promise<void> {
    await this.#done({ action: "incomeShare", from: "2026-10-01", date: "2026-12-31" });
    await this.#done({ action: "period", to: "2026-12-31" });
    const late = { date: "2027-01-05", occurred: "2026-12-20", spread: ALL, category: "lift" };
    await this.#entry("charge", "30003", late);
    await this.#done({ action: "balances", date: "2027-01-10" });
    const paid = { amount: "100", date: "2027-01-11", narration: "分红" };
    await this.#done({ action: "distribution", ...paid });
    await this.#draft({ action: "balances", date: "2027-01-12" });
    const id = await this.#draft({ action: "balances", date: "2027-01-13" });
    await this.#community.postAs("committee", `/fund/drafts/${id}/withdrawal`, { body: {} });
    await this.#service.parts.fund.check(this.#community.id);
  }
}
