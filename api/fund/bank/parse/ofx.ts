import { DomainError } from "../../../http/errors.ts";
import { isCurrency, readAmount } from "./amount.ts";
import { deriveBalance } from "./check.ts";
import { readOfxDate } from "./date.ts";
import { decode, encodingOfMark } from "./encoding.ts";
import type { Decoded } from "./encoding.ts";
import { findAggregate, listAggregates, parseOfx } from "./ofxTree.ts";
import type { Aggregate } from "./ofxTree.ts";
import type { Balance, BankFile, BankLine, BankStatement, Problem } from "./statement.ts";
import { requireNoDoctype } from "./xml.ts";

/** Whether a file is OFX or QFX, from its beginning. */
export const isOfx = (start: string): boolean => /^\s*OFXHEADER\s*:|<\?OFX\s|<OFX>/i.test(start);

export function readOfx(bytes: Uint8Array): BankFile {
  const { encoding, text } = decodeOfx(bytes);
  requireNoDoctype(text);
  const version = /\bVERSION\s*[:=]\s*["']?(\d{3})/.exec(text.slice(0, 1000))?.[1] ?? "";
  const ofx = parseOfx(text.slice(Math.max(text.search(/<OFX>/i), 0)));
  const statements = [
    ...listAggregates(ofx, "STMTRS").map((one) => readStatement(one, "BANKACCTFROM")),
    ...listAggregates(ofx, "CCSTMTRS").map((one) => readStatement(one, "CCACCTFROM")),
  ];
  if (statements.length === 0) throw new DomainError("BankStatementMissing");
  return { format: `ofx ${version}`.trim(), encoding, validation: "structure", statements };
}

const CHARSETS: Record<string, string> = {
  "1252": "windows-1252",
  "936": "gb18030",
  "ISO-8859-1": "windows-1252",
};

/** What the header of OFX 1 or the declaration of OFX 2 says; UTF-8 wherever it is UTF-8. */
function decodeOfx(bytes: Uint8Array): Decoded {
  const mark = encodingOfMark(bytes);
  if (mark) return decode(bytes, mark);
  const start = Buffer.from(bytes.subarray(0, 1000)).toString("latin1");
  const isUnicode = /^ENCODING\s*:\s*(?:UNICODE|UTF-?8)/im.test(start);
  const declared = /<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(start)?.[1];
  if (isUnicode || declared) return decode(bytes, declared?.toLowerCase() ?? "utf-8");
  const charset = /^CHARSET\s*:\s*([\w-]+)/im.exec(start)?.[1];
  try {
    return decode(bytes, "utf-8");
  } catch (error) {
    if (charset === undefined || charset.toUpperCase() === "NONE") throw error;
    return decode(bytes, CHARSETS[charset.toUpperCase()] ?? charset.toLowerCase());
  }
}

function readStatement(response: Aggregate, from: string): BankStatement {
  const problems: Problem[] = [];
  const currency = response.values.get("CURDEF") ?? "";
  if (!isCurrency(currency)) problems.push({ code: "BankCurrencyUnknown", params: { line: 0 } });
  const list = findAggregate(response, "BANKTRANLIST");
  const transactions = list ? list.children.filter(({ name }) => name === "STMTTRN") : [];
  const lines = transactions.map((one, i) => readLine(one, { line: i + 1, currency, problems }));
  const closing = readBalance(response, currency, problems);
  return {
    id: undefined,
    account: findAggregate(response, from)?.values.get("ACCTID"),
    currency,
    from: readDay(list?.values.get("DTSTART")),
    to: readDay(list?.values.get("DTEND")),
    // OFX has no opening balance. It follows from the other one, and what it is worth shows when it is compared with
    // the closing balance of the statement before.
    opening: closing && deriveBalance(closing, lines, "opening"),
    closing,
    lines: inOrder(lines),
    unbooked: 0,
    problems,
  };
}

const readDay = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : readOfxDate(text);

function readBalance(
  response: Aggregate,
  currency: string,
  problems: Problem[],
): Balance | undefined {
  const ledger = findAggregate(response, "LEDGERBAL");
  const text = ledger?.values.get("BALAMT");
  if (text === undefined) return undefined;
  const amount = readOfxAmount(text, currency);
  if (typeof amount === "string") {
    problems.push({ code: amount, params: { line: 0 } });
    return undefined;
  }
  return { amount, currency, date: readDay(ledger?.values.get("DTASOF")), source: "stated" };
}

/** A point or a comma divides, nothing groups (OFX 2.2, 3.2.9.1). */
const readOfxAmount = (text: string, currency: string) =>
  readAmount(/^[^.,]*,[^.,]*$/.test(text) ? text.replace(",", ".") : text, {
    currency,
    sign: "allowed",
    extraZeros: "allowed",
  });

interface Place {
  line: number;
  currency: string;
  problems: Problem[];
}

function readLine({ values, children }: Aggregate, place: Place): BankLine {
  const { line, currency, problems } = place;
  const amount = readOfxAmount(values.get("TRNAMT") ?? "", currency);
  if (typeof amount === "string") problems.push({ code: amount, params: { line } });
  const other = children.find(({ name }) => name === "CURRENCY")?.values.get("CURSYM");
  if (other !== undefined && other !== currency) {
    const params = { line, expected: currency, found: other };
    problems.push({ code: "BankCurrencyDiffers", params });
  }
  const payee = children.find(({ name }) => name === "PAYEE");
  const account = children.find(({ name }) => name === "BANKACCTTO" || name === "CCACCTTO");
  return {
    line,
    date: readPosted(values.get("DTPOSTED"), place),
    valueDate: readDay(values.get("DTAVAIL")),
    amount: typeof amount === "bigint" ? amount : undefined,
    counterparty: values.get("NAME") ?? payee?.values.get("NAME"),
    counterpartyAccount: account?.values.get("ACCTID"),
    isOrganisation: undefined,
    reference: values.get("REFNUM") ?? values.get("CHECKNUM") ?? values.get("FITID"),
    text: values.get("MEMO"),
    bankReference: values.get("FITID"),
    balance: undefined,
  };
}

function readPosted(text: string | undefined, { line, problems }: Place): string | undefined {
  const date = readDay(text);
  if (date === undefined) {
    const code = text === undefined ? "BankDateMissing" : "BankDateInvalid";
    problems.push({ code, params: { line } });
  }
  return date;
}

/** Oldest first; lines of one day stay as the bank has them. */
function inOrder(lines: readonly BankLine[]): BankLine[] {
  if (lines.some(({ date }) => date === undefined)) return [...lines];
  const isNewestFirst = (lines[0]?.date ?? "") > (lines.at(-1)?.date ?? "");
  const ordered = isNewestFirst ? lines.toReversed() : lines;
  return ordered.toSorted((a, b) => (a.date! < b.date! ? -1 : a.date! > b.date! ? 1 : 0));
}
