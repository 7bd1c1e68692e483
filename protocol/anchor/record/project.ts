import { z } from "zod";
import { common, documentReference, fen, hash, isoDate, number, positive, text } from "./fields.ts";
import { CHARGE_CATEGORIES, EMERGENCY_GROUNDS, PROJECT_ROUTES } from "./kinds.ts";
import { payee, plan } from "./plan.ts";

// Records of a repair project, in the order of its life: SPEC section 3. Every one has a date of its own (when it
// happened), says in a sentence what happened, and names the documents that show it.

const step = {
  ...common,
  /** Numbered from 1 in each community. */
  project: positive,
  date: isoDate,
  note: text,
  documents: z.array(documentReference),
  /** The officer who wrote it, `keccak(signer)`. */
  author: hash,
};

/** A project begins: what is to be done, and by which way. */
export const projectRecord = z.strictObject({
  ...step,
  type: z.literal("project"),
  title: text,
  category: z.enum(CHARGE_CATEGORIES),
  route: z.enum(PROJECT_ROUTES),
  /** Why there is no vote; null for a project that is voted on. */
  ground: z.enum(EMERGENCY_GROUNDS).nullable(),
  /** What it is expected to cost; null while nobody knows. */
  estimate: fen.nullable(),
});

/** The motion that decides on it. Budget, contractor, scope and rule are those of the motion's plan. */
export const projectVoteRecord = z.strictObject({
  ...step,
  type: z.literal("projectVote"),
  meeting: positive,
  motion: number,
});

/**
 * What the committee and the subdistrict's registrar attest in an emergency, in the place of a motion's plan; they sign
 * for this record's leaf when the money is reserved. Another one before that replaces it.
 */
export const projectEmergencyRecord = z.strictObject({
  ...step,
  type: z.literal("projectEmergency"),
  plan,
});

/** An offer (报价). */
export const projectQuoteRecord = z.strictObject({
  ...step,
  type: z.literal("projectQuote"),
  quote: positive,
  supplier: text,
  amount: fen,
});

const milestone = z.strictObject({ title: text, amount: fen });

/** The contract (合同); another one of the same number replaces it. */
export const projectContractRecord = z.strictObject({
  ...step,
  type: z.literal("projectContract"),
  contract: positive,
  /** The offer that was taken, where there were any. */
  quote: positive.nullable(),
  payee,
  amount: fen,
  milestones: z.array(milestone).min(1).max(32),
});

/** Work as it goes on (施工), with photographs. */
export const projectWorkRecord = z.strictObject({ ...step, type: z.literal("projectWork") });

/** Money was set aside on chain for what the motion, or the emergency's two officers, decided. */
export const projectReservationRecord = z.strictObject({
  ...step,
  type: z.literal("projectReservation"),
  /** Its number on chain. */
  reservation: positive,
  /** The sum of the milestones. */
  amount: fen,
  /** How many approvals each payment asks for. */
  approvals: positive,
  transaction: hash,
});

/** An officer claimed a milestone's payment on chain; `author` is he. */
export const projectClaimRecord = z.strictObject({
  ...step,
  type: z.literal("projectClaim"),
  milestone: number,
  /** Numbered from 1 in each community, as on chain. */
  claim: positive,
  amount: fen,
  invoice: hash,
  transaction: hash,
});

/** Work was looked at (验收), and a claim accepted or rejected; on chain once both have signed for this record's leaf. */
export const projectAcceptanceRecord = z.strictObject({
  ...step,
  type: z.literal("projectAcceptance"),
  milestone: number,
  claim: positive,
  accepted: z.boolean(),
});

/** An accepted claim was taken back before it was paid: `note` says why. */
export const projectWithdrawalRecord = z.strictObject({
  ...step,
  type: z.literal("projectWithdrawal"),
  milestone: number,
  claim: positive,
});

/** A price audit (审价): what the contractor asks and what the auditor confirms. */
export const projectAuditRecord = z.strictObject({
  ...step,
  type: z.literal("projectAudit"),
  auditor: text,
  claimed: fen,
  confirmed: fen,
});

/** An invoice (发票) for a milestone. */
export const projectInvoiceRecord = z.strictObject({
  ...step,
  type: z.literal("projectInvoice"),
  milestone: number,
  /** As printed on it. */
  invoice: text,
  amount: fen,
  /** SHA-256 of the invoice's file, which the approvers sign for. */
  sha256: hash,
});

/** Money was released (付款), as the Fund contract has it. */
export const projectPaymentRecord = z.strictObject({
  ...step,
  type: z.literal("projectPayment"),
  /** Numbered from 1 in each community. */
  payment: positive,
  milestone: number,
  claim: positive,
  amount: fen,
  payee,
  invoice: hash,
  /** The officers who approved, `keccak(signer)`. */
  approvers: z.array(hash).min(1),
  transaction: hash,
  /** The entry in the books, from which the bank's line and every flat's share follow. */
  entry: positive,
});

/** After an emergency: what was paid without a vote, put before the owners (公示) with each entry's schedule. */
export const projectPublicationRecord = z.strictObject({
  ...step,
  type: z.literal("projectPublication"),
  entries: z.array(positive).min(1),
});

/** The end (结算): what was paid in all, and what of the reserve became free again. */
export const projectSettlementRecord = z.strictObject({
  ...step,
  type: z.literal("projectSettlement"),
  paid: fen,
  released: fen,
});

/** All records of a project, by the order of a project's life. */
export const PROJECT_RECORDS = [
  projectRecord,
  projectVoteRecord,
  projectEmergencyRecord,
  projectQuoteRecord,
  projectContractRecord,
  projectReservationRecord,
  projectWorkRecord,
  projectClaimRecord,
  projectAcceptanceRecord,
  projectWithdrawalRecord,
  projectAuditRecord,
  projectInvoiceRecord,
  projectPaymentRecord,
  projectPublicationRecord,
  projectSettlementRecord,
] as const;
