import type { FsckContext, Subject } from "../subject.ts";
import { inspectDisclosures } from "./disclosures.ts";
import { inspectDocuments, inspectFiles } from "./documents.ts";
import { inspectLog } from "./log.ts";
import { inspectOutside } from "./outside.ts";
import { anchorProposals } from "./proposalKinds.ts";

/** The log of every community, the heads on chain, documents with their files, and sealed fields. */
export const anchorSubject: Subject = {
  name: "anchor",
  tables: {
    Log: { onlyHere: [] },
    Record: { onlyHere: ["at"] },
    LogNode: { onlyHere: [] },
    Head: { onlyHere: ["createdAt", "anchoredAt", "failure", "failures", "failedAt"] },
    Document: { onlyHere: ["name", "mediaType", "createdAt"] },
    Cosignature: { onlyHere: [] },
    // Where it was asked for; whose word it is stands in the answer.
    HeadTimestamp: { onlyHere: ["authority"] },
    Disclosure: { onlyHere: ["createdAt"] },
  },
  calls: [
    {
      kind: "anchorHead",
      functions: ["anchorHead"],
      table: "Head",
      refs: `
        SELECT "communityId" || '/' || "size" AS ref,
          CASE "state" WHEN 'anchoring' THEN 'pending' WHEN 'anchored' THEN 'done' ELSE 'failed' END AS call FROM "Head"`,
    },
  ],
  proposals: anchorProposals,
  async inspect(context: FsckContext) {
    for (const community of await listLogs(context)) await inspectLog(context, community);
    await inspectDocuments(context);
    await inspectFiles(context);
    await inspectDisclosures(context);
    await inspectOutside(context);
  },
};

/** Wherever anything of a log is, even without its community. */
async function listLogs({ snapshot }: FsckContext): Promise<string[]> {
  const rows = await snapshot.rows<{ id: string }>(`
    SELECT "communityId" AS id FROM "Log" UNION SELECT "communityId" FROM "Head"
    UNION SELECT "id" FROM "Community" WHERE "state" = 'ready'
    UNION (WITH RECURSIVE w AS (
      (SELECT "communityId" AS id FROM "Record" ORDER BY "communityId" LIMIT 1)
      UNION ALL SELECT (SELECT r."communityId" FROM "Record" r WHERE r."communityId" > w.id ORDER BY 1 LIMIT 1)
      FROM w WHERE w.id IS NOT NULL)
      SELECT id FROM w WHERE id IS NOT NULL)
    ORDER BY id`);
  return rows.map(({ id }) => id);
}
