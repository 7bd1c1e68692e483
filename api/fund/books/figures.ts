import { ORIGINAL_KINDS, figureOfKind } from "../../../protocol/fund/entry.ts";
import type { UnitFigure } from "../../../protocol/fund/entry.ts";
import type { Db, Tx } from "../../database/client.ts";
import { toDay } from "./lock.ts";

/** The names of a unit's published figures, in the order of the sum tree: LAW "yearly", and what is owed. */
export const FIGURES = ["deposited", "gained", "used", "balance", "owed"] as const;

export type Figures = Record<(typeof FIGURES)[number], bigint>;

/** A unit's figures on a day. */
export interface UnitState extends Figures {
  unit: string;
  building: string;
}

/** Kinds of entries that add to a figure. */
export const kindsOf = (figure: UnitFigure): string[] =>
  ORIGINAL_KINDS.filter((kind) => figureOfKind(kind) === figure);

interface Row {
  unit: string;
  building: string;
  deposited: bigint;
  gained: bigint;
  used: bigint;
}

/** Every unit's figures by the entries up to a day, as far as they are posted: summed up anew, not taken from running balances. */
export async function sumFigures(
  db: Db | Tx,
  communityId: string,
  { date, lastEntry }: { date: string; lastEntry: number },
): Promise<UnitState[]> {
  const rows = await db.$queryRaw<Row[]>`
    WITH moved AS (
      SELECT p."unit",
        sum(-p."amountFen") FILTER (WHERE e."moves" = ANY(${kindsOf("deposited")}::text[])) AS deposited,
        sum(-p."amountFen") FILTER (WHERE e."moves" = ANY(${kindsOf("gained")}::text[])) AS gained,
        sum(p."amountFen") FILTER (WHERE e."moves" = ANY(${kindsOf("used")}::text[])) AS used
      FROM "FundUnitPosting" p JOIN "FundEntry" e USING ("communityId", "number")
      WHERE p."communityId" = ${communityId} AND e."fund" = 'maintenance'
        AND e."date" <= ${toDay(date)} AND e."number" <= ${lastEntry}
      GROUP BY p."unit")
    SELECT u."unit", u."building", COALESCE(m.deposited, 0)::bigint AS deposited,
      COALESCE(m.gained, 0)::bigint AS gained, COALESCE(m.used, 0)::bigint AS used
    FROM "FundUnit" u LEFT JOIN moved m USING ("unit") WHERE u."communityId" = ${communityId}`;
  return rows.map(toState);
}

/** What a unit has left follows from the other three; where it is less than nothing, that is owed. */
export function toState({ unit, building, deposited, gained, used }: Row): UnitState {
  const left = deposited + gained - used;
  const balance = left > 0n ? left : 0n;
  return { unit, building, deposited, gained, used, balance, owed: balance - left };
}

/** In the order of the sum tree. */
export const toList = (figures: Figures): bigint[] => FIGURES.map((name) => figures[name]);

/** Sums of a tree's node as records name them. */
export const toSums = (sums: readonly bigint[]): Record<(typeof FIGURES)[number], string> =>
  Object.fromEntries(FIGURES.map((name, i) => [name, String(sums[i])])) as Record<
    (typeof FIGURES)[number],
    string
  >;
