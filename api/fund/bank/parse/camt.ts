import { DomainError } from "../../../http/errors.ts";
import { isCurrency, readAmount } from "./amount.ts";
import { readLine, requireText } from "./camtLine.ts";
import { findSchema, requireValid } from "./camtSchema.ts";
import { readIsoDate } from "./date.ts";
import type { Balance, BankFile, BankStatement, Problem } from "./statement.ts";
import {
  decodeXml,
  findElement,
  findText,
  listElements,
  parseXml,
  requireNoDoctype,
} from "./xml.ts";
import type { Element } from "./xml.ts";

const NAMESPACE = /["']urn:iso:std:iso:20022:tech:xsd:((camt\.\d{3})\.001\.(\d{2}))["']/;

// In these the elements that are read here stand in the same places but for the two that camtLine.ts knows.
const VERSIONS = { from: 2, to: 13 };

/** Whether a document is an ISO 20022 cash management message, from its beginning. */
export const isCamt = (start: string): boolean => /iso:20022:tech:xsd:camt\./.test(start);

/** Reads camt.053; throws for what is no such message, and for one against the schema. */
export async function readCamt(bytes: Uint8Array, schema?: Uint8Array): Promise<BankFile> {
  const { encoding, text } = decodeXml(bytes);
  requireNoDoctype(text);
  const format = requireVersion(text);
  const tree = parseXml(text);
  const known = await findSchema(format, schema);
  if (known) await requireValid(text, known);
  const root = findElement(tree, "Document", "BkToCstmrStmt");
  if (!root) throw new DomainError("BankStructureInvalid", { element: "BkToCstmrStmt", entry: 0 });
  const statements = listElements(root, "Stmt").map(readStatement);
  if (statements.length === 0) throw new DomainError("BankStatementMissing");
  return { format, encoding, validation: known ? "schema" : "structure", statements };
}

/** camt.052 is a report within the day and camt.054 a notice: neither has both balances. */
function requireVersion(text: string): string {
  const [, format = "", kind = "", version = ""] = NAMESPACE.exec(text) ?? [];
  const number = Number(version);
  if (kind !== "camt.053" || number < VERSIONS.from || number > VERSIONS.to) {
    throw new DomainError("BankVersionUnknown", { found: format });
  }
  return format;
}

function readStatement(element: Element): BankStatement {
  const problems: Problem[] = [];
  const balances = listElements(element, "Bal").map((one) => readBalance(one, problems));
  const opening = choose(balances, ["OPBD", "PRCD"], accountCurrency(element));
  const closing = choose(balances, ["CLBD"], accountCurrency(element));
  const entries = listElements(element, "Ntry");
  const currency =
    accountCurrency(element) ??
    opening?.currency ??
    closing?.currency ??
    findText(entries[0], "Amt", "@Ccy") ??
    "";
  const account = readAccount(element);
  const lines = entries.map((entry, i) =>
    readLine(entry, { line: i + 1, currency, account, problems }),
  );
  return {
    id: requireText(element, 0, "Id"),
    account,
    currency,
    from: readDay(findText(element, "FrToDt", "FrDtTm")),
    to: readDay(findText(element, "FrToDt", "ToDtTm")),
    opening,
    closing,
    lines: lines.filter((line) => line !== undefined),
    unbooked: lines.filter((line) => line === undefined).length,
    problems,
  };
}

const readDay = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : readIsoDate(text);

const accountCurrency = (statement: Element): string | undefined =>
  findText(statement, "Acct", "Ccy");

function readAccount(statement: Element): string {
  const id = findElement(statement, "Acct", "Id");
  const account = findText(id, "IBAN") ?? findText(id, "Othr", "Id");
  if (account) return account;
  throw new DomainError("BankStructureInvalid", { element: "Acct/Id", entry: 0 });
}

interface TypedBalance extends Balance {
  type: string;
}

/** A balance that overdraws the account is a debit. */
function readBalance(element: Element, problems: Problem[]): TypedBalance | undefined {
  const type =
    findText(element, "Tp", "CdOrPrtry", "Cd") ?? findText(element, "Tp", "CdOrPrtry", "Prtry");
  const currency = requireText(element, 0, "Amt", "@Ccy");
  const sign = requireText(element, 0, "CdtDbtInd");
  const date = findText(element, "Dt", "Dt") ?? findText(element, "Dt", "DtTm");
  const text = requireText(element, 0, "Amt");
  const amount = readAmount(text, { currency, sign: "never", extraZeros: "allowed" });
  if (!isCurrency(currency)) {
    problems.push({ code: "BankCurrencyUnknown", params: { line: 0 } });
    return undefined;
  }
  if (typeof amount === "string") {
    problems.push({ code: amount, params: { line: 0 } });
    return undefined;
  }
  return {
    type: type ?? "",
    amount: sign === "DBIT" ? -amount : amount,
    currency,
    date: readDay(date),
    source: "stated",
  };
}

/** The booked balance of the first type that there is; of several, the one in the account's currency. */
function choose(
  balances: readonly (TypedBalance | undefined)[],
  types: readonly string[],
  currency: string | undefined,
): Balance | undefined {
  for (const type of types) {
    const found = balances.filter((balance) => balance?.type === type);
    const balance = found.find((one) => one?.currency === currency) ?? found[0];
    if (!balance) continue;
    const { amount, date, source } = balance;
    return { amount, currency: balance.currency, date, source };
  }
  return undefined;
}
