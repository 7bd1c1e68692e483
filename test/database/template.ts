import { connectDatabase } from "../../api/database/client.ts";
import type { Database } from "../../api/database/client.ts";
import { ensureTemplate, execute, startTestServer, withDatabase } from "./server.ts";

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
