import type { Tx } from "../../database/client.ts";
import { getEntry } from "./find.ts";
import type { Outcome } from "./perform.ts";

/** What the confirming officer sees of what is to be entered; amounts are fen. */
export interface Preview {
  entries: {
    fund: string;
    kind: string;
    postings: { account: string; amount: string }[];
    units: number;
    /** The part of the developer's unsold units. */
    developer: string;
  }[];
}

export async function previewOutcome(
  tx: Tx,
  communityId: string,
  { entries }: Outcome,
): Promise<Preview> {
  const rows: Preview["entries"] = [];
  for (const number of entries) {
    const { fund, kind, postings, units } = await getEntry(tx, communityId, number);
    const developer = units > 0 ? await sumDevelopers(tx, communityId, number) : 0n;
    rows.push({
      ...{ fund, kind, units, developer: String(developer) },
      postings: postings.map(({ account, amountFen }) => ({ account, amount: String(amountFen) })),
    });
  }
  return { entries: rows };
}

async function sumDevelopers(tx: Tx, communityId: string, number: number): Promise<bigint> {
  const [row] = await tx.$queryRaw<{ fen: bigint }[]>`
    SELECT COALESCE(sum(p."amountFen"), 0)::bigint AS fen FROM "FundUnitPosting" p
    JOIN "FundUnit" u ON u."communityId" = p."communityId" AND u."unit" = p."unit" AND u."developer"
    WHERE p."communityId" = ${communityId} AND p."number" = ${number}`;
  return row?.fen ?? 0n;
}
