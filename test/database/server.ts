import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import type { PostgresBinaries } from "../../api/database/binaries.ts";
import { applyMigrations, readMigrations } from "../../api/database/migrations.ts";
import { startPostgres } from "../../api/database/postgres.ts";
import { findPostmaster, stopPostgres } from "../../api/database/postmaster.ts";

/** A server on which tests may create databases. */
export interface TestServer {
  /** An address of the server that may create databases; its own database is not touched. */
  url: string;
  stop(): Promise<void>;
}

/** Starts a server for tests in a directory of its own; it forgets everything when stopped. */
export async function startTestServer(binaries?: PostgresBinaries): Promise<TestServer> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-test-"));
  const directory = path.join(scratch, "postgres");
  const server = await startPostgres({
    directory,
    ...(binaries && { binaries }),
    // Nothing here has to survive a power cut.
    options: { fsync: "off", full_page_writes: "off", max_connections: "200" },
  });
  const killAtExit = (): void => {
    killServer(directory);
    fs.rmSync(scratch, { recursive: true, force: true });
  };
  process.once("exit", killAtExit);
  const stop = async (): Promise<void> => {
    process.removeListener("exit", killAtExit);
    await stopPostgres(directory);
    fs.rmSync(scratch, { recursive: true, force: true });
  };
  return { url: server.urlOf("postgres"), stop };
}

/** A process that is about to end cannot wait for promises. */
function killServer(directory: string): void {
  const postmaster = findPostmaster(directory);
  if (!postmaster) return;
  process.kill(postmaster.pid, "SIGQUIT");
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let waits = 0; findPostmaster(directory) && waits < 200; waits++)
    Atomics.wait(pause, 0, 0, 10);
}

export function withDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

/** Runs statements on the server, outside any transaction. */
export async function execute(url: string, ...statements: string[]): Promise<pg.QueryResult[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const results: pg.QueryResult[] = [];
    for (const statement of statements) results.push(await client.query(statement));
    return results;
  } finally {
    await client.end();
  }
}

/** The name of the migrated template on a server; made by the first who asks. */
export async function ensureTemplate(url: string): Promise<string> {
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
