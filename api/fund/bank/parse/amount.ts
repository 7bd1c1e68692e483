import type { BankProblemCode } from "../../../http/errors.ts";

// ISO 4217: currencies whose minor unit is not a hundredth.
const DECIMALS = new Map<string, number>([
  ...["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW"].map(toPlaces(0)),
  ...["PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"].map(toPlaces(0)),
  ...["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"].map(toPlaces(3)),
  ...["CLF", "UYW"].map(toPlaces(4)),
]);

function toPlaces(decimals: number) {
  return (currency: string): [string, number] => [currency, decimals];
}

const CURRENCIES = new Set(Intl.supportedValuesOf("currency"));

export const isCurrency = (text: string): boolean => CURRENCIES.has(text);
export const decimalsOf = (currency: string): number => DECIMALS.get(currency) ?? 2;

export type AmountFault = Extract<BankProblemCode, `BankAmount${string}`>;

interface AmountForm {
  currency: string;
  /** `never`: money of which the sign stands elsewhere. */
  sign: "never" | "allowed";
  /** Whether zeros beyond the minor unit say nothing (18.150 in XML) or make the amount doubtful (18.150 in a table). */
  extraZeros: "allowed" | "never";
}

/** At most 15 digits before the point: more than any account holds, few enough for a column of 64 bits. */
const PLAIN = /^([+-]?)(0*\d{1,15})(?:\.(\d+))?$/;

/** The amount in minor units, exactly, or what is wrong with it. Takes `1234.56`, with a sign where one may be. */
export function readAmount(text: string, form: AmountForm): bigint | AmountFault {
  if (text === "") return "BankAmountMissing";
  if (/^[+-]?[\d.,]+[eE][+-]?\d+$/.test(text)) return "BankAmountExponent";
  const match = PLAIN.exec(text);
  return match ? toMinor(match, form) : "BankAmountMalformed";
}

function toMinor([, sign, whole, fraction = ""]: RegExpExecArray, form: AmountForm) {
  const decimals = decimalsOf(form.currency);
  const kept = form.extraZeros === "allowed" ? fraction.replace(/0+$/, "") : fraction;
  if (kept.length > decimals) return "BankAmountDecimals";
  const minor = BigInt(whole! + kept.padEnd(decimals, "0"));
  if (sign !== "-" || minor === 0n) return minor;
  return form.sign === "never" ? "BankAmountNegative" : -minor;
}

/** 123456n of CNY → 1234.56 */
export function showAmount(minor: bigint, currency: string): string {
  const decimals = decimalsOf(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, "0");
  const sign = minor < 0n ? "-" : "";
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
