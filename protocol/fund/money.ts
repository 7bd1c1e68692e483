/** Thrown for a text that is not a plain amount of yuan, or one that is negative where none may be. */
export class MoneyError extends Error {
  override readonly name = "MoneyError";
  readonly code = "AmountInvalid";

  constructor() {
    super("an amount is a decimal number of yuan such as 98.50, with at most two decimals");
  }
}

// Fifteen digits of yuan are more than all maintenance funds of the country, and as fen stay within 64 bits.
const YUAN = /^(-?)(0|[1-9]\d{0,14})(?:\.(\d{1,2}))?$/;

/** What a bigint of fen may be at most: it must fit the database's 64 bits, sums included. */
export const MAX_FEN = 10n ** 18n - 1n;

/** Converts yuan with or without a minus ("-98.5") into fen (-9850n); throws MoneyError for anything else, such as three decimals or an exponent. */
export function toSignedFen(text: string): bigint {
  const [, sign, yuan, decimals = ""] = YUAN.exec(text) ?? [];
  if (yuan === undefined) throw new MoneyError();
  const fen = BigInt(yuan + decimals.padEnd(2, "0"));
  if (sign === "-" && fen === 0n) throw new MoneyError();
  return sign === "-" ? -fen : fen;
}

/** The same for an amount that cannot be negative: "997357.77" is 99735777n. */
export function toFen(text: string): bigint {
  const fen = toSignedFen(text);
  if (fen < 0n) throw new MoneyError();
  return fen;
}

/** Converts fen into yuan with two decimals: -9850n is "-98.50". */
export function fromFen(fen: bigint): string {
  if (fen < 0n) return "-" + fromFen(-fen);
  const digits = fen.toString().padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The sum of amounts in fen. */
export function sumFen(amounts: Iterable<bigint>): bigint {
  let sum = 0n;
  for (const amount of amounts) sum += amount;
  return sum;
}
