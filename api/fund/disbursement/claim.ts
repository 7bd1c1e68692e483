import type { Hex, TransactionReceipt } from "viem";
import { submitTypedData } from "../../../protocol/fund/messages.ts";
import { toTerms } from "../../../protocol/fund/terms.ts";
import type { Tx } from "../../database/client.ts";
import type { FundClaim, FundReservation } from "../../database/generated/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { publishEvent } from "../../http/events.ts";
import { today } from "../books/today.ts";
import type { FundContext } from "../context.ts";
import { lockProjects, openProject, writeStep } from "../project/step.ts";
import { signingDomain } from "./events.ts";
import { getReservation, readTerms } from "./terms.ts";

/** Kind of the call. */
export const SUBMIT = "submitClaim";

/** An invoice for whose milestone payment is claimed. */
export interface ClaimRequest {
  communityId: string;
  project: number;
  invoice: Hex;
}

interface Claimable {
  reservation: FundReservation;
  milestone: number;
  number: number;
  amountFen: bigint;
  invoiceLeaf: Hex;
}

/** Claims that keep their milestone from being claimed again. */
const STANDING = ["submitting", "submitted", "accepted", "releasing", "paid"] as const;

/** What the author has to sign, where the milestone and the invoice allow it. */
export async function draftClaim(context: FundContext, tx: Tx, request: ClaimRequest) {
  const claimable = await requireClaimable(tx, request);
  const { reservation, milestone, number, amountFen, invoiceLeaf } = claimable;
  const { title } = readTerms(reservation.terms).milestones[milestone]!;
  const typedData = submitTypedData(await signingDomain(context, tx, request.communityId), {
    reservation: BigInt(reservation.number),
    milestone: BigInt(milestone),
    claim: BigInt(number),
    ...{ title, amountFen, invoice: request.invoice, record: invoiceLeaf },
  });
  return { claimable, typedData };
}

async function requireClaimable(tx: Tx, request: ClaimRequest): Promise<Claimable> {
  const { communityId, project, invoice } = request;
  await openProject(tx, request);
  const reservation = await getReservation(tx, request);
  const where = { communityId_sha256: { communityId, sha256: invoice } };
  const known = await tx.projectInvoice.findUnique({ where });
  if (known?.projectNumber !== project) throw new DomainError("InvoiceNotFound", { project });
  const { milestone, amountFen, recordIndex } = known;
  const part = readTerms(reservation.terms).milestones[milestone];
  if (!part) throw new DomainError("ProjectMilestoneUnknown", { milestone });
  if (amountFen > part.amountFen) {
    const figures = { amount: String(amountFen), limit: String(part.amountFen) };
    throw new DomainError("FundClaimAmountInvalid", figures);
  }
  const claims = await tx.fundClaim.findMany({ where: { communityId, state: { not: "refused" } } });
  const standing = claims.find(
    (claim) =>
      claim.reservationNumber === reservation.number &&
      claim.milestone === milestone &&
      (STANDING as readonly string[]).includes(claim.state),
  );
  if (standing) {
    const place = { reservation: reservation.number, milestone, state: standing.state };
    throw new DomainError("FundMilestoneStateDiffers", place);
  }
  const step = await tx.projectStep.findUniqueOrThrow({
    where: { communityId_recordIndex: { communityId, recordIndex } },
  });
  const number = claims.length + 1;
  return { reservation, milestone, number, amountFen, invoiceLeaf: step.recordLeaf as Hex };
}

export interface SignedClaim extends ClaimRequest {
  signer: Hex;
  signature: Hex;
  officer: OfficerCaller;
}

