import { ACT_KINDS } from "../../fund/disbursement/act.ts";

// What the rows about payments must say by proposals, calls and records; every query gives kept and expected.

const listOf = (names: readonly string[]): string => names.map((name) => `'${name}'`).join();

/** Kinds whose record goes into the log when they are done. */
const RECORDED = listOf(["configureFund", "judgeClaim", "withdrawClaim", "settleReservation"]);

const LEAF = `'0x' || encode(sha256('\\x00'::bytea || convert_to(a."record", 'UTF8')), 'hex')`;

/** Every act is what was proposed, and as far as its call has come. */
export const ACTS_SQL = `
  SELECT coalesce(a."communityId", p."communityId") AS community, coalesce(a."id"::text, p."payload"->>'act') AS row,
    CASE WHEN a."id" IS NOT NULL THEN jsonb_build_object('communityId', a."communityId", 'kind', a."kind",
      'message', a."message", 'projectNumber', a."projectNumber"::text, 'proposalId', a."proposalId",
      'state', a."state", 'doneIn', a."doneIn", 'recordLeaf', a."recordLeaf", 'record', ${LEAF},
      'recordIndex', a."recordIndex", 'claimId', a."claimId") END AS kept,
    CASE WHEN p."id" IS NOT NULL THEN jsonb_build_object('communityId', p."communityId", 'kind', p."kind",
      'message', p."typedData"->'message', 'projectNumber', p."summary"->>'project', 'proposalId', p."id",
      'state', CASE WHEN c."state" = 'mined' THEN 'done' WHEN c."state" = 'failed' OR p."state" = 'withdrawn' THEN 'refused'
        WHEN c."id" IS NOT NULL THEN 'sending' ELSE 'proposed' END,
      'doneIn', CASE WHEN c."state" = 'mined' THEN t."hash" END,
      'recordLeaf', p."typedData"->'message'->>'record',
      'record', CASE WHEN p."kind" IN (${RECORDED}) THEN p."typedData"->'message'->>'record' END,
      'recordIndex', CASE WHEN p."kind" IN (${RECORDED}) AND c."state" = 'mined' THEN (SELECT max(r."index")
        FROM "Record" r WHERE r."communityId" = p."communityId" AND r."leaf" = p."typedData"->'message'->>'record') END,
      'claimId', CASE WHEN p."kind" IN ('judgeClaim', 'withdrawClaim') THEN (SELECT f."id" FROM "FundClaim" f
        WHERE f."communityId" = p."communityId" AND f."number"::text = p."typedData"->'message'->>'claim'
          AND f."state" <> 'refused') END) END AS expected
  FROM "FundAct" a
  FULL JOIN (SELECT * FROM "Proposal" WHERE "kind" IN (${listOf(ACT_KINDS)})) p ON p."payload"->>'act' = a."id"::text
  LEFT JOIN "ChainCall" c ON c."kind" = p."kind" AND c."ref" = p."payload"->>'act'
  LEFT JOIN LATERAL (SELECT "hash" FROM "ChainTransaction" WHERE "callId" = c."id" AND "state" = 'mined' AND "succeeded"
    ORDER BY "id" DESC LIMIT 1) t ON true`;

const recordsOf = (type: string): string =>
  `(SELECT "communityId", "text"::jsonb AS b FROM "Record" WHERE "type" = '${type}')`;

