import fs from "node:fs";
import path from "node:path";
import { createCipher } from "../cipher.ts";
import type { Cipher } from "../cipher.ts";
import { isVerifierSetting } from "./chain/verifiers.ts";
import { readMigrations } from "../database/migrations.ts";
import type { FsckContext, Subject } from "./subject.ts";

/** The service's own settings by their key. */
const KNOWN_SETTINGS = ["chain", "identityKeyFingerprint", "demonstration"];

/** What belongs to the installation as a whole: settings, key files, the state of the pages on disk. */
export const installationSubject: Subject = {
  name: "installation",
  tables: {
    Setting: { onlyHere: [] },
    // What the last inspection saw; the verdict itself is a record.
    IntegrityValues: "noEvidence",
  },
  async inspect(context: FsckContext) {
    const { snapshot, inspection, cipher } = context;
    const settings = await snapshot.rows<{ key: string; value: unknown }>(
      `SELECT * FROM "Setting"`,
    );
    for (const { key, value } of settings) {
      inspection.count("Setting");
      const place = { table: "Setting", row: key };
      if (key === "identityKeyFingerprint") {
        const found = cipher?.fingerprint("the identity key of this installation");
        if (found === undefined) inspection.skip("Setting identityKeyFingerprint", "noKey");
        else inspection.secret({ ...place, field: "value" }, value === found);
      } else if (key === "demonstration") inspectMark(context, value);
      else if (!isVerifierSetting(key) && !KNOWN_SETTINGS.includes(key))
        inspection.skip(`Setting ${key}`, "unknownKind");
    }
    for (const key of ["identityKeyFingerprint"]) {
      const isThere = settings.some((setting) => setting.key === key);
      if (!isThere) inspection.missing({ table: "Setting", row: key });
    }
    await inspectMigrations(context);
    await inspectPages(context);
  },
};

function inspectMark({ inspection }: FsckContext, value: unknown): void {
  const { state, size } = value as { state?: string; size?: string };
  const isKnown = ["loading", "loaded"].includes(state ?? "");
  if (isKnown && ["small", "full", "large"].includes(size ?? "")) return;
  inspection.find({ kind: "differs", table: "Setting", row: "demonstration", field: "value" });
}

/** The tables were made by this version's own scripts. */
async function inspectMigrations({ snapshot, inspection }: FsckContext): Promise<void> {
  const rows = await snapshot.rows<{ name: string; checksum: string }>(
    `SELECT "migration_name" AS name, "checksum" FROM "_prisma_migrations" WHERE "finished_at" IS NOT NULL`,
  );
  const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  for (const { name, checksum } of readMigrations()) {
    const place = { table: "_prisma_migrations", row: name };
    inspection.count(place.table);
    const found = applied.get(name);
    applied.delete(name);
    if (found === undefined) inspection.missing(place);
    else inspection.equal({ ...place, field: "checksum" }, checksum, found);
  }
  for (const name of applied.keys()) {
    inspection.extra({ table: "_prisma_migrations", row: name });
  }
}

/** PostgreSQL keeps a checksum of every page on disk; what it has found wrong since it counts is told here. */
async function inspectPages({ snapshot, inspection }: FsckContext): Promise<void> {
  const [row] = await snapshot.rows<{ on: string; failures: bigint | null }>(`
    SELECT current_setting('data_checksums') AS on,
      (SELECT "checksum_failures" FROM pg_stat_database WHERE datname = current_database()) AS failures`);
  if (row?.on !== "on") inspection.skip("checksums of the database's pages", "onlyHere");
  else if (row.failures) {
    const found = String(row.failures);
    inspection.find({ kind: "unreadable", table: "database", row: "pages on disk", found });
  }
}

/** The cipher of a data directory, where its key file is; nothing is created. */
export function findCipher(dataDirectory: string): Cipher | undefined {
  try {
    const text = fs.readFileSync(path.join(dataDirectory, "keys", "identity"), "utf8").trim();
    return createCipher(Buffer.from(text.slice(2), "hex"));
  } catch {
    return undefined;
  }
}
