import type { Tx } from "../../database/client.ts";
import type { Roll } from "../../database/generated/client.ts";
import type { RegistryContext } from "../context.ts";

/**
 * Keys that were bound to the same owners in the roll before wait for the two officers again, so that nobody has to
 * enrol anew for every meeting. A group that has changed, by a sale for example, is another group.
 */
export async function carryKeys(
  { clock }: Pick<RegistryContext, "clock">,
  tx: Tx,
  roll: Roll,
): Promise<void> {
  const createdAt = clock.now();
  await tx.$executeRaw`
    INSERT INTO "Enrolment" ("id", "rollId", "voter", "kind", "keyId", "state", "carried", "createdAt")
    SELECT DISTINCT ON (k."keyId") gen_random_uuid(), ${roll.id}::uuid, v."number", k."kind", k."keyId",
      'waiting', true, ${createdAt}
    FROM "BoundKey" k
    JOIN "Roll" r ON r."id" = k."rollId"
    JOIN "RollVoter" old ON old."rollId" = k."rollId" AND old."number" = k."voter"
    JOIN "RollVoter" v ON v."rollId" = ${roll.id}::uuid AND v."group" = old."group"
    WHERE r."communityId" = ${roll.communityId} AND r."id" <> ${roll.id}::uuid AND k."revokedAt" IS NULL
      AND NOT EXISTS (
        SELECT FROM "BoundKey" gone JOIN "Roll" g ON g."id" = gone."rollId"
        WHERE g."communityId" = ${roll.communityId} AND gone."keyId" = k."keyId" AND gone."revokedAt" IS NOT NULL)
    ORDER BY k."keyId", r."number" DESC
    ON CONFLICT DO NOTHING`;
}
