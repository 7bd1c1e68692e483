import type { Hex } from "viem";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { balancesTree, buildUnitTree } from "../../../protocol/fund/unitTree.ts";
import type {
  FundBalances,
  FundCheck,
  FundPeriod,
  FundSettings,
} from "../../database/generated/client.ts";
import { FIGURES, toSums } from "../../fund/books/figures.ts";
import { inspectDerived } from "../derived.ts";
import { compareRecorded, inspectRecorded } from "../recorded.ts";
import type { FsckContext } from "../subject.ts";
import { FIGURE_SUMS } from "./ledgers.ts";

/** What was decided about the fund, and what its own check of the books found. */
export async function inspectDecided(context: FsckContext): Promise<void> {
  await compareRecorded<FundSettings, "fundSettings">(context, {
    ...{ table: "FundSettings", type: "fundSettings", key: ["number"], time: "decidedAt" },
    expected: ({ v: _v, type: _type, community: _community, at: _at, ...decided }) => decided,
  });
  await compareRecorded<FundCheck, "booksCheck">(context, {
    ...{ table: "FundCheck", type: "booksCheck", key: ["id"], time: "checkedAt" },
    expected: ({ lastEntry, passed, checks: found }) => ({ lastEntry, passed, checks: found }),
  });
}

/** Closed periods say what the entries that they hold add up to. */
export async function inspectPeriods(context: FsckContext): Promise<void> {
  const periods = inspectRecorded<FundPeriod, "period">(context, {
    ...{ table: "FundPeriod", type: "period", key: ["number"], time: "closedAt" },
    expected: ({ period: number, from, to, lastEntry, funds, statement }) => {
      return { number, from, to, lastEntry, funds, statement };
    },
  });
  for await (const { record, place } of periods) {
    const sums = await sumFunds(context, record);
    for (const { fund, opening, in: cameIn, out, closing } of record.funds) {
      const expected = sums.get(fund) ?? { opening: "0", in: "0", out: "0", closing: "0" };
      const said = { opening, in: cameIn, out, closing };
      context.inspection.equal({ ...place, field: `${fund} by the entries` }, expected, said);
    }
  }
}

const MONEY = `p."account" IN ('maintenance:bank', 'maintenance:investments', 'income:bank')`;

/** What both funds had before a period, took in and spent in it, and had at its end. */
async function sumFunds({ snapshot }: FsckContext, period: RecordOf<"period">) {
  const { community, from, to, lastEntry } = period;
  const sum = (filter: string, what = `p."amountFen"`): string =>
    `coalesce(sum(${what}) FILTER (WHERE ${filter}), 0)::text`;
  const rows = await snapshot.rows<Record<"fund" | "opening" | "in" | "out" | "closing", string>>(
    `SELECT e."fund", ${sum(`${MONEY} AND e."date" < $2::date`)} AS opening,
      ${sum(`NOT ${MONEY} AND e."date" >= $2::date`, `greatest(-p."amountFen", 0)`)} AS in,
      ${sum(`NOT ${MONEY} AND e."date" >= $2::date`, `greatest(p."amountFen", 0)`)} AS out,
      ${sum(MONEY)} AS closing
     FROM "FundPosting" p JOIN "FundEntry" e ON e."communityId" = p."communityId" AND e."number" = p."number"
     WHERE p."communityId" = $1 AND e."date" <= $3::date AND e."number" <= $4 GROUP BY 1`,
    [community, from, to, lastEntry],
  );
  return new Map(rows.map(({ fund, ...sums }) => [fund, sums]));
}

const LEFT = `coalesce(m.deposited, 0) + coalesce(m.gained, 0) - coalesce(m.used, 0)`;

