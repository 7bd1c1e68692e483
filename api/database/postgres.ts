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
    if (postmaster?.ready) return postmaster;
    if (isLost()) return undefined;
  }
  throw new Error(
    `The embedded database in ${directory} is still not ready: see server.log there.`,
  );
}

function openServer(directory: string, postmaster: Postmaster): PostgresServer {
  const host = encodeURIComponent(postmaster.socketDirectory);
  const urlOf = (database: string): string =>
    `postgresql://postgres@localhost:${PORT}/${encodeURIComponent(database)}?host=${host}`;
  const stop = async (): Promise<void> => {
    const isOurs = findPostmaster(directory)?.pid === postmaster.pid;
    if (!isOurs || (await countOtherClients(urlOf("postgres"))) > 0) return;
    await stopPostgres(directory);
    if (postmaster.socketDirectory !== directory) {
      fs.rmSync(postmaster.socketDirectory, { recursive: true, force: true });
    }
  };
  return { urlOf, stop };
}

/** Connections of other programs: a second instance of the service, psql, a backup. */
async function countOtherClients(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>(
      "select count(*)::int as count from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    );
    return rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}
