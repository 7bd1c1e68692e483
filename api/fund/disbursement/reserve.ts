import type { Hex } from "viem";
import { planHash, planTerms } from "../../../protocol/assembly/plan.ts";
import { reserveEmergencyTypedData, reserveTypedData } from "../../../protocol/fund/messages.ts";
import {
  budgetLimit,
  groundNumber,
  milestonesHash,
  toTerms,
} from "../../../protocol/fund/terms.ts";
import type { Tx } from "../../database/client.ts";
import type { FundAct } from "../../database/generated/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { LONG_TRANSACTION } from "../context.ts";
import type { FundContext } from "../context.ts";
import { today } from "../books/today.ts";
import { readFund } from "../onChain.ts";
import { requirePlan } from "../project/contract.ts";
import { readStory } from "../project/find.ts";
import type { Story } from "../project/find.ts";
import { lockProjects, openProject, writeStep } from "../project/step.ts";
import { proposeAct } from "./act.ts";
import type { ActRules, DoneAct, ProposedAct } from "./act.ts";
import { getEvent, signingDomain } from "./events.ts";
import { readTerms, storeTerms } from "./terms.ts";
import type { Terms } from "./terms.ts";

export interface ReservationRequest {
  communityId: string;
  project: number;
  officer: OfficerCaller;
}

/**
 * Puts before a registrar and a committee officer that money is set aside: for a motion that is adopted and final, or
 * for an emergency, which the two attest by it. One at a time, because they sign for the reservation's number.
 */
export function proposeReservation(
  context: FundContext,
  request: ReservationRequest,
): Promise<ProposedAct> {
  const { communityId, project, officer } = request;
  return context.db.$transaction(async (tx) => {
    const story = await readStory(context, tx, await openProject(tx, request));
    const reservation = await requireFree(tx, request);
    const terms = termsOf(story);
    const amountFen = await requireAffordable(context, tx, { communityId, terms });
    const recordLeaf = leafOf(story);
    const decided = {
      reservation: BigInt(reservation),
      payee: terms.plan.payee.name,
      amountFen,
      plan: planHash(planTerms(terms.plan)),
      milestones: milestonesHash(terms.milestones),
      record: recordLeaf,
    };
    const domain = await signingDomain(context, tx, communityId);
    const { ground } = story.state.project;
    const common = { communityId, recordLeaf, terms: storeTerms(terms), project, officer };
    if (ground !== null) {
      const typedData = reserveEmergencyTypedData(domain, {
        ...decided,
        ground: groundNumber(ground),
      });
      return proposeAct(context, tx, { ...common, kind: "reserveEmergency", typedData });
    }
    const { meeting, motion } = requireAdopted(context, story);
    const place = { meeting: BigInt(meeting), motion: BigInt(motion) };
    const typedData = reserveTypedData(domain, { ...decided, ...place });
    return proposeAct(context, tx, { ...common, kind: "reserve", typedData });
  }, LONG_TRANSACTION);
}

/** The number that the next reservation has, where nothing stands in its way. */
async function requireFree(tx: Tx, { communityId, project }: ReservationRequest): Promise<number> {
  const where = { communityId_projectNumber: { communityId, projectNumber: project } };
  if (await tx.fundReservation.findUnique({ where })) {
    throw new DomainError("ReservationStands", { project });
  }
  const waiting = await findReserving(tx, communityId);
  if (waiting) throw new DomainError("ReservationWaiting", { project: waiting.projectNumber! });
  return (await tx.fundReservation.count({ where: { communityId } })) + 1;
}

const RESERVING = { in: ["reserve", "reserveEmergency"] };

/** A reservation that is being signed or is on its way to the chain. */
export const findReserving = (
  tx: Tx,
  communityId: string,
  project?: number,
): Promise<FundAct | null> =>
  tx.fundAct.findFirst({
    where: {
      ...{ communityId, kind: RESERVING, state: { in: ["proposed", "sending"] } },
      ...(project === undefined ? {} : { projectNumber: project }),
    },
  });

function termsOf(story: Story): Terms {
  const { state, row } = story;
  const plan = requirePlan(story);
  if (!state.contract) throw new DomainError("ProjectContractMissing", { project: row.number });
  const milestones = state.milestones.map(({ title, amountFen }) => ({ title, amountFen }));
  return { plan, milestones };
}

