import { periodJournal } from "../../fund/export/journal.ts";
import { type ProjectStory, toReleasePackage } from "../../fund/export/ocds.ts";
import { writeBooks } from "../../fund/export/write.ts";
import type { ProjectRecord } from "../../fund/project.ts";
import type { Checks } from "../report.ts";
import { placed } from "./books.ts";
import { projectOf } from "./choose.ts";
import type { FundEvidence, PeriodFile } from "./evidence.ts";

// What is given out for other programs says what the records say, to the byte.

/** What is given out of closed periods, and of projects, written again from the records. */
export async function checkExports(evidence: FundEvidence, checks: Checks): Promise<void> {
  for (const file of evidence.exports ?? []) await checkPeriod(evidence, file, checks);
  if (evidence.projects) checkProjects(evidence, evidence.projects, checks);
}

async function checkPeriod(
  evidence: FundEvidence,
  { number, form, bytes }: PeriodFile,
  checks: Checks,
): Promise<void> {
  const subject = `${number}/${form}`;
  const period = placed(evidence, "period").find(({ record }) => record.period === number);
  if (!period || !bytes) return void checks.skip("periodExport", subject, "missing");
  const books = {
    community: evidence.info.community,
    entries: placed(evidence, "entry").map(({ record }) => record),
    balances: placed(evidence, "balances"),
  };
  const written = await writeBooks(form, periodJournal(books, period), period.record);
  checkBytes({ name: "periodExport", subject, written, bytes }, checks);
}

type Both = {
  name: "periodExport" | "projectExport";
  subject: string;
  written: Uint8Array;
  bytes: Uint8Array;
};

const LINE = 10;

/** Names the first line that differs; of a workbook, which has none, how long both are. */
function checkBytes({ name, subject, written, bytes }: Both, checks: Checks): void {
  const length = Math.max(written.length, bytes.length);
  let at = 0;
  while (at < length && written[at] === bytes[at]) at += 1;
  if (at === length) return void checks.equal({ name, subject, expected: length, found: length });
  const line = written.subarray(0, at).filter((byte) => byte === LINE).length + 1;
  const expected = `line ${line}: ${lineAt(written, at)}`;
  const found = `line ${line}: ${lineAt(bytes, at)}`;
  checks.that(false, { name, subject, expected, found, detail: "differs" });
}

const MOST_SHOWN = 400;

function lineAt(bytes: Uint8Array, at: number): string {
  const start = at === 0 ? 0 : bytes.lastIndexOf(LINE, at - 1) + 1;
  const end = bytes.indexOf(LINE, at);
  const line = bytes.subarray(start, end < 0 ? bytes.length : end);
  return new TextDecoder().decode(line.subarray(0, MOST_SHOWN));
}

/** Where it is served and under which publisher's prefix the file says itself; everything else is the records'. */
function checkProjects(evidence: FundEvidence, bytes: Uint8Array, checks: Checks): void {
  const { uri, prefix } = readAddress(bytes, evidence.info.community);
  const ending = "/fund/exports/ocds";
  const base = uri.endsWith(ending) ? uri.slice(0, -ending.length) : uri;
  const { community: id } = evidence.info;
  const name = placed(evidence, "community").at(-1)?.record.name ?? "";
  const steps = Map.groupBy(evidence.records, (entry) => projectOf(entry) ?? 0);
  const stories = [...steps]
    .filter(([project]) => project > 0)
    .sort(([a], [b]) => a - b)
    .map(([, entries]): ProjectStory => {
      const records = entries.map(({ record }) => record as ProjectRecord);
      return { community: { id, name }, prefix, base, records };
    });
  const releases = toReleasePackage(stories, uri);
  const written = new TextEncoder().encode(`${JSON.stringify(releases, null, 2)}\n`);
  checkBytes({ name: "projectExport", subject: "ocds", written, bytes }, checks);
}

function readAddress(bytes: Uint8Array, community: string): { uri: string; prefix: string } {
  type File = { uri?: unknown; releases?: { ocid?: unknown }[] };
  let file: File = {};
  try {
    file = JSON.parse(new TextDecoder().decode(bytes)) as File;
  } catch {
    // What is no JSON differs from what is written.
  }
  const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
  const ocid = textOf(file.releases?.[0]?.ocid);
  const end = ocid.lastIndexOf(`-${community}-`);
  return { uri: textOf(file.uri), prefix: ocid.slice(0, Math.max(0, end)) };
}
