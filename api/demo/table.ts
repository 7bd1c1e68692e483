import iconv from "iconv-lite";
import { fromAreaE4, sumAreaE4 } from "../../protocol/registry/area.ts";
import type { DemoUnit } from "./households.ts";

const HEADER = [
  "序号",
  "幢",
  "单元",
  "房号",
  "建筑面积(㎡)",
  "用途",
  "业主姓名",
  "身份证号",
  "联系电话",
  "产权状态",
];
const TITLE = "示范花园业主名册(演示数据,人物均为虚构)";

/** The owners' table as a property office's program writes it: a title, Chinese headers, a total row, GB18030. */
export function createTable(units: readonly DemoUnit[]): Buffer {
  const total = sumAreaE4(units);
  const rows = [
    [TITLE],
    HEADER,
    ...units.map((unit, i) => [`${i + 1}`, ...toCells(unit)]),
    ["合计", "", "", `${units.length}户`, fromAreaE4(total)],
  ];
  const text = rows.map((row) => row.map(quote).join(",")).join("\r\n");
  return iconv.encode(`${text}\r\n`, "gb18030");
}

function toCells({ building, entrance, number, areaE4, use, owners, unsold }: DemoUnit): string[] {
  return [
    `${building}幢`,
    `${entrance}单元`,
    `${number}室`,
    fromAreaE4(areaE4),
    use,
    owners.map(({ name }) => name).join("、"),
    owners.map(({ identityNumber }) => identityNumber).join("、"),
    owners.map(({ phone }) => phone).join("、"),
    unsold ? "未售" : "已售",
  ];
}

const quote = (cell: string): string =>
  /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
