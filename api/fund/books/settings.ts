import type { Db, Tx } from "../../database/client.ts";

/** What a community has decided about its fund. */
export interface BooksSettings {
  /** 0 while nothing was decided. */
  number: number;
  negativeUnits: boolean;
}

/** Nobody has decided that a charge may exceed what a unit has. */
const UNDECIDED: BooksSettings = { number: 0, negativeUnits: false };

export async function findSettings(db: Db | Tx, communityId: string): Promise<BooksSettings> {
  const row = await db.fundSettings.findFirst({
    where: { communityId },
    orderBy: { number: "desc" },
  });
  return row ?? UNDECIDED;
}
