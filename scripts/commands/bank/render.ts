import { showAmount } from "../../../api/fund/bank/parse/amount.ts";
import type {
  Balance,
  BankFile,
  BankLine,
  BankStatement,
  Problem,
} from "../../../api/fund/bank/parse/statement.ts";
import type { DomainError } from "../../../api/http/errors.ts";

export interface FileReading {
  name: string;
  bytes: number;
  sha256: string;
  /** Undefined where the file could not be read, and `error` says why. */
  reading: BankFile | undefined;
  error: DomainError | undefined;
}

const orNull = <Value>(value: Value | undefined): Value | null => value ?? null;

const toAmount = (balance: Balance | undefined): string | null =>
  balance ? showAmount(balance.amount, balance.currency) : null;

function toLine(line: BankLine, currency: string) {
  const { amount, balance } = line;
  const absolute = amount === undefined ? undefined : amount < 0n ? -amount : amount;
  return {
    line: line.line,
    date: orNull(line.date),
    valueDate: orNull(line.valueDate),
    amount: absolute === undefined ? null : showAmount(absolute, currency),
    sign: amount === undefined ? null : amount < 0n ? "-" : "+",
    counterparty: orNull(line.counterparty),
    counterpartyAccount: orNull(line.counterpartyAccount),
    isOrganisation: orNull(line.isOrganisation),
    reference: orNull(line.reference),
    text: orNull(line.text),
    bankReference: orNull(line.bankReference),
    balance: balance === undefined ? null : showAmount(balance, currency),
  };
}

/** Balances in another currency than the account's carry it. */
function toBalance(balance: Balance | undefined) {
  if (!balance) return null;
  const { currency, date, source } = balance;
  return { amount: toAmount(balance), currency, date: orNull(date), source };
}

function toStatement(statement: BankStatement, file: string) {
  const { id, account, currency, from, to, opening, closing, lines } = statement;
  const known = lines.map(({ amount }) => amount).filter((amount) => amount !== undefined);
  return {
    file,
    id: orNull(id),
    account: orNull(account),
    currency,
    from: orNull(from),
    to: orNull(to),
    opening: toAmount(opening),
    closing: toAmount(closing),
    balances: { opening: toBalance(opening), closing: toBalance(closing) },
    sum: showAmount(
      known.reduce((total, amount) => total + amount, 0n),
      currency,
    ),
    count: lines.length,
    unbooked: statement.unbooked,
    problems: statement.problems,
    lines: lines.map((line) => toLine(line, currency)),
  };
}

function verdictOf(files: readonly FileReading[]): "ok" | "problems" | "unreadable" {
  if (files.some(({ error }) => error)) return "unreadable";
  const statements = files.flatMap(({ reading }) => reading?.statements ?? []);
  return statements.some(({ problems }) => problems.length > 0) ? "problems" : "ok";
}

export function renderJson(files: readonly FileReading[]): string {
  const output = {
    verdict: verdictOf(files),
    files: files.map(({ name, bytes, sha256, reading, error }) => ({
      name,
      bytes,
      sha256,
      format: orNull(reading?.format),
      encoding: orNull(reading?.encoding),
      validation: orNull(reading?.validation),
      error: error ? { code: error.code, params: error.params } : null,
    })),
    statements: files.flatMap(({ name, reading }) =>
      (reading?.statements ?? []).map((statement) => toStatement(statement, name)),
    ),
  };
  return `${JSON.stringify(output, null, 2)}\n`;
}

const showParams = (params: object): string =>
  Object.entries(params)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ");

const showProblem = ({ code, params }: Problem): string => {
  const figures = showParams(params);
  return `  ✘ ${code}${figures === "" ? "" : `: ${figures}`}\n`;
};

function showBalance(name: string, balance: Balance | undefined): string {
  if (!balance) return `  ${name}  none\n`;
  const { currency, date, source } = balance;
  const origin = source === "stated" ? "" : ` (${source})`;
  const day = date === undefined ? "" : ` on ${date}`;
  return `  ${name}  ${toAmount(balance)} ${currency}${day}${origin}\n`;
}

function showLine(line: BankLine, currency: string): string {
  const { amount, date, counterparty, reference, text } = line;
  const figure = amount === undefined ? "?" : showAmount(amount, currency);
  const words = [counterparty, reference, text].filter((word) => word !== undefined);
  return `  ${(date ?? "?").padEnd(10)} ${figure.padStart(16)}  ${[...new Set(words)].join(" · ")}\n`;
}

function renderStatement(statement: BankStatement): string {
  const { account, currency, opening, closing, lines, problems, unbooked } = statement;
  const left = unbooked === 0 ? "" : `, ${unbooked} not booked yet and left out`;
  return [
    `\nAccount ${account ?? "not named"}, ${currency}, ${lines.length} lines${left}\n`,
    showBalance("opening", opening),
    ...lines.map((line) => showLine(line, currency)),
    showBalance("closing", closing),
    ...problems.map(showProblem),
    problems.length === 0 ? showAgreement(statement) : "",
  ].join("");
}

/** A balance that was derived from the other one agrees with it whatever the lines are. */
const showAgreement = ({ opening, closing }: BankStatement): string =>
  opening?.source === "derived" || closing?.source === "derived"
    ? "  ? one balance follows from the other: compare it with the statement before\n"
    : "  ✔ opening + lines = closing\n";

const VALIDATION: Record<BankFile["validation"], string> = {
  schema: "valid by its schema",
  structure: "its form is as it must be (no schema at hand)",
  columns: "columns recognised",
};

function renderFile({ name, sha256, reading, error }: FileReading): string {
  const head = `${name}\n  SHA-256 ${sha256}\n`;
  if (!reading) return `${head}${error ? showProblem(error as unknown as Problem) : ""}`;
  const form = `  ${reading.format}, ${reading.encoding}: ${VALIDATION[reading.validation]}\n`;
  return `${head}${form}${reading.statements.map(renderStatement).join("")}`;
}

/** Statements for people: balances, lines and what is wrong. */
export function renderText(files: readonly FileReading[]): string {
  const sentence = {
    ok: "✔ Everything adds up.",
    problems: "✘ Something is wrong with a statement.",
    unreadable: "✘ A file could not be read.",
  }[verdictOf(files)];
  return `${files.map(renderFile).join("\n")}\n${sentence}\n`;
}
