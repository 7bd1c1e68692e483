import type { Hex } from "viem";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { BoundKey as KeyRow, Roll } from "../../database/generated/client.ts";
import { DomainError } from "../../http/errors.ts";
import { toKeyKind } from "../../http/session.ts";
import type { BoundKey, FrozenRoll, Rolls } from "../service.ts";
import { readAreas } from "./freeze.ts";

const PUBLISHED = ["freezing", "frozen"] as const;

/** A roll that two officers have signed, on chain or on its way. */
export async function findPublished(
  db: Db | Tx,
  communityId: string,
  number: number,
): Promise<Roll | undefined> {
  const where = { communityId, number, state: { in: [...PUBLISHED] } };
  return (await db.roll.findFirst({ where })) ?? undefined;
}

/** A frozen roll. Throws RollNotFound, or RollNotFrozen while it is on its way. */
export async function getRollByNumber(
  db: Db | Tx,
  communityId: string,
  number: number,
): Promise<Roll> {
  const roll = await findPublished(db, communityId, number);
  if (!roll) throw new DomainError("RollNotFound", { roll: number });
  if (roll.state !== "frozen") throw new DomainError("RollNotFrozen", { roll: number });
  return roll;
}

/** The same, without its bytes: areas and lines of a large roll are megabytes, and every ballot asks. */
async function getFrozenId(db: Db | Tx, communityId: string, number: number): Promise<string> {
  const where = { communityId, number, state: { in: [...PUBLISHED] } };
  const roll = await db.roll.findFirst({ where, select: { id: true, state: true } });
  if (!roll) throw new DomainError("RollNotFound", { roll: number });
  if (roll.state !== "frozen") throw new DomainError("RollNotFrozen", { roll: number });
  return roll.id;
}

/** Whoever changes a roll's keys takes turns. */
export async function lockRoll(tx: Tx, id: string): Promise<Roll> {
  await tx.$queryRaw`SELECT 1 FROM "Roll" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.roll.findUniqueOrThrow({ where: { id } });
}

function toFrozen(roll: Roll): FrozenRoll {
  const { id, number, scope, voters, totalAreaE4, areaBytes, recordLeaf, frozenAt } = roll;
  const record = recordLeaf as Hex;
  return { id, number, scope, voters, totalAreaE4, areaBytes, record, frozenAt: frozenAt! };
}

export const toBoundKey = (roll: number, row: KeyRow): BoundKey => ({
  roll,
  page: row.page,
  position: row.position,
  voter: row.voter,
  kind: toKeyKind(row.kind),
  keyId: row.keyId as Hex,
  boundAt: row.boundAt,
  revokedAt: row.revokedAt ?? undefined,
});

/** What later subjects ask of rolls. */
export const rolls: Rolls = {
  async getFrozen(db, communityId, roll) {
    return toFrozen(await getRollByNumber(db, communityId, roll));
  },
  async areas(db, communityId, roll) {
    return readAreas(await getRollByNumber(db, communityId, roll));
  },
  async findKey(db, communityId, { roll, page, position }) {
    const rollId = await getFrozenId(db, communityId, roll);
    const where = { rollId_page_position: { rollId, page, position } };
    const row = await db.boundKey.findUnique({ where });
    return row ? toBoundKey(roll, row) : undefined;
  },
  async keys(db, communityId, roll, keyId) {
    const rollId = await getFrozenId(db, communityId, roll);
    const orderBy = [{ page: "asc" as const }, { position: "asc" as const }];
    const where = { rollId, ...(keyId ? { keyId } : {}) };
    const rows = await db.boundKey.findMany({ where, orderBy });
    return rows.map((row) => toBoundKey(roll, row));
  },
  async voterOfUnit(db, communityId, roll, unit) {
    const rollId = await getFrozenId(db, communityId, roll);
    const row = await db.rollUnit.findUnique({ where: { rollId_unit: { rollId, unit } } });
    if (!row) throw new DomainError("VoterNotFound", { roll });
    return row.voter;
  },
  async unitsOf(db, communityId, roll) {
    const rollId = await getFrozenId(db, communityId, roll);
    const rows = await db.rollUnit.findMany({ where: { rollId }, select: { unit: true } });
    return rows.map(({ unit }) => unit).sort();
  },
  async linesDocument(db, communityId, roll) {
    const { record } = await getRollByNumber(db, communityId, roll);
    return (JSON.parse(record) as RecordOf<"roll">).lines as Hex;
  },
};
