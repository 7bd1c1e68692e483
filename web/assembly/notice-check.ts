// First: schemas settle how they work when they are made.
import "../service/schemas.ts";
import { HttpRecordSource } from "../../protocol/verify/http.ts";
import { readRecord } from "../../protocol/verify/entry.ts";
import type { Check } from "../../protocol/verify/report.ts";
import { documentUrl, sha256Hex } from "../anchor/documents.ts";
import { Problem } from "../service/problem.ts";
import { requestBytes } from "../service/request.ts";
import type { Meeting } from "./meeting.ts";
import { checkRecords, type CheckedRecords } from "./records-check.ts";
import { shownOf, shownOfRecord } from "./shown.ts";

/** What the page shows of a meeting against what its record says. */
function compareShown(meeting: Meeting, record: ReturnType<typeof readRecord>["record"]): Check {
  const { title, motions } = meeting;
  const found = shownOf({ title, motions, result: undefined });
  const expected = record?.type === "meeting" ? shownOfRecord(record) : "";
  const status = found === expected ? "ok" : "failed";
  return { name: "meetingRecord", subject: "", status, expected, found };
}

async function checkDocument(community: string, name: string, sha256: string): Promise<Check> {
  const found = await requestBytes(documentUrl(community, sha256)).then(sha256Hex, () => undefined);
  const status = found === undefined ? "notChecked" : found === sha256 ? "ok" : "failed";
  const read = found === undefined ? { detail: "unreachable" as const } : { found };
  return { name: "document", subject: name, status, expected: sha256, ...read };
}

/** Whether the notice that the page shows is what stands in the log, with every document that it refers to. */
export async function checkNotice(community: string, meeting: Meeting): Promise<CheckedRecords> {
  if (meeting.recordIndex === undefined) throw new Problem("RecordNotFound");
  const source = new HttpRecordSource({ api: `${location.origin}/api`, community });
  const entry = await source.record(meeting.recordIndex);
  const { record } = readRecord(entry);
  const documents = meeting.motions.flatMap(({ title, text, documents: files }) => [
    { name: title, sha256: text },
    ...files,
  ]);
  const read = documents.map(({ name, sha256 }) => checkDocument(community, name, sha256));
  const checks = [compareShown(meeting, record), ...(await Promise.all(read))];
  return checkRecords(community, [entry], checks);
}
