import type { Tx } from "../../database/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import type { RegistryContext } from "../context.ts";
import { getRollByNumber } from "../roll/find.ts";

/** What one officer does alone at the key desk. What two must sign keeps its own record. */
export const DESK_ACTS = [
  "invited",
  "reinvited",
  "refused",
  "proposedKeys",
  "proposedRevocation",
] as const;
export type DeskActName = (typeof DESK_ACTS)[number];

export interface NewDeskAct {
  rollId: string;
  officer: OfficerCaller;
  act: DeskActName;
  voters: readonly number[];
  reason?: string;
}

/** Keeps who did what; part of the transaction that does it. */
export async function noteAct(
  { clock }: Pick<RegistryContext, "clock">,
  tx: Tx,
  { rollId, officer, act, voters, reason }: NewDeskAct,
): Promise<void> {
  const at = clock.now();
  const data = { rollId, at, officer: officer.id, act, voters: [...voters] };
  await tx.deskAct.create({ data: { ...data, reason: reason ?? null } });
}

export interface RefusalInput {
  communityId: string;
  roll: number;
  enrolment: string;
  reason: string;
  officer: OfficerCaller;
}

/** Turns down a key that waits: whoever handed it in is not the owner, or handed in the wrong one. */
export async function refuseEnrolment(
  context: RegistryContext,
  { communityId, roll, enrolment, reason, officer }: RefusalInput,
): Promise<void> {
  const { id: rollId } = await getRollByNumber(context.db, communityId, roll);
  await context.db.$transaction(async (tx) => {
    const { count } = await tx.enrolment.updateMany({
      where: { id: enrolment, rollId, state: "waiting" },
      data: { state: "refused" },
    });
    if (count === 0) throw new DomainError("EnrolmentNotWaiting");
    const { voter } = await tx.enrolment.findUniqueOrThrow({ where: { id: enrolment } });
    await noteAct(context, tx, { rollId, officer, act: "refused", voters: [voter], reason });
  });
}
