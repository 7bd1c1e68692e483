import { DomainError } from "../../../http/errors.ts";
import { readSheets } from "../../../table.ts";
import type { Line, Sheet } from "../../../table.ts";
import { readAmount } from "./amount.ts";
import { findDateOrder, readCellAmount, readCellDate, readCurrency } from "./cells.ts";
import { cellOf, findHeader, tidy } from "./columns.ts";
import type { Header, Mapping } from "./columns.ts";
import { inOrder } from "./order.ts";
import { readRow } from "./row.ts";
import type { Table } from "./row.ts";
import type { Balance, BankFile, BankLine, BankStatement, Given } from "./statement.ts";
import { addSummary, balanceRow } from "./summary.ts";
import type { Summary } from "./summary.ts";

/** The currency of a table that names none: this program is for accounts in China. */
const DEFAULT_CURRENCY = "CNY";

/** Reads a table (CSV, XLSX) whose columns are known by their titles or by the mapping. */
export async function readTable(bytes: Buffer, mapping: Mapping, given: Given): Promise<BankFile> {
  const sheets = await readSheets(bytes);
  const { sheet, header } = chooseSheet(sheets, mapping);
  const rows = sheet.lines.filter(({ line }) => line > header.line);
  const summary: Summary = {};
  for (const line of sheet.lines.slice(0, header.line - 1)) addSummary(summary, line);
  const kinds = rows.map((row) => classify(row, header));
  rows.forEach((row, i) => {
    if (kinds[i] === "note") addSummary(summary, row);
    if (kinds[i] === "balance") addBalanceRow(summary, row, header);
  });
  const data = rows.filter((_row, i) => kinds[i] === "line");
  const table = createTable({ sheet, header, mapping }, data, { summary, given });
  const lines = inOrder(data.map((row) => readRow(row, table)));
  rows.forEach((row, i) => {
    if (kinds[i] === "total") checkTotal(row, lines, table);
    if (kinds[i] === "unknown")
      table.problems.push({ code: "BankLineNotUnderstood", params: { line: row.line } });
  });
  const statement = toStatement(lines, table, { summary, given });
  return {
    format: sheet.kind,
    encoding: sheet.encoding,
    validation: "columns",
    statements: [statement],
  };
}

function chooseSheet(sheets: readonly Sheet[], mapping: Mapping): { sheet: Sheet; header: Header } {
  for (const sheet of sheets) {
    if (mapping.sheet !== undefined && sheet.encoding !== mapping.sheet) continue;
    const header = findHeader(sheet.lines, mapping);
    if (header) return { sheet, header };
  }
  throw new DomainError("BankColumnsMissing", { needed: ["date", "amount"] });
}

type Kind = "blank" | "line" | "balance" | "total" | "note" | "unknown";

const TOTAL = /^(?:合计|总计|小计|本页合计|累计|共计|total|subtotal)/i;

function classify(row: Line, header: Header): Kind {
  const filled = row.cells.map(tidy).filter((cell) => cell !== "");
  if (filled.length === 0) return "blank";
  if (row.cells.every((cell, i) => cell === (header.titles[i] ?? ""))) return "blank";
  const hasAmount = (["income", "expense", "amount"] as const).some(
    (name) => !/^[-–—0.]*$/.test(cellOf(row, header, name)),
  );
  if (!hasAmount && balanceRow(row)) return "balance";
  if (isTotal(filled)) return "total";
  const hasDate = cellOf(row, header, "date") !== "";
  return (hasDate || hasAmount) && (filled.length > 2 || hasDate === hasAmount)
    ? "line"
    : classifyText(filled);
}

const classifyText = (filled: readonly string[]): Kind =>
  filled.length <= 2 || filled.some((cell) => /[:：]/.test(cell)) ? "note" : "unknown";

const isTotal = (filled: readonly string[]): boolean =>
  filled.slice(0, 2).some((cell) => TOTAL.test(cell.normalize("NFKC").replace(/\s/g, "")));

