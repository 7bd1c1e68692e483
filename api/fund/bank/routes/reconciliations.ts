import * as z from "zod";
import { FUNDS } from "../../../../protocol/anchor/record/kinds.ts";
import { getOfficer } from "../../../http/authority.ts";
import { communityParams, count } from "../../../http/fields.ts";
import { defineRoute } from "../../../http/route.ts";
import type { Route } from "../../../http/route.ts";
import type { FundContext } from "../../context.ts";
import { findOpenEntries, findOpenLines } from "../open.ts";
import type { BankDesk } from "../desk.ts";
import { suggestLinks } from "../suggest.ts";
import { COMMITTEE, day, fenOut, fundField } from "../schemas.ts";
import { reconciliationParams, reconciliationSchema, viewReconciliation } from "../schemas.ts";

const numbers = z.array(z.int().min(0).max(10_000_000)).max(1000);
const reason = z.string().normalize("NFC").trim().min(1).max(300);
const account = z.int().min(1);

export const reconciliationRoutes = (context: FundContext, desk: BankDesk): Route[] => [
  ...openRoutes(context),
  listRoute(context),
  linkRoute(desk),
  ignoreRoute(desk),
  undoRoute(desk),
];

const openLineSchema = z.object({
  account: z.int(),
  line: z.int(),
  date: day,
  amount: fenOut,
  organisation: z.string().nullable(),
});

const openEntrySchema = z.object({
  entry: z.int(),
  fund: fundField,
  date: day,
  amount: fenOut,
  narration: z.string(),
  kind: z.string(),
  source: z.string().nullable(),
  reverses: z.int().nullable(),
});

async function findOpen({ db }: FundContext, communityId: string) {
  const accounts = await db.bankAccount.findMany({ where: { communityId } });
  const of = accounts.map(({ number }) => number);
  const lines = await findOpenLines(db, communityId, of);
  const entries = await Promise.all(FUNDS.map((fund) => findOpenEntries(db, communityId, fund)));
  return { accounts, lines, entries: entries.flat() };
}

const withAmount = <Row extends { amountFen: bigint }>({ amountFen, ...row }: Row) => ({
  ...row,
  amount: String(amountFen),
});

function openRoutes(context: FundContext): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/fund/bank/open",
      who: "public",
      summary: "Lines of the bank without an entry, entries and payments on chain without a line",
      params: communityParams,
      response: z.object({ lines: z.array(openLineSchema), entries: z.array(openEntrySchema) }),
      async handle({ params }) {
        const { lines, entries } = await findOpen(context, params.community);
        return { lines: lines.map(withAmount), entries: entries.map(withAmount) };
      },
    }),
    defineRoute({
      method: "get",
      path: "/communities/:community/fund/bank/suggestions",
      who: COMMITTEE,
      summary: "Lines and entries of equal amount and near days, to be linked",
      params: communityParams,
      response: z.object({
        items: z.array(
          z.object({
            account: z.int(),
            lines: z.array(z.int()),
            entries: z.array(z.int()),
            amount: fenOut,
            days: z.int(),
            form: z.enum(["one", "lines", "entries"]),
          }),
        ),
      }),
      async handle({ params }) {
        const { accounts, lines, entries } = await findOpen(context, params.community);
        const items = FUNDS.flatMap((fund) => {
          const own = new Set(accounts.filter((one) => one.fund === fund).map((one) => one.number));
          return suggestLinks(
            lines.filter((line) => own.has(line.account)),
            entries.filter((entry) => entry.fund === fund),
          );
        });
        return { items: items.map(withAmount) };
      },
    }),
  ];
}

const MAX_PAGE = 200;

const listRoute = ({ db }: FundContext): Route =>
  defineRoute({
    method: "get",
    path: "/communities/:community/fund/bank/reconciliations",
    who: "public",
    summary:
      "What lines of the bank belong to, what was ignored and what was taken back; newest first",
    params: communityParams,
    query: z.object({
      before: count.optional().meta({ description: "numbers below this one" }),
      limit: count.pipe(z.number().min(1).max(MAX_PAGE)).default(50),
    }),
    response: z.object({ items: z.array(reconciliationSchema) }),
    async handle({ params: { community: communityId }, query: { before, limit } }) {
      const rows = await db.bankReconciliation.findMany({
        where: { communityId, ...(before !== undefined && { number: { lt: before } }) },
        orderBy: { number: "desc" },
        take: limit,
      });
      return { items: rows.map(viewReconciliation) };
    },
  });

const linkRoute = (desk: BankDesk): Route =>
  defineRoute({
    method: "post",
    path: "/communities/:community/fund/bank/links",
    who: COMMITTEE,
    summary: "Lines and entries are the same money: their sums must be equal",
    status: 201,
    params: communityParams,
    body: z.strictObject({ account, lines: numbers, entries: numbers }),
    response: reconciliationSchema,
    async handle({ params, body, caller }) {
      const place = { communityId: params.community, officer: getOfficer(caller).id };
      return viewReconciliation(await desk.link({ ...body, ...place }));
    },
  });

const ignoreRoute = (desk: BankDesk): Route =>
  defineRoute({
    method: "post",
    path: "/communities/:community/fund/bank/ignored",
    who: COMMITTEE,
    summary: "Lines belong to no entry, with a reason that everybody reads",
    status: 201,
    params: communityParams,
    body: z.strictObject({ account, lines: numbers.min(1), reason }),
    response: reconciliationSchema,
    async handle({ params, body, caller }) {
      const place = { communityId: params.community, officer: getOfficer(caller).id };
      return viewReconciliation(await desk.ignore({ ...body, ...place }));
    },
  });

const undoRoute = (desk: BankDesk): Route =>
  defineRoute({
    method: "post",
    path: "/communities/:community/fund/bank/reconciliations/:number/undo",
    who: COMMITTEE,
    summary: "Take a reconciliation back, once; its lines and entries are open again",
    status: 201,
    params: reconciliationParams,
    body: z.strictObject({ reason }),
    response: reconciliationSchema,
    async handle({ params: { community: communityId, number }, body, caller }) {
      const place = { communityId, number, officer: getOfficer(caller).id };
      return viewReconciliation(await desk.undo({ ...body, ...place }));
    },
  });
