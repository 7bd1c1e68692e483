import { execFile } from "node:child_process";
import { hash } from "node:crypto";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { applyMigrations } from "../../api/database/migrations.ts";
import { startTestServer } from "../test/server.ts";
import type { Speed } from "./speed.ts";

const execFileAsync = promisify(execFile);

/** The second log is the first one, grown: memory is flat where both take the same. */
const SIZES = [250_000, 1_000_000];
const COMMUNITY = "bench";
const PROGRAM = fileURLToPath(new URL("fsckProcess.ts", import.meta.url));

interface FsckFigures {
  records: number;
  nodes: number;
  findings: number;
  /** Of the whole process, buffers and program included. */
  mostMegabytes: number;
  seconds: number;
}

/** A log of many small records in a database that is thrown away, inspected against its nodes and its heads as it grows. */
async function measureFsck(): Promise<FsckFigures[]> {
  const given = process.env["TEST_DATABASE_URL"];
  const server = given === undefined ? await startTestServer() : undefined;
  const url = new URL(given ?? server!.url);
  const name = `mingzhang_bench_${process.pid}`;
  await execute(url.href, `CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  try {
    await applyMigrations(own.href);
    const figures: FsckFigures[] = [];
    for (const [i, size] of SIZES.entries()) {
      await fill(own.href, SIZES[i - 1] ?? 0, size);
      figures.push(await inspect(own.href));
    }
    return figures;
  } finally {
    await execute(url.href, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function inspect(databaseUrl: string): Promise<FsckFigures> {
  const from = performance.now();
  const { stdout } = await execFileAsync(process.execPath, [PROGRAM, databaseUrl]);
  const seconds = (performance.now() - from) / 1000;
  return { ...(JSON.parse(stdout) as Omit<FsckFigures, "seconds">), seconds };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

const TEXT = `'{"at":"2026-11-22T00:00:00Z","community":"${COMMUNITY}","page":0,"position":' || n ||
  ',"reason":"bench","roll":1,"type":"revocation","v":1}'`;
const LEAF = `sha256('\\x00'::bytea || convert_to(${TEXT}, 'UTF8'))`;

/** Records, leaves and nodes from one size to the next as the service would have written them, by the database itself. */
async function fill(url: string, from: number, to: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("SET synchronous_commit = off");
  const numbers = `generate_series(${from}, ${to - 1}) n`;
  await client.query(
    `INSERT INTO "Record" ("communityId", "index", "leaf", "type", "text", "at")
     SELECT '${COMMUNITY}', n, '0x' || encode(${LEAF}, 'hex'), 'revocation', ${TEXT}, now() FROM ${numbers}`,
  );
  await client.query(`INSERT INTO "LogNode" SELECT '${COMMUNITY}', 0, n, ${LEAF} FROM ${numbers}`);
  // Grouped rather than joined: without statistics of a level just written, the database would look at every pair.
  for (let level = 1; 2 ** level <= to; level += 1) {
    const first = 2 * Math.floor(from / 2 ** level);
    await client.query(
      `INSERT INTO "LogNode"
       SELECT '${COMMUNITY}', ${level}, "index" / 2, sha256('\\x01'::bytea || string_agg("hash", ''::bytea ORDER BY "index"))
       FROM "LogNode" WHERE "level" = ${level - 1} AND "index" >= ${first} GROUP BY "index" / 2 HAVING count(*) = 2`,
    );
  }
  await putHead(client, to);
  await client.query("ANALYZE");
  await client.end();
}

async function putHead(client: pg.Client, records: number): Promise<void> {
  const range: Buffer[] = [];
  for (let level = Math.floor(Math.log2(records)), done = 0; level >= 0; level -= 1) {
    if (Math.floor(records / 2 ** level) % 2 === 0) continue;
    const { rows } = await client.query<{ hash: Buffer }>(
      `SELECT "hash" FROM "LogNode" WHERE "level" = $1 AND "index" = $2`,
      [level, done / 2 ** level],
    );
    range.push(rows[0]!.hash);
    done += 2 ** level;
  }
  const join = (right: Buffer, left: Buffer): Buffer =>
    hash("sha256", Buffer.concat([Buffer.from([1]), left, right]), "buffer");
  const root = range.slice(0, -1).reduceRight(join, range.at(-1)!);
  await client.query(`DELETE FROM "Log"`);
  await client.query(`INSERT INTO "Log" VALUES ($1, $2, $3)`, [COMMUNITY, records, range]);
  await client.query(
    `INSERT INTO "Head" ("communityId", "size", "root", "createdAt") VALUES ($1, $2, $3, now())`,
    [COMMUNITY, records, `0x${root.toString("hex")}`],
  );
}

/** The same as lines of the bench. Throws where something was found: then nothing was measured. */
export async function measureFsckSpeed(): Promise<Speed[]> {
  return (await measureFsck()).flatMap(({ records, nodes, findings, mostMegabytes, seconds }) => {
    if (findings > 0) throw new Error(`fsck found ${findings} differences in a sound log`);
    const log = `fsck of ${records.toLocaleString("en")} records, ${nodes.toLocaleString("en")} nodes`;
    return [
      { name: log, value: seconds, unit: "s" },
      { name: "  the most memory that its process took", value: mostMegabytes, unit: "MB" },
    ];
  });
}
