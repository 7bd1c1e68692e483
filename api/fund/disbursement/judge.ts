import type { Hex } from "viem";
import { judgeTypedData, withdrawTypedData } from "../../../protocol/fund/messages.ts";
import type { ProjectRecord } from "../../../protocol/fund/project.ts";
import type { Tx } from "../../database/client.ts";
import type { FundAct, FundClaim } from "../../database/generated/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import type { FundContext } from "../context.ts";
import { appendStep, lockProjects, toStepRecord } from "../project/step.ts";
import type { StepTerms } from "../project/step.ts";
import { leafOf, proposeAct } from "./act.ts";
import type { ActRules, DoneAct, ProposedAct } from "./act.ts";
import { openClaim, requireState } from "./claim.ts";
import { signingDomain } from "./events.ts";

export interface Judgement {
  communityId: string;
  claim: string;
  terms: StepTerms;
  officer: OfficerCaller;
}

/** Whether the work was done and the invoice is right: two others than the author sign for it. */
export function proposeJudgement(
  context: FundContext,
  { accepted, ...judgement }: Judgement & { accepted: boolean },
): Promise<ProposedAct> {
  return context.db.$transaction(async (tx) => {
    const claim = await openForTwo(tx, judgement, "submitted");
    const { milestone, number } = claim;
    const record = await toStepRecord(context, tx, {
      step: stepOf(claim, judgement),
      type: "projectAcceptance",
      own: { milestone, claim: number, accepted },
    });
    const message = { ...messageOf(claim), isAccepted: accepted, record: leafOf(record) };
    const domain = await signingDomain(context, tx, judgement.communityId);
    const typedData = judgeTypedData(domain, message);
    return proposeAct(context, tx, {
      ...{ ...commonOf(claim, judgement), kind: "judgeClaim", typedData },
      ...{ record, recordLeaf: message.record },
    });
  });
}

/** An error was found in what had been accepted: it is taken back before it is paid. */
export function proposeWithdrawal(
  context: FundContext,
  withdrawal: Judgement,
): Promise<ProposedAct> {
  return context.db.$transaction(async (tx) => {
    const claim = await openForTwo(tx, withdrawal, "accepted");
    const { milestone, number } = claim;
    const record = await toStepRecord(context, tx, {
      step: stepOf(claim, withdrawal),
      type: "projectWithdrawal",
      own: { milestone, claim: number },
    });
    const message = { ...messageOf(claim), record: leafOf(record) };
    const domain = await signingDomain(context, tx, withdrawal.communityId);
    const typedData = withdrawTypedData(domain, message);
    return proposeAct(context, tx, {
      ...{ ...commonOf(claim, withdrawal), kind: "withdrawClaim", typedData },
      ...{ record, recordLeaf: message.record },
    });
  });
}

/** The claim in this state, about which no two officers are asked yet. */
async function openForTwo(
  tx: Tx,
  { communityId, claim: id }: Judgement,
  state: FundClaim["state"],
): Promise<FundClaim> {
  const claim = await openClaim(tx, { communityId, id });
  requireState(claim, state);
  const where = { claimId: id, state: { in: ["proposed" as const, "sending" as const] } };
  if (await tx.fundAct.findFirst({ where })) throw new DomainError("ClaimWaiting");
  return claim;
}

const stepOf = (claim: FundClaim, { terms, officer }: Judgement) => ({
  ...{ communityId: claim.communityId, project: claim.projectNumber },
  ...{ terms, officer: officer.id },
});

const messageOf = ({ number, amountFen, invoice }: FundClaim) => ({
  claim: BigInt(number),
  amountFen,
  invoice: invoice as Hex,
});

const commonOf = (claim: FundClaim, { officer }: Judgement) => ({
  ...{ communityId: claim.communityId, project: claim.projectNumber, claim: claim.id },
  ...{ officer, excluded: claim.author as Hex },
});

async function placeOf(tx: Tx, { claimId }: FundAct) {
  const claim = await tx.fundClaim.findUniqueOrThrow({ where: { id: claimId! } });
  const { reservationNumber, milestone, invoice } = claim;
  return {
    reservation: BigInt(reservationNumber),
    milestone: BigInt(milestone),
    invoice: invoice as Hex,
  };
}

/** On chain: the claim is what was judged, and the record of it goes into the log. */
async function settleJudged(
  context: FundContext,
  tx: Tx,
  { act }: DoneAct,
  state: FundClaim["state"],
): Promise<void> {
  await lockProjects(tx, act.communityId);
  await tx.fundClaim.update({ where: { id: act.claimId! }, data: { state } });
  await appendSigned(context, tx, act);
}

/** The record for whose leaf two officers signed. */
export async function appendSigned(context: FundContext, tx: Tx, act: FundAct): Promise<void> {
  const record = JSON.parse(act.record!) as ProjectRecord;
  const { recordIndex } = await appendStep(context, tx, record, act.proposalId);
  await tx.fundAct.update({ where: { id: act.id }, data: { recordIndex } });
}

const isAccepted = ({ message }: FundAct): boolean =>
  (message as { isAccepted: boolean }).isAccepted;

export const judgeRules: ActRules = {
  functionName: "judge",
  async toArgs(_context, tx, act) {
    return [await placeOf(tx, act), isAccepted(act), act.recordLeaf];
  },
  onDone: (context, tx, done) =>
    settleJudged(context, tx, done, isAccepted(done.act) ? "accepted" : "rejected"),
};

export const withdrawRules: ActRules = {
  functionName: "withdraw",
  async toArgs(_context, tx, act) {
    return [await placeOf(tx, act), act.recordLeaf];
  },
  onDone: (context, tx, done) => settleJudged(context, tx, done, "withdrawn"),
};
