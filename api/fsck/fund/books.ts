import { inspectDerived } from "../derived.ts";
import type { FsckContext } from "../subject.ts";

const last = (table: string): string =>
  `coalesce((SELECT max("number") FROM "${table}" x WHERE x."communityId" = c.id), 0)`;

/** Everybody who has books, and who should. */
const COMMUNITIES = `(SELECT "id" FROM "Community" UNION SELECT "communityId" FROM "FundEntry") AS c (id)`;

const BOOKS = `
  SELECT coalesce(c.id, b."communityId") AS community, coalesce(c.id, b."communityId") AS row,
    CASE WHEN b."communityId" IS NOT NULL THEN jsonb_build_object(
      'lastEntry', b."lastEntry", 'lastPeriod', b."lastPeriod", 'lastBalances', b."lastBalances",
      'lastSettings', b."lastSettings", 'closedTo', b."closedTo", 'lastRoll', b."lastRoll") END AS kept,
    CASE WHEN c.id IS NOT NULL AND (b."communityId" IS NOT NULL OR e.n > 0) THEN jsonb_build_object(
      'lastEntry', e.n, 'lastPeriod', ${last("FundPeriod")}, 'lastBalances', ${last("FundBalances")},
      'lastSettings', ${last("FundSettings")},
      'closedTo', (SELECT p."to" FROM "FundPeriod" p WHERE p."communityId" = c.id ORDER BY p."number" DESC LIMIT 1),
      'lastRoll', coalesce((SELECT max(u."roll") FROM "FundUnit" u WHERE u."communityId" = c.id), 0)) END AS expected
  FROM ${COMMUNITIES} FULL JOIN "FundBooks" b ON b."communityId" = c.id
  LEFT JOIN LATERAL (SELECT ${last("FundEntry")} AS n) e ON true`;

/** What the books say of themselves: how far they are numbered, closed and brought up to the rolls. */
export const inspectBooks = (context: FsckContext): Promise<void> =>
  inspectDerived(context, { table: "FundBooks", sql: BOOKS });

/** Rows of a community that are numbered 1, 2, 3 ... without gap. */
export async function inspectNumbers(
  { snapshot, inspection }: FsckContext,
  table: string,
  within: readonly string[] = [],
): Promise<void> {
  const group = ["communityId", ...within].map((name) => `"${name}"`).join();
  const parts = [...within, "number"].map((name) => `"${name}"`);
  const sql = `
    SELECT "communityId" AS community, concat_ws('/', ${parts.join()}) AS row, "number",
      "number" - coalesce(lag("number") OVER (PARTITION BY ${group} ORDER BY "number"), 0) - 1 AS gap FROM "${table}"
    ${table === "BankLine" ? `WHERE "number" > 0` : ""}`;
  const gaps = `SELECT * FROM (${sql}) g WHERE gap <> 0`;
  for await (const { community, row, number, gap } of snapshot.stream<{
    community: string;
    row: string;
    number: number;
    gap: number;
  }>(gaps)) {
    const path = row.slice(0, row.length - String(number).length);
    inspection.missing({ community, table, row: `${path}${number - gap}..${number - 1}` });
  }
}
