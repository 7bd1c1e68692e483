import type { BankProblemCode } from "../../../http/errors.ts";

// What every format comes to. Amounts are integers of the currency's minor unit (fen, cents), money that comes in is
// positive. What a file leaves out or gets wrong stays undefined and has a problem that says so.

/** Something that keeps a statement from being imported; figures and places only, no text of the file. */
export interface Problem {
  code: BankProblemCode;
  params: Record<string, string | number>;
}

export interface BankLine {
  /** Where it stands: the row of a table, else the number of the entry in its statement, from 1. */
  line: number;
  /** The day on which the bank booked it, YYYY-MM-DD. */
  date: string | undefined;
  valueDate: string | undefined;
  amount: bigint | undefined;
  counterparty: string | undefined;
  counterpartyAccount: string | undefined;
  /** Undefined where the file does not say whether the counterparty is a company or a person. */
  isOrganisation: boolean | undefined;
  /** What the payer or payee wrote to recognise the payment by. */
  reference: string | undefined;
  /** What the payment was for. */
  text: string | undefined;
  /** The bank's own number of the line. */
  bankReference: string | undefined;
  /** The account's balance after the line, where the bank prints it. */
  balance: bigint | undefined;
}

/**
 * `stated` by the bank; `running`: of the balance beside the lines; `given` by whoever imports; `derived` from the
 * other balance and the lines, which proves nothing yet.
 */
export type BalanceSource = "stated" | "running" | "given" | "derived";

export interface Balance {
  amount: bigint;
  currency: string;
  date: string | undefined;
  source: BalanceSource;
}

export interface BankStatement {
  /** The bank's name for the statement. */
  id: string | undefined;
  account: string | undefined;
  currency: string;
  from: string | undefined;
  to: string | undefined;
  opening: Balance | undefined;
  closing: Balance | undefined;
  lines: BankLine[];
  /** Lines that the bank has announced but not booked; they are left out. */
  unbooked: number;
  problems: Problem[];
}

export interface BankFile {
  /** `camt.053.001.02`, `ofx 102`, `csv`, `xlsx` ... */
  format: string;
  encoding: string;
  /** What the form was held against: ISO's schema, our own list of what must be there, or the columns of a table. */
  validation: "schema" | "structure" | "columns";
  statements: BankStatement[];
}

/** How the caller completes what a table does not say. */
export interface Given {
  account?: string | undefined;
  currency?: string | undefined;
  opening?: string | undefined;
  closing?: string | undefined;
}
