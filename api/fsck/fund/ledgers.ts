import { DEVELOPER_GROUP } from "../../../protocol/registry/voters.ts";
import { kindsOf } from "../../fund/books/figures.ts";
import { inspectDerived } from "../derived.ts";
import type { FsckContext } from "../subject.ts";

const list = (kinds: readonly string[]): string => kinds.map((kind) => `'${kind}'`).join();
const summed = (sign: string, filter: string): string =>
  `coalesce(sum(${sign}p."amountFen") FILTER (WHERE ${filter}), 0)`;

/** What the entries of some rows of `FundUnitPosting p` with `FundEntry e` did to a unit's figures. */
export const FIGURE_SUMS = `
  ${summed("-", `e."fund" = 'maintenance' AND e."moves" IN (${list(kindsOf("deposited"))})`)} AS deposited,
  ${summed("-", `e."fund" = 'maintenance' AND e."moves" IN (${list(kindsOf("gained"))})`)} AS gained,
  ${summed("", `e."fund" = 'maintenance' AND e."moves" IN (${list(kindsOf("used"))})`)} AS used`;

const ACCOUNTS = `
  SELECT coalesce(s."communityId", k."communityId") AS community, coalesce(s."account", k."account") AS row,
    CASE WHEN k."account" IS NOT NULL THEN jsonb_build_object('balanceFen', k."balanceFen"::text) END AS kept,
    CASE WHEN s."account" IS NOT NULL THEN jsonb_build_object('balanceFen', s.fen::text) END AS expected
  FROM (SELECT "communityId", "account", sum("amountFen") AS fen FROM "FundPosting" GROUP BY 1, 2) s
  FULL JOIN "FundAccount" k ON k."communityId" = s."communityId" AND k."account" = s."account"`;

const BUILDINGS = `
  SELECT coalesce(s."communityId", k."communityId") AS community,
    coalesce(s."fund", k."fund") || '/' || coalesce(s."building", k."building") AS row,
    CASE WHEN k."fund" IS NOT NULL THEN jsonb_build_object('balanceFen', k."balanceFen"::text) END AS kept,
    CASE WHEN s."fund" IS NOT NULL THEN jsonb_build_object('balanceFen', s.fen::text) END AS expected
  FROM (SELECT p."communityId", e."fund", p."building", sum(p."amountFen") AS fen FROM "FundUnitPosting" p
    JOIN "FundEntry" e ON e."communityId" = p."communityId" AND e."number" = p."number" GROUP BY 1, 2, 3) s
  FULL JOIN "FundBuilding" k ON k."communityId" = s."communityId" AND k."fund" = s."fund" AND k."building" = s."building"`;

/** Every posting's balance is the sum up to it. */
const RUNNING = `
  SELECT "communityId" AS community, "number" || '/' || "position" AS row,
    jsonb_build_object('balanceFen', "balanceFen"::text) AS kept,
    jsonb_build_object('balanceFen', (sum("amountFen")
      OVER (PARTITION BY "communityId", "account" ORDER BY "number", "position"))::text) AS expected
  FROM "FundPosting"`;

const UNIT_RUNNING = `
  SELECT p."communityId" AS community, p."number" || '/' || p."unit" AS row,
    jsonb_build_object('building', p."building", 'balanceFen', p."balanceFen"::text) AS kept,
    jsonb_build_object('building', u."building", 'balanceFen', (sum(p."amountFen")
      OVER (PARTITION BY p."communityId", p."unit", e."fund" ORDER BY p."number"))::text) AS expected
  FROM "FundUnitPosting" p
  JOIN "FundEntry" e ON e."communityId" = p."communityId" AND e."number" = p."number"
  LEFT JOIN "FundUnit" u ON u."communityId" = p."communityId" AND u."unit" = p."unit"`;

/** The units of all rolls up to the one that the books were brought up to: the newest roll that has a unit counts. */
const taken = (order: "ASC" | "DESC"): string => `
  SELECT DISTINCT ON (r."communityId", x."unit") r."communityId", x."unit", x."building", x."entrance", x."areaE4",
    r."number" AS roll, x."voter" = d."number" AS developer
  FROM "Roll" r JOIN "FundBooks" b ON b."communityId" = r."communityId" AND r."number" <= b."lastRoll"
  JOIN "RollUnit" x ON x."rollId" = r."id" LEFT JOIN "RollVoter" d ON d."rollId" = r."id" AND d."group" = $1
  WHERE r."state" = 'frozen' ORDER BY r."communityId", x."unit", r."number" ${order}`;

const UNITS = `
  SELECT coalesce(n."communityId", u."communityId") AS community, coalesce(n."unit", u."unit") AS row,
    CASE WHEN u."unit" IS NOT NULL THEN jsonb_build_object('building', u."building", 'entrance', u."entrance",
      'areaE4', u."areaE4"::text, 'roll', u."roll", 'developer', u."developer", 'depositedFen', u."depositedFen"::text,
      'gainedFen', u."gainedFen"::text, 'usedFen', u."usedFen"::text, 'sharedFen', u."sharedFen"::text,
      'firstFen', u."firstFen"::text) END AS kept,
    CASE WHEN n."unit" IS NOT NULL THEN jsonb_build_object('building', f."building", 'entrance', n."entrance",
      'areaE4', n."areaE4"::text, 'roll', n.roll,
      'developer', CASE WHEN $1::text IS NULL THEN u."developer" ELSE coalesce(n.developer, false) END,
      'depositedFen', coalesce(m.deposited, 0)::text, 'gainedFen', coalesce(m.gained, 0)::text,
      'usedFen', coalesce(m.used, 0)::text, 'sharedFen', coalesce(m.shared, 0)::text,
      'firstFen', coalesce(m.first, 0)::text) END AS expected
  FROM (${taken("DESC")}) n
  JOIN (${taken("ASC")}) f ON f."communityId" = n."communityId" AND f."unit" = n."unit"
  FULL JOIN "FundUnit" u ON u."communityId" = n."communityId" AND u."unit" = n."unit"
  LEFT JOIN (
    SELECT p."communityId", p."unit", ${FIGURE_SUMS}, ${summed("", `e."fund" = 'income'`)} AS shared,
      ${summed("-", `e."moves" IN ('initialDeposit', 'opening')`)} AS first
    FROM "FundUnitPosting" p JOIN "FundEntry" e ON e."communityId" = p."communityId" AND e."number" = p."number"
    GROUP BY 1, 2) m ON m."communityId" = n."communityId" AND m."unit" = n."unit"`;

/** The kept balances of all three levels, and behind every posting, are what the postings add up to. */
export async function inspectLedgers(context: FsckContext): Promise<void> {
  await inspectDerived(context, { table: "FundAccount", sql: ACCOUNTS });
  await inspectDerived(context, { table: "FundBuilding", sql: BUILDINGS });
  await inspectDerived(context, { table: "FundPosting", sql: RUNNING });
  await inspectDerived(context, { table: "FundUnitPosting", sql: UNIT_RUNNING });
  const group = context.cipher?.fingerprint(DEVELOPER_GROUP) ?? null;
  if (group === null) context.inspection.skip("FundUnit.developer", "noKey");
  await inspectDerived(context, { table: "FundUnit", sql: UNITS, params: [group] });
}
