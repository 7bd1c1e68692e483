import type { Cipher } from "../../cipher.ts";
import type { Db, Tx } from "../../database/client.ts";
import { DEVELOPER_GROUP } from "../../../protocol/registry/voters.ts";
import type { UnitOfRoll } from "../service.ts";
import { getRollByNumber } from "./find.ts";

/** Numbers of the frozen rolls after `after`, the oldest first. */
export async function listFrozen(
  db: Db | Tx,
  communityId: string,
  after: number,
): Promise<number[]> {
  const where = { communityId, state: "frozen" as const, number: { gt: after } };
  const rows = await db.roll.findMany({
    where,
    orderBy: { number: "asc" },
    select: { number: true },
  });
  return rows.map(({ number }) => number);
}

/** The units of a frozen roll, or of one voter on it, in its order. The developer's are those of the one voter without owners. */
export async function listUnits(
  { db, cipher }: { db: Db | Tx; cipher: Cipher },
  communityId: string,
  { roll, voter }: { roll: number; voter?: number | undefined },
): Promise<UnitOfRoll[]> {
  const { id } = await getRollByNumber(db, communityId, roll);
  const group = cipher.fingerprint(DEVELOPER_GROUP);
  const developer = await db.rollVoter.findFirst({ where: { rollId: id, group } });
  const where = { rollId: id, ...(voter !== undefined && { voter }) };
  const rows = await db.rollUnit.findMany({ where, orderBy: { position: "asc" } });
  return rows.map(({ building, entrance, unit, areaE4, voter: own }) => {
    const isDevelopers = own === developer?.number;
    return { building, entrance, unit, areaE4, voter: own, developer: isDevelopers };
  });
}
