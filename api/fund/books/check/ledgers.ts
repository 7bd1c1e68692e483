import { sumFigures } from "../figures.ts";
import { toCheck } from "./finding.ts";
import type { Check, CheckContext, Difference } from "./finding.ts";

/** Far enough ahead that every entry is before it. */
const ALWAYS = "9999-12-31";

interface Row {
  place: string;
  expected: string;
  found: string;
}

/** The kept balances of all three levels against the sum of the postings, and the levels against one another. */
export async function checkLedgers(context: CheckContext): Promise<Check[]> {
  return [
    await checkAccounts(context),
    await checkRunning(context),
    await checkBuildings(context),
    await checkUnits(context),
    await checkLevels(context),
  ];
}

async function checkAccounts({ db, communityId }: CheckContext): Promise<Check> {
  const failed = await db.$queryRaw<Row[]>`
    WITH summed AS (
      SELECT "account", sum("amountFen") AS fen FROM "FundPosting"
      WHERE "communityId" = ${communityId} GROUP BY "account"),
    kept AS (SELECT "account", "balanceFen" AS fen FROM "FundAccount" WHERE "communityId" = ${communityId})
    SELECT "account" AS place, COALESCE(summed.fen, 0)::text AS expected, COALESCE(kept.fen, 0)::text AS found
    FROM summed FULL JOIN kept USING ("account")
    WHERE COALESCE(summed.fen, 0) <> COALESCE(kept.fen, 0) ORDER BY 1`;
  const inspected = await db.fundAccount.count({ where: { communityId } });
  return toCheck("accountBalances", inspected, failed);
}

/** Every posting's and unit posting's balance is the sum up to it. */
async function checkRunning({ db, communityId }: CheckContext): Promise<Check> {
  const failed = await db.$queryRaw<Row[]>`
    WITH running AS (
      SELECT "number", "account" AS name, "balanceFen" AS found,
        sum("amountFen") OVER (PARTITION BY "account" ORDER BY "number") AS expected
      FROM "FundPosting" WHERE "communityId" = ${communityId}
      UNION ALL
      SELECT p."number", p."unit", p."balanceFen",
        sum(p."amountFen") OVER (PARTITION BY p."unit", e."fund" ORDER BY p."number")
      FROM "FundUnitPosting" p JOIN "FundEntry" e USING ("communityId", "number")
      WHERE p."communityId" = ${communityId})
    SELECT 'entry ' || "number" || ' ' || name AS place, expected::text, found::text
    FROM running WHERE expected <> found ORDER BY "number" LIMIT 50`;
  const inspected = await db.fundPosting.count({ where: { communityId } });
  const units = await db.fundUnitPosting.count({ where: { communityId } });
  return toCheck("runningBalances", inspected + units, failed);
}

async function checkBuildings({ db, communityId }: CheckContext): Promise<Check> {
  const failed = await db.$queryRaw<Row[]>`
    WITH summed AS (
      SELECT e."fund", p."building", sum(p."amountFen") AS fen
      FROM "FundUnitPosting" p JOIN "FundEntry" e USING ("communityId", "number")
      WHERE p."communityId" = ${communityId} GROUP BY 1, 2),
    kept AS (SELECT "fund", "building", "balanceFen" AS fen FROM "FundBuilding" WHERE "communityId" = ${communityId})
    SELECT "fund" || ' building ' || "building" AS place, COALESCE(summed.fen, 0)::text AS expected,
      COALESCE(kept.fen, 0)::text AS found
    FROM summed FULL JOIN kept USING ("fund", "building")
    WHERE COALESCE(summed.fen, 0) <> COALESCE(kept.fen, 0) ORDER BY 1`;
  const inspected = await db.fundBuilding.count({ where: { communityId } });
  return toCheck("buildingBalances", inspected, failed);
}

async function checkUnits({ db, communityId, lastEntry }: CheckContext): Promise<Check> {
  const states = await sumFigures(db, communityId, { date: ALWAYS, lastEntry });
  const others = await sumOthers(db, communityId);
  const kept = await db.fundUnit.findMany({ where: { communityId } });
  const rows = new Map(kept.map((row) => [row.unit, row]));
  const failed = states.flatMap(({ unit, deposited, gained, used }): Difference[] => {
    const row = rows.get(unit)!;
    const { shared, first } = others.get(unit) ?? { shared: 0n, first: 0n };
    const expected = [deposited, gained, used, shared, first].join(" ");
    const found = [row.depositedFen, row.gainedFen, row.usedFen, row.sharedFen, row.firstFen].join(
      " ",
    );
    return expected === found ? [] : [{ place: `unit ${unit}`, expected, found }];
  });
  return toCheck("unitFigures", states.length, failed);
}

/** What public income shared out to each unit, and what it deposited first. */
async function sumOthers(db: CheckContext["db"], communityId: string) {
  const rows = await db.$queryRaw<{ unit: string; shared: bigint; first: bigint }[]>`
    SELECT p."unit",
      COALESCE(sum(p."amountFen") FILTER (WHERE e."fund" = 'income'), 0)::bigint AS shared,
      COALESCE(sum(-p."amountFen") FILTER (WHERE e."moves" IN ('initialDeposit', 'opening')), 0)::bigint AS first
    FROM "FundUnitPosting" p JOIN "FundEntry" e USING ("communityId", "number")
    WHERE p."communityId" = ${communityId} GROUP BY p."unit"`;
  return new Map(rows.map(({ unit, shared, first }) => [unit, { shared, first }]));
}

/** Per entry: the units' part against the posting on the owners' account. */
async function checkLevels({ db, communityId, lastEntry }: CheckContext): Promise<Check> {
  const failed = await db.$queryRaw<Row[]>`
    WITH units AS (
      SELECT "number", sum("amountFen") AS fen, count(*) AS count FROM "FundUnitPosting"
      WHERE "communityId" = ${communityId} GROUP BY "number"),
    owners AS (
      SELECT "number", "amountFen" AS fen FROM "FundPosting"
      WHERE "communityId" = ${communityId} AND "account" IN ('maintenance:owners', 'income:owners'))
    SELECT 'entry ' || "number" AS place, COALESCE(owners.fen, 0)::text AS expected, COALESCE(units.fen, 0)::text AS found
    FROM units FULL JOIN owners USING ("number")
    WHERE COALESCE(owners.fen, 0) <> COALESCE(units.fen, 0) ORDER BY "number" LIMIT 50`;
  return toCheck("levels", lastEntry, failed);
}
