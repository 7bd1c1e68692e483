/** The rule by which public income goes to the maintenance fund: each figure is the community's own decision. */
export type ShareRule = {
  permille: number;
  /** Only what the net income exceeds; fen as decimal text. */
  above: string;
  /** At most so much a period. */
  cap: string | null;
};

/** How long a period of the rule is. */
export type SharePeriod = "quarter" | "halfYear" | "year";

/** The share of a period's net income, rounded down to the fen; nothing where the trigger is not reached. */
export function shareOfIncome(netFen: bigint, { permille, above, cap }: ShareRule): bigint {
  const excess = netFen - BigInt(above);
  if (excess <= 0n) return 0n;
  const share = (excess * BigInt(permille)) / 1000n;
  return cap !== null && share > BigInt(cap) ? BigInt(cap) : share;
}

const MONTHS: Record<SharePeriod, number> = { quarter: 3, halfYear: 6, year: 12 };

/** The last day of the period that begins on `from`, YYYY-MM-DD; undefined where none begins on that day. */
export function periodEnd(from: string, period: SharePeriod): string | undefined {
  const [year, month, day] = from.split("-").map(Number) as [number, number, number];
  const months = MONTHS[period];
  if (day !== 1 || (month - 1) % months !== 0) return undefined;
  return new Date(Date.UTC(year, month - 1 + months, 0)).toISOString().slice(0, 10);
}
