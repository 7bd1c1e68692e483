import { isDisclosureOf } from "../../../protocol/anchor/sealed.ts";
import type { Hex } from "viem";
import type { Disclosure } from "../../database/generated/client.ts";
import type { FsckContext } from "../subject.ts";

type Row = Disclosure & { redaction: string | null };

const DISCLOSURES = `
  SELECT d.*, r."text" AS redaction FROM "Disclosure" d
  LEFT JOIN "Record" r ON r."communityId" = d."communityId" AND r."index" = d."redactedBy" AND r."type" = 'redaction'
  ORDER BY d."communityId", d."sealed"`;

/** Salt and text are what was sealed; where they are gone a record says so, and where a record says so they are gone. */
export async function inspectDisclosures({ snapshot, inspection }: FsckContext): Promise<void> {
  for await (const row of snapshot.stream<Row>(DISCLOSURES)) {
    const { communityId: community, sealed, salt, value } = row;
    inspection.count("Disclosure", community);
    const place = { community, table: "Disclosure", row: sealed };
    if (salt !== null && value !== null) {
      const disclosure = { salt: salt as Hex, value };
      const isOwn = isDisclosureOf(sealed, disclosure);
      inspection.secret({ ...place, field: "sealed, salt or value" }, isOwn);
      inspection.equal({ ...place, field: "redactedBy" }, null, row.redactedBy);
      continue;
    }
    inspection.equal({ ...place, field: "salt" }, null, salt === null ? null : "kept");
    inspection.equal({ ...place, field: "value" }, null, value === null ? null : "kept");
    if (row.redaction === null) inspection.missing(place, "redactedBy");
    else {
      const found = (JSON.parse(row.redaction) as { sealed?: string }).sealed;
      inspection.equal({ ...place, field: "redactedBy" }, sealed, found);
    }
  }
  const orphans = `
    SELECT r."communityId" AS community, r."index" FROM "Record" r WHERE r."type" = 'redaction' AND NOT EXISTS (
      SELECT FROM "Disclosure" d WHERE d."communityId" = r."communityId" AND d."redactedBy" = r."index")`;
  for await (const { community, index } of snapshot.stream<{ community: string; index: number }>(
    orphans,
  )) {
    inspection.missing({ community, table: "Disclosure", row: `redacted by record ${index}` });
  }
}
