import { z } from "zod";
import { FUNDS } from "./kinds.ts";
import { common, fen, hash, isoDate, number, positive, text } from "./fields.ts";

// Records of the bank accounts: SPEC section 3.

/** Where a balance of a statement comes from; `derived` from the other one and the lines proves nothing by itself. */
export const BALANCE_SOURCES = ["stated", "running", "given", "derived"] as const;

/** What is done with lines of the bank: they belong to entries, to none, or what was said before is taken back. */
export const RECONCILIATION_ACTIONS = ["link", "ignore", "undo"] as const;

export const bankAccountRecord = z.strictObject({
  ...common,
  type: z.literal("bankAccount"),
  account: positive,
  fund: z.enum(FUNDS),
  /** The bank and what the account is for. */
  name: text,
  /** Its last four characters. */
  tail: text,
  by: hash,
});

export const statementRecord = z.strictObject({
  ...common,
  type: z.literal("statement"),
  account: positive,
  /** 1, 2, 3 ... within the account. */
  number: positive,
  fund: z.enum(FUNDS),
  tail: text,
  /** SHA-256 of the bank's file, which is kept and not public. */
  file: hash,
  format: text,
  from: isoDate,
  to: isoDate,
  /** What the statement before closed with; the first one's own. */
  opening: fen,
  closing: fen,
  openingSource: z.enum(BALANCE_SOURCES),
  closingSource: z.enum(BALANCE_SOURCES),
  /** The lines that it adds: the document, the first one's number in the account, and how many. */
  lines: hash,
  first: number,
  count: number,
  /** Lines of the file that an earlier one had brought. */
  repeated: number,
  by: hash,
});

export const reconciliationRecord = z.strictObject({
  ...common,
  type: z.literal("reconciliation"),
  number: positive,
  account: positive,
  action: z.enum(RECONCILIATION_ACTIONS),
  /** Numbers of lines in the account; 0 is the balance with which its first statement opens. */
  lines: z.array(number),
  entries: z.array(positive),
  /** Of the lines, and the same of the entries where there are any. */
  sum: fen,
  reason: text.nullable(),
  undoes: positive.nullable(),
  by: hash,
});
