import type { EMERGENCY_GROUNDS } from "../../../protocol/anchor/record/kinds.ts";
import { formatYuan } from "../../../protocol/format.ts";
import type { PlanDraft } from "../../assembly/service.ts";
import type { ChargeCategory } from "../../fund/books/entry.ts";
import { COMPANIES } from "../books/companies.ts";
import type { Company } from "../books/companies.ts";
import { priced } from "../books/year.ts";
import type { DemoUnit } from "../households.ts";

/** What is repaired through the system: by a motion of the first meeting, or as an emergency. */
export interface DemoProject {
  title: string;
  category: ChargeCategory;
  company: Company;
  /** Buildings that bear the cost. */
  scope: readonly string[];
  /** What it may cost, in fen: altogether, or for each m² of its scope. */
  budget: { fen: bigint } | { perSquareMetre: number };
  /** Of the budget. */
  contractPermille: number;
  /** Titles with their parts of the contract. */
  milestones: readonly (readonly [title: string, permille: number])[];
  /** What others asked for, in permille of the contract. */
  otherQuotes: readonly (readonly [supplier: string, permille: number])[];
  decided: { motion: number } | { ground: (typeof EMERGENCY_GROUNDS)[number] };
}

const QUOTES = [
  ["示范建安工程有限公司", 1061],
  ["示范城建维修有限公司", 1118],
] as const;

const projects = {
  lift: {
    title: "更换 3 幢、7 幢、11 幢共六部电梯",
    ...{ category: "lift", company: COMPANIES.lifts, scope: ["3", "7", "11"] },
    ...{ budget: { fen: 238_600_000n }, contractPermille: 970 },
    milestones: [
      ["六部电梯到货", 400],
      ["安装、调试", 400],
      ["检验合格、验收", 200],
    ],
    ...{ otherQuotes: QUOTES, decided: { motion: 1 } },
  },
  facade: {
    title: "修补 1 幢西立面脱落的面砖",
    ...{ category: "facade", company: COMPANIES.facade, scope: ["1"] },
    ...{ budget: { perSquareMetre: 420 }, contractPermille: 960 },
    milestones: [
      ["脚手架、铲除空鼓", 300],
      ["铺贴面砖", 500],
      ["清理、验收", 200],
    ],
    ...{ otherQuotes: QUOTES, decided: { motion: 3 } },
  },
  sprinklers: {
    title: "更换 2 幢消防喷淋管网",
    ...{ category: "fire", company: COMPANIES.sprinklers, scope: ["2"] },
    ...{ budget: { perSquareMetre: 380 }, contractPermille: 985 },
    milestones: [
      ["主管更换", 600],
      ["支管、喷头更换", 400],
    ],
    ...{ otherQuotes: QUOTES, decided: { motion: 4 } },
  },
  roof: {
    title: "翻修 4 幢屋面",
    ...{ category: "roof", company: COMPANIES.roofing, scope: ["4"] },
    ...{ budget: { perSquareMetre: 640 }, contractPermille: 940 },
    milestones: [
      ["防水层", 600],
      ["保护层、竣工", 400],
    ],
    ...{ otherQuotes: QUOTES, decided: { motion: 5 } },
  },
  mains: {
    title: "应急维修：2 幢生活给水主管爆裂抢修",
    ...{ category: "drains", company: COMPANIES.mains, scope: ["2"] },
    ...{ budget: { perSquareMetre: 260 }, contractPermille: 1000 },
    milestones: [["抢修、恢复供水", 1000]],
    ...{ otherQuotes: [], decided: { ground: "water" } },
  },
} as const satisfies Record<string, DemoProject>;

export type ProjectName = keyof typeof projects;

export const PROJECTS: Record<ProjectName, DemoProject> = projects;

/** Those of some buildings that there are: the small demonstration has two. None of them: all units bear the cost. */
export const standing = (scope: readonly string[], units: readonly DemoUnit[]): string[] =>
  scope.filter((building) => units.some((unit) => unit.building === building));

export interface Figures {
  budgetFen: bigint;
  contractFen: bigint;
  milestones: { title: string; amountFen: bigint }[];
  quotes: { supplier: string; amountFen: bigint }[];
}

const YUAN = 100n;
const HUNDRED_YUAN = 100n * YUAN;

const roundUp = (fen: bigint, to: bigint): bigint => ((fen + to - 1n) / to) * to;
const share = (fen: bigint, permille: number): bigint => (fen * BigInt(permille)) / 1000n;

/** A project's amounts in the town as large as it is. */
export function figuresOf(project: DemoProject, units: readonly DemoUnit[]): Figures {
  const { budget, contractPermille, company } = project;
  const scope = standing(project.scope, units);
  const own = units.filter(({ building }) => scope.length === 0 || scope.includes(building));
  const budgetFen =
    "fen" in budget ? budget.fen : roundUp(priced(budget.perSquareMetre, own), HUNDRED_YUAN);
  const contractFen = share(budgetFen, contractPermille);
  const parts = project.milestones.map(([title, permille]) => {
    return { title, amountFen: roundUp(share(contractFen, permille), YUAN) };
  });
  const before = parts.slice(0, -1).reduce((sum, { amountFen }) => sum + amountFen, 0n);
  const last = { title: parts.at(-1)!.title, amountFen: contractFen - before };
  const others = project.otherQuotes.map(([supplier, permille]) => {
    return { supplier, amountFen: roundUp(share(contractFen, permille), YUAN) };
  });
  return {
    ...{ budgetFen, contractFen, milestones: [...parts.slice(0, -1), last] },
    quotes: [{ supplier: company.name, amountFen: contractFen }, ...others],
  };
}

/** What the owners adopt, or two officers attest. */
export function planOf(project: DemoProject, units: readonly DemoUnit[]): PlanDraft {
  return {
    fund: "maintenance",
    budget: String(figuresOf(project, units).budgetFen),
    payee: { ...project.company },
    scope: standing(project.scope, units),
    rule: { rule: "area" },
  };
}

/** As a text says it: 2,386,000.00. */
export const inYuan = (fen: bigint): string => formatYuan(fen).replace("¥\u00a0", "");
