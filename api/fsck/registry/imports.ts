import { createHash } from "node:crypto";
import type { UnitImport } from "../../database/generated/client.ts";
import type { FsckContext } from "../subject.ts";
import { requireOfficer } from "./communities.ts";
import { opens } from "./lines.ts";

const IMPORTS = `SELECT * FROM "UnitImport" ORDER BY "communityId", "createdAt"`;

/** Every imported table is the file whose hash is kept, and all that was read out of it opens under the key. */
export async function inspectImports(context: FsckContext): Promise<void> {
  const { snapshot, inspection, cipher } = context;
  for await (const batch of snapshot.batches<UnitImport>(IMPORTS, [], 1)) {
    const [row] = batch as [UnitImport];
    const { id, communityId: community } = row;
    inspection.count("UnitImport", community);
    if (!context.communities.has(community)) {
      inspection.extra({ community, table: "UnitImport", row: id });
    }
    const author = { community, table: "UnitImport", row: id, field: "createdBy" };
    await requireOfficer(context, author, row.createdBy);
    if (!cipher) {
      inspection.skip("UnitImport", "noKey", { community, count: 1 });
      continue;
    }
    const place = { community, table: "UnitImport", row: id };
    const isFile = opens(() => {
      const file = cipher.openBytes(row.file, `import file ${id}`);
      const found = `0x${createHash("sha256").update(file).digest("hex")}`;
      if (found !== row.sha256) throw new Error("another file");
    });
    inspection.secret({ ...place, field: "file or sha256" }, isFile);
    const isReport = opens(() => cipher.open(row.report, `import report ${id}`));
    inspection.secret({ ...place, field: "report" }, isReport);
    const { units } = row;
    const isUnits = units === null || opens(() => cipher.open(units, `import units ${id}`));
    inspection.secret({ ...place, field: "units" }, isUnits);
  }
}