/** Every reservation is what its record says, with what was paid of it since. */
export const RESERVATIONS_SQL = `
  SELECT coalesce(v."communityId", r."communityId") AS community, coalesce(v."number"::text, r.b->>'reservation') AS row,
    CASE WHEN v."number" IS NOT NULL THEN jsonb_build_object('projectNumber', v."projectNumber", 'fund', v."fund",
      'terms', v."terms", 'amountFen', v."amountFen"::text, 'paidFen', v."paidFen"::text, 'approvals', v."approvals",
      'settled', v."settled", 'reservedIn', v."reservedIn") END AS kept,
    CASE WHEN r.b IS NOT NULL THEN jsonb_build_object('projectNumber', r.b->'project', 'fund', a."terms"->'plan'->>'fund',
      'terms', a."terms", 'amountFen', r.b->>'amount', 'paidFen', (SELECT coalesce(sum((p.b->>'amount')::bigint), 0)::text
        FROM ${recordsOf("projectPayment")} p WHERE p."communityId" = r."communityId" AND p.b->'project' = r.b->'project'),
      'approvals', r.b->'approvals', 'settled', EXISTS (SELECT 1 FROM ${recordsOf("projectSettlement")} s
        WHERE s."communityId" = r."communityId" AND s.b->'project' = r.b->'project'),
      'reservedIn', r.b->>'transaction') END AS expected
  FROM "FundReservation" v
  FULL JOIN ${recordsOf("projectReservation")} r
    ON r."communityId" = v."communityId" AND (r.b->>'reservation')::int = v."number"
  LEFT JOIN "FundAct" a ON a."communityId" = r."communityId" AND a."doneIn" = r.b->>'transaction'
    AND a."kind" IN ('reserve', 'reserveEmergency')`;

/** How far a claim has come, by the records after its own. */
const STATE = `CASE WHEN pay.b IS NOT NULL THEN 'paid' WHEN back.b IS NOT NULL THEN 'withdrawn'
  WHEN (said.b->>'accepted')::boolean THEN CASE WHEN EXISTS (SELECT 1 FROM "ChainCall" c WHERE c."kind" = 'releaseClaim'
    AND c."ref" LIKE f."id" || ':%' AND c."state" IN ('waiting', 'sent')) THEN 'releasing' ELSE 'accepted' END
  WHEN said.b IS NOT NULL THEN 'rejected' ELSE 'submitted' END`;

const later = (type: string, name: string): string => `
  LEFT JOIN ${recordsOf(type)} ${name} ON ${name}."communityId" = r."communityId" AND ${name}.b->'claim' = r.b->'claim'`;

/** Every claim on chain is what its records say. */
export const CLAIMS_SQL = `
  SELECT coalesce(f."communityId", r."communityId") AS community, coalesce(f."id"::text, r.b->>'claim') AS row,
    CASE WHEN f."id" IS NOT NULL THEN jsonb_build_object('reservationNumber', f."reservationNumber",
      'projectNumber', f."projectNumber", 'milestone', f."milestone", 'number', f."number", 'state', f."state",
      'amountFen', f."amountFen"::text, 'invoice', f."invoice", 'invoiceLeaf', f."invoiceLeaf", 'author', f."author",
      'submittedIn', f."submittedIn", 'attempts', f."attempts", 'payment', f."payment", 'entry', f."entry",
      'paidIn', f."paidIn") END AS kept,
    CASE WHEN r.b IS NOT NULL THEN jsonb_build_object('reservationNumber', (SELECT v."number" FROM "FundReservation" v
        WHERE v."communityId" = r."communityId" AND v."projectNumber" = (r.b->>'project')::int),
      'projectNumber', r.b->'project', 'milestone', r.b->'milestone', 'number', r.b->'claim', 'state', ${STATE},
      'amountFen', r.b->>'amount', 'invoice', r.b->>'invoice', 'invoiceLeaf', (SELECT l."leaf" FROM "ProjectInvoice" i
        JOIN "Record" l ON l."communityId" = i."communityId" AND l."index" = i."recordIndex"
        WHERE i."communityId" = r."communityId" AND i."sha256" = r.b->>'invoice'),
      'author', r.b->>'author', 'submittedIn', r.b->>'transaction', 'attempts', (SELECT count(*) FROM "ChainCall" c
        WHERE c."kind" = 'releaseClaim' AND c."ref" LIKE f."id" || ':%' AND c."state" = 'failed'),
      'payment', pay.b->'payment', 'entry', pay.b->'entry', 'paidIn', pay.b->>'transaction') END AS expected
  FROM (SELECT * FROM "FundClaim" WHERE "state" NOT IN ('submitting', 'refused')) f
  FULL JOIN ${recordsOf("projectClaim")} r
    ON r."communityId" = f."communityId" AND (r.b->>'claim')::int = f."number"
  ${later("projectPayment", "pay")} ${later("projectAcceptance", "said")} ${later("projectWithdrawal", "back")}`;
