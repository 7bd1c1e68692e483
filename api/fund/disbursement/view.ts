import type { Hex } from "viem";
import type * as z from "zod";
import type { FundAct, FundReservation, Prisma } from "../../database/generated/client.ts";
import type { FundContext } from "../context.ts";
import type { disbursementSchema } from "./schemas.ts";

type DisbursementView = z.input<typeof disbursementSchema>;

interface Place {
  communityId: string;
  project: number;
}

/** What stands on chain for a project, and what is on its way there. */
export async function viewDisbursement(
  context: FundContext,
  { communityId, project }: Place,
): Promise<DisbursementView> {
  const { db } = context;
  const where = { communityId, projectNumber: project };
  const [reservation] = await db.fundReservation.findMany({ where });
  const claims = await db.fundClaim.findMany({ where, ...WITH_APPROVALS });
  const acts = await db.fundAct.findMany({ where, orderBy: { createdAt: "asc" } });
  return {
    reservation: reservation ? viewReservation(reservation) : null,
    acts: acts.map(viewAct),
    claims: await Promise.all(
      claims.map((claim) => viewClaim(context, claim, reservation?.approvals ?? 0)),
    ),
  };
}

const WITH_APPROVALS = {
  include: { approvals: { orderBy: { at: "asc" } } },
  orderBy: { createdAt: "asc" },
} as const satisfies Prisma.FundClaimFindManyArgs;

type Claim = Prisma.FundClaimGetPayload<typeof WITH_APPROVALS>;

const viewReservation = (row: FundReservation) => ({
  ...{ reservation: row.number, fund: row.fund as "maintenance", approvals: row.approvals },
  amount: String(row.amountFen),
  paid: String(row.paidFen),
  settled: row.settled,
  transaction: row.reservedIn,
});

const viewAct = (row: FundAct) => ({
  ...{ id: row.id, kind: row.kind, state: row.state, claim: row.claimId },
  ...{ proposal: row.proposalId, failure: row.failure, transaction: row.doneIn },
});

async function viewClaim({ db, registry }: FundContext, claim: Claim, needed: number) {
  const officeOf = (id: string) => registry.titleOf(db, claim.communityId, id as Hex);
  const approvals = [];
  for (const { officer, at } of claim.approvals) {
    approvals.push({ officer, office: await officeOf(officer), at: at.toISOString() });
  }
  return {
    ...{ id: claim.id, milestone: claim.milestone, claim: claim.number, state: claim.state },
    ...{ amount: String(claim.amountFen), invoice: claim.invoice, author: claim.author },
    office: await officeOf(claim.author),
    ...{ needed, approvals, failure: claim.failure, payment: claim.payment, entry: claim.entry },
    transaction: claim.paidIn ?? claim.submittedIn,
  };
}
