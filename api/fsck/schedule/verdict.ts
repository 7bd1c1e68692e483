import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { toInstant } from "../../clock.ts";
import { verdictOf } from "../report.ts";
import type { FsckReport } from "../report.ts";

/** A record has room for so much; how many there are it says in any case. */
export const MAX_LISTED = 100;
const MAX_TEXT = 120;

const shorten = (text: string): string => text.slice(0, MAX_TEXT);

type Owned = { community?: string | undefined };

/** Whether something concerns a community, or the installation as a whole. */
export const isOwnOf =
  (communityId: string) =>
  ({ community }: Owned): boolean =>
    community === undefined || community === communityId;

/** What of a report concerns one community, without anything that stands in the places that it names. */
export function toIntegrityRecord(
  report: FsckReport,
  communityId: string,
  now: Date,
): RecordOf<"integrity"> {
  const isOwn = isOwnOf(communityId);
  const findings = report.findings.filter(isOwn);
  const notInspected = report.notInspected.filter(isOwn);
  const found = findings.length + report.furtherFindings;
  return {
    v: 1,
    type: "integrity",
    community: communityId,
    at: toInstant(now),
    verdict: verdictOf(found, notInspected),
    startedAt: toInstant(new Date(report.startedAt)),
    finishedAt: toInstant(new Date(report.finishedAt)),
    block: report.chain ? Number(report.chain.block) : null,
    inspected: report.inspected.filter(isOwn).map(({ table, count }) => ({ table, count })),
    found,
    findings: findings.slice(0, MAX_LISTED).map(({ kind, table, row, field }) => {
      return { kind, table, row: shorten(row), field: field === undefined ? null : shorten(field) };
    }),
    notInspected: notInspected.slice(0, MAX_LISTED).map(({ what, why, count }) => {
      return { what: shorten(what), why, count: count ?? null };
    }),
  };
}
