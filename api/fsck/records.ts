import type { Hex } from "viem";
import { recordLeaf } from "../../protocol/anchor/record.ts";
import type { PublishedRecord } from "../../protocol/anchor/record.ts";
import type { Place } from "./inspection.ts";
import type { FsckContext } from "./subject.ts";

export const leafOf = (text: string): Hex => recordLeaf(new TextEncoder().encode(text));

/** A stored copy of a record, and what the log has in its place. */
export interface StoredCopy {
  place: Place;
  text: string;
  /** Null or undefined where nothing was found in the log. */
  logged: string | null | undefined;
  field?: string;
}

/** A row's own text of its record is the one that was logged. */
export function compareCopy({ inspection }: FsckContext, copy: StoredCopy): boolean {
  const { place, text, logged, field = "record" } = copy;
  if (logged == null) {
    inspection.missing(place, "recordIndex");
    return false;
  }
  return inspection.equal({ ...place, field }, logged, text);
}

/** JSON of a stored record; undefined where it is none, which is then named. */
export function parseCopy<Type extends PublishedRecord>(
  { inspection }: FsckContext,
  place: Place,
  text: string,
): Type | undefined {
  try {
    return JSON.parse(text) as Type;
  } catch {
    inspection.find({ kind: "differs", ...place, field: "record" });
    return undefined;
  }
}

/** Records that say something about rows which are not there. `owned`: SQL that gives `community` and `index`. */
export async function findOrphanRecords(
  { snapshot, inspection }: FsckContext,
  { type, table, owned }: { type: string; table: string; owned: string },
): Promise<void> {
  const sql = `
    SELECT r."communityId" AS community, r."index" FROM "Record" r
    LEFT JOIN (${owned}) o ON o.community = r."communityId" AND o.index = r."index"
    WHERE r."type" = $1 AND o.index IS NULL`;
  const rows = snapshot.stream<{ community: string; index: number }>(sql, [type]);
  for await (const { community, index } of rows) {
    inspection.missing({ community, table, row: `of record ${index}` });
  }
}
