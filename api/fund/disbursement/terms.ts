import type { UsePlan } from "../../../protocol/assembly/plan.ts";
import type { Milestone } from "../../../protocol/fund/terms.ts";
import type { Tx } from "../../database/client.ts";
import type { FundReservation, Prisma } from "../../database/generated/client.ts";
import { DomainError } from "../../http/errors.ts";

/** What a reservation binds. */
export interface Terms {
  plan: UsePlan;
  milestones: Milestone[];
}

interface StoredTerms {
  plan: UsePlan;
  milestones: { title: string; amount: string }[];
}

export const storeTerms = ({ plan, milestones }: Terms): Prisma.InputJsonObject => ({
  plan,
  milestones: milestones.map(({ title, amountFen }) => ({ title, amount: String(amountFen) })),
});

export function readTerms(stored: Prisma.JsonValue): Terms {
  const { plan, milestones } = stored as unknown as StoredTerms;
  return {
    plan,
    milestones: milestones.map(({ title, amount }) => ({ title, amountFen: BigInt(amount) })),
  };
}

/** The reservation of a project, as long as it runs. Throws ReservationMissing, or FundReservationSettled. */
export async function getReservation(
  tx: Tx,
  { communityId, project }: { communityId: string; project: number },
): Promise<FundReservation> {
  const where = { communityId_projectNumber: { communityId, projectNumber: project } };
  const row = await tx.fundReservation.findUnique({ where });
  if (!row) throw new DomainError("ReservationMissing", { project });
  if (row.settled) throw new DomainError("FundReservationSettled", { reservation: row.number });
  return row;
}
