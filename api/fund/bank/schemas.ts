import * as z from "zod";
import { FUNDS } from "../../../protocol/anchor/record/kinds.ts";
import { RECONCILIATION_ACTIONS } from "../../../protocol/anchor/record/bank.ts";
import { communityParams, hexOut, instant } from "../../http/fields.ts";
import type { BankReconciliation, BankStatement } from "../../database/generated/client.ts";
import { fromDay } from "../books/lock.ts";
import { mappingSchema } from "./parse/columns.ts";
import type { ViewedLine } from "./lines.ts";

/** Fen as decimal text, perhaps negative. */
export const fenOut = z.string().meta({ description: "fen, decimal text", example: "99735777" });
export const day = z.string().meta({ format: "date" });
export const fundField = z.enum(FUNDS);

export const COMMITTEE = { officer: ["committee"] } as const;

/** A number in a path; bodies carry numbers as such. */
const numberOfPath = z.coerce.number().int().min(1).max(1_000_000);

export const accountParams = communityParams.extend({ account: numberOfPath });
export const reconciliationParams = communityParams.extend({ number: numberOfPath });

export const mappingOut = mappingSchema.meta({ id: "BankMapping" });

export const total = z.object({ count: z.int(), amount: fenOut });

export const statementSchema = z
  .object({
    account: z.int(),
    number: z.int(),
    file: hexOut.meta({ description: "SHA-256 of the bank's file" }),
    format: z.string(),
    from: day,
    to: day,
    opening: fenOut,
    closing: fenOut,
    openingSource: z.string(),
    closingSource: z.string(),
    first: z.int(),
    lines: z.int(),
    repeated: z.int(),
    document: hexOut.meta({ description: "the published lines" }),
    recordIndex: z.int(),
    importedAt: instant,
  })
  .meta({ id: "BankStatement" });

export const viewStatement = (row: BankStatement): z.input<typeof statementSchema> => ({
  account: row.accountNumber,
  number: row.number,
  file: row.file,
  format: row.format,
  from: fromDay(row.from),
  to: fromDay(row.to),
  opening: String(row.openingFen),
  closing: String(row.closingFen),
  openingSource: row.openingSource,
  closingSource: row.closingSource,
  first: row.firstLine,
  lines: row.lines,
  repeated: row.repeated,
  document: row.document,
  recordIndex: row.recordIndex,
  importedAt: row.importedAt.toISOString(),
});

const text = z.string().nullable();

export const lineSchema = z
  .object({
    line: z.int().meta({ description: "0 is the balance with which the account begins" }),
    statement: z.int(),
    date: day,
    valueDate: day.nullable(),
    amount: fenOut,
    balance: fenOut.nullable(),
    organisation: text,
    state: z.enum(["open", "linked", "ignored"]),
    reconciliation: z.int().nullable(),
    entries: z.array(z.int()),
    reason: text,
    details: z
      .object({
        counterparty: text,
        counterpartyAccount: text,
        reference: text,
        text,
        salt: hexOut,
      })
      .nullable()
      .meta({ description: "for officers only" }),
  })
  .meta({ id: "BankLine" });

export const viewLine = ({
  amountFen,
  balanceFen,
  ...line
}: ViewedLine): z.input<typeof lineSchema> => ({
  ...line,
  amount: String(amountFen),
  balance: balanceFen === null ? null : String(balanceFen),
});

export const reconciliationSchema = z
  .object({
    number: z.int(),
    account: z.int(),
    action: z.enum(RECONCILIATION_ACTIONS),
    lines: z.array(z.int()),
    entries: z.array(z.int()),
    sum: fenOut,
    reason: text,
    undoes: z.int().nullable(),
    by: hexOut,
    recordIndex: z.int(),
    at: instant,
  })
  .meta({ id: "BankReconciliation" });

export const viewReconciliation = (
  row: BankReconciliation,
): z.input<typeof reconciliationSchema> => ({
  number: row.number,
  account: row.accountNumber,
  action: row.action as (typeof RECONCILIATION_ACTIONS)[number],
  lines: row.lines,
  entries: row.entries,
  sum: String(row.sumFen),
  reason: row.reason,
  undoes: row.undoes,
  by: row.by,
  recordIndex: row.recordIndex,
  at: row.at.toISOString(),
});
