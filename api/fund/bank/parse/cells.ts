import { isCurrency, readAmount } from "./amount.ts";
import type { AmountFault } from "./amount.ts";
import { toDate } from "./date.ts";
import type { Mapping } from "./columns.ts";

// How single cells of a bank's table are read. What is not understood is a problem of its line, never a guess.

const plain = (text: string): string => text.normalize("NFKC").replace(/\s/g, "");

interface AmountCell {
  currency: string;
  sign: "never" | "allowed";
  /** Spreadsheets keep binary numbers, with noise beyond the 15 digits that they show. */
  isSpreadsheet: boolean;
}

/** Words for an empty amount. */
const isBlank = (text: string): boolean => text === "" || /^[-–—/]{1,2}$/.test(text);

export function readCellAmount(cell: string, form: AmountCell): bigint | AmountFault {
  let text = plain(cell)
    .replace(/^([+-]?)(?:[¥￥$€£]|CNY|RMB|人民币)/, "$1")
    .replace(/元$/, "");
  if (isBlank(text)) return "BankAmountMissing";
  if (/^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text)) text = text.replaceAll(",", "");
  if (form.isSpreadsheet) text = toShownDigits(text);
  return readAmount(text, { currency: form.currency, sign: form.sign, extraZeros: "never" });
}

/** 1234.5599999999999 → 1234.56, as the spreadsheet shows it; figures that a person typed stay as they are. */
function toShownDigits(text: string): string {
  const digits = /^[+-]?(\d+)\.(\d+)$/.exec(text);
  if (!digits || (digits[1]! + digits[2]!).replace(/^0+/, "").length < 15) return text;
  const decimals = Math.max(0, 15 - digits[1]!.replace(/^0+/, "").length);
  return Number(text)
    .toFixed(decimals)
    .replace(/\.?0+$/, "");
}

const IN = /^(?:贷|贷方|收|收入|入|入账|进|转入|存入|来账|收方|C|CR|CRDT|CREDIT|IN|\+)$/i;
const OUT = /^(?:借|借方|支|支出|出|出账|付|转出|支取|往账|付方|D|DR|DB|DBIT|DEBIT|OUT|-)$/i;

/** 贷 on a bank's statement is money that came in: the bank owes it to the account. */
export function readDirection(cell: string): "in" | "out" | undefined {
  const word = plain(cell);
  if (IN.test(word)) return "in";
  return OUT.test(word) ? "out" : undefined;
}

const CURRENCY_WORDS: Record<string, string> = {
  人民币: "CNY",
  人民币元: "CNY",
  RMB: "CNY",
  "¥": "CNY",
  元: "CNY",
  美元: "USD",
  港币: "HKD",
  港元: "HKD",
  欧元: "EUR",
};

export function readCurrency(cell: string): string | undefined {
  const word = plain(cell).toUpperCase();
  const code = CURRENCY_WORDS[word] ?? word;
  return isCurrency(code) ? code : undefined;
}

export type DateOrder = NonNullable<Mapping["dates"]>;

const YEAR_FIRST =
  /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?=$|[T ,]|\d{6}$)/;
const YEAR_LAST = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?=$|[T ,])/;

/** The day in a cell that may hold a time too. */
export function readCellDate(cell: string, order: DateOrder): string | undefined {
  const text = cell
    .normalize("NFKC")
    .trim()
    .replace(/\s*([年月日])\s*/g, "$1");
  const first = YEAR_FIRST.exec(text.replace(/日(?=\d)/, "日 "));
  if (first) {
    const [, year, month = first[4], day = first[5]] = first;
    return toDate(Number(year), Number(month), Number(day));
  }
  const last = YEAR_LAST.exec(text);
  if (!last || order === "ymd") return undefined;
  const [day, month] = order === "dmy" ? [last[1], last[2]] : [last[2], last[1]];
  return toDate(Number(last[3]), Number(month), Number(day));
}

/**
 * Which part of 14/07/2015 is the day, from all dates of a table; undefined where every one could be read both ways.
 * Dates that begin with the year need no order.
 */
export function findDateOrder(cells: readonly string[]): DateOrder | undefined {
  const parts = cells
    .map((cell) => YEAR_LAST.exec(cell.normalize("NFKC").trim()))
    .filter((m) => m !== null);
  if (parts.length === 0) return "ymd";
  if (parts.some(([, first]) => Number(first) > 12)) return "dmy";
  if (parts.some(([, , second]) => Number(second) > 12)) return "mdy";
  return undefined;
}
