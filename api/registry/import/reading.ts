import { fromAreaE4, sumAreaE4 } from "../../../protocol/registry/area.ts";
import { plain, readArea } from "./cells.ts";
import { findHeader } from "./columns.ts";
import type { Header, Mapping } from "./columns.ts";
import { cellOf, readRow } from "./row.ts";
import type { ImportedUnit, LineFault, LineWarning, Remark } from "./row.ts";
import type { Line, Sheet } from "../../table.ts";

/** Everything that a table says, accepted and rejected. */
export interface Reading {
  sheet: Sheet;
  header: Header;
  units: ImportedUnit[];
  rejected: Remark<LineFault>[];
  warnings: Remark<LineWarning>[];
}

/** What whoever hands the table in says of it. */
export interface Statement {
  mapping: Mapping;
  areaE4: bigint | undefined;
  units: number | undefined;
}

/** Reads the first sheet that has a header; undefined where none has. */
export function readTable(sheets: readonly Sheet[], statement: Statement): Reading | undefined {
  for (const sheet of sheets) {
    const header = findHeader(sheet.lines, statement.mapping);
    if (header) return readLines({ sheet, header, statement });
  }
  return undefined;
}

interface Table {
  sheet: Sheet;
  header: Header;
  statement: Statement;
}

function readLines({ sheet, header, statement }: Table): Reading {
  const reading: Reading = { sheet, header, units: [], rejected: [], warnings: [] };
  const sums = new RunningSums();
  let isPastTotal = false;
  for (const line of sheet.lines) {
    if (line.line <= header.line) continue;
    const kind = classifyLine(line, header, isPastTotal);
    if (kind === "total" || kind === "subtotal") {
      checkTotal(line, kind, { reading, sums });
      isPastTotal ||= kind === "total";
    } else if (kind === "unit") {
      takeRow(line, { reading, sums });
    } else if (kind === "unknown") {
      reading.rejected.push({ line: line.line, code: "LineNotUnderstood", params: {} });
    }
  }
  rejectDuplicates(reading);
  checkStatement(reading, statement);
  noteNames(reading);
  return reading;
}

/** The sums of all areas that could be read, rejected lines included: they are what a total row adds up. */
class RunningSums {
  all = 0n;
  sinceSubtotal = 0n;

  add(areaE4: bigint): void {
    this.all += areaE4;
    this.sinceSubtotal += areaE4;
  }
}

interface Progress {
  reading: Reading;
  sums: RunningSums;
}

function takeRow(line: Line, { reading, sums }: Progress): void {
  const isSpreadsheet = reading.sheet.kind === "xlsx";
  const { unit, faults, warnings } = readRow(line, reading.header, isSpreadsheet);
  const areaE4 = readArea(cellOf(line, reading.header, "area"), isSpreadsheet);
  if (typeof areaE4 === "bigint") sums.add(areaE4);
  if (unit) reading.units.push(unit);
  reading.rejected.push(...faults);
  reading.warnings.push(...warnings);
}

type LineKind = "blank" | "unit" | "total" | "subtotal" | "note" | "unknown";

const NOTE = /^(?:备注|注|说明|填表|制表|审核|复核|日期|单位|经办|盖章|打印|第\d+页)/;

function classifyLine(line: Line, header: Header, isPastTotal: boolean): LineKind {
  const filled = line.cells.map(plain).filter((cell) => cell !== "");
  if (filled.length === 0) return "blank";
  const first = filled[0]!.replace(/\s/g, "");
  if (/^(?:合计|总计|共计|总合计)/.test(first)) return "total";
  if (/小计|^本页合计/.test(first)) return "subtotal";
  if (isRepeatedHeader(line, header)) return "note";
  const hasUnit = cellOf(line, header, "number") !== "" || cellOf(line, header, "area") !== "";
  if (hasUnit && !(isPastTotal && filled.length === 1)) return "unit";
  return isPastTotal || (filled.length <= 2 && NOTE.test(first)) ? "note" : "unknown";
}

/** Printed tables repeat their header on each page. */
const isRepeatedHeader = (line: Line, header: Header): boolean =>
  line.cells.every((cell, i) => cell === (header.titles[i] ?? ""));

function checkTotal(line: Line, kind: "total" | "subtotal", { reading, sums }: Progress): void {
  const text = cellOf(line, reading.header, "area");
  const sum = kind === "total" ? sums.all : sums.sinceSubtotal;
  sums.sinceSubtotal = 0n;
  if (text === "") return;
  const stated = readArea(text, reading.sheet.kind === "xlsx");
  if (stated === sum) return;
  const params = {
    stated: typeof stated === "bigint" ? fromAreaE4(stated) : stated,
    sum: fromAreaE4(sum),
  };
  reading.rejected.push({ line: line.line, code: "TotalAreaDiffers", params });
}

/** The first line of a unit stays, the later ones are rejected and name it. */
function rejectDuplicates(reading: Reading): void {
  const lineOf = new Map<string, number>();
  reading.units = reading.units.filter(({ unit, line }) => {
    const first = lineOf.get(unit);
    if (first === undefined) lineOf.set(unit, line);
    else reading.rejected.push({ line, code: "UnitDuplicate", params: { first, unit } });
    return first === undefined;
  });
  reading.rejected.sort((a, b) => a.line - b.line);
}

/** Faults of the table as a whole stand at line 0. */
function checkStatement(reading: Reading, { areaE4, units }: Statement): void {
  const sum = sumAreaE4(reading.units);
  if (areaE4 !== undefined && areaE4 !== sum) {
    const params = { stated: fromAreaE4(areaE4), sum: fromAreaE4(sum) };
    reading.rejected.unshift({ line: 0, code: "TotalAreaDiffers", params });
  }
  if (units !== undefined && units !== reading.units.length) {
    const params = { stated: units, sum: reading.units.length };
    reading.rejected.unshift({ line: 0, code: "TotalUnitsDiffer", params });
  }
}

/** One number under two names: a typing error in one of them, or two people merged into one. */
function noteNames(reading: Reading): void {
  const seen = new Map<string, { name: string; line: number }>();
  for (const { line, owners } of reading.units) {
    for (const { name, identity } of owners) {
      const first = seen.get(identity.number) ?? { name, line };
      seen.set(identity.number, first);
      if (first.name === name) continue;
      reading.warnings.push({ line, code: "OwnerNameDiffers", params: { first: first.line } });
    }
  }
}
