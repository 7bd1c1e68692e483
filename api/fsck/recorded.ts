import type { PublishedRecord, RecordOf } from "../../protocol/anchor/record.ts";
import { toInstant } from "../clock.ts";
import type { Place } from "./inspection.ts";
import { findOrphanRecords, parseCopy } from "./records.ts";
import type { FsckContext } from "./subject.ts";

type RecordType = PublishedRecord["type"];

/** A table whose rows were each published as a record of one type. */
interface RecordedTable<Row extends object, Type extends RecordType> {
  table: string;
  type: Type;
  /** The columns that tell the rows of a community apart. */
  key: readonly string[];
  /** Where the record stands in the log. */
  index?: string;
  /** The column with the time of the record, where there is one. */
  time?: string;
  /** What is asked beside the row's own columns, and from where; the row is `t`. */
  also?: string;
  join?: string;
  /** Which rows are published as records of this type, where not all of them are. */
  where?: string;
  /** What the row must say by its record. */
  expected(record: RecordOf<Type>, row: Row): object;
}

/** A row with its record. */
export interface RecordedRow<Row extends object, Type extends RecordType> {
  row: Row;
  record: RecordOf<Type>;
  place: Place;
}

type Logged<Row> = Row & {
  communityId: string;
  recordLeaf?: string;
  logged: string | null;
  loggedLeaf: string | null;
};

/**
 * Compares every row with its record, and finds records without a row. Gives the rows that have one, in the order of
 * communities and keys, for whatever else is to be asked of them.
 */
export async function* inspectRecorded<Row extends object, Type extends RecordType>(
  context: FsckContext,
  recorded: RecordedTable<Row, Type>,
): AsyncGenerator<RecordedRow<Row, Type>> {
  const { table, type, key, index = "recordIndex", where = "true" } = recorded;
  const rows = context.snapshot.stream<Logged<Row>>(toSql(recorded), [type]);
  for await (const row of rows) {
    const { communityId: community } = row;
    const cells = row as Record<string, unknown>;
    const place = { community, table, row: key.map((name) => String(cells[name])).join("/") };
    context.inspection.count(table, community);
    const record = readRecord(context, { recorded, row, place });
    if (record) yield { row, record, place };
  }
  const owned = `SELECT t."communityId" AS community, t."${index}" AS index FROM "${table}" t WHERE ${where}`;
  await findOrphanRecords(context, { type, table, owned });
  await findTwins(context, table, owned);
}

/** The same where nothing more is to be asked. */
export async function compareRecorded<Row extends object, Type extends RecordType>(
  context: FsckContext,
  recorded: RecordedTable<Row, Type>,
): Promise<void> {
  const rows = inspectRecorded(context, recorded);
  while ((await rows.next()).done !== true);
}

/** Rows that claim the same record. */
async function findTwins(
  { snapshot, inspection }: FsckContext,
  table: string,
  owned: string,
): Promise<void> {
  const sql = `SELECT community, index FROM (${owned}) o GROUP BY 1, 2 HAVING count(*) > 1`;
  for await (const { community, index } of snapshot.stream<{ community: string; index: number }>(
    sql,
  )) {
    inspection.extra({ community, table, row: `of record ${index}` }, "a second one");
  }
}

function toSql<Row extends object, Type extends RecordType>({
  ...recorded
}: RecordedTable<Row, Type>): string {
  const { table, key, index = "recordIndex", also, join = "", where = "true" } = recorded;
  const order = ["communityId", ...key].map((name) => `t."${name}"`).join();
  return `
    SELECT t.*, r."text" AS logged, r."leaf" AS "loggedLeaf" ${also ? `, ${also}` : ""} FROM "${table}" t
    LEFT JOIN "Record" r ON r."communityId" = t."communityId" AND r."index" = t."${index}" AND r."type" = $1
    ${join} WHERE ${where} ORDER BY ${order}`;
}

function readRecord<Row extends object, Type extends RecordType>(
  context: FsckContext,
  step: { recorded: RecordedTable<Row, Type>; row: Logged<Row>; place: Place },
): RecordOf<Type> | undefined {
  const { recorded, row, place } = step;
  const { inspection } = context;
  const { logged, loggedLeaf, recordLeaf } = row;
  if (logged === null) {
    inspection.missing(place, recorded.index ?? "recordIndex");
    return undefined;
  }
  if (recordLeaf !== undefined) {
    inspection.equal({ ...place, field: "recordLeaf" }, loggedLeaf, recordLeaf);
  }
  const record = parseCopy<RecordOf<Type>>(context, place, logged);
  if (!record) return undefined;
  const { time } = recorded;
  if (time !== undefined) {
    const at = (row as Record<string, unknown>)[time] as Date;
    inspection.equal({ ...place, field: time }, record.at, toInstant(at));
  }
  inspection.compare(place, row, recorded.expected(record, row));
  return record;
}
