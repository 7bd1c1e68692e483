import { expect } from "chai";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { applyMigrations } from "../../../api/database/migrations.ts";
import { startPostgres } from "../../../api/database/postgres.ts";
import { stopPostgres } from "../../../api/database/postmaster.ts";
import { diagnoseDatabase } from "../../../scripts/generate/engine.ts";
import { ScratchDatabases } from "../../../scripts/generate/scratch.ts";
import { execute } from "../../database/admin.ts";

describe("Prisma's own migration engine", () => {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-engine-"));
  const directory = path.join(scratch, "postgres");
  after(async () => {
    await stopPostgres(directory);
    fs.rmSync(scratch, { recursive: true });
  });

  it("finds a database migrated by our runner in order, so that it can take over", async () => {
    const server = await startPostgres({ directory, options: { fsync: "off" } });
    await execute(server.urlOf("postgres"), "CREATE DATABASE migrated");
    await applyMigrations(server.urlOf("migrated"));
    const databases = new ScratchDatabases(server, "migrated");
    expect(await diagnoseDatabase(databases)).to.deep.equal({
      editedMigrationNames: [],
      failedMigrationNames: [],
      hasMigrationsTable: true,
      history: null,
    });
  });
});
