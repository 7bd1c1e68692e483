import { classOf, ownersOf } from "../../../protocol/fund/account.ts";
import { figureOfKind } from "../../../protocol/fund/entry.ts";
import type { OriginalKind, Posting, UnitPosting } from "../../../protocol/fund/entry.ts";
import type { Tx } from "../../database/client.ts";
import { DomainError } from "../../http/errors.ts";
import type { Fund } from "./entry.ts";

/** What an entry moves. */
export interface Movement {
  communityId: string;
  number: number;
  fund: Fund;
  /** A reversal moves the figures of the kind that it takes back. */
  kind: OriginalKind;
  postings: readonly Posting[];
  units: readonly UnitPosting[];
}

/** Level one: the accounts' balances after the postings. Refuses to leave less than nothing at the bank. */
export async function moveAccounts(
  tx: Tx,
  { communityId, number, postings }: Movement,
): Promise<void> {
  for (const [position, { account, amountFen }] of postings.entries()) {
    const { balanceFen } = await tx.fundAccount.upsert({
      where: { communityId_account: { communityId, account } },
      create: { communityId, account, balanceFen: amountFen },
      update: { balanceFen: { increment: amountFen } },
    });
    if (classOf(account) === "asset" && balanceFen < 0n) {
      throw new DomainError("EntryOverdraws", { account, shortFen: String(-balanceFen) });
    }
    const data = { communityId, number, position, account, amountFen, balanceFen };
    await tx.fundPosting.create({ data });
  }
}

/** Level two: the owners' parts by building. */
export async function moveBuildings(
  tx: Tx,
  { communityId, fund }: Movement,
  buildings: readonly { building: string; amountFen: bigint }[],
): Promise<void> {
  for (const { building, amountFen } of buildings) {
    await tx.fundBuilding.upsert({
      where: { communityId_fund_building: { communityId, fund, building } },
      create: { communityId, fund, building, balanceFen: amountFen },
      update: { balanceFen: { increment: amountFen } },
    });
  }
}

/** How a posting, whose debit is positive, moves each of a unit's figures. */
function factorsOf(kind: OriginalKind) {
  const figure = figureOfKind(kind);
  const isFirst = kind === "initialDeposit" || kind === "opening";
  return {
    deposited: figure === "deposited" ? -1 : 0,
    gained: figure === "gained" ? -1 : 0,
    used: figure === "used" ? 1 : 0,
    shared: figure === "shared" ? 1 : 0,
    first: isFirst ? -1 : 0,
  };
}

/** Level three: the units. One statement each, because there may be tens of thousands. */
export async function moveUnits(tx: Tx, movement: Movement, mayOwe: boolean): Promise<void> {
  const { communityId, number, fund, units } = movement;
  const names = units.map(({ unit }) => unit);
  const amounts = units.map(({ amountFen }) => String(amountFen));
  const by = factorsOf(movement.kind);
  await tx.$executeRaw`
    UPDATE "FundUnit" SET
      "depositedFen" = "depositedFen" + ${by.deposited} * moved.amount,
      "gainedFen" = "gainedFen" + ${by.gained} * moved.amount,
      "usedFen" = "usedFen" + ${by.used} * moved.amount,
      "sharedFen" = "sharedFen" + ${by.shared} * moved.amount,
      "firstFen" = "firstFen" + ${by.first} * moved.amount
    FROM unnest(${names}::text[], ${amounts}::text[]::bigint[]) AS moved (unit, amount)
    WHERE "communityId" = ${communityId} AND "FundUnit"."unit" = moved.unit`;
  if (fund === "maintenance" && !mayOwe) await requireCovered(tx, communityId, names);
  await tx.$executeRaw`
    INSERT INTO "FundUnitPosting"
      ("communityId", "number", "unit", "building", "amountFen", "balanceFen")
    SELECT ${communityId}, ${number}::int, u."unit", u."building", moved.amount,
      CASE WHEN ${fund} = 'income' THEN u."sharedFen"
        ELSE u."usedFen" - u."depositedFen" - u."gainedFen" END
    FROM "FundUnit" u
    JOIN unnest(${names}::text[], ${amounts}::text[]::bigint[]) AS moved (unit, amount)
      ON u."communityId" = ${communityId} AND u."unit" = moved.unit`;
}

async function requireCovered(tx: Tx, communityId: string, units: string[]): Promise<void> {
  const [short] = await tx.$queryRaw<{ units: number; fen: bigint }[]>`
    SELECT count(*)::int AS units, COALESCE(sum("usedFen" - "depositedFen" - "gainedFen"), 0)::bigint AS fen
    FROM "FundUnit" WHERE "communityId" = ${communityId} AND "unit" = ANY(${units}::text[])
      AND "usedFen" > "depositedFen" + "gainedFen"`;
  if (!short || short.units === 0) return;
  throw new DomainError("EntryUnitOverdrawn", { units: short.units, shortFen: String(short.fen) });
}

/** The owners' account, its buildings and its units no longer say the same: a fault of ours, never of an entry. */
export class BooksBroken extends Error {
  override readonly name = "BooksBroken";
}

/** Community = sum of buildings = sum of units, building by building, before the transaction may commit. */
export async function requireLevelsAgree(tx: Tx, communityId: string, fund: Fund): Promise<void> {
  const differing = await tx.$queryRaw<{ level: string }[]>`
    WITH units AS (
      SELECT "building", sum(CASE WHEN ${fund} = 'income' THEN "sharedFen"
        ELSE "usedFen" - "depositedFen" - "gainedFen" END) AS total
      FROM "FundUnit" WHERE "communityId" = ${communityId} GROUP BY "building"),
    buildings AS (
      SELECT "building", "balanceFen" AS total FROM "FundBuilding"
      WHERE "communityId" = ${communityId} AND "fund" = ${fund})
    SELECT "building" AS level FROM units FULL JOIN buildings USING ("building")
      WHERE COALESCE(units.total, 0) <> COALESCE(buildings.total, 0)
    UNION ALL
    SELECT 'community' WHERE (SELECT COALESCE(sum(total), 0) FROM buildings) <>
      COALESCE((SELECT "balanceFen" FROM "FundAccount"
        WHERE "communityId" = ${communityId} AND "account" = ${ownersOf(fund)}), 0)`;
  if (differing.length === 0) return;
  throw new BooksBroken(`the books of ${communityId} differ at ${differing[0]!.level}`);
}
