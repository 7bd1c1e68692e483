import { get, ask, post } from "../../assembly/client.ts";
import type { Answer } from "../../assembly/client.ts";
import { TestCommunity } from "../../assembly/community.ts";
import type { OfficerName } from "../../assembly/community.ts";
import { TestMeeting } from "../../assembly/meeting.ts";
import { TestService } from "../../assembly/service.ts";

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

  close(): Promise<void> {
    return this.service.close();
  }
}
