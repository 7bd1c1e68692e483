import { readTable } from "../../../api/registry/import/reading.ts";
import type { Reading, Statement } from "../../../api/registry/import/reading.ts";
import { readSheets } from "../../../api/table.ts";
import { residentNumber, toCsv, toTable } from "./tables.ts";
import type { Row } from "./tables.ts";

export const NOTHING_STATED: Statement = { mapping: {}, areaE4: undefined, units: undefined };
export async function read(
  file: string | Uint8Array,
  statement: Partial<Statement> = {},
): Promise<Reading> {
  const bytes = typeof file === "string" ? Buffer.from(file) : Buffer.from(file);
  const reading = readTable(await readSheets(bytes), { ...NOTHING_STATED, ...statement });
  if (!reading) throw new Error("no header found");
  return reading;
}

export const readRows = (rows: readonly Row[], statement?: Partial<Statement>): Promise<Reading> =>
  read(toCsv(toTable(rows)), statement);

/** line:code of everything rejected. */
export const faultsOf = ({ rejected }: Reading): string[] =>
  rejected.map(({ line, code }) => `${line}:${code}`);

export const GOOD: Row = {
  number: "101",
  area: "89.12",
  owners: "张三",
  identities: residentNumber(1),
};
