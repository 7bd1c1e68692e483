import type { FsckContext } from "./subject.ts";

/** A table whose rows follow from others. */
interface DerivedTable {
  table: string;
  /**
   * SQL that gives for every row that is there or must be: `community`, `row` (its name), and as JSON objects with the
   * same fields `kept` and `expected`, null where there is none. Amounts are cast to text.
   */
  sql: string;
  params?: readonly unknown[];
  /** False where somebody else counts the table's rows. */
  counts?: boolean;
}

interface Difference {
  community: string;
  row: string;
  kept: Record<string, unknown> | null;
  expected: Record<string, unknown> | null;
}

/** Compares the rows of a table with what follows from others; the database does it, and hands over what differs. */
export async function inspectDerived(
  { snapshot, inspection }: FsckContext,
  { table, sql, params = [], counts = true }: DerivedTable,
): Promise<void> {
  const counted = await snapshot.rows<{ community: string; count: bigint }>(
    `SELECT "communityId" AS community, count(*) AS count FROM "${table}" GROUP BY 1`,
  );
  for (const { community, count } of counts ? counted : []) {
    inspection.count(table, community, Number(count));
  }
  const differing = `SELECT * FROM (${sql}) AS d WHERE d.kept IS DISTINCT FROM d.expected`;
  for await (const { community, row, kept, expected } of snapshot.stream<Difference>(
    differing,
    params,
  )) {
    const place = { community, table, row };
    if (kept === null) inspection.missing(place);
    else if (expected === null) inspection.extra(place);
    else inspection.compare(place, kept, expected);
  }
}
