import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { FUNDS } from "../../../protocol/anchor/record/kinds.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { Fund } from "./entry.ts";
import { toDay } from "./lock.ts";

export type FundStatement = RecordOf<"period">["funds"][number];

/** Days, both included; and up to which entry. */
export interface Span {
  from: string;
  to: string;
  lastEntry: number;
}

interface Row {
  fund: Fund;
  kind: FundStatement["movements"][number]["kind"];
  category: string | null;
  count: number;
  in: bigint;
  out: bigint;
}

/**
 * What both funds had, took in, spent and have left in a span of days, by kind and category. Money that only changes
 * its place, between bank and investments, neither comes in nor goes out.
 */
export async function stateFunds(
  db: Db | Tx,
  communityId: string,
  span: Span,
): Promise<FundStatement[]> {
  const opening = await sumBefore(db, communityId, span);
  const rows = await sumMovements(db, communityId, span);
  return FUNDS.map((fund) => {
    const own = rows.filter((row) => row.fund === fund);
    const cameIn = own.reduce((sum, row) => sum + row.in, 0n);
    const wentOut = own.reduce((sum, row) => sum + row.out, 0n);
    const before = opening.get(fund) ?? 0n;
    return {
      fund,
      opening: String(before),
      in: String(cameIn),
      out: String(wentOut),
      closing: String(before + cameIn - wentOut),
      movements: own.map(({ kind, category, count, ...row }) => {
        return { kind, category, count, in: String(row.in), out: String(row.out) };
      }),
    };
  });
}

async function sumBefore(
  db: Db | Tx,
  communityId: string,
  { from, lastEntry }: Span,
): Promise<Map<Fund, bigint>> {
  const rows = await db.$queryRaw<{ fund: Fund; fen: bigint }[]>`
    SELECT e."fund", sum(p."amountFen")::bigint AS fen
    FROM "FundPosting" p JOIN "FundEntry" e USING ("communityId", "number")
    WHERE p."communityId" = ${communityId} AND e."number" <= ${lastEntry} AND e."date" < ${toDay(from)}
      AND p."account" IN ('maintenance:bank', 'maintenance:investments', 'income:bank')
    GROUP BY e."fund"`;
  return new Map(rows.map(({ fund, fen }) => [fund, fen]));
}

/** By the other side of each entry: a credit came in, a debit went out. */
async function sumMovements(
  db: Db | Tx,
  communityId: string,
  { from, to, lastEntry }: Span,
): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT e."fund", e."kind",
      CASE WHEN p."account" LIKE 'income:%:%' THEN regexp_replace(p."account", '^income:[a-z]+:', '')
        ELSE e."category" END AS category,
      count(DISTINCT e."number")::int AS count,
      sum(GREATEST(-p."amountFen", 0))::bigint AS in, sum(GREATEST(p."amountFen", 0))::bigint AS out
    FROM "FundPosting" p JOIN "FundEntry" e USING ("communityId", "number")
    WHERE p."communityId" = ${communityId} AND e."number" <= ${lastEntry}
      AND e."date" BETWEEN ${toDay(from)} AND ${toDay(to)}
      AND p."account" NOT IN ('maintenance:bank', 'maintenance:investments', 'income:bank')
    GROUP BY 1, 2, 3
    ORDER BY 1 DESC, 2, 3 NULLS FIRST`;
}