const LEAVES = `
  SELECT coalesce(l."communityId", m."communityId") AS community,
    coalesce(l."number", m."number") || '/' || coalesce(l."unit", m."unit") AS row,
    CASE WHEN l."unit" IS NOT NULL THEN jsonb_build_object('building', l."building", 'depositedFen', l."depositedFen"::text,
      'gainedFen', l."gainedFen"::text, 'usedFen', l."usedFen"::text, 'balanceFen', l."balanceFen"::text,
      'owedFen', l."owedFen"::text) END AS kept,
    CASE WHEN b."number" IS NOT NULL AND u."unit" IS NOT NULL THEN jsonb_build_object('building', u."building",
      'depositedFen', coalesce(m.deposited, 0)::text, 'gainedFen', coalesce(m.gained, 0)::text,
      'usedFen', coalesce(m.used, 0)::text, 'balanceFen', greatest(${LEFT}, 0)::text,
      'owedFen', greatest(-(${LEFT}), 0)::text) END AS expected
  FROM "FundBalanceLeaf" l FULL JOIN (
    SELECT b."communityId", b."number", p."unit", ${FIGURE_SUMS} FROM "FundBalances" b
    JOIN "FundEntry" e ON e."communityId" = b."communityId" AND e."fund" = 'maintenance'
      AND e."date" <= b."date" AND e."number" <= b."lastEntry"
    JOIN "FundUnitPosting" p ON p."communityId" = e."communityId" AND p."number" = e."number" GROUP BY 1, 2, 3) m
    ON m."communityId" = l."communityId" AND m."number" = l."number" AND m."unit" = l."unit"
  LEFT JOIN "FundBalances" b ON b."communityId" = coalesce(l."communityId", m."communityId")
    AND b."number" = coalesce(l."number", m."number")
  LEFT JOIN "FundUnit" u ON u."communityId" = b."communityId" AND u."unit" = coalesce(l."unit", m."unit")`;

interface Leaf {
  unit: string;
  building: string;
  figures: string[];
  salt: string | null;
}

/** Published balances: every unit's leaf is what its entries add up to, and all leaves lead to the published root. */
export async function inspectBalances(context: FsckContext): Promise<void> {
  const { inspection } = context;
  const before = inspection.findings.length;
  await inspectDerived(context, { table: "FundBalanceLeaf", sql: LEAVES });
  const areLeavesSound = inspection.findings.length === before;
  const published = inspectRecorded<FundBalances, "balances">(context, {
    ...{ table: "FundBalances", type: "balances", key: ["number"], time: "publishedAt" },
    expected: ({ number, date, lastEntry, root }) => ({ number, date, lastEntry, root }),
  });
  for await (const { record } of published) {
    const { community, number, count, root, sums } = record;
    const place = { community, table: "FundBalanceLeaf", row: String(number) };
    const tree = await buildTree(context, community, number);
    const isWhole = inspection.compare(
      place,
      { count: tree?.count, ...tree?.sums },
      { count, ...sums },
    );
    // Where all amounts agree and the root does not, a salt was changed.
    const table = isWhole && areLeavesSound ? "FundUnit" : "FundBalanceLeaf";
    const field = table === "FundUnit" ? "salt" : "root";
    inspection.equal({ community, table, row: `of balances ${number}`, field }, root, tree?.root);
  }
}

async function buildTree({ snapshot }: FsckContext, community: string, number: number) {
  const figures = FIGURES.map((name) => `l."${name}Fen"::text`).join();
  const rows = await snapshot.rows<Leaf>(
    `SELECT l."unit", l."building", ARRAY[${figures}] AS figures, u."salt" FROM "FundBalanceLeaf" l
     LEFT JOIN "FundUnit" u ON u."communityId" = l."communityId" AND u."unit" = l."unit"
     WHERE l."communityId" = $1 AND l."number" = $2`,
    [community, number],
  );
  try {
    const leaves = rows.map((row) => {
      return { ...row, salt: row.salt as Hex, figures: row.figures.map(BigInt) };
    });
    const { count, root } = buildUnitTree(balancesTree(community, number), leaves);
    return { count, root: root.hash, sums: toSums(root.sums) };
  } catch {
    return undefined;
  }
}
