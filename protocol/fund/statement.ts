import { z } from "zod";
import type { RecordOf } from "../anchor/record.ts";
import { fen, hash, isoDate, number, text } from "../anchor/record/fields.ts";

const bankLine = z.strictObject({
  /** Its number in the account. */
  line: number,
  date: isoDate,
  /** Money that comes in is positive. */
  amount: fen,
  /** The account's balance after it, where the bank prints one. */
  balance: fen.nullable(),
  /** Salted hash of counterparty, its account, reference and text: see `lineDetails`. */
  sealed: hash,
  /** The counterparty, where it is a company or an office; people are never named. */
  organisation: text.nullable(),
});

/** The document `lines` of a statement: the lines that it adds, in their order. */
export const bankLinesSchema = z.array(bankLine);

/** One published line of a bank statement. */
export type BankLineDocument = z.infer<typeof bankLine>;

/** What a line's `sealed` field hides; null where the bank says nothing. */
export type BankLineDetails = {
  counterparty: string | null;
  counterpartyAccount: string | null;
  reference: string | null;
  text: string | null;
};

/** The text that is sealed (protocol/anchor/sealed.ts): a JSON array of the four, in NFC. */
export const lineDetails = (details: BankLineDetails): string =>
  JSON.stringify([
    details.counterparty,
    details.counterpartyAccount,
    details.reference,
    details.text,
  ]).normalize("NFC");

/** What is wrong with a published statement. */
export type StatementFault =
  | "openingDiffers"
  | "sumDiffers"
  | "countDiffers"
  | "numbersDiffer"
  | "balanceDiffers"
  | "datesFall";

/** Where an account stood before a statement: its last closing and the number of its last line. */
export type AccountEnd = { closingFen: bigint; lastLine: number };

/**
 * The first thing that does not agree in a statement's record, its lines and what the account closed with before
 * (undefined for the first one): opening, count, numbers, opening + lines = closing, each balance, the order of days.
 */
export function findStatementFault(
  { opening, closing, first, count }: RecordOf<"statement">,
  lines: readonly BankLineDocument[],
  before: AccountEnd | undefined,
): StatementFault | undefined {
  const { closingFen = BigInt(opening), lastLine = 0 } = before ?? {};
  if (BigInt(opening) !== closingFen) return "openingDiffers";
  if (lines.length !== count) return "countDiffers";
  if (first !== lastLine + 1 || lines.some(({ line }, i) => line !== first + i)) {
    return "numbersDiffer";
  }
  const falls = lines.some(({ date }, i) => i > 0 && date < lines[i - 1]!.date);
  return falls ? "datesFall" : findBalanceFault({ opening, closing }, lines);
}

function findBalanceFault(
  { opening, closing }: { opening: string; closing: string },
  lines: readonly BankLineDocument[],
): StatementFault | undefined {
  let balance = BigInt(opening);
  for (const { amount, balance: stated } of lines) {
    balance += BigInt(amount);
    if (stated !== null && BigInt(stated) !== balance) return "balanceDiffers";
  }
  return balance === BigInt(closing) ? undefined : "sumDiffers";
}
