import type { FundAct } from "../../database/generated/client.ts";
import { ACT_KINDS, summarizeAct } from "../../fund/disbursement/act.ts";
import type { ActKind } from "../../fund/disbursement/act.ts";
import { inspectDerived } from "../derived.ts";
import { findSubject } from "../registry/proposalKinds.ts";
import type { CallSource, ProposalKind, Subject } from "../subject.ts";
import { ACTS_SQL, CLAIMS_SQL, RESERVATIONS_SQL } from "./paymentsSql.ts";
import { inspectApprovals, inspectAuthors, inspectTerms } from "./signed.ts";

/** What each kind calls and signs. */
const ACTS: Readonly<Record<ActKind, { calls: string; signs: string }>> = {
  creditFund: { calls: "credit", signs: "Credit" },
  configureFund: { calls: "configure", signs: "Configure" },
  reserve: { calls: "reserve", signs: "Reserve" },
  reserveEmergency: { calls: "reserveEmergency", signs: "ReserveEmergency" },
  judgeClaim: { calls: "judge", signs: "Judge" },
  withdrawClaim: { calls: "withdraw", signs: "Withdraw" },
  settleReservation: { calls: "settle", signs: "Settle" },
};

const actCalls: CallSource[] = ACT_KINDS.map((kind) => ({
  kind,
  functions: [ACTS[kind].calls],
  table: "FundAct",
  refs: `
    SELECT "id"::text AS ref, CASE WHEN "state" = 'sending' THEN 'pending' WHEN "state" = 'done' THEN 'done'
      WHEN "state" = 'refused' AND "failure" <> 'withdrawn' THEN 'failed' END AS call
    FROM "FundAct" WHERE "kind" = '${kind}'`,
}));

const claimCalls: CallSource[] = [
  {
    kind: "submitClaim",
    functions: ["submit"],
    table: "FundClaim",
    refs: `
      SELECT "id"::text AS ref, CASE WHEN "state" = 'submitting' THEN 'pending' WHEN "state" = 'refused' THEN 'failed'
        ELSE 'done' END AS call FROM "FundClaim"`,
  },
  {
    // Anybody may bring a payment to the chain who has its approvals: then none of our calls did.
    kind: "releaseClaim",
    functions: ["release"],
    table: "FundClaim",
    refs: `
      SELECT "id"::text AS ref, CASE WHEN "state" = 'releasing' THEN 'pending' WHEN "state" = 'paid'
        AND "paidIn" IN (SELECT "hash" FROM "ChainTransaction" WHERE "callId" IS NOT NULL) THEN 'done'
        END AS call FROM "FundClaim"`,
  },
];

/** The row says what was signed and what the signers were told. */
const toProposal = (kind: ActKind): ProposalKind => ({
  primaryType: ACTS[kind].signs,
  roles: ["registrar", "committee"],
  table: "FundAct",
  async facts(context, proposal) {
    const act = await findSubject<FundAct>(context, proposal, { table: "FundAct", name: "act" });
    if (!act) return undefined;
    return {
      payload: { act: act.id },
      message: act.message as object,
      summary: summarizeAct(act),
    };
  },
});

/** What officers sign for the Fund contract, and what stands there. */
export const paymentsSubject: Subject = {
  name: "payments",
  tables: {
    FundAct: { onlyHere: ["failure", "createdAt"] },
    FundReservation: { onlyHere: [] },
    FundClaim: { onlyHere: ["failure", "createdAt"] },
    FundApproval: { onlyHere: ["at"] },
  },
  calls: [...actCalls, ...claimCalls],
  proposals: Object.fromEntries(ACT_KINDS.map((kind) => [kind, toProposal(kind)])),
  async inspect(context) {
    await inspectDerived(context, { table: "FundAct", sql: ACTS_SQL });
    await inspectTerms(context);
    await inspectDerived(context, { table: "FundReservation", sql: RESERVATIONS_SQL });
    await inspectDerived(context, { table: "FundClaim", sql: CLAIMS_SQL });
    await inspectAuthors(context);
    await inspectApprovals(context);
  },
};
