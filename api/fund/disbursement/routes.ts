import * as z from "zod";
import { recordText } from "../../assembly/service.ts";
import { getOfficer } from "../../http/authority.ts";
import { communityParams, hex, uuid } from "../../http/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import { toJson } from "../../registry/service.ts";
import { fundField } from "../bank/schemas.ts";
import type { FundContext } from "../context.ts";
import { projectParams, stepTerms } from "../project/schemas.ts";
import { proposeCredit, proposeRules, viewAccounts } from "./accounts.ts";
import { approveClaim, draftApproval } from "./approve.ts";
import { draftClaim, submitClaim } from "./claim.ts";
import { proposeJudgement, proposeWithdrawal } from "./judge.ts";
import { proposeReservation } from "./reserve.ts";
import { accountsSchema, disbursementSchema, proposedSchema, typedDataSchema } from "./schemas.ts";
import { proposeSettlement } from "./settle.ts";
import { viewDisbursement } from "./view.ts";

const COMMITTEE = { officer: ["committee"] } as const;
const JUDGES = { officer: ["committee", "registrar"] } as const;
const APPROVERS = { officer: ["approver"] } as const;

const claimParams = communityParams.extend({ claim: uuid });
const signed = { signer: hex(), signature: hex() };

/** Money set aside, claimed, judged, released and settled; what two sign together are proposals. */
export const disbursementRoutes = (context: FundContext): Route[] => [
  ...accountRoutes(context),
  ...reservationRoutes(context),
  ...claimRoutes(context),
  ...judgingRoutes(context),
  ...approvalRoutes(context),
];

function accountRoutes(context: FundContext): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/fund/chain",
      who: "public",
      summary: "Both funds as the contract keeps them, beside the books",
      params: communityParams,
      response: accountsSchema,
      handle: ({ params }) => viewAccounts(context, params.community),
    }),
    defineRoute({
      method: "post",
      path: "/communities/:community/fund/chain/credits",
      who: JUDGES,
      summary: "Propose that the contract learns what a fund has received by the books",
      status: 201,
      params: communityParams,
      body: z.object({ fund: fundField }),
      response: proposedSchema,
      handle: ({ params: { community: communityId }, body: { fund }, caller }) =>
        proposeCredit(context, { communityId, fund }, getOfficer(caller)),
    }),
    defineRoute({
      method: "post",
      path: "/communities/:community/fund/chain/rules",
      who: JUDGES,
      summary:
        "Propose how many approvals a payment needs, and by how much a budget may be overrun",
      status: 201,
      params: communityParams,
      body: z.object({
        fund: fundField,
        approvals: z.int().min(2).max(16),
        overrunBasisPoints: z.int().min(0).max(10_000),
        source: recordText(500),
      }),
      response: proposedSchema,
      handle: ({ params: { community: communityId }, body, caller }) =>
        proposeRules(context, { communityId, ...body, officer: getOfficer(caller) }),
    }),
  ];
}

function reservationRoutes(context: FundContext): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/fund/projects/:project/disbursement",
      who: "public",
      summary: "What stands on chain for a project, and what is on its way there",
      params: projectParams,
      response: disbursementSchema,
      handle: ({ params: { community: communityId, project } }) =>
        viewDisbursement(context, { communityId, project }),
    }),
    defineRoute({
      method: "post",
      path: "/communities/:community/fund/projects/:project/reservation",
      who: JUDGES,
      summary: "Propose to set the contract's money aside",
      status: 201,
      params: projectParams,
      response: proposedSchema,
      handle: ({ params: { community: communityId, project }, caller }) =>
        proposeReservation(context, { communityId, project, officer: getOfficer(caller) }),
    }),
    defineRoute({
      method: "post",
      path: "/communities/:community/fund/projects/:project/settlement",
      who: JUDGES,
      summary: "Propose to end it: what was not paid becomes free again",
      status: 201,
      params: projectParams,
      body: stepTerms,
      response: proposedSchema,
      handle: ({ params: { community: communityId, project }, body: terms, caller }) =>
        proposeSettlement(context, { communityId, project, terms, officer: getOfficer(caller) }),
    }),
  ];
}

function claimRoutes(context: FundContext): Route[] {
  return [
    defineRoute({
      method: "post",
      path: "/communities/:community/fund/projects/:project/claims/draft",
      who: COMMITTEE,
      summary: "What the author of a claim signs",
      params: projectParams,
      body: z.object({ invoice: hex(32) }),
      response: typedDataSchema,
      async handle({ params: { community: communityId, project }, body: { invoice } }) {
        const { typedData } = await context.db.$transaction((tx) =>
          draftClaim(context, tx, { communityId, project, invoice }),
        );
        return { typedData: toJson(typedData) };
      },
    }),
    defineRoute({
      method: "post",
      path: "/communities/:community/fund/projects/:project/claims",
      who: COMMITTEE,
      summary: "Claim the payment of a milestone for an invoice, signed by its author",
      status: 201,
      params: projectParams,
      body: z.object({ invoice: hex(32), ...signed }),
      response: z.object({ claim: uuid }),
      async handle({ params: { community: communityId, project }, body, caller }) {
        const officer = getOfficer(caller);
        const claim = await submitClaim(context, { communityId, project, ...body, officer });
        return { claim: claim.id };
      },
    }),
  ];
}

function judgingRoutes(context: FundContext): Route[] {
  return [
    defineRoute({
      method: "post",
      path: "/communities/:community/fund/claims/:claim/judgement",
      who: JUDGES,
      summary: "Propose to accept or reject a claim; two others than its author sign",
      status: 201,
      params: claimParams,
      body: stepTerms.extend({ accepted: z.boolean() }),
      response: proposedSchema,
      handle: ({ params: { community: communityId, claim }, body, caller }) => {
        const { accepted, ...terms } = body;
        const officer = getOfficer(caller);
        return proposeJudgement(context, { communityId, claim, accepted, terms, officer });
      },
    }),
    defineRoute({
      method: "post",
      path: "/communities/:community/fund/claims/:claim/withdrawal",
      who: JUDGES,
      summary: "Propose to take an accepted claim back before it is paid",
      status: 201,
      params: claimParams,
      body: stepTerms,
      response: proposedSchema,
      handle: ({ params: { community: communityId, claim }, body: terms, caller }) =>
        proposeWithdrawal(context, { communityId, claim, terms, officer: getOfficer(caller) }),
    }),
  ];
}

function approvalRoutes(context: FundContext): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/fund/claims/:claim/approval",
      who: APPROVERS,
      summary: "What an approver signs",
      params: claimParams,
      response: typedDataSchema,
      async handle({ params: { community: communityId, claim }, caller }) {
        const officer = getOfficer(caller);
        const typedData = await draftApproval(context, { communityId, claim, officer });
        return { typedData: toJson(typedData) };
      },
    }),
    defineRoute({
      method: "post",
      path: "/communities/:community/fund/claims/:claim/approvals",
      who: APPROVERS,
      summary: "Approve a payment; the last approval that is needed releases it",
      status: 201,
      params: claimParams,
      body: z.object(signed),
      response: z.object({ approved: z.boolean() }),
      async handle({ params: { community: communityId, claim }, body, caller }) {
        await approveClaim(context, { communityId, claim, ...body, officer: getOfficer(caller) });
        return { approved: true };
      },
    }),
  ];
}
