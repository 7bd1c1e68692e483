import { settleTypedData } from "../../../protocol/fund/messages.ts";
import type { Tx } from "../../database/client.ts";
import type { FundReservation } from "../../database/generated/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import type { FundContext } from "../context.ts";
import { readStory } from "../project/find.ts";
import type { Story } from "../project/find.ts";
import { lockProjects, openProject, toStepRecord } from "../project/step.ts";
import type { StepTerms } from "../project/step.ts";
import { leafOf, proposeAct } from "./act.ts";
import type { ActRules, ProposedAct } from "./act.ts";
import { signingDomain } from "./events.ts";
import { appendSigned } from "./judge.ts";
import { getReservation } from "./terms.ts";

export interface Settlement {
  communityId: string;
  project: number;
  terms: StepTerms;
  officer: OfficerCaller;
}

/** The end: what was not paid becomes free again. An emergency is audited and put before the owners first. */
export function proposeSettlement(
  context: FundContext,
  settlement: Settlement,
): Promise<ProposedAct> {
  const { communityId, project, terms, officer } = settlement;
  return context.db.$transaction(async (tx) => {
    requireShown(await readStory(context, tx, await openProject(tx, settlement)));
    const reservation = await getReservation(tx, settlement);
    await requireNothingOpen(tx, reservation);
    const paidFen = reservation.paidFen;
    const freedFen = reservation.amountFen - paidFen;
    const record = await toStepRecord(context, tx, {
      step: { communityId, project, terms, officer: officer.id },
      type: "projectSettlement",
      own: { paid: String(paidFen), released: String(freedFen) },
    });
    const recordLeaf = leafOf(record);
    const typedData = settleTypedData(await signingDomain(context, tx, communityId), {
      ...{ reservation: BigInt(reservation.number), paidFen, freedFen, record: recordLeaf },
    });
    return proposeAct(context, tx, {
      ...{ communityId, kind: "settleReservation", typedData, record, recordLeaf },
      ...{ project, officer },
    });
  });
}

/** What was used without a vote is audited and published before it is closed. */
function requireShown({ row, state }: Story): void {
  if (row.route !== "emergency") return;
  const { number: project } = row;
  if (state.audits === 0) throw new DomainError("ProjectAuditMissing", { project });
  if (state.payments.every(({ entry }) => state.publishedEntries.has(entry))) return;
  throw new DomainError("ProjectPublicationMissing", { project });
}

async function requireNothingOpen(
  tx: Tx,
  { communityId, number: reservation }: FundReservation,
): Promise<void> {
  const state = { in: ["submitting" as const, "submitted" as const, "accepted" as const] };
  const where = { communityId, reservationNumber: reservation };
  const open = await tx.fundClaim.count({ where: { ...where, state } });
  const releasing = await tx.fundClaim.count({ where: { ...where, state: "releasing" } });
  if (open + releasing > 0) throw new DomainError("FundClaimsOpen", { reservation });
}

export const settleRules: ActRules = {
  functionName: "settle",
  toArgs(_context, _tx, { message, recordLeaf }) {
    const { reservation } = message as { reservation: string };
    return Promise.resolve([BigInt(reservation), recordLeaf]);
  },
  async onDone(context, tx, { act }) {
    const { communityId, projectNumber } = act;
    const project = { communityId, projectNumber: projectNumber! };
    await lockProjects(tx, communityId);
    const where = { communityId_projectNumber: project };
    await tx.fundReservation.update({ where, data: { settled: true } });
    await tx.project.update({
      where: { communityId_number: { communityId, number: projectNumber! } },
      data: { settled: true },
    });
    await appendSigned(context, tx, act);
  },
};