/** The record that is signed for: an emergency's own, else the contract's. */
function leafOf({ steps, row }: Story): Hex {
  const type = row.route === "emergency" ? "projectEmergency" : "projectContract";
  return steps.findLast((step) => step.row.type === type)!.row.recordLeaf as Hex;
}

function requireAdopted({ clock }: FundContext, { motion, row }: Story) {
  if (!motion) throw new DomainError("ProjectPlanMissing", { project: row.number });
  const place = { meeting: motion.meeting, motion: motion.motion };
  if (!motion.finalAt || motion.finalAt > clock.now()) {
    throw new DomainError("FundMotionNotFinal", place);
  }
  if (motion.outcome !== "Adopted") throw new DomainError("FundMotionNotAdopted", place);
  return place;
}

/** Within the budget with its overrun, and within what the fund has free on chain. */
async function requireAffordable(
  context: FundContext,
  tx: Tx,
  { communityId, terms }: { communityId: string; terms: Terms },
): Promise<bigint> {
  const { fund, budget } = terms.plan;
  const account = await readFund(context, tx, { communityId, fund });
  const amount = terms.milestones.reduce((sum, { amountFen }) => sum + amountFen, 0n);
  const limit = budgetLimit(BigInt(budget), account.overrunBasisPoints);
  if (amount > limit) {
    throw new DomainError("FundBudgetExceeded", { amount: String(amount), limit: String(limit) });
  }
  const free = account.creditedFen - account.committedFen;
  if (amount > free) {
    throw new DomainError("FundBalanceTooLow", {
      fund,
      amount: String(amount),
      free: String(free),
    });
  }
  return amount;
}

const termsArgument = (act: FundAct) => {
  const { plan, milestones } = readTerms(act.terms);
  return toTerms(plan, milestones);
};

/** On chain: the project has its reservation, which keeps the number of approvals of its time. */
async function settleReserved(
  context: FundContext,
  tx: Tx,
  { act, receipt }: DoneAct,
  reservation: bigint,
): Promise<void> {
  const { communityId, projectNumber } = act;
  await lockProjects(tx, communityId);
  const { plan, milestones } = readTerms(act.terms);
  const { approvals } = await readFund(context, tx, { communityId, fund: plan.fund });
  const amountFen = milestones.reduce((sum, { amountFen: own }) => sum + own, 0n);
  const number = Number(reservation);
  const reservedIn = receipt.transactionHash;
  await tx.fundReservation.create({
    data: {
      ...{ communityId, number, projectNumber: projectNumber!, fund: plan.fund },
      ...{ terms: act.terms!, amountFen, approvals, reservedIn },
    },
  });
  const { createdBy } = await tx.proposal.findUniqueOrThrow({ where: { id: act.proposalId! } });
  await writeStep(context, tx, {
    step: {
      ...{ communityId, project: projectNumber!, officer: createdBy as Hex },
      terms: { date: today(context.clock), note: "资金已在链上预留。", documents: [] },
    },
    type: "projectReservation",
    own: { reservation: number, amount: String(amountFen), approvals, transaction: reservedIn },
    proposalId: act.proposalId,
  });
}

export const reserveRules: ActRules = {
  functionName: "reserve",
  toArgs(_context, _tx, act) {
    const { meeting, motion } = act.message as { meeting: string; motion: string };
    const place = { meeting: BigInt(meeting), motion: BigInt(motion) };
    return Promise.resolve([place, termsArgument(act), act.recordLeaf]);
  },
  onDone: (context, tx, done) =>
    settleReserved(context, tx, done, getEvent(done.receipt, "MotionReserved").reservation),
};

export const reserveEmergencyRules: ActRules = {
  functionName: "reserveEmergency",
  toArgs(_context, _tx, act) {
    const { ground } = act.message as { ground: number };
    return Promise.resolve([ground, termsArgument(act), act.recordLeaf]);
  },
  onDone: (context, tx, done) =>
    settleReserved(context, tx, done, getEvent(done.receipt, "EmergencyReserved").reservation),
};
