import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import type { DemonstrationSize, Settings } from "./config.ts";
import type { Database, Db } from "./database/client.ts";
import type { Route } from "./http/route.ts";

/** Half a demonstration would show what never happened, and a production setting does not clear it away. */
export class DemonstrationIncomplete extends Error {
  override readonly name = "DemonstrationIncomplete";
}

/** What a database says of the demonstration in it. `loading` that outlives its process was cut short. */
interface Mark {
  state: "loading" | "loaded";
  size: DemonstrationSize;
}

const KEY = "demonstration";
const LOCK = "mingzhang demonstration";

/**
 * Loads the demonstration where the settings want it and nothing has ever happened. What an interrupted loading left
 * behind is cleared away first: until the end of the loading nothing else was served from this database.
 */
export async function ensureDemonstration(
  settings: Settings,
  database: Database,
  say: (line: string) => void,
): Promise<void> {
  const { client: db } = database;
  const before = await findMark(db);
  if (before?.state === "loaded" || (!before && !(await isWanted(settings, db)))) return;
  await withLock(database.url, async () => {
    // Another instance may have been at it while we waited.
    const mark = await findMark(db);
    if (mark?.state === "loaded") return;
    if (mark) await clear(settings, db);
    if (await isWanted(settings, db)) await load(settings, database, say);
  });
}

async function findMark(db: Db): Promise<Mark | undefined> {
  const row = await db.setting.findUnique({ where: { key: KEY } });
  return row ? (row.value as unknown as Mark) : undefined;
}

/** The demonstration's own routes, where it is loaded. */
export async function listDemonstrationRoutes(settings: Settings, db: Db): Promise<Route[]> {
  const mark = await findMark(db);
  if (mark?.state !== "loaded" || settings.isProduction) return [];
  const { demonstrationRoutes } = await import("./demo/routes.ts");
  return demonstrationRoutes(mark.size);
}

/** Its past can only be told on a chain of our own. The chain's first block fixes when time begins, so it counts too. */
async function isWanted({ demonstration, chainRpcUrl }: Settings, db: Db): Promise<boolean> {
  if (demonstration === undefined || chainRpcUrl !== undefined) return false;
  const chain = await db.setting.count({ where: { key: "chain" } });
  return chain === 0 && (await db.community.count()) === 0;
}

async function load(
  settings: Settings,
  database: Database,
  say: (line: string) => void,
): Promise<void> {
  const { client: db } = database;
  const { demonstration: size } = settings;
  await db.setting.create({ data: { key: KEY, value: { state: "loading", size: size! } } });
  say("Loading the demonstration community · 正在载入演示小区 ...");
  // Imported here: a production setting never so much as reads it.
  const { loadDemonstration } = await import("./demo/load.ts");
  await loadDemonstration(settings, database, { size: size!, say });
  const value = { state: "loaded", size: size! };
  await db.setting.update({ where: { key: KEY }, data: { value } });
}

/** Empties what only the demonstration can have written. The mark goes last, so that this too may be interrupted. */
async function clear({ isProduction, dataDirectory }: Settings, db: Db): Promise<void> {
  if (isProduction) {
    throw new DemonstrationIncomplete(
      "This database holds a demonstration whose loading was interrupted: give the service another database.",
    );
  }
  fs.rmSync(path.join(dataDirectory, "files"), { recursive: true, force: true });
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT quote_ident(tablename) AS name FROM pg_tables
    WHERE schemaname = current_schema() AND tablename <> '_prisma_migrations'`;
  await db.$executeRawUnsafe(
    `TRUNCATE ${tables.map(({ name }) => name).join(", ")} RESTART IDENTITY CASCADE`,
  );
}

/** Held by a connection of its own: it is gone the moment that this process is. */
async function withLock(url: string, work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtext($1))", [LOCK]);
    await work();
  } finally {
    await client.end();
  }
}
