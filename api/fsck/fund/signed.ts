import { bytesToHex, decodeFunctionData, hashTypedData, keccak256 } from "viem";
import type { Hex } from "viem";
import { fundAbi } from "../../../protocol/abi/fund.ts";
import { planHash, planTerms } from "../../../protocol/assembly/plan.ts";
import { releaseTypedData } from "../../../protocol/fund/messages.ts";
import { milestonesHash } from "../../../protocol/fund/terms.ts";
import type { FundAct, FundApproval, FundClaim } from "../../database/generated/client.ts";
import type { Prisma } from "../../database/generated/client.ts";
import { readTerms } from "../../fund/disbursement/terms.ts";
import { verifyAttestation } from "../../registry/officer/signer.ts";
import { readVerifiers } from "../chain/verifiers.ts";
import type { FsckContext } from "../subject.ts";

/** What a reservation binds is what its signers signed for by hash. */
export async function inspectTerms({ snapshot, inspection }: FsckContext): Promise<void> {
  const acts = snapshot.stream<FundAct>(`SELECT * FROM "FundAct" WHERE "terms" IS NOT NULL`);
  for await (const { id, communityId: community, terms, message } of acts) {
    const { plan, milestones } = message as { plan: string; milestones: string };
    const place = { community, table: "FundAct", row: id, field: "terms" };
    inspection.equal(place, `${plan} ${milestones}`, hashesOf(terms));
  }
}

function hashesOf(stored: Prisma.JsonValue): string {
  try {
    const { plan, milestones } = readTerms(stored);
    return `${planHash(planTerms(plan))} ${milestonesHash(milestones)}`;
  } catch {
    return "none";
  }
}

type Submitted = FundClaim & { data: Uint8Array | null };

const SUBMITTED = `
  SELECT f.*, c."data" FROM "FundClaim" f
  LEFT JOIN "ChainCall" c ON c."kind" = 'submitClaim' AND c."ref" = f."id"::text`;

/** The author of a claim is who signed what went to the chain. */
export async function inspectAuthors({ snapshot, inspection }: FsckContext): Promise<void> {
  for await (const { id, communityId: community, data, ...row } of snapshot.stream<Submitted>(
    SUBMITTED,
  )) {
    const place = { community, table: "FundClaim", row: id };
    const sent = data && readAttestation(bytesToHex(data));
    if (!sent) {
      inspection.extra(place, "id");
      continue;
    }
    const { signer, signature } = sent;
    inspection.compare(place, row, { signer, signature, author: keccak256(signer) });
  }
}

function readAttestation(data: Hex): { signer: Hex; signature: Hex } | undefined {
  const { functionName, args } = decodeFunctionData({ abi: fundAbi, data });
  return functionName === "submit" ? args[3] : undefined;
}

type Approval = FundApproval &
  Partial<Omit<FundClaim, "signer" | "signature">> & { terms: Prisma.JsonValue };

const APPROVALS = `
  SELECT f.*, v."terms", a.* FROM "FundApproval" a LEFT JOIN "FundClaim" f ON f."id" = a."claimId"
  LEFT JOIN "FundReservation" v ON v."communityId" = f."communityId" AND v."number" = f."reservationNumber"`;

const MISSING = `
  SELECT f."communityId" AS community, f."id" AS claim, o.officer FROM "FundClaim" f
  JOIN "Record" r ON r."communityId" = f."communityId" AND r."type" = 'projectPayment'
    AND (r."text"::jsonb->>'payment')::int = f."payment"
  CROSS JOIN LATERAL jsonb_array_elements_text(r."text"::jsonb->'approvers') AS o (officer)
  WHERE NOT EXISTS (SELECT 1 FROM "FundApproval" a WHERE a."claimId" = f."id" AND a."officer" = o.officer)`;

/** Every approval was signed by whom it says, for that payment; nobody who approved on chain is left out. */
export async function inspectApprovals(context: FsckContext): Promise<void> {
  const { snapshot, inspection } = context;
  const verifiers = await readVerifiers(context);
  for await (const row of snapshot.stream<Approval>(APPROVALS)) {
    const { claimId, officer, signer, signature, communityId: community } = row;
    const place = { community, table: "FundApproval", row: `${claimId} ${officer}` };
    inspection.count("FundApproval", community);
    const digest = digestOf(context, row);
    if (digest === undefined) {
      inspection.extra(place, "claimId");
      continue;
    }
    inspection.equal({ ...place, field: "officer" }, idOf(signer), officer);
    const attested = { signer: signer as Hex, signature: signature as Hex, digest };
    const isSound = await verifyAttestation(attested, verifiers).catch(() => false);
    if (!isSound) inspection.find({ kind: "differs", ...place, field: "signer or signature" });
  }
  type Gap = { community: string; claim: string; officer: string };
  for await (const { community, claim, officer } of snapshot.stream<Gap>(MISSING)) {
    inspection.missing({ community, table: "FundApproval", row: `${claim} ${officer}` });
  }
}

const idOf = (signer: string): string => {
  try {
    return keccak256(signer as Hex);
  } catch {
    return "none";
  }
};

/** What the approver of a claim signs; undefined where there is no such claim. */
function digestOf({ communities }: FsckContext, row: Approval): Hex | undefined {
  const community = communities.get(row.communityId ?? "");
  if (!community?.fund || row.terms == null) return undefined;
  try {
    const { plan, milestones } = readTerms(row.terms);
    const { name: payee, accountTail } = plan.payee;
    const domain = { chainId: community.chainId, contract: community.fund as Hex };
    return hashTypedData(
      releaseTypedData(domain, {
        ...{ payee, accountTail, title: milestones[row.milestone!]!.title },
        ...{ amountFen: BigInt(row.amountFen!), invoice: row.invoice as Hex },
        claim: BigInt(row.number!),
        reservation: BigInt(row.reservationNumber!),
        milestone: BigInt(row.milestone!),
      }),
    );
  } catch {
    return undefined;
  }
}
