import { MoneyError, toFen } from "../../../protocol/fund/money.ts";
import { DomainError } from "../../http/errors.ts";
import { readSheets } from "../../table.ts";
import type { Line } from "../../table.ts";

/** A unit with its amount, as a bank or a property office lists deposits. */
export interface ListedUnit {
  unit: string;
  amount: bigint;
}

const UNIT_TITLES = /^(?:房号|户号|房屋编号|单元编号|unit)$/i;
const AMOUNT_TITLES = /^(?:金额|交存金额|续交金额|余额|金额\(元\)|金额（元）|amount)$/i;
const TOTAL = /^(?:合计|总计|total)$/i;
const FAULTS_SHOWN = 50;

/**
 * Reads a list of units and amounts from a CSV or XLSX file, whole or not at all: the titles name the unit and the
 * amount; a last line may state the total, which is then compared. Throws DepositListInvalid with `line:fault` of what
 * cannot be read.
 */
export async function readList(bytes: Buffer): Promise<ListedUnit[]> {
  for (const { lines } of await readSheets(bytes)) {
    const header = lines.find(({ cells }) => columnsOf(cells) !== undefined);
    if (!header) continue;
    return readLines(
      lines.filter(({ line }) => line > header.line),
      columnsOf(header.cells)!,
    );
  }
  throw new DomainError("DepositListInvalid", { faults: ["0:header"] });
}

interface Columns {
  unit: number;
  amount: number;
}

function columnsOf(cells: readonly string[]): Columns | undefined {
  const unit = cells.findIndex((cell) => UNIT_TITLES.test(cell));
  const amount = cells.findIndex((cell) => AMOUNT_TITLES.test(cell));
  return unit < 0 || amount < 0 ? undefined : { unit, amount };
}

function readLines(lines: readonly Line[], columns: Columns): ListedUnit[] {
  const filled = lines.filter(({ cells }) => cells.some((cell) => cell !== ""));
  const rows = filled.map((line) => readRow(line, columns));
  const units = rows.filter(({ unit }) => unit !== "" && !TOTAL.test(unit));
  const faults = rows.flatMap(({ line, unit, amount }) => {
    if (amount === undefined) return [`${line}:amount`];
    return unit === "" ? [`${line}:unit`] : [];
  });
  const list = units.map(({ unit, amount = 0n }) => ({ unit, amount }));
  faults.push(...findRepeated(units), ...compareTotal(rows, list));
  if (list.length === 0) faults.push("0:empty");
  if (faults.length === 0) return list;
  throw new DomainError("DepositListInvalid", { faults: faults.slice(0, FAULTS_SHOWN) });
}

interface Row {
  line: number;
  unit: string;
  /** Undefined where it is no amount. */
  amount: bigint | undefined;
}

const readRow = ({ line, cells }: Line, columns: Columns): Row => ({
  line,
  unit: (cells[columns.unit] ?? "").normalize("NFC"),
  amount: readAmount(cells[columns.amount] ?? ""),
});

function findRepeated(rows: readonly Row[]): string[] {
  const seen = new Set<string>();
  return rows.flatMap(({ line, unit }) => {
    if (seen.has(unit)) return [`${line}:twice`];
    seen.add(unit);
    return [];
  });
}

/** Where a line states the total, the units must add up to it. */
function compareTotal(rows: readonly Row[], list: readonly ListedUnit[]): string[] {
  const stated = rows.find(({ unit }) => TOTAL.test(unit));
  const sum = list.reduce((total, { amount }) => total + amount, 0n);
  return stated === undefined || stated.amount === sum ? [] : [`${stated.line}:total`];
}

// Thousands parted by commas, as spreadsheets write them; anything else must be plain yuan.
const GROUPED = /^\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?$/;

function readAmount(cell: string): bigint | undefined {
  try {
    return toFen(GROUPED.test(cell) ? cell.replaceAll(",", "") : cell);
  } catch (error) {
    if (error instanceof MoneyError) return undefined;
    throw error;
  }
}
