// Tables as property offices hand them over, for tests.

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A resident's number with a valid check character; different for every `n` below 999. */
export function residentNumber(n: number): string {
  const body = `11010119${70 + (n % 30)}0101${String(n).padStart(3, "0")}`;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return body + "10X98765432"[sum % 11]!;
}

export interface Row {
  building?: string;
  entrance?: string;
  number?: string;
  area?: string;
  use?: string;
  owners?: string;
  identities?: string;
  unsold?: string;
}

export const HEADER = [
  "楼栋",
  "单元",
  "房号",
  "建筑面积(㎡)",
  "用途",
  "业主姓名",
  "身份证号",
  "是否未售",
];

export const toCells = (row: Row): string[] => [
  row.building ?? "1",
  row.entrance ?? "1",
  row.number ?? "",
  row.area ?? "",
  row.use ?? "住宅",
  row.owners ?? "",
  row.identities ?? "",
  row.unsold ?? "否",
];

const quote = (cell: string): string =>
  /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

export const toCsv = (lines: readonly (readonly string[])[]): string =>
  lines.map((cells) => cells.map(quote).join(",")).join("\r\n") + "\r\n";

/** Two buildings: one owner of two flats, a couple, an unsold flat, a shop, a parking space that does not vote. */
export const VILLAGE: readonly Row[] = [
  { number: "101", area: "89.12", owners: "张三", identities: residentNumber(1) },
  {
    number: "102",
    area: "90.5",
    owners: "李四、王五",
    identities: `${residentNumber(2)}、${residentNumber(3)}`,
  },
  { number: "201", area: "100", owners: "赵六", identities: residentNumber(4) },
  { building: "2", number: "101", area: "60.0001", owners: "张三", identities: residentNumber(1) },
  { building: "2", number: "102", area: "75", unsold: "是" },
  {
    building: "2",
    number: "103",
    area: "1,234.5",
    use: "商业",
    owners: "明远贸易有限公司",
    identities: "91350100M000100Y43",
  },
  {
    building: "2",
    number: "B01",
    area: "12.5",
    use: "车位",
    owners: "赵六",
    identities: residentNumber(4),
  },
];

/** Of all units that vote, in m². */
export const VILLAGE_AREA = "1649.1201";

/** Without titles: the header, the rows. */
export const toTable = (rows: readonly Row[]): string[][] => [HEADER, ...rows.map(toCells)];
