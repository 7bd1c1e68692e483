import type { FLAG_FORMULAS } from "../../anchor/record/kinds.ts";

/** A document behind a payment: its number as printed on it, its file's SHA-256, or both. */
export type FlagInvoice = { number: string | null; file: string | null };

/** What the formulas know of one payment. Fields that nobody recorded are null, and formulas that need them pass over it. */
export type FlagPayment = {
  /** What it is called: `payment 3`, `entry 12`, a transaction number. */
  name: string;
  /** Index of the record that tells of it; null outside a log. */
  record: number | null;
  /** YYYY-MM-DD. */
  date: string;
  /** Money that went out is positive, money that came back negative. */
  amountFen: bigint;
  /** The payee's name. It stays in the service: what is found names payments only. */
  payee: string | null;
  /** The account that was paid, or a hash of it. */
  account: string | null;
  invoices: readonly FlagInvoice[];
  /** The bank's or the committee's number of the transaction. */
  transaction: string | null;
};

/** What the formulas know of one project. */
export type FlagProject = {
  name: string;
  record: number | null;
  /** What the owners adopted; null without a motion. */
  budgetFen: bigint | null;
  /** What the contract says, extras included; null before there is one. */
  contractFen: bigint | null;
  paidFen: bigint;
  /** Days: the motion's adoption, the contract, the beginning of the work. */
  adoptedOn: string | null;
  contractedOn: string | null;
  startedOn: string | null;
  /** Whether it went the emergency way, without a vote. */
  isEmergency: boolean;
};

/** Everything the formulas are applied to. */
export type FlagInputs = {
  payments: readonly FlagPayment[];
  projects: readonly FlagProject[];
};

/** Something a formula found. It says that there is a question, not that anybody did wrong. */
export type Flag = {
  formula: FlagFormula;
  /** Tells it from every other: the same facts lead to the same key, one payment more to another one. */
  key: string;
  parameters: FlagParameters;
  inputs: { name: string; record: number | null }[];
  /** What was compared, as texts of fen, days and counts; names no person. */
  figures: Record<string, string | number>;
};

/** Every formula by its name. */
export type FlagFormula = (typeof FLAG_FORMULAS)[number];

/** A formula's parameters: whole numbers, amounts as texts of fen. */
export type FlagParameters = Record<string, string | number>;
