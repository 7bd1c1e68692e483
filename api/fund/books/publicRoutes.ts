import * as z from "zod";
import { ENTRY_KINDS, FUNDS } from "../../../protocol/anchor/record/kinds.ts";
import { communityParams, count } from "../../http/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import type { FundContext } from "../context.ts";
import { findEntries, getEntry } from "./find.ts";
import { listPeriods } from "./period.ts";
import {
  balancesSchema,
  entryParams,
  entrySchema,
  overviewSchema,
  periodSchema,
} from "./schemas.ts";
import { day } from "./terms.ts";
import { listBalances, viewBalances, viewEntry, viewOverview, viewPeriod } from "./view.ts";

/** What everybody sees of the books. */
export function publicBooksRoutes(context: FundContext): Route[] {
  return [overviewRoute(context), ...entryRoutes(context), ...statementRoutes(context)];
}

const overviewRoute = (context: FundContext): Route =>
  defineRoute({
    method: "get",
    path: "/communities/:community/fund",
    who: "public",
    summary:
      "Both funds: opening, in, out and closing by kind and category, and what they hold now",
    params: communityParams,
    query: z.object({ from: day.optional(), to: day.optional() }),
    response: overviewSchema,
    async handle({ params, query }) {
      await context.registry.getCommunity(context.db, params.community);
      return viewOverview(context, { communityId: params.community, ...query });
    },
  });

const entryQuery = z.object({
  fund: z.enum(FUNDS).optional(),
  kind: z.enum(ENTRY_KINDS).optional(),
  from: day.optional(),
  to: day.optional(),
  before: count.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

function entryRoutes({ db }: FundContext): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/fund/entries",
      who: "public",
      summary: "Entries, the newest first; `next` is the `before` of the next page",
      params: communityParams,
      query: entryQuery,
      response: z.object({ items: z.array(entrySchema), next: z.int().nullable() }),
      async handle({ params, query }) {
        const entries = await findEntries(db, params.community, query);
        const next = entries.length === query.limit ? entries.at(-1)!.number : null;
        return { items: entries.map(viewEntry), next };
      },
    }),
    defineRoute({
      method: "get",
      path: "/communities/:community/fund/entries/:number",
      who: "public",
      summary: "An entry with its postings, and where its record stands in the log",
      params: entryParams,
      response: entrySchema,
      handle: async ({ params }) => viewEntry(await getEntry(db, params.community, params.number)),
    }),
  ];
}

function statementRoutes({ db }: FundContext): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/fund/periods",
      who: "public",
      summary: "Closed periods with their statements, the newest first",
      params: communityParams,
      response: z.object({ items: z.array(periodSchema) }),
      async handle({ params }) {
        return { items: (await listPeriods(db, params.community)).map(viewPeriod) };
      },
    }),
    defineRoute({
      method: "get",
      path: "/communities/:community/fund/balances",
      who: "public",
      summary: "Published balances of all units under their sum trees' roots, the newest first",
      params: communityParams,
      response: z.object({ items: z.array(balancesSchema) }),
      async handle({ params }) {
        return { items: (await listBalances(db, params.community)).map(viewBalances) };
      },
    }),
  ];
}
