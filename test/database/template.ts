import { createHash } from "node:crypto";
import pg from "pg";
import { connectDatabase } from "../../api/database/client.ts";
import type { Database } from "../../api/database/client.ts";
import { applyMigrations, readMigrations } from "../../api/database/migrations.ts";
import { startTestServer } from "../../scripts/test/server.ts";
import { execute, withDatabase } from "./admin.ts";

interface Template {
  url: string;
  name: string;
}

let template: Promise<Template> | undefined;

/**
 * A migrated, empty database of its own for one suite, as a copy of a template. Closing it removes it. The server is
 * the one of TEST_DATABASE_URL or DATABASE_URL; without them one is started for this process and ends with it.
 */
export async function createTestDatabase(): Promise<Database> {
  const { url, name } = await (template ??= prepareTemplate());
  const copy = `mingzhang_test_${crypto.randomUUID().replaceAll("-", "")}`;
  await execute(url, `CREATE DATABASE "${copy}" TEMPLATE "${name}"`);
  const database = connectDatabase(withDatabase(url, copy));
  const close = async (): Promise<void> => {
    await database.close();
    await execute(url, `DROP DATABASE "${copy}" WITH (FORCE)`);
  };
  return { ...database, close };
}

async function prepareTemplate(): Promise<Template> {
  const given = process.env["TEST_DATABASE_URL"] ?? process.env["DATABASE_URL"];
  const url = given ?? (await startTestServer()).url;
  return { url, name: await ensureTemplate(url) };
}

/** The name of the migrated template on a server; the first process that asks makes it. */
async function ensureTemplate(url: string): Promise<string> {
  const migrations = createHash("sha256").update(JSON.stringify(readMigrations())).digest("hex");
  const name = `mingzhang_template_${migrations.slice(0, 16)}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('mingzhang_template'))");
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (found.rowCount === 0) await buildTemplate(client, url, name);
  } finally {
    await client.end();
  }
  return name;
}

async function buildTemplate(client: pg.Client, url: string, name: string): Promise<void> {
  await client.query(`DROP DATABASE IF EXISTS "${name}_draft"`);
  await client.query(`CREATE DATABASE "${name}_draft"`);
  await applyMigrations(withDatabase(url, `${name}_draft`));
  await client.query(`ALTER DATABASE "${name}_draft" RENAME TO "${name}"`);
}
