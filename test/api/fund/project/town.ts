import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { digestOf } from "../../assembly/people.ts";
import { get, ask, post } from "../../assembly/client.ts";
import type { Answer } from "../../assembly/client.ts";
import { TestCommunity } from "../../assembly/community.ts";
import type { OfficerName } from "../../assembly/community.ts";
import { TestMeeting } from "../../assembly/meeting.ts";
import { ORIGIN, TestService, eventually } from "../../assembly/service.ts";

const KILLED = fileURLToPath(import.meta.resolve("../../assembly/killed.ts"));

export const CONTRACTOR = { name: "示范电梯工程有限公司", account: "6222020200112233445" };
export const OTHER = { name: "另一家工程有限公司", account: "6222020200998877665" };

export const planOf = (budget: string, change: object = {}) => ({
  ...{ fund: "maintenance", budget, payee: CONTRACTOR, scope: [] as string[] },
  rule: { rule: "area" },
  ...change,
});

const UNITS = ["1-1-101", "1-1-102", "1-1-201", "2-1-101"];

/** A community whose owners have decided on the use of their funds, and the steps of its projects over HTTP. */
export class ProjectTown {
  readonly service: TestService;
  readonly community: TestCommunity;
  meeting!: TestMeeting;

  private constructor(service: TestService, community: TestCommunity) {
    this.service = service;
    this.community = community;
  }

  static async create(): Promise<ProjectTown> {
    const service = await TestService.create();
    return new ProjectTown(service, await TestCommunity.create(service));
  }

  get db() {
    return this.service.database.client;
  }

  get path(): string {
    return `${this.community.path}/fund/projects`;
  }

  /** The day it is in China. */
  day(offset = 0): string {
    const now = this.service.clock.now().getTime();
    return new Date(now + 8 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10);
  }

  /** One meeting with a motion for each plan, convened and open. */
  async convene(plans: readonly object[], items = plans.map(() => 5)) {
    const roll = await this.community.freezeRoll();
    const voters = await this.community.bindKeys(roll, UNITS);
    this.meeting = await TestMeeting.convene(this.community, roll, { items, plans });
    return { roll, voters };
  }

  /** All vote, `for` where a motion is to be adopted; counted, and final. */
  async decide(
    voters: Awaited<ReturnType<ProjectTown["convene"]>>["voters"],
    adopted: readonly boolean[],
  ): Promise<void> {
    await this.meeting.moveTo("opensAt", 1);
    this.community.forgetSessions();
    const answers = adopted.map((isAdopted) => (isAdopted ? ("for" as const) : "against"));
    for (const voter of voters) {
      const { leaf } = await this.meeting.vote(voter, ...answers);
      await this.meeting.sealed(leaf);
    }
    await this.meeting.moveTo("countsFrom", 1);
    const { finalAt } = await this.meeting.concluded();
    this.service.clock.seconds = Date.parse(finalAt) / 1000 + 1;
    this.community.forgetSessions();
  }

  async tryPost(path: string, body: object, name: OfficerName = "committee"): Promise<Answer> {
    const cookie = await this.community.cookieOf(name);
    return ask(this.service, "POST", `${this.path}${path}`, { body, cookie });
  }

  /** A step that must be taken. */
  async step(path: string, own: object, name: OfficerName = "committee") {
    const body = { date: this.day(), note: "按计划进行。", ...own };
    const cookie = await this.community.cookieOf(name);
    return post(this.service, `${this.path}${path}`, { body, cookie });
  }

  async tryStep(path: string, own: object, name: OfficerName = "committee"): Promise<Answer> {
    return this.tryPost(path, { date: this.day(), note: "按计划进行。", ...own }, name);
  }

  async begin(change: object = {}): Promise<number> {
    const body = { title: "更换 1 号楼电梯", category: "lift", ...change };
    return (await this.step("", body)).project;
  }

  contract(amounts: readonly string[], change: object = {}) {
    const amount = String(amounts.reduce((sum, own) => sum + BigInt(own), 0n));
    const milestones = amounts.map((own, i) => ({ title: `第 ${i + 1} 期`, amount: own }));
    return { payee: CONTRACTOR, amount, milestones, ...change };
  }

  story(project: number) {
    return get(this.service, `${this.path}/${project}`);
  }

  async tryUpload(name: string, bytes: string | Uint8Array, isPublic = true): Promise<Answer> {
    const form = new FormData();
    form.set("public", String(isPublic));
    form.set("file", new Blob([new Uint8Array(Buffer.from(bytes))]), name);
    const cookie = await this.community.cookieOf("committee");
    const path = `${this.community.path}/fund/documents`;
    return ask(this.service, "POST", path, { form, cookie });
  }

  /** A small PDF that differs from every other. */
  async upload(name: string, isPublic = true): Promise<string> {
    const pdf = `%PDF-1.4\n% ${name}\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n`;
    const { status, body } = await this.tryUpload(name, pdf, isPublic);
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body.sha256;
  }

  /** Every unit's first deposit, in the books. */
  async deposit(perUnitFen = 1_000_000n): Promise<void> {
    const roll = await this.db.roll.findFirstOrThrow({
      where: { communityId: this.community.id, state: "frozen" },
    });
    const { items } = await get(this.service, `${this.community.path}/rolls/${roll.number}/lines`);
    const units = (items as { unit: string }[]).map(({ unit }) => {
      return { unit, amountFen: -perUnitFen };
    });
    const amountFen = perUnitFen * BigInt(units.length);
    await this.db.$transaction((tx) =>
      this.service.parts.fund.postEntry(tx, {
        ...{ communityId: this.community.id, kind: "initialDeposit", date: this.day(), units },
        narration: "首期交存",
        postings: [
          { account: "maintenance:bank", amountFen },
          { account: "maintenance:owners", amountFen: -amountFen },
        ],
      }),
    );
  }

