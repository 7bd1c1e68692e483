import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import pg from "pg";
import type { PostgresServer } from "../../api/database/postgres.ts";

/** Gives the migration engine the databases of a server that is thrown away afterwards. */
export class ScratchDatabases implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = "postgres";
  readonly adapterName = "@prisma/adapter-pg";
  readonly #server: PostgresServer;
  readonly #connected: SqlDriverAdapter[] = [];

  readonly #main: string;

  constructor(server: PostgresServer, main = "postgres") {
    this.#server = server;
    this.#main = main;
  }

  async connect(): Promise<SqlDriverAdapter> {
    const adapter = await this.#connectTo(this.#main);
    this.#connected.push(adapter);
    return adapter;
  }

  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const name = `shadow_${crypto.randomUUID()}`;
    const admin = new pg.Client({ connectionString: this.#server.urlOf("postgres") });
    await admin.connect();
    await admin.query(`CREATE DATABASE "${name}"`).finally(() => admin.end());
    return this.#connectTo(name);
  }

  /** The engine ends its shadow connection, but not the other one. */
  async close(): Promise<void> {
    for (const adapter of this.#connected.splice(0)) await adapter.dispose();
  }

  async #connectTo(database: string): Promise<SqlDriverAdapter> {
    const connectionString = this.#server.urlOf(database);
    return readByteColumns(await new PrismaPg({ connectionString }).connect());
  }
}

const BYTE_COLUMNS = /^\s*(con\.conf(del|upd)type|constr\.contype)/gm;
const BYTE_COLUMN_NAMES = new Set(["confdeltype", "confupdtype", "constraint_type"]);

/** The engine reads columns of the catalogue whose one-byte type the adapter does not know. */
function readByteColumns(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const sql = query.sql.replace(BYTE_COLUMNS, "$&::text");
    const result = await queryRaw({ ...query, sql });
    if (sql === query.sql) return result;
    const columnTypes = result.columnTypes.map((type, index) =>
      BYTE_COLUMN_NAMES.has(result.columnNames[index] ?? "") ? ColumnTypeEnum.Character : type,
    );
    return { ...result, columnTypes };
  };
  return adapter;
}
