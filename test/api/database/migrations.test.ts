import { expect } from "chai";
import { createHash } from "node:crypto";
import type { Database } from "../../../api/database/client.ts";
import { applyMigrations, readMigrations } from "../../../api/database/migrations.ts";
import type { Migration } from "../../../api/database/migrations.ts";
import { createTestDatabase } from "../../database/template.ts";
import { execute } from "../../database/admin.ts";

function migrationOf(name: string, script: string): Migration {
  return { name, script, checksum: createHash("sha256").update(script).digest("hex") };
}

async function messageOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

describe("applyMigrations", () => {
  const known = readMigrations();
  let database: Database;
  let url: string;

  beforeEach(async () => {
    database = await createTestDatabase();
    url = database.url;
  });
  afterEach(() => database.close());

  it("applies what is missing, in order, and nothing a second time", async () => {
    const more = [
      ...known,
      migrationOf("99990101000000_one", "CREATE TABLE one (a int)"),
      migrationOf(
        "99990102000000_two",
        "ALTER TABLE one ADD COLUMN b int; INSERT INTO one VALUES (1, 2)",
      ),
    ];
    expect(await applyMigrations(url, more)).to.deep.equal([
      "99990101000000_one",
      "99990102000000_two",
    ]);
    expect(await applyMigrations(url, more)).to.deep.equal([]);
    const [result] = await execute(url, "SELECT * FROM one");
    expect(result?.rows).to.deep.equal([{ a: 1, b: 2 }]);
  });

  it("applies each migration once when several services start together", async () => {
    const more = [...known, migrationOf("99990101000000_one", "CREATE TABLE one (a int)")];
    const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(url, more)));
    expect(applied.flat()).to.deep.equal(["99990101000000_one"]);
  });

  it("keeps nothing of a migration that fails, and can try again", async () => {
    const bad = migrationOf("99990101000000_one", "CREATE TABLE one (a int); SELECT 1/0");
    expect(await messageOf(applyMigrations(url, [...known, bad]))).to.match(/99990101000000_one/);
    const good = migrationOf("99990101000000_one", "CREATE TABLE one (a int)");
    expect(await applyMigrations(url, [...known, good])).to.have.length(1);
  });

  it("refuses a migration that was changed after it had been applied", async () => {
    const [first, ...rest] = known;
    const changed = { ...first!, checksum: "0".repeat(64) };
    expect(await messageOf(applyMigrations(url, [changed, ...rest]))).to.match(/was changed/);
  });

  it("refuses a database written by a newer version", async () => {
    const newer = migrationOf("99990101000000_newer", "CREATE TABLE newer (a int)");
    await applyMigrations(url, [...known, newer]);
    expect(await messageOf(applyMigrations(url, known))).to.match(/newer version/);
  });

  it("refuses a database in which another tool left a migration half done", async () => {
    await execute(url, "UPDATE _prisma_migrations SET finished_at = NULL");
    expect(await messageOf(applyMigrations(url, known))).to.match(/failed before/);
  });
});
