import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { chooseAccount, giveTo, spawnAs } from "./account.ts";
import type { Account } from "./account.ts";
import { findPostgresBinaries } from "./binaries.ts";
import type { PostgresBinaries } from "./binaries.ts";
import { createCluster, hasCluster } from "./cluster.ts";
import type { Cluster } from "./cluster.ts";
import { findPostmaster, forgetForeignPid, stopPostgres } from "./postmaster.ts";
import type { Postmaster } from "./postmaster.ts";

export interface PostgresServer {
  /** The address of one database on this server, as `pg` and Prisma take it. */
  urlOf(database: string): string;
  /** Stops the server, unless another program still uses it. */
  stop(): Promise<void>;
}

export interface PostgresSettings {
  /** Holds the cluster and nothing else; created when missing. */
  directory: string;
  /** Default: those of the npm package for this platform. */
  binaries?: PostgresBinaries;
  /** Further server settings, for tests. */
  options?: Record<string, string>;
}

const START_TIMEOUT_SECONDS = 120;
const ORPHANS_TIMEOUT_SECONDS = 10;
const PORT = 5432;

/** Starts the PostgreSQL server of a data directory, or finds it running since an earlier start. */
export async function startPostgres(settings: PostgresSettings): Promise<PostgresServer> {
  const directory = path.resolve(settings.directory);
  if (findPostmaster(directory)) {
    const running = await waitUntilReady(directory, () => !findPostmaster(directory));
    if (running) return openServer(directory, running);
  }
  const account = chooseAccount(directory);
  const cluster = { directory, account, binaries: settings.binaries ?? findPostgresBinaries() };
  if (!hasCluster(directory)) await createCluster(cluster);
  forgetForeignPid(directory);
  return openServer(directory, await launchUntilReady(cluster, settings.options ?? {}));
}

/** The orphans of a killed server need a moment to leave; until then a new one refuses to start. */
async function launchUntilReady(
  cluster: Cluster,
  options: Record<string, string>,
): Promise<Postmaster> {
  const deadline = Date.now() + ORPHANS_TIMEOUT_SECONDS * 1000;
  for (;;) {
    const child = await launch(cluster, options);
    const isLost = (): boolean => hasEnded(child) && !findPostmaster(cluster.directory);
    const postmaster = await waitUntilReady(cluster.directory, isLost);
    if (postmaster) return postmaster;
    const log = fs.readFileSync(logFileOf(cluster.directory), "utf8").slice(-2000);
    if (!/shared memory block/.test(log) || Date.now() > deadline) {
      throw new Error(`The embedded database in ${cluster.directory} does not start:\n${log}`);
    }
    await delay(200);
  }
}

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;

const logFileOf = (directory: string): string => path.join(directory, "server.log");

async function launch(cluster: Cluster, options: Record<string, string>): Promise<ChildProcess> {
  const { directory, binaries, account } = cluster;
  const flags = Object.entries({ ...serverSettings(directory, account), ...options });
  const log = fs.openSync(logFileOf(directory), "w", 0o600);
  try {
    const child = spawnAs(account, {
      file: binaries.postgres,
      args: ["-D", directory, ...flags.flatMap(([name, value]) => ["-c", `${name}=${value}`])],
      reaches: [directory],
      stdio: ["ignore", log, log],
    });
    await once(child, "spawn");
    child.unref();
    return child;
  } finally {
    fs.closeSync(log);
  }
}

function serverSettings(directory: string, account: Account | undefined): Record<string, string> {
  return {
    listen_addresses: "",
    port: String(PORT),
    unix_socket_directories: chooseSocketDirectory(directory, account),
    unix_socket_permissions: "0700",
    timezone: "UTC",
    log_timezone: "UTC",
    // Values of a row may be personal data: they stay out of the log.
    log_error_verbosity: "terse",
    log_min_error_statement: "panic",
  };
}

/** The path of a socket is limited to 103 bytes (macOS) or 107 (Linux). */
function chooseSocketDirectory(directory: string, account: Account | undefined): string {
  if (Buffer.byteLength(path.join(directory, `.s.PGSQL.${PORT}`)) <= 103) return directory;
  const short = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-"));
  giveTo(account, short);
  return short;
}

/** Undefined: the server is gone before it was ready. */
async function waitUntilReady(
  directory: string,
  isLost: () => boolean,
): Promise<Postmaster | undefined> {
  const deadline = Date.now() + START_TIMEOUT_SECONDS * 1000;
  for (; Date.now() < deadline; await delay(20)) {
    const postmaster = findPostmaster(directory);
    if (postmaster?.ready && (await answers(urlIn(postmaster, "postgres")))) return postmaster;
    if (isLost()) return undefined;
  }
  throw new Error(
    `The embedded database in ${directory} is still not ready: see server.log there.`,
  );
}

/** Whether the server takes connections; one that is going down, or was killed a moment ago, does not. */
async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch (error) {
    const CANNOT_CONNECT_NOW = "57P03";
    return error instanceof pg.DatabaseError && error.code !== CANNOT_CONNECT_NOW;
  }
}

function urlIn({ socketDirectory }: Postmaster, database: string): string {
  const host = encodeURIComponent(socketDirectory);
  return `postgresql://postgres@localhost:${PORT}/${encodeURIComponent(database)}?host=${host}`;
}

function openServer(directory: string, postmaster: Postmaster): PostgresServer {
  const urlOf = (database: string): string => urlIn(postmaster, database);
  const stop = async (): Promise<void> => {
    const isOurs = findPostmaster(directory)?.pid === postmaster.pid;
    if (!isOurs || (await isUsedByOthers(urlOf("postgres")))) return;
    await stopPostgres(directory);
    if (postmaster.socketDirectory !== directory) {
      fs.rmSync(postmaster.socketDirectory, { recursive: true, force: true });
    }
  };
  return { urlOf, stop };
}

/** Connections of other programs: a second instance of the service, psql, a backup. */
async function isUsedByOthers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // A connection that we have just ended is listed a moment longer.
    for (let tries = 0; tries < 10; tries++, await delay(50)) {
      const { rowCount } = await client.query(
        "SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
      );
      if (rowCount === 0) return false;
    }
    return true;
  } finally {
    await client.end();
  }
}
