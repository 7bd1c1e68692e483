import { toHex } from "viem";
import type { Clock } from "../../clock.ts";
import type { Bookkeeper } from "../books/bookkeeper.ts";
import { COMPANIES } from "../books/companies.ts";
import { dayOf } from "../books/days.ts";
import type { DemoUnit } from "../households.ts";
import type { DemoOffice } from "../officers.ts";
import { createPaper, createPicture } from "../paper.ts";
import { createRandom } from "../random.ts";
import { DEMO_SEED } from "../story.ts";
import { figuresOf, inYuan, planOf } from "./terms.ts";
import type { DemoProject, Figures } from "./terms.ts";
import type { Works } from "./works.ts";

export interface WorkDeps {
  works: Works;
  clock: Clock;
  books: Bookkeeper;
}

/** A file of a step: its name says whether it is a page or a picture. */
export interface Paper {
  name: string;
  lines?: readonly string[];
  /** Read by officers only; everybody sees its hash. */
  isKept?: boolean;
}

/** What every step says, and what is its own. */
interface StepSaid {
  note: string;
  papers?: readonly Paper[];
  [own: string]: unknown;
}

interface FoundFlag {
  number: number;
  formula: string;
  inputs: { name: string }[];
}

interface FoundClaim {
  id: string;
  payment: number | null;
  entry: number | null;
}

interface Claimed {
  id: string;
  milestone: number;
  amountFen: bigint;
}

const random = createRandom(DEMO_SEED);
const INVOICE_DIGITS = 10n ** 18n;

/** One project from plan to settlement, as the committee, the registrar and the approvers work on it. */
export class Work {
  readonly #deps: WorkDeps;
  readonly #project: DemoProject;
  readonly #units: readonly DemoUnit[];
  readonly figures: Figures;
  #number = 0;
  #invoices = 0;
  #payment = 0;
  #claim: Claimed | undefined;

  constructor(deps: WorkDeps, project: DemoProject, units: readonly DemoUnit[]) {
    this.#deps = deps;
    this.#project = project;
    this.#units = units;
    this.figures = figuresOf(project, units);
  }

  async begin(note: string, papers: readonly Paper[]): Promise<void> {
    const { title, category, decided } = this.#project;
    const ground = "ground" in decided ? { ground: decided.ground } : {};
    const own = { title, category, estimate: String(this.figures.budgetFen), ...ground };
    const begun = await this.#step("", { note, papers, ...own });
    this.#number = begun.project;
  }

  async collectQuotes(): Promise<void> {
    for (const { supplier, amountFen } of this.figures.quotes) {
      const papers = [{ name: `${supplier}报价单.pdf`, lines: [`报价 ${inYuan(amountFen)} 元`] }];
      const own = { supplier, amount: String(amountFen) };
      await this.#step("/quotes", { note: "收到报价，密封件由业委会当众拆封。", papers, ...own });
    }
  }

  async linkMotion(): Promise<void> {
    const { decided } = this.#project;
    if (!("motion" in decided)) throw new Error("an emergency is not voted on");
    const own = { meeting: 1, motion: decided.motion };
    await this.#step("/motion", { note: "列入业主大会会议议题。", ...own });
  }

  async planEmergency(note: string, papers: readonly Paper[]): Promise<void> {
    const plan = planOf(this.#project, this.#units);
    await this.#step("/emergency", { note, papers, plan });
  }

  async contract(isKept = false): Promise<void> {
    const { company } = this.#project;
    const { contractFen, milestones } = this.figures;
    const lines = milestones.map(({ title, amountFen }) => `${title} ${inYuan(amountFen)} 元`);
    await this.#step("/contract", {
      note: `与${company.name}签订施工合同。`,
      papers: [{ name: "施工合同.pdf", lines, isKept }],
      ...("motion" in this.#project.decided ? { quote: 1 } : {}),
      ...{ payee: { ...company }, amount: String(contractFen) },
      milestones: milestones.map(({ title, amountFen }) => ({ title, amount: String(amountFen) })),
    });
  }

  reserve(): Promise<void> {
    return this.#deps.works.propose("/projects/:project/reservation", {}, this.#place);
  }

  async progress(note: string, papers: readonly Paper[]): Promise<void> {
    await this.#step("/work", { note, papers });
  }

