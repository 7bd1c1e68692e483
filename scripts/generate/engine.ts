import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import type {
  DiagnoseMigrationHistoryOutput,
  MigrationList,
  SchemaContainer,
  SchemaEngine,
} from "@prisma/schema-engine-wasm";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { MIGRATIONS_DIRECTORY, readMigrations } from "../../api/database/migrations.ts";
import type { ScratchDatabases } from "./scratch.ts";

const SCHEMA_DIRECTORY = path.dirname(MIGRATIONS_DIRECTORY);
const requireFromHere = createRequire(import.meta.url);

/** The SQL that leads from the migrations to the schema, empty when they agree. */
export function diffMigrationsAndSchema(databases: ScratchDatabases): Promise<string> {
  return withEngine(databases, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: "migrations", ...listMigrations() },
      to: { tag: "schemaDatamodel", files: readSchemaFiles() },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout === null || isEmptyScript(stdout) ? "" : stdout;
  });
}

/** What the engine finds wrong with a database that our own runner has migrated. */
export function diagnoseDatabase(
  databases: ScratchDatabases,
): Promise<DiagnoseMigrationHistoryOutput> {
  return withEngine(databases, (engine) =>
    engine.diagnoseMigrationHistory({
      migrationsList: listMigrations(),
      optInToShadowDatabase: true,
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
}

async function withEngine<T>(
  databases: ScratchDatabases,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  await (loaded ??= loadEngine());
  const adapter = bindMigrationAwareSqlAdapterFactory(databases);
  const datamodels = readSchemaFiles().map((file): [string, string] => [file.path, file.content]);
  const engine = await bindings.SchemaEngine.new({ datamodels }, () => undefined, adapter);
  try {
    return await use(engine);
  } finally {
    engine.free();
    await databases.close();
  }
}

const isEmptyScript = (script: string): boolean =>
  script.split("\n").every((line) => line.trim() === "" || line.startsWith("--"));

let loaded: Promise<void> | undefined;

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