/** The author, a committee officer, has signed: the claim goes to the chain. */
export async function submitClaim(context: FundContext, signed: SignedClaim): Promise<FundClaim> {
  const claim = await context.db.$transaction(async (tx) => {
    const { communityId, project, invoice, signer, signature, officer } = signed;
    const { claimable, typedData } = await draftClaim(context, tx, signed);
    const message = { message: typedData, signer, signature };
    const author = await context.registry.requireSigned(tx, communityId, message);
    if (author.id !== officer.id) throw new DomainError("AttestationSignerUnknown");
    const { reservation, milestone, number, amountFen, invoiceLeaf } = claimable;
    const row = await tx.fundClaim.create({
      data: {
        ...{ communityId, reservationNumber: reservation.number, projectNumber: project },
        ...{ milestone, number, amountFen, invoice, invoiceLeaf, author: author.id },
        ...{ signer, signature, createdAt: context.clock.now() },
      },
    });
    await sendClaim(context, tx, { row, reservation });
    return row;
  });
  context.chain.wake();
  return claim;
}

async function sendClaim(
  { chain }: FundContext,
  tx: Tx,
  { row, reservation }: { row: FundClaim; reservation: FundReservation },
): Promise<void> {
  const { communityId, milestone, amountFen, invoice, invoiceLeaf, signer, signature } = row;
  const { plan, milestones } = readTerms(reservation.terms);
  const submission = { milestone, amount: amountFen, invoice, record: invoiceLeaf };
  await chain.enqueue(tx, {
    ...{ communityId, contract: "fund", functionName: "submit", kind: SUBMIT, ref: row.id },
    args: [
      BigInt(reservation.number),
      toTerms(plan, milestones),
      { ...submission, milestone: BigInt(milestone) },
      { signer, signature },
    ],
  });
}

/** On chain: it waits for two others to judge it. */
async function settleSubmitted(
  context: FundContext,
  tx: Tx,
  { id, receipt }: { id: string; receipt: TransactionReceipt },
): Promise<void> {
  const submittedIn = receipt.transactionHash;
  const { communityId, ...claim } = await tx.fundClaim.findUniqueOrThrow({ where: { id } });
  const project = claim.projectNumber;
  await lockProjects(tx, communityId);
  await tx.fundClaim.update({ where: { id }, data: { state: "submitted", submittedIn } });
  const { milestone, number, amountFen, invoice, author } = claim;
  const terms = { date: today(context.clock), note: "申请支付。", documents: [] };
  await writeStep(context, tx, {
    step: { communityId, project, terms, officer: author as Hex },
    type: "projectClaim",
    own: {
      ...{ milestone, claim: number, amount: String(amountFen), invoice },
      transaction: submittedIn,
    },
  });
}

export function registerClaims(context: FundContext): void {
  const { chain } = context;
  chain.onMined(SUBMIT, (tx, { ref }, receipt) =>
    settleSubmitted(context, tx, { id: ref, receipt }),
  );
  chain.onFailed(SUBMIT, async (tx, { ref }, { code }) => {
    const data = { state: "refused" as const, failure: code };
    const { communityId, projectNumber } = await tx.fundClaim.update({ where: { id: ref }, data });
    await publishEvent(tx, communityId, { type: "disbursement", data: { project: projectNumber } });
  });
}

/** A claim of the community, its project locked. Throws ClaimNotFound. */
export async function openClaim(
  tx: Tx,
  { communityId, id }: { communityId: string; id: string },
): Promise<FundClaim & { reservation: FundReservation }> {
  const found = await tx.fundClaim.findUnique({ where: { id } });
  if (found?.communityId !== communityId) throw new DomainError("ClaimNotFound");
  await openProject(tx, { communityId, project: found.projectNumber });
  return tx.fundClaim.findUniqueOrThrow({ where: { id }, include: { reservation: true } });
}

/** Throws FundMilestoneStateDiffers. */
export function requireState(claim: FundClaim, state: FundClaim["state"]): void {
  if (claim.state === state) return;
  const { reservationNumber: reservation, milestone } = claim;
  throw new DomainError("FundMilestoneStateDiffers", {
    ...{ reservation, milestone, state: claim.state },
  });
}
