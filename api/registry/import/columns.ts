import type { Line } from "../../table.ts";

/** What a column of the table may hold. */
export const FIELDS = [
  "building",
  "entrance",
  "number",
  "area",
  "use",
  "owners",
  "identities",
  "phones",
  "unsold",
] as const;
export type Field = (typeof FIELDS)[number];

/** Without these nothing can be read; a building may also stand in the unit's number (3-2-1501). */
export const REQUIRED_FIELDS: readonly Field[] = ["number", "area", "owners"];

// What property offices call them, without spaces, brackets and what stands in brackets.
const HEADERS: Record<Field, readonly string[]> = {
  building: [
    "幢",
    "楼栋",
    "栋号",
    "幢号",
    "楼号",
    "栋",
    "楼幢",
    "楼幢号",
    "楼栋号",
    "座",
    "座号",
    "楼宇",
    "楼座",
    "building",
  ],
  entrance: ["单元", "单元号", "门", "门号", "梯号", "entrance"],
  number: [
    "房号",
    "室号",
    "房间号",
    "房屋编号",
    "门牌号",
    "房间",
    "室",
    "户号",
    "房屋号",
    "房间编号",
    "户室号",
    "房屋坐落",
    "坐落",
    "unit",
  ],
  area: [
    "建筑面积",
    "专有部分面积",
    "面积",
    "产权面积",
    "专有面积",
    "房屋面积",
    "房产证面积",
    "登记面积",
    "房屋建筑面积",
    "专有部分建筑面积",
    "area",
  ],
  use: ["用途", "房屋用途", "规划用途", "性质", "房屋性质", "类型", "房屋类型", "物业类型", "use"],
  owners: [
    "业主",
    "产权人",
    "业主姓名",
    "所有权人",
    "权利人",
    "姓名",
    "产权人姓名",
    "业主名称",
    "房屋所有权人",
    "不动产权利人",
    "owner",
    "owners",
  ],
  identities: [
    "身份证号",
    "证件号码",
    "身份证号码",
    "证件号",
    "身份证",
    "业主身份证号",
    "业主身份证号码",
    "业主证件号码",
    "身份证件号",
    "身份证件号码",
    "公民身份号码",
    "identityno",
    "identity",
  ],
  phones: [
    "联系电话",
    "电话",
    "手机",
    "手机号",
    "手机号码",
    "联系方式",
    "电话号码",
    "业主电话",
    "phone",
  ],
  unsold: [
    "是否未售",
    "产权状态",
    "销售状态",
    "未售",
    "交付状态",
    "是否售出",
    "是否已售",
    "出售状态",
    "unsold",
  ],
};

const FIELD_OF_HEADER = new Map(
  FIELDS.flatMap((field) => HEADERS[field].map((header): [string, Field] => [header, field])),
);

/** What is longer is no title, and patterns need not be tried on it. */
const MAX_TITLE_LENGTH = 100;

/** 建筑面积 (㎡) → 建筑面积 */
export const normalizeHeader = (text: string): string =>
  text
    .slice(0, MAX_TITLE_LENGTH)
    .normalize("NFKC")
    .replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/g, "")
    .replace(/[\s:/*_.-]|平方米|m2$/g, "")
    .toLowerCase();

/** Which column holds what, by its place; and how a wrong mapping is told. */
export interface Header {
  line: number;
  titles: string[];
  columns: Partial<Record<Field, number>>;
  /** "是" under 是否已售 means sold, under 是否未售 unsold. */
  asksWhetherSold: boolean;
}

/** Field → title of its column, as given by whoever uploads; the rest is recognised by name. */
export type Mapping = Partial<Record<Field, string>>;

const HEADER_WITHIN_LINES = 30;

/** The first line that names enough columns; titles of the table may stand above it. */
export function findHeader(lines: readonly Line[], mapping: Mapping): Header | undefined {
  for (const { line, cells } of lines.slice(0, HEADER_WITHIN_LINES)) {
    const columns = assignColumns(cells, mapping);
    if (REQUIRED_FIELDS.every((field) => columns[field] !== undefined)) {
      const asked =
        columns.unsold === undefined ? "" : normalizeHeader(cells[columns.unsold] ?? "");
      const asksWhetherSold = ["是否售出", "是否已售"].includes(asked);
      return { line, titles: cells, columns, asksWhetherSold };
    }
  }
  return undefined;
}

function assignColumns(cells: readonly string[], mapping: Mapping): Header["columns"] {
  const columns: Header["columns"] = {};
  const titles = cells.map(normalizeHeader);
  for (const field of FIELDS) {
    const wanted = mapping[field];
    if (wanted === undefined) continue;
    const at = titles.indexOf(normalizeHeader(wanted));
    if (at >= 0) columns[field] = at;
  }
  const taken = new Set(Object.values(columns));
  titles.forEach((title, at) => {
    const field = FIELD_OF_HEADER.get(title);
    if (!field || columns[field] !== undefined || taken.has(at) || mapping[field] !== undefined)
      return;
    columns[field] = at;
  });
  return columns;
}