function addBalanceRow(summary: Summary, row: Line, header: Header): void {
  const side = balanceRow(row)!;
  const cell = cellOf(row, header, "balance");
  if (cell !== "") summary[side] ??= cell;
  else addSummary(summary, row);
}

interface Around {
  summary: Summary;
  given: Given;
}

function createTable(
  source: { sheet: Sheet; header: Header; mapping: Mapping },
  data: readonly Line[],
  { summary, given }: Around,
): Table {
  const { sheet, header, mapping } = source;
  const stated = [summary.currency, ...data.map((row) => cellOf(row, header, "currency"))];
  const word = stated.find((cell) => cell !== undefined && cell !== "");
  const currency = given.currency ?? (word === undefined ? DEFAULT_CURRENCY : readCurrency(word));
  const found = findDateOrder(data.map((row) => cellOf(row, header, "date")));
  const table: Table = {
    header,
    currency: currency ?? "",
    isSpreadsheet: sheet.kind === "xlsx",
    positive: mapping.positive ?? "in",
    dates: mapping.dates ?? found ?? "ymd",
    problems: [],
  };
  if (currency === undefined)
    table.problems.push({ code: "BankCurrencyUnknown", params: { line: 0 } });
  if (!mapping.dates && !found) table.problems.push({ code: "BankDatesAmbiguous", params: {} });
  return table;
}

/** A total that the bank printed must be the sum of the lines. Subtotals of pages are left alone. */
function checkTotal(row: Line, lines: readonly BankLine[], table: Table): void {
  if (row.cells.some((cell) => /小计|本页|subtotal/i.test(cell))) return;
  for (const name of ["income", "expense"] as const) {
    const stated = readCellAmount(cellOf(row, table.header, name), { ...table, sign: "allowed" });
    if (typeof stated !== "bigint") continue;
    const own = lines.map(({ amount = 0n }) => (name === "income" ? amount : -amount));
    const sum = own.filter((amount) => amount > 0n).reduce((total, amount) => total + amount, 0n);
    if (sum === stated) continue;
    const params = { line: row.line, stated: String(stated), sum: String(sum) };
    table.problems.push({ code: "BankTotalDiffers", params });
  }
}

function toStatement(lines: BankLine[], table: Table, { summary, given }: Around): BankStatement {
  const { currency, problems } = table;
  const first = lines[0];
  const last = lines.at(-1);
  const running = (amount: bigint | undefined): Balance | undefined =>
    amount === undefined ? undefined : { amount, currency, date: undefined, source: "running" };
  return {
    id: undefined,
    account: summary.account ?? table.account ?? given.account,
    currency,
    from: readDay(summary.from) ?? first?.date,
    to: readDay(summary.to) ?? last?.date,
    opening: stateBalance("opening", table, { summary, given }) ?? running(balanceBefore(first)),
    closing: stateBalance("closing", table, { summary, given }) ?? running(last?.balance),
    lines,
    unbooked: 0,
    problems,
  };
}

const balanceBefore = (line: BankLine | undefined): bigint | undefined =>
  line?.amount === undefined || line.balance === undefined ? undefined : line.balance - line.amount;

const readDay = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : readCellDate(text, "ymd");

/** A balance that whoever imports gives, or that the bank printed beside the table. */
function stateBalance(
  side: "opening" | "closing",
  table: Table,
  { summary, given }: Around,
): Balance | undefined {
  const { currency } = table;
  const own = given[side];
  const text = own ?? summary[side];
  if (text === undefined) return undefined;
  const amount =
    own === undefined
      ? readCellAmount(text, { ...table, sign: "allowed" })
      : readAmount(own, { currency, sign: "allowed", extraZeros: "never" });
  if (typeof amount === "bigint") {
    return { amount, currency, date: undefined, source: own === undefined ? "stated" : "given" };
  }
  table.problems.push({ code: amount, params: { line: 0 } });
  return undefined;
}
