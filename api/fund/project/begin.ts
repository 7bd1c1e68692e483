import type { Hex } from "viem";
import type { EMERGENCY_GROUNDS } from "../../../protocol/anchor/record/kinds.ts";
import type { PlanDraft } from "../../assembly/service.ts";
import type { Tx } from "../../database/client.ts";
import type { Project } from "../../database/generated/client.ts";
import { DomainError } from "../../http/errors.ts";
import type { ChargeCategory } from "../books/entry.ts";
import { LONG_TRANSACTION } from "../context.ts";
import type { FundContext } from "../context.ts";
import { requireUnreserved } from "./contract.ts";
import { lockProjects, openProject, writeStep } from "./step.ts";
import type { NewStep, StepTerms, WrittenStep } from "./step.ts";

export interface NewProject {
  communityId: string;
  title: string;
  category: ChargeCategory;
  /** Why there is no vote; undefined for a project that is voted on. */
  ground?: (typeof EMERGENCY_GROUNDS)[number] | undefined;
  estimateFen?: bigint | undefined;
  terms: StepTerms;
  officer: Hex;
}

/** A project begins; what it may cost and whom it pays is decided later, by a motion or by attestation. */
export function beginProject(context: FundContext, project: NewProject): Promise<WrittenStep> {
  return context.db.$transaction((tx) => begin(context, tx, project));
}

async function begin(
  context: FundContext,
  tx: Tx,
  { communityId, title, category, ground, estimateFen, terms, officer }: NewProject,
): Promise<WrittenStep> {
  const { lastProject } = await lockProjects(tx, communityId);
  const number = lastProject + 1;
  const route = ground === undefined ? "vote" : "emergency";
  await tx.project.create({
    data: { communityId, number, route, createdAt: context.clock.now() },
  });
  await tx.projectBooks.update({ where: { communityId }, data: { lastProject: number } });
  const estimate = estimateFen === undefined ? null : String(estimateFen);
  return writeStep(context, tx, {
    step: { communityId, project: number, terms, officer },
    type: "project",
    own: { title, category, route, ground: ground ?? null, estimate },
  });
}

/**
 * Says which motion decides on the project. It must be one of this community that carries a plan, and decide on no
 * other project; whether it was adopted shows when money is reserved.
 */
export function linkMotion(
  context: FundContext,
  step: NewStep,
  place: { meeting: number; motion: number },
): Promise<WrittenStep> {
  const { communityId } = step;
  return context.db.$transaction(async (tx) => {
    const row = await openProject(tx, step);
    requireRoute(row, "vote");
    if (row.meeting !== null) throw new DomainError("ProjectVoteStands", { project: row.number });
    const { plan } = await context.assembly.getMotion(tx, communityId, place);
    if (!plan) throw new DomainError("ProjectMotionWithoutPlan", place);
    const taken = await tx.project.findFirst({ where: { communityId, ...place } });
    if (taken) throw new DomainError("ProjectMotionTaken", { project: taken.number });
    const where = { communityId_number: { communityId, number: row.number } };
    await tx.project.update({ where, data: place });
    return writeStep(context, tx, { step, type: "projectVote", own: place });
  });
}

export function requireRoute(row: Project, route: "vote" | "emergency"): void {
  if (row.route !== route) throw new DomainError("ProjectRouteDiffers", { project: row.number });
}

/** What an emergency is to cost and whom it pays, in the place of a motion's plan. */
export function planEmergency(
  context: FundContext,
  step: NewStep,
  draft: PlanDraft,
): Promise<WrittenStep> {
  const { communityId } = step;
  return context.db.$transaction(async (tx) => {
    const row = await openProject(tx, step);
    requireRoute(row, "emergency");
    await requireUnreserved(tx, step);
    const plan = await context.assembly.putPlan(tx, { communityId, plan: draft });
    return writeStep(context, tx, { step, type: "projectEmergency", own: { plan } });
  }, LONG_TRANSACTION);
}
