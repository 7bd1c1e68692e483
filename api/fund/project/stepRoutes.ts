import * as z from "zod";
import { CHARGE_CATEGORIES, EMERGENCY_GROUNDS } from "../../../protocol/anchor/record/kinds.ts";
import { payeeDraftSchema, planDraftSchema, recordText } from "../../assembly/service.ts";
import { getOfficer } from "../../http/authority.ts";
import { communityParams, hex } from "../../http/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import { fenIn } from "../books/terms.ts";
import type { FundContext } from "../context.ts";
import { beginProject, linkMotion, planEmergency } from "./begin.ts";
import { addContract, addQuote } from "./contract.ts";
import { addInvoice } from "./invoice.ts";
import { amountIn, projectParams, stepTerms, writtenSchema } from "./schemas.ts";
import type { NewStep, WrittenStep } from "./step.ts";
import { addAudit, addWork, publishEmergency } from "./work.ts";

const COMMITTEE = { officer: ["committee"] } as const;
const MAX_PLAN_BYTES = 2_000_000;
const MAX_MILESTONES = 32;

/** Applies the formulas of the flags to a community, after something was written down. */
export type Raise = (communityId: string) => Promise<unknown>;

/** The steps that the committee writes down; acceptance, payment and settlement follow from the chain. */
export const stepRoutes = (context: FundContext, raise: Raise): Route[] => [
  beginRoute(context),
  ...[
    motionStep(context),
    emergencyStep(context),
    quoteStep(context),
    contractStep(context),
    invoiceStep(context),
    ...workSteps(context),
  ].map((toRoute) => toRoute(raise)),
];

const beginRoute = (context: FundContext): Route =>
  defineRoute({
    method: "post",
    path: "/communities/:community/fund/projects",
    who: COMMITTEE,
    summary: "Begin a project: one that will be voted on, or, with a ground, an emergency",
    status: 201,
    params: communityParams,
    body: stepTerms.extend({
      title: recordText(200),
      category: z.enum(CHARGE_CATEGORIES),
      ground: z.enum(EMERGENCY_GROUNDS).optional(),
      estimate: amountIn.optional(),
    }),
    response: writtenSchema,
    handle: ({ params, body, caller }) => {
      const { title, category, ground, estimate: estimateFen, ...terms } = body;
      const { id: officer } = getOfficer(caller);
      const communityId = params.community;
      const project = { communityId, title, category, ground, estimateFen, terms, officer };
      return beginProject(context, project);
    },
  });

interface Definition<Fields extends z.ZodRawShape> {
  /** The last part of the address. */
  name: string;
  summary: string;
  fields: Fields;
  maxBodyBytes?: number;
  write: (step: NewStep, own: z.output<z.ZodObject<Fields>>) => Promise<WrittenStep>;
}

/** One step of a project that stands. */
function defineStep<Fields extends z.ZodRawShape>(
  definition: Definition<Fields>,
): (raise: Raise) => Route {
  const { name, summary, fields, maxBodyBytes, write } = definition;
  const own = z.object(fields);
  return (raise) =>
    defineRoute({
      method: "post",
      path: `/communities/:community/fund/projects/:project/${name}`,
      who: COMMITTEE,
      summary,
      status: 201,
      ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }),
      params: projectParams,
      body: z.intersection(stepTerms, own),
      response: writtenSchema,
      async handle({ params: { community: communityId, project }, body, caller }) {
        const { date, note, documents } = body;
        const { id: officer } = getOfficer(caller);
        const step = { communityId, project, terms: { date, note, documents }, officer };
        const written = await write(step, body);
        await raise(communityId);
        return written;
      },
    });
}

const motionStep = (context: FundContext) =>
  defineStep({
    name: "motion",
    summary: "Say which motion decides on it",
    fields: { meeting: z.int().min(1), motion: z.int().min(0) },
    write: (step, { meeting, motion }) => linkMotion(context, step, { meeting, motion }),
  });

const emergencyStep = (context: FundContext) =>
  defineStep({
    name: "emergency",
    summary: "Say what an emergency is to cost, whom it pays and who bears it",
    fields: { plan: planDraftSchema },
    maxBodyBytes: MAX_PLAN_BYTES,
    write: (step, { plan }) => planEmergency(context, step, plan),
  });

const quoteStep = (context: FundContext) =>
  defineStep({
    name: "quotes",
    summary: "Write down an offer",
    fields: { supplier: recordText(100), amount: amountIn },
    write: (step, { supplier, amount: amountFen }) =>
      addQuote(context, step, { supplier, amountFen }),
  });

const milestone = z.object({ title: recordText(200), amount: amountIn });

const contractStep = (context: FundContext) =>
  defineStep({
    name: "contract",
    summary: "Write down the contract; another one replaces it",
    fields: {
      quote: z.int().min(1).optional(),
      payee: payeeDraftSchema,
      amount: amountIn,
      milestones: z.array(milestone).min(1).max(MAX_MILESTONES),
    },
    write: (step, { quote, payee, amount: amountFen, milestones }) =>
      addContract(context, step, {
        ...{ quote, payee, amountFen },
        milestones: milestones.map(({ title, amount }) => ({ title, amountFen: amount })),
      }),
  });

const invoiceStep = (context: FundContext) =>
  defineStep({
    name: "invoices",
    summary: "Write down an invoice for a milestone, with its file",
    fields: {
      milestone: z.int().min(0),
      invoice: recordText(60),
      amount: amountIn,
      sha256: hex(32),
    },
    write: (step, { milestone: part, invoice, amount: amountFen, sha256 }) =>
      addInvoice(context, step, { milestone: part, invoice, amountFen, sha256 }),
  });

const workSteps = (context: FundContext) => [
  defineStep({
    name: "work",
    summary: "Write down work as it goes on, with photographs",
    fields: {},
    write: (step) => addWork(context, step),
  }),
  defineStep({
    name: "audits",
    summary: "Write down a price audit",
    fields: { auditor: recordText(100), claimed: fenIn, confirmed: fenIn },
    write: (step, { auditor, claimed: claimedFen, confirmed: confirmedFen }) =>
      addAudit(context, step, { auditor, claimedFen, confirmedFen }),
  }),
  defineStep({
    name: "publication",
    summary: "Put an emergency's payments before the owners, each with its schedule",
    fields: {},
    write: (step) => publishEmergency(context, step),
  }),
];
