import { expect } from "chai";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { openDatabase } from "../../../api/database/client.ts";
import { findPostmaster } from "../../../api/database/postmaster.ts";
import { createTestDatabase } from "../../database/template.ts";

describe("openDatabase", () => {
  const dataDirectory = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-client-"));
  after(() => fs.rmSync(dataDirectory, { recursive: true, force: true }));

  it("creates the embedded database on the first start and keeps its rows until the next", async () => {
    const first = await openDatabase({ dataDirectory });
    await first.client.setting.create({ data: { key: "kept", value: "明账" } });
    await first.close();
    expect(findPostmaster(path.join(dataDirectory, "postgres"))).to.equal(undefined);
    const second = await openDatabase({ dataDirectory });
    const row = await second.client.setting.findUnique({ where: { key: "kept" } });
    await second.close();
    expect(row?.value).to.equal("明账");
  });

  it("migrates the database of a given address and leaves its server running", async () => {
    const given = await createTestDatabase();
    const opened = await openDatabase({ databaseUrl: given.url, dataDirectory: "/nonexistent" });
    await opened.client.setting.create({ data: { key: "a", value: 1 } });
    await opened.close();
    expect(await given.client.setting.count()).to.equal(1);
    await given.close();
  });
});

describe("createTestDatabase", () => {
  it("gives each suite an empty database of its own", async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    await one.client.setting.create({ data: { key: "a", value: 1 } });
    expect(await other.client.setting.count()).to.equal(0);
    await Promise.all([one.close(), other.close()]);
  });
});
