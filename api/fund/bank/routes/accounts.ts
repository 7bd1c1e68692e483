import type { Hex } from "viem";
import * as z from "zod";
import { getOfficer } from "../../../http/authority.ts";
import type { Caller } from "../../../http/authority.ts";
import { communityParams, count } from "../../../http/fields.ts";
import { DomainError } from "../../../http/errors.ts";
import { FILE, defineRoute } from "../../../http/route.ts";
import type { Route } from "../../../http/route.ts";
import { fromDay } from "../../books/lock.ts";
import type { FundContext } from "../../context.ts";
import { getAccount, mappingOf, saveMapping } from "../account.ts";
import type { BankDesk } from "../desk.ts";
import { listLines } from "../lines.ts";
import type { FundReconciliation } from "../state.ts";
import { COMMITTEE, accountParams, day, fenOut, fundField, total } from "../schemas.ts";
import { lineSchema, mappingOut, statementSchema, viewLine, viewStatement } from "../schemas.ts";
import type { BankAccount } from "../../../database/generated/client.ts";

const accountSchema = z
  .object({
    account: z.int(),
    fund: fundField,
    name: z.string(),
    tail: z.string().meta({ description: "the last four characters of its number" }),
    statements: z.int(),
    lines: z.int(),
    closing: fenOut.nullable(),
    closedOn: day.nullable(),
    recordIndex: z.int(),
  })
  .meta({ id: "BankAccount" });

const fundSchema = z
  .object({
    fund: fundField,
    reconciledTo: day
      .nullable()
      .meta({ description: "the day up to which every account has its statement" }),
    bank: fenOut,
    ledger: fenOut,
    openLines: total,
    openEntries: total,
    ignored: total,
    unseenPayments: z.int().meta({ description: "payments on chain that no bank line shows" }),
    isExplained: z
      .boolean()
      .meta({ description: "ledger = bank + open entries − open and ignored lines" }),
  })
  .meta({ id: "BankReconciliationState" });

const viewAccount = (row: BankAccount): z.input<typeof accountSchema> => ({
  account: row.number,
  fund: row.fund as z.input<typeof fundField>,
  name: row.name,
  tail: row.tail,
  statements: row.lastStatement,
  lines: row.lastLine,
  closing: row.closingFen === null ? null : String(row.closingFen),
  closedOn: row.closedOn && fromDay(row.closedOn),
  recordIndex: row.recordIndex,
});

const viewTotal = ({ count, amountFen }: { count: number; amountFen: bigint }) => ({
  count,
  amount: String(amountFen),
});

const viewFund = (state: FundReconciliation): z.input<typeof fundSchema> => ({
  fund: state.fund,
  reconciledTo: state.reconciledTo,
  bank: String(state.bankFen),
  ledger: String(state.ledgerFen),
  openLines: viewTotal(state.openLines),
  openEntries: viewTotal(state.openEntries),
  ignored: viewTotal(state.ignored),
  unseenPayments: state.unseenPayments,
  isExplained: state.isExplained,
});

export const bankAccountRoutes = (context: FundContext, desk: BankDesk): Route[] => [
  stateRoute(context, desk),
  openRoute(desk),
  ...mappingRoutes(context),
  ...readingRoutes(context),
];

const stateRoute = ({ db }: FundContext, desk: BankDesk): Route =>
  defineRoute({
    method: "get",
    path: "/communities/:community/fund/bank",
    who: "public",
    summary: "Bank accounts of the funds, and how far the books are reconciled with them",
    params: communityParams,
    response: z.object({ accounts: z.array(accountSchema), funds: z.array(fundSchema) }),
    async handle({ params: { community: communityId } }) {
      const [accounts, funds] = await Promise.all([
        db.bankAccount.findMany({ where: { communityId }, orderBy: { number: "asc" } }),
        desk.state(db, communityId),
      ]);
      return { accounts: accounts.map(viewAccount), funds: funds.map(viewFund) };
    },
  });

const accountNumber = z
  .string()
  .transform((text) => text.normalize("NFKC").replace(/[\s-]/g, ""))
  .pipe(z.string().regex(/^[0-9A-Za-z]{6,34}$/))
  .meta({ override: { type: "string", description: "the whole number; only its tail is public" } });

