import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { MIGRATIONS_DIRECTORY } from "../../api/database/migrations.ts";
import { startPostgres } from "../../api/database/postgres.ts";
import { stopPostgres } from "../../api/database/postmaster.ts";
import { diffMigrationsAndSchema } from "./engine.ts";
import { ScratchDatabases } from "./scratch.ts";

/** Writes the migration that leads to the schema as it stands now. Returns its file, or undefined when none is due. */
export async function createMigration(name: string): Promise<string | undefined> {
  if (!/^[a-z][a-z0-9_]*$/.test(name))
    throw new Error("A migration is named in lower case: add_rolls");
  const script = await findSchemaDrift();
  if (script === "") return undefined;
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const file = path.join(MIGRATIONS_DIRECTORY, `${stamp}_${name}`, "migration.sql");
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, script);
  return file;
}

/** The SQL still missing between the migrations and the schema, worked out on a server that is thrown away. */
export async function findSchemaDrift(): Promise<string> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-schema-"));
  const directory = path.join(scratch, "postgres");
  const server = await startPostgres({ directory, options: { fsync: "off" } });
  try {
    return await diffMigrationsAndSchema(new ScratchDatabases(server));
  } finally {
    await stopPostgres(directory);
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}