  /** An invoice for a milestone, or for so many percent of it, and the claim to pay it. */
  async claim(milestone: number, percent = 100): Promise<void> {
    const { title, amountFen: full } = this.figures.milestones[milestone]!;
    const amountFen = (full * BigInt(percent)) / 100n;
    const invoice = this.#nextInvoice();
    const lines = [`发票号码 ${invoice}`, `${title} ${inYuan(amountFen)} 元`];
    const [file] = await this.#hand([{ name: `发票 ${invoice}.pdf`, lines }]);
    const { sha256 } = file!;
    const own = { milestone, invoice, amount: String(amountFen), sha256 };
    await this.#step("/invoices", { note: `收到“${title}”的发票。`, ...own });
    const path = "/projects/:project/claims";
    const draft = { method: "post", params: this.#place } as const;
    const { works } = this.#deps;
    const { typedData } = await works.ask<{ typedData: unknown }>("author", {
      ...{ ...draft, path: `${path}/draft`, body: { invoice: sha256 } },
    });
    const body = { invoice: sha256, ...(await works.sign("author", typedData)) };
    const { claim } = await works.ask<{ claim: string }>("author", { ...draft, path, body });
    await works.drain();
    this.#claim = { id: claim, milestone, amountFen };
  }

  /** Registrar and chair judge the last claim. */
  async judge(accepted: boolean, note: string): Promise<void> {
    const name = accepted ? "验收单.pdf" : "现场清点记录.pdf";
    const documents = await this.#hand([{ name, lines: [note] }]);
    const body = { ...this.#said(note), documents, accepted };
    const { works } = this.#deps;
    await works.propose("/claims/:claim/judgement", body, { claim: this.#claimed.id });
  }

  async withdraw(note: string): Promise<void> {
    const params = { claim: this.#claimed.id };
    await this.#deps.works.propose("/claims/:claim/withdrawal", this.#said(note), params);
  }

  /** Approvers sign for the last claim; with enough of them it is paid. */
  async approve(...offices: DemoOffice[]): Promise<void> {
    const { works } = this.#deps;
    const params = { claim: this.#claimed.id };
    for (const office of offices) {
      const ask = { method: "get", path: "/claims/:claim/approval", params } as const;
      const { typedData } = await works.ask<{ typedData: unknown }>(office, ask);
      await works.ask(office, {
        ...{ method: "post", path: "/claims/:claim/approvals", params },
        body: await works.sign(office, typedData),
      });
    }
    await works.drain();
    await this.#expectLine();
  }

  /** The price audit, which may leave only so many percent of a milestone. */
  async audit(note: string, left?: { milestone: number; percent: number }): Promise<void> {
    const { contractFen, milestones } = this.figures;
    const cut = left ? milestones[left.milestone]!.amountFen : 0n;
    const kept = left ? (cut * BigInt(left.percent)) / 100n : 0n;
    const confirmed = contractFen - cut + kept;
    const lines = [`送审 ${inYuan(contractFen)} 元`, `审定 ${inYuan(confirmed)} 元`];
    const own = { auditor: COMPANIES.surveyors.name, claimed: String(contractFen) };
    const papers = [{ name: "造价审核报告.pdf", lines }];
    await this.#step("/audits", { note, papers, ...own, confirmed: String(confirmed) });
  }

  async publish(note: string): Promise<void> {
    await this.#step("/publication", { note, papers: [{ name: "公示照片.png" }] });
  }

  settle(note: string): Promise<void> {
    const path = "/projects/:project/settlement";
    return this.#deps.works.propose(path, this.#said(note), this.#place);
  }

  /** The committee's public word on what a formula found of this project, or of its last payment. */
  async answer(formula: string, text: string): Promise<void> {
    const { works } = this.#deps;
    const { items } = await works.ask<{ items: FoundFlag[] }>("committee", {
      ...{ method: "get", path: "/flags" },
    });
    const names = [`project ${this.#number}`, `payment ${this.#payment}`];
    const found = items.find(
      (flag) => flag.formula === formula && flag.inputs.some(({ name }) => names.includes(name)),
    );
    // A small town pays too little for some formulas.
    if (!found) return;
    const params = { flag: found.number };
    const path = "/flags/:flag/answers";
    await works.ask("committee", { method: "post", path, params, body: { text } });
  }

  get #place() {
    return { project: this.#number };
  }

  get #claimed(): Claimed {
    if (!this.#claim) throw new Error("nothing is claimed yet");
    return this.#claim;
  }

  #said(note: string) {
    return { date: dayOf(this.#deps.clock.now()), note };
  }

  async #step(path: string, { note, papers = [], ...own }: StepSaid): Promise<{ project: number }> {
    const documents = await this.#hand(papers);
    return this.#deps.works.ask("committee", {
      ...{ method: "post", path: `/projects${path === "" ? "" : "/:project"}${path}` },
      params: path === "" ? {} : this.#place,
      body: { ...this.#said(note), documents, ...own },
    });
  }

  async #hand(papers: readonly Paper[]) {
    const documents: { name: string; sha256: string }[] = [];
    for (const { name, lines = [], isKept = false } of papers) {
      const file = { name, bytes: this.#write(name, lines) };
      const ask = {
        method: "post",
        path: "/documents",
        body: { public: String(!isKept) },
      } as const;
      const { sha256 } = await this.#deps.works.ask<{ sha256: string }>("committee", {
        ...{ ...ask, file },
      });
      documents.push({ name, sha256 });
    }
    return documents;
  }

  /** Every file differs from every other: it says of which project and day it is. */
  #write(name: string, lines: readonly string[]): Buffer {
    const { title, company } = this.#project;
    const day = dayOf(this.#deps.clock.now());
    if (name.endsWith(".png")) return createPicture(`${title} ${name} ${day}`);
    return createPaper([
      "DEMONSTRATION, INVENTED",
      ...[name.replace(".pdf", ""), title, `单位 ${company.name}`, ...lines, day],
    ]);
  }

  #nextInvoice(): string {
    const label = `invoice ${this.#project.title} ${(this.#invoices += 1)}`;
    return `26${String(BigInt(toHex(random.bytes(label))) % INVOICE_DIGITS).padStart(18, "0")}`;
  }

  /** The bank will show the payment, with the account of whom it went to. */
  async #expectLine(): Promise<void> {
    const path = "/projects/:project/disbursement";
    const ask = { method: "get", path, params: this.#place } as const;
    const { claims } = await this.#deps.works.ask<{ claims: FoundClaim[] }>("committee", ask);
    const paid = claims.find(({ id }) => id === this.#claimed.id);
    if (!paid?.entry) return;
    this.#payment = paid.payment!;
    this.#deps.books.expect(paid.entry, this.#project.company);
  }
}