  /** Parking fees, in the books of the public income. */
  async receive(fen: string): Promise<void> {
    const amountFen = BigInt(fen);
    await this.db.$transaction((tx) =>
      this.service.parts.fund.postEntry(tx, {
        ...{ communityId: this.community.id, kind: "income", date: this.day() },
        narration: "停车费",
        postings: [
          { account: "income:bank", amountFen },
          { account: "income:revenue:parking", amountFen: -amountFen },
        ],
      }),
    );
  }

  /** A draft for the books, entered by a committee officer and confirmed by the registrar; the entries' numbers. */
  async enter(terms: object): Promise<number[]> {
    const { id } = await this.community.postAs("committee", "/fund/drafts", { body: terms });
    const path = `/fund/drafts/${id}/confirmation`;
    const { result } = await this.community.postAs("registrar", path, { body: {} });
    return result.entries;
  }

  /** An entry of the books, of today unless told otherwise. */
  enterEntry(own: object): Promise<number[]> {
    return this.enter({ action: "entry", date: this.day(), narration: "记账", ...own });
  }

  /** Both sign what was proposed, and it is on chain. */
  async signed(pending: Promise<{ act: string; proposal: string }>): Promise<void> {
    const { act, proposal } = await pending;
    await this.community.sign(proposal);
    await eventually(async () => {
      const { state, failure } = await this.db.fundAct.findUniqueOrThrow({ where: { id: act } });
      if (state === "refused") throw new Error(`refused: ${failure}`);
      return state === "done";
    });
  }

  propose(path: string, body: object = {}, name: OfficerName = "committee") {
    return this.community.postAs(name, `/fund${path}`, { body });
  }

  /** The chain learns what the fund has. */
  credit(fund = "maintenance"): Promise<void> {
    return this.signed(this.propose("/chain/credits", { fund }));
  }

  async disbursement(project: number) {
    return get(this.service, `${this.path}/${project}/disbursement`);
  }

  /** A project whose motion is adopted and final, with its contract, and its money set aside. */
  async reserve(project: number): Promise<void> {
    await this.signed(this.propose(`/projects/${project}/reservation`));
  }

  /** An invoice that is written down; returns its file's hash. */
  async invoice(project: number, own: { milestone: number; amount: string }): Promise<string> {
    const invoice = `F-${++this.#invoices}`;
    const sha256 = await this.upload(`${invoice}.pdf`);
    await this.step(`/${project}/invoices`, { ...own, invoice, sha256 });
    return sha256;
  }

  #invoices = 0;

  async tryClaim(project: number, invoice: string, name: OfficerName = "author") {
    const draft = await this.tryPost(`/${project}/claims/draft`, { invoice }, name);
    if (draft.status >= 300) return draft;
    const { signer, signature } = this.sign(draft.body.typedData, name);
    return this.tryPost(`/${project}/claims`, { invoice, signer, signature }, name);
  }

  sign(typedData: Parameters<typeof digestOf>[0], name: OfficerName) {
    const officer = this.community.officers[name];
    return { signer: officer.keyId, signature: officer.signFull(digestOf(typedData)) };
  }

  /** Submitted, and judged by the two others. */
  async claim(project: number, invoice: string, accepted = true): Promise<string> {
    const { status, body } = await this.tryClaim(project, invoice);
    if (status !== 201) throw new Error(JSON.stringify(body));
    await this.reaches(body.claim, "submitted");
    const terms = { date: this.day(), note: "已现场验收。", accepted };
    await this.signed(this.propose(`/claims/${body.claim}/judgement`, terms));
    return body.claim;
  }

  async tryApprove(claim: string, name: OfficerName): Promise<Answer> {
    const cookie = await this.community.cookieOf(name);
    const path = `${this.community.path}/fund/claims/${claim}`;
    const draft = await ask(this.service, "GET", `${path}/approval`, { cookie });
    if (draft.status >= 300) return draft;
    const body = this.sign(draft.body.typedData, name);
    return ask(this.service, "POST", `${path}/approvals`, { body, cookie });
  }

  async approve(claim: string, ...names: OfficerName[]): Promise<void> {
    for (const name of names) {
      const { status, body } = await this.tryApprove(claim, name);
      if (status !== 201) throw new Error(JSON.stringify(body));
    }
  }

  /** The approval is taken by a process that is killed at once; this service takes its place. */
  async approveAndKill(claim: string, name: OfficerName): Promise<number> {
    const { service, community } = this;
    const cookie = await community.cookieOf(name);
    const path = `/api${community.path}/fund/claims/${claim}`;
    await service.stop();
    const { seconds } = service.clock;
    const args = [service.database.url, service.directory, String(seconds)];
    const child = spawn(process.execPath, [KILLED, ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    const url = `http://127.0.0.1:${line.split(" ")[1]}`;
    const headers = { Cookie: cookie, Origin: ORIGIN, "Content-Type": "application/json" };
    const draft = await fetch(`${url}${path}/approval`, { headers });
    const { typedData } = (await draft.json()) as { typedData: Parameters<typeof digestOf>[0] };
    const body = JSON.stringify(this.sign(typedData, name));
    const answer = await fetch(`${url}${path}/approvals`, { method: "POST", headers, body });
    child.kill("SIGKILL");
    await once(child, "close");
    service.clock.seconds += 60;
    await service.start();
    return answer.status;
  }

  reaches(claim: string, state: string) {
    return eventually(async () => {
      const row = await this.db.fundClaim.findUniqueOrThrow({ where: { id: claim } });
      return row.state === state ? row : undefined;
    });
  }

  close(): Promise<void> {
    return this.service.close();
  }
}
