import pg from "pg";

/** One column of one row, changed by SQL behind the service's back, and how to change it back. */
export interface Mutation {
  table: string;
  column: string;
  revert(): Promise<void>;
}

export interface Column {
  table: string;
  name: string;
  type: string;
  isArray: boolean;
}

/** A direct line into the database, where no rule of the service holds. */
export class Tamperer {
  readonly #client: pg.Client;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async open(url: string): Promise<Tamperer> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    // References are not checked: whoever tampers would not let himself be stopped by them.
    await client.query("SET session_replication_role = replica");
    return new Tamperer(client);
  }

  async columns(): Promise<Column[]> {
    const { rows } = await this.#client.query<Column>(`
      SELECT c.relname AS table, a.attname AS name, t.typcategory = 'A' AS "isArray",
        CASE WHEN e.typtype = 'e' THEN 'enum' ELSE coalesce(e.typname, t.typname) END AS type
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_type e ON e.oid = CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE t.oid END
      WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND a.attnum > 0
        AND NOT a.attisdropped AND c.relname <> '_prisma_migrations' ORDER BY 1, a.attnum`);
    return rows;
  }

  /** Undefined where no row has anything in the column. */
  async change(
    { table, name, type, isArray }: Column,
    where = "true",
  ): Promise<Mutation | undefined> {
    const column = pg.escapeIdentifier(name);
    const { rows } = await this.#client.query<{ at: string; value: string }>(
      `SELECT ctid::text AS at, ${column}::text AS value FROM "${table}" WHERE ${column} IS NOT NULL
       ${isArray ? `AND cardinality(${column}) > 0` : ""} AND ${where} ORDER BY ctid LIMIT 1`,
    );
    const [found] = rows;
    if (!found) return undefined;
    const changed = isArray
      ? await this.#element(type, found.value)
      : await this.#flip(type, found.value, { table, name });
    const at = await this.#write({ table, name, at: found.at, value: changed });
    return {
      table,
      column: name,
      revert: async () => void (await this.#write({ table, name, at, value: found.value })),
    };
  }

  async #write(cell: { table: string; name: string; at: string; value: string }): Promise<string> {
    const { table, name, at, value } = cell;
    const column = pg.escapeIdentifier(name);
    const { rows: types } = await this.#client.query<{ type: string }>(
      `SELECT format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = '"${table}"'::regclass AND attname = $1`,
      [name],
    );
    const { rows } = await this.#client.query<{ at: string }>(
      `UPDATE "${table}" SET ${column} = $1::text::${types[0]!.type} WHERE ctid = $2::tid RETURNING ctid::text AS at`,
      [value, at],
    );
    return rows[0]!.at;
  }

  /** One step away from what it was: one character, one bit, one unit. */
  async #flip(
    type: string,
    value: string,
    { table, name }: { table: string; name: string },
  ): Promise<string> {
    if (type === "bool") return value === "true" ? "false" : "true";
    if (/^(int|numeric)/.test(type)) return String(BigInt(value) + 1001n);
    if (type === "timestamptz" || type === "date") return moveTime(value);
    if (type === "jsonb" || type === "json") return JSON.stringify(changeJson(JSON.parse(value)));
    if (type === "uuid" || type === "bytea") return changeHex(value);
    if (type === "enum") return this.#otherLabel(table, name, value);
    return changeCharacter(value);
  }

  async #element(type: string, value: string): Promise<string> {
    const inner = value.slice(1, -1);
    const [first = "", ...rest] = inner.split(",");
    const changed = /^int/.test(type)
      ? String(Number(first) + 1)
      : type === "bytea"
        ? first.replace(
            /([0-9a-f])(")?$/,
            (_all, digit: string, quote = "") => otherHex(digit) + quote,
          )
        : changeCharacter(first);
    return `{${[changed, ...rest].join(",")}}`;
  }

  async #otherLabel(table: string, column: string, value: string): Promise<string> {
    const { rows } = await this.#client.query<{ label: string }>(
      `SELECT enumlabel AS label FROM pg_enum WHERE enumtypid =
        (SELECT atttypid FROM pg_attribute WHERE attrelid = '"${table}"'::regclass AND attname = $1)
        ORDER BY enumsortorder`,
      [column],
    );
    const at = rows.findIndex(({ label }) => label === value);
    return rows[at === 0 ? 1 : at - 1]!.label;
  }

  /** Takes a row out; gives how to put it back. */
  async remove(table: string, where = "true"): Promise<(() => Promise<void>) | undefined> {
    const { rows } = await this.#client.query<{ row: object }>(
      `DELETE FROM "${table}" WHERE ctid = (SELECT ctid FROM "${table}" WHERE ${where} ORDER BY ctid LIMIT 1)
       RETURNING to_jsonb("${table}".*) AS row`,
    );
    const [found] = rows;
    return found && (() => this.insert(table, found.row));
  }

  async insert(table: string, row: object): Promise<void> {
    await this.#client.query(
      `INSERT INTO "${table}" SELECT * FROM jsonb_populate_record(NULL::"${table}", $1)`,
      [JSON.stringify(row)],
    );
  }

  async one(table: string, where = "true"): Promise<Record<string, unknown>> {
    const sql = `SELECT to_jsonb(t.*) AS row FROM "${table}" t WHERE ${where} ORDER BY ctid LIMIT 1`;
    const { rows } = await this.#client.query<{ row: Record<string, unknown> }>(sql);
    return rows[0]!.row;
  }

  async run(sql: string): Promise<void> {
    await this.#client.query(sql);
  }

  close(): Promise<void> {
    return this.#client.end();
  }
}

const otherHex = (digit: string): string => (digit === "0" ? "1" : "0");

const changeHex = (text: string): string => text.replace(/[0-9a-f]$/, otherHex);

function moveTime(text: string): string {
  const time = new Date(
    text.length === 10 ? text : text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00"),
  );
  time.setUTCSeconds(time.getUTCSeconds() + (text.length === 10 ? 86_400 : 1));
  return time.toISOString();
}

/** A letter or digit becomes another one; where there is none, the last character does. */
function changeCharacter(text: string): string {
  const at = [...text.matchAll(/[0-9A-Za-z]/g)].at(-1)?.index;
  if (at === undefined) return `${text.slice(0, -1)}某`;
  return `${text.slice(0, at)}${text[at] === "7" ? "8" : "7"}${text.slice(at + 1)}`;
}

/** The last text or number in it, in the order of the names. */
function changeJson(value: unknown): unknown {
  if (typeof value === "string") return changeCharacter(value);
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  if (Array.isArray(value)) return [...value.slice(0, -1), changeJson(value.at(-1))];
  if (value === null || typeof value !== "object") return 1;
  const entries = Object.entries(value);
  const isEmpty = (part: unknown): boolean => ["null", "[]", "{}"].includes(JSON.stringify(part));
  const at = entries.findLastIndex(([, part]) => !isEmpty(part));
  return Object.fromEntries(
    entries.map(([name, part], i) => [name, i === at ? changeJson(part) : part]),
  );
}
