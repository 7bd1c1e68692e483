import type { ChargeCategory } from "../../fund/books/entry.ts";
import type { Company } from "./companies.ts";
import { COMPANIES } from "./companies.ts";

/** A repair that the maintenance fund pays, in one amount: what each m² of its scope bears, in fen. */
export interface Repair {
  /** Years after the books begin, and the month. */
  year: number;
  month: number;
  title: string;
  category: ChargeCategory;
  company: Company;
  fenPerSquareMetre: number;
  /** Nothing: all units; else a building, perhaps one of its entrances. */
  building?: string;
  entrance?: string;
  /** A higher floor bears more of a lift. */
  byFloor?: boolean;
  /** What the price audit left of it, in percent: the first entry is taken back and entered anew. */
  auditedPercent?: number;
}

const { roofing, lifts, fire, pipes, facade, security, roads, power, powerRenamed } = COMPANIES;

/** A dozen, among them an emergency and one whose price was disputed. */
export const REPAIRS: readonly Repair[] = [
  { year: 0, month: 3, title: "2 幢屋面防水翻修", category: "roof", company: roofing, fenPerSquareMetre: 612, building: "2" }, // prettier-ignore
  { year: 0, month: 6, title: "消火栓管网检修", category: "fire", company: fire, fenPerSquareMetre: 85 }, // prettier-ignore
  { year: 0, month: 10, title: "1 幢 1 单元电梯钢丝绳、曳引轮更换", category: "lift", company: lifts, fenPerSquareMetre: 436, building: "1", entrance: "1", byFloor: true }, // prettier-ignore
  { year: 1, month: 2, title: "2 幢排水立管更换", category: "drains", company: pipes, fenPerSquareMetre: 358, building: "2" }, // prettier-ignore
  { year: 1, month: 5, title: "1 幢西山墙渗漏修补", category: "facade", company: facade, fenPerSquareMetre: 291, building: "1" }, // prettier-ignore
  { year: 1, month: 8, title: "应急维修：1 幢 2 单元电梯制动器失效抢修", category: "lift", company: lifts, fenPerSquareMetre: 214, building: "1", entrance: "2" }, // prettier-ignore
  { year: 1, month: 11, title: "门禁和监控设备更新", category: "security", company: security, fenPerSquareMetre: 131 }, // prettier-ignore
  { year: 2, month: 3, title: "小区主路面修补", category: "grounds", company: roads, fenPerSquareMetre: 96 }, // prettier-ignore
  { year: 2, month: 5, title: "配电房低压柜改造", category: "electrical", company: power, fenPerSquareMetre: 173 }, // prettier-ignore
  { year: 2, month: 7, title: "消防水泵及控制柜更换", category: "fire", company: fire, fenPerSquareMetre: 188, auditedPercent: 82 }, // prettier-ignore
  { year: 2, month: 10, title: "1 幢屋面防水局部翻修", category: "roof", company: roofing, fenPerSquareMetre: 324, building: "1" }, // prettier-ignore
  { year: 3, month: 2, title: "地下车库排水泵更换", category: "drains", company: powerRenamed, fenPerSquareMetre: 44 }, // prettier-ignore
];
