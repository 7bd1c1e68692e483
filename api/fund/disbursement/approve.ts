import type { Hex } from "viem";
import { releaseTypedData } from "../../../protocol/fund/messages.ts";
import { toApprovals } from "../../../protocol/fund/approvals.ts";
import type { Tx } from "../../database/client.ts";
import type { FundApproval, FundClaim, FundReservation } from "../../database/generated/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { publishEvent } from "../../http/events.ts";
import { LONG_TRANSACTION } from "../context.ts";
import type { FundContext } from "../context.ts";
import { openClaim, requireState } from "./claim.ts";
import { signingDomain } from "./events.ts";
import { rehearsePayment } from "./pay.ts";
import { readTerms } from "./terms.ts";

/** Kind of the call. */
export const RELEASE = "releaseClaim";

type Claimed = FundClaim & { reservation: FundReservation };

interface Approver {
  communityId: string;
  claim: string;
  officer: OfficerCaller;
}

/** What an approver signs: payee, account, amount, milestone and invoice, as his device shows them. */
export function draftApproval(context: FundContext, { communityId, claim: id, officer }: Approver) {
  return context.db.$transaction(async (tx) => {
    const claim = await openClaim(tx, { communityId, id });
    await requireApprover(tx, claim, officer);
    return approvalTypedData(context, tx, claim);
  });
}

/** What every approval of a claim signs. */
export async function approvalTypedData(context: FundContext, tx: Tx, claim: Claimed) {
  const { communityId, reservation, reservationNumber, milestone, number } = claim;
  const { plan, milestones } = readTerms(reservation.terms);
  const { name: payee, accountTail } = plan.payee;
  return releaseTypedData(await signingDomain(context, tx, communityId), {
    ...{ payee, accountTail, amountFen: claim.amountFen, title: milestones[milestone]!.title },
    invoice: claim.invoice as Hex,
    reservation: BigInt(reservationNumber),
    milestone: BigInt(milestone),
    claim: BigInt(number),
  });
}

/** Who claims does not approve; nobody approves twice. */
async function requireApprover(tx: Tx, claim: FundClaim, { id, roles }: OfficerCaller) {
  requireState(claim, "accepted");
  if (!roles.includes("approver")) throw new DomainError("RoleRequired", { roles: ["approver"] });
  if (claim.author === id) throw new DomainError("FundAuthorActs");
  const where = { claimId_officer: { claimId: claim.id, officer: id } };
  if (await tx.fundApproval.findUnique({ where })) throw new DomainError("FundApproverTwice");
}

export interface SignedApproval extends Approver {
  signer: Hex;
  signature: Hex;
}

/** Takes an approval; with the last one that is needed the payment goes to the chain, if the books can bear it. */
export async function approveClaim(context: FundContext, signed: SignedApproval): Promise<void> {
  const { communityId, claim: id, officer, signer, signature } = signed;
  await rehearsePayment(context, { communityId, id });
  await context.db.$transaction(async (tx) => {
    const claim = await openClaim(tx, { communityId, id });
    await requireApprover(tx, claim, officer);
    const message = { message: await approvalTypedData(context, tx, claim), signer, signature };
    const approver = await context.registry.requireSigned(tx, communityId, message);
    if (approver.id !== officer.id) throw new DomainError("AttestationSignerUnknown");
    const at = context.clock.now();
    const data = { claimId: id, officer: approver.id, signer, signature, at };
    await tx.fundApproval.create({ data });
    await releaseIfEnough(context, tx, claim);
    const { projectNumber: project } = claim;
    await publishEvent(tx, communityId, { type: "disbursement", data: { project } });
  }, LONG_TRANSACTION);
  context.chain.wake();
}

async function releaseIfEnough(context: FundContext, tx: Tx, claim: Claimed): Promise<void> {
  const approvals = await findApprovals(context, tx, claim);
  const { communityId, reservation, number, id, attempts } = claim;
  if (approvals.length < reservation.approvals) return;
  await tx.fundClaim.update({ where: { id }, data: { state: "releasing", failure: null } });
  const { signatures, attestations } = toApprovals(
    approvals.map(({ signer, signature }) => ({
      signer: signer as Hex,
      signature: signature as Hex,
    })),
  );
  await context.chain.enqueue(tx, {
    ...{ communityId, contract: "fund", functionName: "release" },
    args: [BigInt(number), signatures, attestations],
    ...{ kind: RELEASE, ref: `${id}:${attempts}` },
  });
}

/** Approvals of those who are approvers now: what somebody signed before he was dismissed no longer counts. */
export async function findApprovals(
  { registry }: FundContext,
  tx: Tx,
  { id, communityId }: FundClaim,
): Promise<FundApproval[]> {
  const rows = await tx.fundApproval.findMany({ where: { claimId: id }, orderBy: { at: "asc" } });
  const valid: FundApproval[] = [];
  for (const row of rows) {
    const officer = await registry.findOfficer(tx, communityId, row.signer as Hex);
    if (officer?.roles.includes("approver")) valid.push(row);
  }
  return valid;
}
