import { DomainError } from "../../http/errors.ts";
import type { FundContext } from "../context.ts";
import { readStory } from "./find.ts";
import { requireRoute } from "./begin.ts";
import { getProjectRow, lockProjects, openProject, writeStep } from "./step.ts";
import type { NewStep, WrittenStep } from "./step.ts";

/** Work as it goes on. */
export function addWork(context: FundContext, step: NewStep): Promise<WrittenStep> {
  return context.db.$transaction(async (tx) => {
    await openProject(tx, step);
    return writeStep(context, tx, { step, type: "projectWork", own: {} });
  });
}

/** A price audit: what the contractor asks and what the auditor confirms. */
export function addAudit(
  context: FundContext,
  step: NewStep,
  audit: { auditor: string; claimedFen: bigint; confirmedFen: bigint },
): Promise<WrittenStep> {
  const { auditor, claimedFen, confirmedFen } = audit;
  return context.db.$transaction(async (tx) => {
    await openProject(tx, step);
    const own = { auditor, claimed: String(claimedFen), confirmed: String(confirmedFen) };
    return writeStep(context, tx, { step, type: "projectAudit", own });
  });
}

/** After an emergency: its payments so far, each with its schedule, are put before the owners. Also once it is settled. */
export function publishEmergency(context: FundContext, step: NewStep): Promise<WrittenStep> {
  const { communityId, project } = step;
  return context.db.$transaction(async (tx) => {
    await lockProjects(tx, communityId);
    const row = await getProjectRow(tx, step);
    requireRoute(row, "emergency");
    const { state } = await readStory(context, tx, row);
    const entries = state.payments.map(({ entry }) => entry);
    if (entries.length === 0) throw new DomainError("ProjectPaymentMissing", { project });
    return writeStep(context, tx, { step, type: "projectPublication", own: { entries } });
  });
}
