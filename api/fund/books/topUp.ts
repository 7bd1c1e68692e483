import { compareText } from "../../../protocol/fund/order.ts";
import type { FundUnit } from "../../database/generated/client.ts";
import type { FundContext } from "../context.ts";
import { findSettings } from "./settings.ts";

type Ledger = Pick<FundUnit, "depositedFen" | "gainedFen" | "usedFen" | "firstFen">;

const balanceOf = ({ depositedFen, gainedFen, usedFen }: Ledger): bigint =>
  depositedFen + gainedFen - usedFen;

/** Below so many permille of its first deposit a unit is to be topped up (LAW section 2: 30 %). */
export const isShort = (unit: Ledger, belowPermille: number): boolean =>
  balanceOf(unit) * 1000n < unit.firstFen * BigInt(belowPermille);

/** Units that are to be topped up, and what each lacks to its first deposit. */
export async function listTopUps({ db }: FundContext, communityId: string) {
  const { topUpBelow, topUpSource, number } = await findSettings(db, communityId);
  const units = await db.fundUnit.findMany({ where: { communityId, firstFen: { gt: 0 } } });
  const items = units
    .filter((unit) => isShort(unit, topUpBelow))
    .sort((a, b) => compareText(a.unit, b.unit))
    .map((unit) => ({
      unit: unit.unit,
      building: unit.building,
      developer: unit.developer,
      firstDeposit: String(unit.firstFen),
      balance: String(balanceOf(unit)),
      missing: String(unit.firstFen - balanceOf(unit)),
    }));
  return { settings: number, topUpBelow, topUpSource, items };
}
