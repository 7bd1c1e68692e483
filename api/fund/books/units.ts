import { bytesToHex } from "viem";
import type { Tx } from "../../database/client.ts";
import type { FundBooks, FundUnit } from "../../database/generated/client.ts";
import type { UnitOfRoll } from "../../registry/service.ts";
import { LONG_TRANSACTION } from "../context.ts";
import type { FundContext } from "../context.ts";
import { lockBooks } from "./lock.ts";

const SALT_BYTES = 32;

/**
 * Brings the sub-ledgers up to the newest frozen roll: new units get one, areas and unsold units are taken over. A unit
 * that is on no later roll keeps its sub-ledger. The books must be locked.
 */
export async function syncUnits(
  { registry, random }: Pick<FundContext, "registry" | "random">,
  tx: Tx,
  books: FundBooks,
): Promise<void> {
  const { communityId, lastRoll } = books;
  const rolls = await registry.frozenRolls(tx, communityId, lastRoll);
  for (const roll of rolls) {
    const units = await registry.unitsOf(tx, communityId, { roll });
    await storeUnits(tx, { communityId, roll, units, salts: units.map(() => random(SALT_BYTES)) });
  }
  const newest = rolls.at(-1);
  if (newest === undefined) return;
  await tx.fundBooks.update({ where: { communityId }, data: { lastRoll: newest } });
}

interface Taken {
  communityId: string;
  roll: number;
  units: readonly UnitOfRoll[];
  salts: readonly Uint8Array[];
}

async function storeUnits(tx: Tx, { communityId, roll, units, salts }: Taken): Promise<void> {
  const column = <Value>(read: (unit: UnitOfRoll) => Value): Value[] => units.map(read);
  await tx.$executeRaw`
    INSERT INTO "FundUnit"
      ("communityId", "unit", "building", "entrance", "areaE4", "developer", "roll", "salt")
    SELECT ${communityId}, taken."unit", taken."building", taken."entrance", taken."areaE4",
      taken."developer", ${roll}::int, salt."salt" FROM
      unnest(${column(({ unit }) => unit)}::text[], ${column(({ building }) => building)}::text[],
        ${column(({ entrance }) => entrance)}::text[], ${column(({ areaE4 }) => String(areaE4))}::text[]::bigint[],
        ${column(({ developer }) => developer)}::boolean[])
        WITH ORDINALITY AS taken ("unit", "building", "entrance", "areaE4", "developer", "place")
      JOIN unnest(${salts.map((salt) => bytesToHex(salt))}::text[]) WITH ORDINALITY AS salt ("salt", "place")
        USING ("place")
    ON CONFLICT ("communityId", "unit") DO UPDATE
      SET "entrance" = EXCLUDED."entrance", "areaE4" = EXCLUDED."areaE4",
        "developer" = EXCLUDED."developer", "roll" = EXCLUDED."roll"`;
}

/** The same where nothing is being entered: most of the time there is no newer roll, and nothing is locked. */
export async function ensureUnits(
  context: Pick<FundContext, "db" | "registry" | "random">,
  communityId: string,
): Promise<void> {
  const books = await context.db.fundBooks.findUnique({ where: { communityId } });
  const known = books?.lastRoll ?? 0;
  const rolls = await context.registry.frozenRolls(context.db, communityId, known);
  if (rolls.length === 0) return;
  await context.db.$transaction(async (tx) => {
    await syncUnits(context, tx, await lockBooks(tx, communityId));
  }, LONG_TRANSACTION);
}

/** The sub-ledgers of some units by their id; the building of a unit never changes. */
export async function findUnits(
  tx: Tx,
  communityId: string,
  units: readonly string[],
): Promise<Map<string, FundUnit>> {
  const rows = await tx.$queryRaw<FundUnit[]>`
    SELECT * FROM "FundUnit"
    WHERE "communityId" = ${communityId} AND "unit" = ANY(${[...units]}::text[])`;
  return new Map(rows.map((row) => [row.unit, row]));
}
