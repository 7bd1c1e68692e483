import * as z from "zod";
import { ORIGINAL_KINDS } from "../../../protocol/fund/entry.ts";
import { getOfficer } from "../../http/authority.ts";
import { communityParams, uuid } from "../../http/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import type { FundContext } from "../context.ts";
import { confirmDraft, enterDraft, listDrafts, withdrawDraft } from "./drafts.ts";
import { readList } from "./list.ts";
import { draftSchema } from "./schemas.ts";
import { day, note, termsSchema } from "./terms.ts";
import { viewDraft } from "./view.ts";

const AUTHORS = { officer: ["committee"] } as const;
const CONFIRMERS = { officer: ["committee", "approver", "registrar"] } as const;
const READERS = { officer: ["committee", "approver", "registrar", "auditor"] } as const;
const MAX_TERMS_BYTES = 5_000_000;
const MAX_LIST_BYTES = 10_000_000;

const draftParams = communityParams.extend({ id: uuid });

/** What one officer enters and another confirms. */
export function draftRoutes(context: FundContext): Route[] {
  return [
    listRoute(context),
    enterRoute(context),
    enterListRoute(context),
    ...closingRoutes(context),
  ];
}

const listRoute = (context: FundContext): Route =>
  defineRoute({
    method: "get",
    path: "/communities/:community/fund/drafts",
    who: READERS,
    summary: "What waits for a second officer, and what was done lately",
    params: communityParams,
    response: z.object({ items: z.array(draftSchema) }),
    async handle({ params, caller }) {
      const rows = await listDrafts(context, params.community);
      return { items: rows.map((row) => viewDraft(row, getOfficer(caller))) };
    },
  });

const enterRoute = (context: FundContext): Route =>
  defineRoute({
    method: "post",
    path: "/communities/:community/fund/drafts",
    who: AUTHORS,
    summary:
      "Enter an entry, a reversal, a closing, settings, a share or distribution of income; another officer confirms it",
    status: 201,
    maxBodyBytes: MAX_TERMS_BYTES,
    params: communityParams,
    body: termsSchema,
    response: draftSchema,
    async handle({ params, body, caller }) {
      const officer = getOfficer(caller);
      const draft = { communityId: params.community, terms: body, officer };
      return viewDraft(await enterDraft(context, draft), officer);
    },
  });

const enterListRoute = (context: FundContext): Route =>
  defineRoute({
    method: "post",
    path: "/communities/:community/fund/drafts/list",
    who: AUTHORS,
    summary: "Enter deposits and the like from a list of units and amounts in yuan (CSV or XLSX)",
    status: 201,
    limit: "import",
    upload: { maxBytes: MAX_LIST_BYTES },
    params: communityParams,
    body: z.object({
      kind: z.enum(ORIGINAL_KINDS),
      date: day,
      occurred: day.optional(),
      narration: note(500),
    }),
    response: draftSchema,
    async handle({ params, body, file, caller }) {
      const officer = getOfficer(caller);
      const units = await readList(file!.bytes);
      const amount = units.reduce((sum, row) => sum + row.amount, 0n);
      const spread = { by: "list" as const, units };
      const terms = { action: "entry" as const, ...body, amount, spread, documents: [] };
      const draft = { communityId: params.community, terms, officer };
      return viewDraft(await enterDraft(context, draft), officer);
    },
  });

function closingRoutes(context: FundContext): Route[] {
  return [
    defineRoute({
      method: "post",
      path: "/communities/:community/fund/drafts/:id/confirmation",
      who: CONFIRMERS,
      summary: "Confirm what another officer entered: it is done",
      params: draftParams,
      body: z.object({}),
      response: draftSchema,
      async handle({ params: { community: communityId, id }, caller }) {
        const officer = getOfficer(caller);
        return viewDraft(await confirmDraft(context, { communityId, id, officer }), officer);
      },
    }),
    defineRoute({
      method: "post",
      path: "/communities/:community/fund/drafts/:id/withdrawal",
      who: CONFIRMERS,
      summary: "Take back what nobody has confirmed yet",
      params: draftParams,
      body: z.object({}),
      response: draftSchema,
      async handle({ params: { community: communityId, id }, caller }) {
        const officer = getOfficer(caller);
        return viewDraft(await withdrawDraft(context, { communityId, id, officer }), officer);
      },
    }),
  ];
}
