import { createBulletin, type Bulletin } from "../../protocol/assembly/bulletin/bulletin.ts";
import { readBulletin } from "../../protocol/assembly/bulletin/read.ts";
import type { RecordEntry } from "../../protocol/verify/source.ts";
import { communityPath } from "../registry/community.ts";
import { request } from "../service/request.ts";
import { hex, integer, list, object, text, type Read } from "../service/shape.ts";
import type { CheckedRecords } from "./records-check.ts";

const disclosure = object({ path: text, salt: hex, value: text });

const partsShape = object({
  head: object({ size: integer, root: hex }),
  records: list(object({ index: integer, text, disclosures: list(disclosure) })),
});

type Parts = Read<typeof partsShape>;

export interface ShownBulletin {
  readonly head: Parts["head"];
  readonly records: readonly RecordEntry[];
  readonly bulletin: Bulletin;
}

/** The notice as its records say; whether these stand in the log is another question (checkBulletin). */
export async function loadBulletin(community: string, meeting: number): Promise<ShownBulletin> {
  const path = communityPath(community, `/meetings/${meeting}/bulletin`);
  const { head, records } = await request(path, partsShape);
  return { head, records, bulletin: createBulletin(readBulletin(records)) };
}

/** Whether every record of the notice stands in the log under heads on chain. */
export async function checkBulletin(
  community: string,
  { records }: ShownBulletin,
): Promise<CheckedRecords> {
  // Reading needs no chain: what checks is loaded by who wants to check.
  const { checkRecords } = await import("./records-check.ts");
  return checkRecords(community, records);
}
