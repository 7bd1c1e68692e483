import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import type { MigrationList, SchemaContainer } from "@prisma/schema-engine-wasm";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { MIGRATIONS_DIRECTORY, readMigrations } from "../../api/database/migrations.ts";
import type { PostgresServer } from "../../api/database/postgres.ts";
import { ScratchDatabases } from "./scratch.ts";

const SCHEMA_DIRECTORY = path.dirname(MIGRATIONS_DIRECTORY);
const requireFromHere = createRequire(import.meta.url);

/**
 * The SQL that leads from the migrations to the schema, empty when they agree. The engine replays the migrations in
 * a database that it creates on the server.
 */
export async function diffMigrationsAndSchema(server: PostgresServer): Promise<string> {
  await loadEngine();
  const databases = new ScratchDatabases(server);
  const adapter = bindMigrationAwareSqlAdapterFactory(databases);
  const files = readSchemaFiles();
  const datamodels = files.map((file): [string, string] => [file.path, file.content]);
  const engine = await bindings.SchemaEngine.new({ datamodels }, () => undefined, adapter);
  try {
    const { stdout } = await engine.diff({
      from: { tag: "migrations", ...listMigrations() },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout === null || isEmptyScript(stdout) ? "" : stdout;
  } finally {
    engine.free();
    await databases.close();
  }
}

const isEmptyScript = (script: string): boolean =>
  script.split("\n").every((line) => line.trim() === "" || line.startsWith("--"));

/** The package imports its WebAssembly as a module, which Node still calls experimental. */
async function loadEngine(): Promise<void> {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: console.error } });
  const file = requireFromHere.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = fs.readFileSync(file.replace(/\.js$/, ".wasm"));
  const imports = { "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  const glue = bindings as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void };
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports["__wbindgen_start"] as () => void)();
}

function readSchemaFiles(): SchemaContainer[] {
  return fs
    .readdirSync(SCHEMA_DIRECTORY)
    .filter((name) => name.endsWith(".prisma"))
    .sort()
    .map((name) => path.join(SCHEMA_DIRECTORY, name))
    .map((file) => ({ path: file, content: fs.readFileSync(file, "utf8") }));
}

function listMigrations(): MigrationList {
  return {
    baseDir: MIGRATIONS_DIRECTORY,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: readMigrations().map(({ name, script }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: script } },
    })),
  };
}
