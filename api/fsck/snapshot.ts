import pg from "pg";
import { errorCode } from "../database/failure.ts";

const ROWS_AT_ONCE = 2000;
/** PostgreSQL's number of the type int8. */
const INT8 = 20;
/** Of the type date: a day is no moment, whatever the time zone of this machine. */
const DATE = 1082;

const PARSERS: Partial<Record<number, (text: string) => unknown>> = {
  [INT8]: BigInt,
  [DATE]: String,
};

/** A table's pages on disk do not read as what was written: PostgreSQL says so. */
export class TableUnreadable extends Error {
  override readonly name = "TableUnreadable";
  readonly code: string;

  constructor(code: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : code, { cause });
    this.code = code;
  }
}

/** Integers of 64 bits as bigint, as everywhere in the service; days as records say them. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: "text") =>
    PARSERS[oid] ?? (pg.types.getTypeParser(oid, format) as unknown)) as never,
};

/** Everything as of one moment, whatever the service writes meanwhile; nothing is ever written through it. */
export class Snapshot {
  readonly #client: pg.Client;
  #cursors = 0;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async open(url: string): Promise<Snapshot> {
    const client = new pg.Client({ connectionString: url, application_name: "mingzhang fsck" });
    await client.connect();
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    return new Snapshot(client);
  }

  /** What fails inside, such as a table that cannot be read, spoils nothing for those that come after. */
  async within<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#client.query("SAVEPOINT part");
    try {
      return await work();
    } finally {
      await this.#client.query("ROLLBACK TO SAVEPOINT part");
    }
  }

  /** The table whose page a message of PostgreSQL's is about: it names files only. */
  async findTable({ message }: TableUnreadable): Promise<string | undefined> {
    const file = /relation "?base\/\d+\/(\d+)/.exec(message)?.[1];
    if (file === undefined) return undefined;
    const [row] = await this.rows<{ name: string }>(
      `SELECT coalesce(t.relname, o.relname, c.relname)::text AS name FROM pg_class c
       LEFT JOIN pg_index i ON i.indexrelid = c.oid LEFT JOIN pg_class t ON t.oid = i.indrelid
       LEFT JOIN pg_class o ON o.reltoastrelid = c.oid WHERE c.oid = pg_filenode_relation(0, $1::oid)`,
      [file],
    );
    return row?.name;
  }

  async rows<Row extends object>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#query<Row>(sql, params)).rows;
  }

  /** The rows one after the other, some thousands in memory at a time. */
  async *stream<Row extends object>(
    sql: string,
    params: readonly unknown[] = [],
  ): AsyncGenerator<Row> {
    for await (const rows of this.batches<Row>(sql, params)) yield* rows;
  }

  /** The same in handfuls, for what is looked up together. */
  async *batches<Row extends object>(
    sql: string,
    params: readonly unknown[] = [],
    rowsAtOnce = ROWS_AT_ONCE,
  ): AsyncGenerator<Row[]> {
    const name = `fsck_${++this.#cursors}`;
    await this.#query(`DECLARE ${name} NO SCROLL CURSOR FOR ${sql}`, params);
    const fetch = async (): Promise<Row[]> =>
      (await this.#query<Row>(`FETCH ${rowsAtOnce} FROM ${name}`)).rows;
    for (let rows = await fetch(); rows.length > 0;) {
      // The database fetches the next ones while these are worked on.
      const next = rows.length < rowsAtOnce ? Promise.resolve([]) : fetch();
      next.catch(() => undefined);
      yield rows;
      rows = await next;
    }
    await this.#query(`CLOSE ${name}`);
  }

  async #query<Row extends object>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<pg.QueryResult<Row>> {
    try {
      return await this.#client.query<Row>({ text, values: [...values], types });
    } catch (error) {
      const code = errorCode(error) ?? "";
      // Class XX: what lies on disk is not what was written.
      if (code.startsWith("XX")) throw new TableUnreadable(code, error);
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#client.end();
  }
}
