import type { Hex } from "viem";
import type { Db } from "../../database/client.ts";
import type { FundContext } from "../context.ts";

interface Signer {
  officer: string;
  office: string;
  role: string;
}

/** Who signed together for a step, by the proposal in which they did. */
export async function findSigners(
  { registry }: FundContext,
  db: Db,
  { communityId, proposals }: { communityId: string; proposals: readonly string[] },
): Promise<ReadonlyMap<string, Signer[]>> {
  const rows = await db.attestation.findMany({
    where: { proposalId: { in: [...proposals] } },
    orderBy: { at: "asc" },
  });
  const signers = new Map<string, Signer[]>();
  for (const { proposalId, officer, role } of rows) {
    const office = await registry.titleOf(db, communityId, officer as Hex);
    signers.set(proposalId, [...(signers.get(proposalId) ?? []), { officer, office, role }]);
  }
  return signers;
}