const openRoute = (desk: BankDesk): Route =>
  defineRoute({
    method: "post",
    path: "/communities/:community/fund/bank/accounts",
    who: COMMITTEE,
    summary: "Register a bank account of a fund",
    status: 201,
    params: communityParams,
    body: z.strictObject({
      fund: fundField,
      name: z.string().normalize("NFC").trim().min(1).max(100),
      number: accountNumber,
    }),
    response: accountSchema,
    async handle({ params, body: { number: account, ...body }, caller }) {
      const officer = getOfficer(caller).id;
      const place = { communityId: params.community, officer, account };
      return viewAccount(await desk.openAccount({ ...body, ...place }));
    },
  });

function mappingRoutes({ db }: FundContext): Route[] {
  const response = z.object({ mapping: mappingOut.nullable() });
  const path = "/communities/:community/fund/bank/accounts/:account/mapping";
  return [
    defineRoute({
      ...{ method: "get", path, who: COMMITTEE, params: accountParams, response },
      summary: "How this account's tables are read, as saved",
      async handle({ params: { community, account } }) {
        return { mapping: mappingOf(await getAccount(db, community, account)) ?? null };
      },
    }),
    defineRoute({
      ...{ method: "put", path, who: COMMITTEE, params: accountParams, response },
      summary: "Save how this account's tables are read",
      body: mappingOut,
      async handle({ params: { community, account }, body: mapping }) {
        await saveMapping(db, await getAccount(db, community, account), mapping);
        return { mapping };
      },
    }),
  ];
}

/** Who sees what may name people. */
const READERS = ["committee", "auditor"] as const;

const maySeeDetails = ({ officer }: Caller): boolean =>
  officer?.roles.some((role) => READERS.some((reader) => reader === role)) ?? false;

const MAX_PAGE = 200;

const pageQuery = z.object({
  after: count.optional().meta({ description: "numbers above this one" }),
  limit: count.pipe(z.number().min(1).max(MAX_PAGE)).default(50),
});

function readingRoutes(context: FundContext): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/fund/bank/accounts/:account/statements",
      who: "public",
      summary: "Statements of an account, newest first",
      params: accountParams,
      response: z.object({ items: z.array(statementSchema) }),
      async handle({ params: { community: communityId, account } }) {
        await getAccount(context.db, communityId, account);
        const rows = await context.db.bankStatement.findMany({
          where: { communityId, accountNumber: account },
          orderBy: { number: "desc" },
          take: MAX_PAGE,
        });
        return { items: rows.map(viewStatement) };
      },
    }),
    defineRoute({
      method: "get",
      path: "/communities/:community/fund/bank/accounts/:account/lines",
      who: "public",
      summary: "Lines of an account, oldest first; officers see counterparty and reference",
      params: accountParams,
      query: pageQuery.extend({ open: z.enum(["true", "false"]).optional() }),
      response: z.object({ items: z.array(lineSchema) }),
      async handle({ params: { community: communityId, account }, query, caller }) {
        const { open, ...page } = query;
        const filter = { communityId, account, ...page, isOpen: open === "true" };
        const rows = await listLines(context, filter, maySeeDetails(caller));
        return { items: rows.map(viewLine) };
      },
    }),
    fileRoute(context),
  ];
}

const fileRoute = ({ anchor, db }: FundContext): Route =>
  defineRoute({
    method: "get",
    path: "/communities/:community/fund/bank/accounts/:account/statements/:number/file",
    who: { officer: [...READERS] },
    summary: "The bank's file, as it was imported",
    params: accountParams.extend({ number: count }),
    response: FILE,
    async handle({ params: { community: communityId, account, number } }) {
      const key = { communityId, accountNumber: account, number };
      const row = await db.bankStatement.findUnique({
        where: { communityId_accountNumber_number: key },
      });
      if (!row) throw new DomainError("BankStatementNotFound", { account, number });
      const { bytes } = await anchor.getDocument(communityId, row.file as Hex);
      const name = `statement-${account}-${number}`;
      return { mediaType: "application/octet-stream", bytes, name };
    },
  });
