import { PrismaPg } from "@prisma/adapter-pg";
import path from "node:path";
import pg from "pg";
import { hasCluster } from "./cluster.ts";
import { errorCode } from "./failure.ts";
import { PrismaClient } from "./generated/client.ts";
import type { Prisma } from "./generated/client.ts";
import { applyMigrations } from "./migrations.ts";
import { startPostgres } from "./postgres.ts";
import type { PostgresServer } from "./postgres.ts";

export type Db = PrismaClient;

/** The same, inside a transaction. */
export type Tx = Prisma.TransactionClient;

export interface DatabaseSettings {
  /** A PostgreSQL server of the operator's; without it, the embedded one. */
  databaseUrl?: string | undefined;
  /** Where the embedded server keeps its files: `<dataDirectory>/postgres`. */
  dataDirectory: string;
}

export interface Database {
  client: PrismaClient;
  url: string;
  /** Ends the connections; stops the embedded server unless another program still uses it. */
  close(): Promise<void>;
}

const DATABASE_NAME = "mingzhang";

/** A data directory in which no service has ever run. */
export class DatabaseMissing extends Error {
  override readonly name = "DatabaseMissing";
}

/**
 * The database as it stands: nothing is created, nothing migrated. Starts the embedded server where it does not run.
 * Throws DatabaseMissing where there is none.
 */
export async function findDatabase(
  settings: DatabaseSettings,
): Promise<Pick<Database, "url" | "close">> {
  const { databaseUrl: url, dataDirectory } = settings;
  if (url !== undefined) return { url, close: () => Promise.resolve() };
  const directory = path.join(dataDirectory, "postgres");
  if (!hasCluster(directory)) throw new DatabaseMissing(`There is no database in ${directory}.`);
  const server = await startPostgres({ directory });
  return { url: server.urlOf(DATABASE_NAME), close: () => server.stop() };
}

/** Starts or finds the server, creates the database when missing, applies the migrations, connects. */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  if (settings.databaseUrl !== undefined) {
    await applyMigrations(settings.databaseUrl);
    return connectDatabase(settings.databaseUrl);
  }
  const server = await startPostgres({ directory: path.join(settings.dataDirectory, "postgres") });
  try {
    return await openEmbedded(server);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function openEmbedded(server: PostgresServer): Promise<Database> {
  await createDatabase(server.urlOf("postgres"), DATABASE_NAME);
  const url = server.urlOf(DATABASE_NAME);
  await applyMigrations(url);
  const database = connectDatabase(url);
  const close = async (): Promise<void> => {
    await database.close();
    await server.stop();
  };
  return { ...database, close };
}

// Prisma's own limits (2 s to begin, 5 s to end) fail honest work on a busy machine.
const TRANSACTION_LIMITS = { maxWait: 30_000, timeout: 60_000 };

/** Connects to a database that is migrated already. */
export function connectDatabase(url: string): Database {
  const adapter = new PrismaPg({ connectionString: url });
  const client = new PrismaClient({ adapter, transactionOptions: TRANSACTION_LIMITS });
  return { client, url, close: () => client.$disconnect() };
}

/** Reads what belongs together as of one moment: Prisma asks for each relation in a query of its own. */
export function readSnapshot<Result>(db: Db, read: (tx: Tx) => Promise<Result>): Promise<Result> {
  return db.$transaction(read, { isolationLevel: "RepeatableRead" });
}

async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    if (errorCode(error) !== "42P04") throw error; // it exists
  } finally {
    await admin.end();
  }
}
