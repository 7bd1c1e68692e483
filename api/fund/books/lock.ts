import type { Tx } from "../../database/client.ts";
import type { FundBooks } from "../../database/generated/client.ts";

/**
 * The books of a community, held until the transaction ends: whoever writes them takes turns. Comes before any record
 * is appended in the same transaction, because the log is locked after the books everywhere.
 */
export async function lockBooks(tx: Tx, communityId: string): Promise<FundBooks> {
  await tx.$executeRaw`
    INSERT INTO "FundBooks" ("communityId") VALUES (${communityId}) ON CONFLICT DO NOTHING`;
  await tx.$queryRaw`SELECT 1 FROM "FundBooks" WHERE "communityId" = ${communityId} FOR UPDATE`;
  return tx.fundBooks.findUniqueOrThrow({ where: { communityId } });
}

/** A day as the database holds it. */
export const toDay = (date: string): Date => new Date(`${date}T00:00:00Z`);

/** A day as records say it. */
export const fromDay = (day: Date): string => day.toISOString().slice(0, 10);
