// First: schemas settle how they work when they are made.
import "../service/schemas.ts";
import { canonicalBytes } from "../../protocol/anchor/json.ts";
import { recordLeaf } from "../../protocol/anchor/record.ts";
import { HttpRecordSource } from "../../protocol/verify/http.ts";
import type { Check } from "../../protocol/verify/report.ts";
import { documentUrl, sha256Hex } from "../anchor/documents.ts";
import { checkRecords, type CheckedRecords } from "../assembly/records-check.ts";
import { requestBytes } from "../service/request.ts";
import type { ProjectStep, ProjectStory } from "./project-queries.ts";

async function checkDocument(
  community: string,
  { name, sha256 }: { name: string; sha256: string },
): Promise<Check> {
  const found = await requestBytes(documentUrl(community, sha256)).then(sha256Hex, () => undefined);
  const status = found === undefined ? "notChecked" : found === sha256 ? "ok" : "failed";
  const read = found === undefined ? { detail: "unreachable" as const } : { found };
  return { name: "document", subject: name, status, expected: sha256, ...read };
}

/** What the page shows of a step against the record in the log. */
function compareStep({ record, recordIndex }: ProjectStep, logged: string): Check {
  const found = recordLeaf(canonicalBytes(record));
  const expected = recordLeaf(new TextEncoder().encode(logged));
  const status = found === expected ? "ok" : "failed";
  return { name: "recordLeaf", subject: String(recordIndex), status, expected, found };
}

/** Whether every step stands in the log under a head on chain as it is shown, with the public documents that it names. */
export async function checkProject(
  community: string,
  { story }: ProjectStory,
): Promise<CheckedRecords> {
  const source = new HttpRecordSource({ api: `${location.origin}/api`, community });
  const entries = await Promise.all(story.map(({ recordIndex }) => source.record(recordIndex)));
  const documents = story.flatMap((step) => step.documents.filter((own) => own.public));
  const read = await Promise.all(documents.map((own) => checkDocument(community, own)));
  const compared = story.map((step, i) => compareStep(step, entries[i]!.text));
  return checkRecords(community, entries, [...compared, ...read]);
}
