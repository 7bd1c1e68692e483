import * as z from "zod";
import { CHARGE_CATEGORIES, ENTRY_KINDS, FUNDS } from "../../../protocol/anchor/record/kinds.ts";
import { communityParams, count, hexOut, instant, uuid } from "../../http/fields.ts";

// What the routes of the books answer with. Amounts are decimal texts of fen.

export const fenOut = z.string().meta({ description: "fen, decimal text", example: "99735777" });
export const dayOut = z.string().meta({ format: "date" });

export const entryParams = communityParams.extend({ number: count });

const fund = z.enum(FUNDS);

export const entrySchema = z
  .object({
    number: z.int(),
    fund,
    kind: z.enum(ENTRY_KINDS),
    date: dayOut,
    occurred: dayOut.nullable(),
    narration: z.string(),
    category: z.enum(CHARGE_CATEGORIES).nullable(),
    postings: z.array(
      z.object({
        account: z.string(),
        amount: fenOut.meta({ description: "fen; a debit is positive" }),
        balance: fenOut.meta({ description: "of the account after it" }),
      }),
    ),
    units: z.int().meta({ description: "how many units share in it" }),
    unitsRoot: hexOut.nullable(),
    schedule: hexOut.nullable().meta({ description: "document: the apportionment schedule" }),
    reverses: z.int().nullable(),
    reversedBy: z.int().nullable(),
    reason: z.string().nullable(),
    linked: z.array(z.int()),
    documents: z.array(hexOut),
    author: hexOut.nullable(),
    confirmer: hexOut.nullable(),
    source: z.string().nullable(),
    recordIndex: z.int(),
    leaf: hexOut,
    postedAt: instant,
  })
  .meta({ id: "FundEntry" });

const statementSchema = z.object({
  fund,
  opening: fenOut,
  in: fenOut,
  out: fenOut,
  closing: fenOut,
  movements: z.array(
    z.object({
      kind: z.enum(ENTRY_KINDS),
      category: z.string().nullable(),
      count: z.int(),
      in: fenOut,
      out: fenOut,
    }),
  ),
});

export const periodSchema = z
  .object({
    period: z.int(),
    from: dayOut,
    to: dayOut,
    lastEntry: z.int(),
    funds: z.array(statementSchema),
    statement: hexOut,
    recordIndex: z.int(),
    closedAt: instant,
  })
  .meta({ id: "FundPeriod" });

export const balancesSchema = z
  .object({
    number: z.int(),
    date: dayOut,
    lastEntry: z.int(),
    root: hexOut,
    recordIndex: z.int(),
    publishedAt: instant,
  })
  .meta({ id: "FundBalances" });

const checkSchema = z.object({
  passed: z.boolean(),
  lastEntry: z.int(),
  checks: z.array(
    z.object({
      name: z.string(),
      inspected: z.int(),
      differing: z.int(),
      failed: z.array(z.object({ place: z.string(), expected: z.string(), found: z.string() })),
    }),
  ),
  recordIndex: z.int(),
  checkedAt: instant,
});

export const settingsSchema = z.object({
  number: z.int().meta({ description: "0 while nothing was decided" }),
  topUpBelow: z.int(),
  topUpSource: z.string(),
  negativeUnits: z.boolean(),
  negativeUnitsSource: z.string().nullable(),
  incomeShare: z
    .object({
      permille: z.int(),
      above: fenOut,
      cap: fenOut.nullable(),
      period: z.enum(["quarter", "halfYear", "year"]),
      source: z.string(),
    })
    .nullable(),
});

export const overviewSchema = z
  .object({
    from: dayOut,
    to: dayOut,
    funds: z.array(
      statementSchema.extend({
        now: z.object({ bank: fenOut, investments: fenOut, owners: fenOut }),
      }),
    ),
    closedTo: dayOut.nullable(),
    balances: balancesSchema.nullable(),
    check: checkSchema.nullable(),
    settings: settingsSchema,
  })
  .meta({ id: "FundOverview" });

export const draftSchema = z
  .object({
    id: uuid,
    action: z.string(),
    state: z.enum(["waiting", "done", "withdrawn"]),
    terms: z.looseObject({ action: z.string() }),
    preview: z.object({
      entries: z.array(
        z.object({
          fund,
          kind: z.string(),
          postings: z.array(z.object({ account: z.string(), amount: fenOut })),
          units: z.int(),
          developer: fenOut.meta({ description: "the part of the developer's unsold units" }),
        }),
      ),
    }),
    author: hexOut,
    mine: z.boolean(),
    createdAt: instant,
    closedBy: hexOut.nullable(),
    closedAt: instant.nullable(),
    result: z
      .object({
        entries: z.array(z.int()),
        period: z.int().optional(),
        balances: z.int().optional(),
        settings: z.int().optional(),
      })
      .nullable(),
  })
  .meta({ id: "FundDraft" });
