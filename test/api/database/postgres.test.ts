import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { completeSymlinks, findPostgresBinaries } from "../../../api/database/binaries.ts";
import { startPostgres } from "../../../api/database/postgres.ts";
import { findPostmaster, stopPostgres } from "../../../api/database/postmaster.ts";
import { execute } from "../../database/admin.ts";

describe("the embedded PostgreSQL", () => {
  let scratch: string;
  let directory: string;

  // mkdtemp makes directories that only their owner may enter: root's account for PostgreSQL may not.
  before(() => {
    scratch = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-postgres-"));
    directory = path.join(scratch, "data", "postgres");
  });
  afterEach(() => stopPostgres(directory));
  after(() => fs.rmSync(scratch, { recursive: true, force: true }));

  const pidOf = (): number | undefined => findPostmaster(directory)?.pid;

  it("starts once when two starts come together", async () => {
    const [one, other] = await Promise.all([
      startPostgres({ directory }),
      startPostgres({ directory }),
    ]);
    expect(one.urlOf("postgres")).to.equal(other.urlOf("postgres"));
    await execute(one.urlOf("postgres"), "CREATE TABLE kept (value text)");
  });

  it("listens on a socket in its own closed directory only, and keeps fsync on", async () => {
    const server = await startPostgres({ directory });
    const shown = await execute(
      server.urlOf("postgres"),
      "SHOW listen_addresses",
      "SHOW fsync",
      "SHOW server_encoding",
    );
    expect(shown.map((result) => Object.values(result.rows[0] as object)[0])).to.deep.equal([
      "",
      "on",
      "UTF8",
    ]);
    expect(fs.statSync(directory).mode & 0o777).to.equal(0o700);
  });

  it("runs programs that lie in a closed directory, as those of a clone in root's home do", async () => {
    const closed = path.join(scratch, "closed");
    fs.mkdirSync(closed, { mode: 0o700 });
    const native = path.resolve(path.dirname(findPostgresBinaries().postgres), "..");
    fs.cpSync(native, closed, { recursive: true, verbatimSymlinks: true });
    const binaries = {
      initdb: path.join(closed, "bin/initdb"),
      postgres: path.join(closed, "bin/postgres"),
    };
    const server = await startPostgres({ directory: path.join(scratch, "b/postgres"), binaries });
    const [result] = await execute(server.urlOf("postgres"), "SELECT 1 AS one");
    expect(result?.rows).to.deep.equal([{ one: 1 }]);
    await server.stop();
  });

  it("is found running by the next start after the service was killed", async () => {
    await startPostgres({ directory });
    const pid = pidOf();
    await startPostgres({ directory });
    expect(pidOf()).to.equal(pid).and.not.equal(undefined);
  });

  it("recovers what was committed before the server itself was killed", async () => {
    const server = await startPostgres({ directory });
    await execute(server.urlOf("postgres"), "INSERT INTO kept VALUES ('committed')");
    process.kill(pidOf() ?? 0, "SIGKILL");
    const again = await startPostgres({ directory });
    const [result] = await execute(again.urlOf("postgres"), "SELECT value FROM kept");
    expect(result?.rows).to.deep.equal([{ value: "committed" }]);
  });

  it("starts although another program now carries the recorded process number", async () => {
    await startPostgres({ directory });
    const file = path.join(directory, "postmaster.pid");
    const recorded = fs.readFileSync(file, "utf8");
    await stopPostgres(directory);
    const other = spawn("sleep", ["60"]);
    await once(other, "spawn");
    fs.writeFileSync(file, recorded.replace(/^\d+/, String(other.pid)));
    await startPostgres({ directory });
    expect(pidOf()).to.not.equal(other.pid);
    other.kill();
  });

  it("is stopped by the last who uses it", async () => {
    const server = await startPostgres({ directory });
    const other = new pg.Client({ connectionString: server.urlOf("postgres") });
    await other.connect();
    await server.stop();
    expect(pidOf()).to.not.equal(undefined);
    await other.end();
    await server.stop();
    expect(pidOf()).to.equal(undefined);
  });

  it("keeps the values of a refused row out of its log", async () => {
    const server = await startPostgres({ directory });
    const insert = "INSERT INTO once VALUES ('110101199001011234')";
    await execute(server.urlOf("postgres"), "CREATE TABLE once (id text PRIMARY KEY)", insert);
    await execute(server.urlOf("postgres"), insert).catch(() => undefined);
    const log = fs.readFileSync(path.join(directory, "server.log"), "utf8");
    expect(log).to.include("duplicate key").and.not.include("110101199001011234");
  });

  it("says what its log says when it cannot start", async () => {
    const broken = path.join(scratch, "broken", "postgres");
    fs.mkdirSync(broken, { recursive: true, mode: 0o700 });
    fs.writeFileSync(path.join(broken, "PG_VERSION"), "9\n");
    const error: unknown = await startPostgres({ directory: broken }).catch((e: unknown) => e);
    expect(error)
      .to.be.instanceOf(Error)
      .with.property("message")
      .that.matches(/does not start/);
  });

  it("takes a socket elsewhere when the path of its directory is too long for one", async () => {
    const long = path.join(scratch, "x".repeat(100), "postgres");
    const server = await startPostgres({ directory: long });
    const [result] = await execute(server.urlOf("postgres"), "SELECT 1 AS one");
    expect(result?.rows).to.deep.equal([{ one: 1 }]);
    const socketDirectory = findPostmaster(long)?.socketDirectory ?? "";
    await server.stop();
    expect(fs.existsSync(socketDirectory)).to.equal(false);
  });
});

describe("completeSymlinks", () => {
  it("makes the links that npm leaves out, once", () => {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-links-"));
    fs.mkdirSync(path.join(root, "native/lib"), { recursive: true });
    fs.writeFileSync(path.join(root, "native/lib/libx.so.6.18"), "library");
    const links = [{ source: "native/lib/libx.so.6.18", target: "native/lib/libx.so" }];
    fs.writeFileSync(path.join(root, "native/pg-symlinks.json"), JSON.stringify(links));
    completeSymlinks(root);
    completeSymlinks(root);
    expect(fs.readFileSync(path.join(root, "native/lib/libx.so"), "utf8")).to.equal("library");
    fs.rmSync(root, { recursive: true });
  });
});
