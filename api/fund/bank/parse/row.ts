import type { Line } from "../../../table.ts";
import { readCellAmount, readCellDate, readCurrency, readDirection } from "./cells.ts";
import type { DateOrder } from "./cells.ts";
import { cellOf } from "./columns.ts";
import type { Column, Header } from "./columns.ts";
import type { BankLine, Problem } from "./statement.ts";

/** How the rows of one table are read, and what was found wrong so far. */
export interface Table {
  header: Header;
  currency: string;
  isSpreadsheet: boolean;
  /** What an amount without a sign or a direction does. */
  positive: "in" | "out";
  dates: DateOrder;
  /** As the rows name it. */
  account?: string;
  problems: Problem[];
}

export function readRow(row: Line, table: Table): BankLine {
  const { line } = row;
  const text = (column: Column): string | undefined =>
    cellOf(row, table.header, column) || undefined;
  readOwnAccount(row, table);
  checkCurrency(row, table);
  const amount = readRowAmount(row, table);
  if (typeof amount === "string") table.problems.push({ code: amount, params: { line } });
  const note = [text("text"), text("note")].filter((one) => one !== undefined).join(" ");
  return {
    line,
    date: readDate(row, table),
    valueDate: readCellDate(cellOf(row, table.header, "valueDate"), table.dates),
    amount: typeof amount === "bigint" ? amount : undefined,
    counterparty: text("counterparty"),
    counterpartyAccount: text("counterpartyAccount"),
    isOrganisation: undefined,
    reference: text("reference"),
    text: note || undefined,
    bankReference: text("reference"),
    balance: readBalance(row, table),
  };
}

function readDate(row: Line, { header, dates, problems }: Table): string | undefined {
  const cell = cellOf(row, header, "date");
  const date = readCellDate(cell, dates);
  if (date === undefined) {
    const code = cell === "" ? "BankDateMissing" : "BankDateInvalid";
    problems.push({ code, params: { line: row.line } });
  }
  return date;
}

/** A table is about one account: one that names two is refused. */
function readOwnAccount(row: Line, table: Table): void {
  const account = cellOf(row, table.header, "account");
  if (account === "") return;
  table.account ??= account;
  if (table.account === account) return;
  table.problems.push({ code: "BankAccountDiffers", params: { line: row.line } });
}

function checkCurrency({ line, ...row }: Line, { header, currency, problems }: Table): void {
  const cell = cellOf({ line, ...row }, header, "currency");
  if (cell === "") return;
  const found = readCurrency(cell);
  if (found === undefined) problems.push({ code: "BankCurrencyUnknown", params: { line } });
  else if (found !== currency) {
    problems.push({ code: "BankCurrencyDiffers", params: { line, expected: currency, found } });
  }
}

type Amount = ReturnType<typeof readCellAmount> | "BankAmountTwice" | "BankDirectionUnknown";

function readRowAmount(row: Line, table: Table): Amount {
  const cell = cellOf(row, table.header, "amount");
  const { at } = table.header;
  if (at.income !== undefined && at.expense !== undefined && cell === "") {
    return readTwoColumns(row, table);
  }
  if (at.direction === undefined) {
    const amount = readCellAmount(cell, { ...table, sign: "allowed" });
    return typeof amount === "bigint" && table.positive === "out" ? -amount : amount;
  }
  const amount = readCellAmount(cell, { ...table, sign: "never" });
  if (typeof amount !== "bigint") return amount;
  const direction = readDirection(cellOf(row, table.header, "direction"));
  if (direction === undefined) return "BankDirectionUnknown";
  return direction === "out" ? -amount : amount;
}

/** One column for what came in, one for what went out: exactly one of them is filled, and neither is negative. */
function readTwoColumns(row: Line, table: Table): Amount {
  const [income, expense] = (["income", "expense"] as const).map((column) =>
    readCellAmount(cellOf(row, table.header, column), { ...table, sign: "never" }),
  ) as [Amount, Amount];
  for (const amount of [income, expense]) {
    if (typeof amount === "string" && amount !== "BankAmountMissing") return amount;
  }
  const isFilled = (amount: Amount): amount is bigint =>
    typeof amount === "bigint" && amount !== 0n;
  if (isFilled(income) && isFilled(expense)) return "BankAmountTwice";
  if (isFilled(income)) return income;
  if (isFilled(expense)) return -expense;
  return typeof income === "bigint" || typeof expense === "bigint" ? 0n : "BankAmountMissing";
}

function readBalance(row: Line, table: Table): bigint | undefined {
  const cell = cellOf(row, table.header, "balance");
  if (cell === "") return undefined;
  const balance = readCellAmount(cell, { ...table, sign: "allowed" });
  if (typeof balance === "bigint") return balance;
  table.problems.push({ code: balance, params: { line: row.line } });
  return undefined;
}
