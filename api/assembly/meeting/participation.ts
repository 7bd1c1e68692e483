import type { Db, Tx } from "../../database/client.ts";

/** Who takes part so far: heads and area, never choices. */
export interface Participation {
  heads: number;
  areaE4: bigint;
}

/** Voters of whom a ballot is accepted, or on paper read by two tellers; each once, whatever they sent. */
export async function measureParticipation(db: Db | Tx, meetingId: string): Promise<Participation> {
  const rows = await db.$queryRaw<{ heads: number; area: bigint }[]>`
    SELECT count(*)::int AS heads, coalesce(sum(area), 0)::bigint AS area
    FROM (
      SELECT voter, "areaE4" AS area FROM "Ballot"
      WHERE "meetingId" = ${meetingId}::uuid AND state IN ('waiting', 'sealing', 'sealed')
      UNION
      SELECT voter, "areaE4" AS area FROM "PaperBallot"
      WHERE "meetingId" = ${meetingId}::uuid AND state IN ('checked', 'sealing', 'sealed')
    ) AS participants`;
  return { heads: rows[0]?.heads ?? 0, areaE4: rows[0]?.area ?? 0n };
}
