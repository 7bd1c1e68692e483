import { communityPath } from "../registry/community.ts";
import { useQuery, type UseQueryResult } from "../service/query.ts";
import { request } from "../service/request.ts";
import {
  anything,
  flag,
  instant,
  integer,
  list,
  maybe,
  object,
  oneOf,
  text,
  type Read,
} from "../service/shape.ts";

const FINDINGS = ["differs", "missing", "extra", "unreadable"] as const;

const findingShape = object({
  kind: oneOf(FINDINGS),
  table: text,
  row: text,
  field: maybe(text),
  expected: maybe(text),
  found: maybe(text),
});

const lastShape = object({
  record: integer,
  verdict: oneOf(["ok", "failed", "incomplete"]),
  finishedAt: instant,
  block: maybe(integer),
  inspected: list(object({ table: text, count: integer })),
  found: integer,
  findings: list(findingShape),
  notInspected: list(object({ what: text, why: text, count: maybe(integer) })),
});

const kindShape = object({
  kind: text,
  isRecord: flag,
  total: integer,
  matching: integer,
  pending: integer,
  mismatching: integer,
  missing: integer,
  unverifiable: integer,
  oldestUnanchored: maybe(object({ index: integer, at: instant })),
});

const integrityShape = object({
  running: flag,
  last: maybe(lastShape),
  kinds: list(kindShape),
});

export type Integrity = Read<typeof integrityShape>;
export type Inspection = Read<typeof lastShape>;
export type Finding = Inspection["findings"][number];
export type KindState = Read<typeof kindShape>;

const RUNNING_MILLISECONDS = 2_000;
const MILLISECONDS = 30_000;

/** What the service's last inspection of itself found. */
export function useIntegrity(community: string): UseQueryResult<Integrity> {
  return useQuery({
    queryKey: ["integrity", community],
    queryFn: () => request(communityPath(community, "/integrity"), integrityShape),
    refetchInterval: ({ state }) => (state.data?.running ? RUNNING_MILLISECONDS : MILLISECONDS),
  });
}

/** Asks for an inspection now; officers may. */
export async function inspectNow(community: string): Promise<void> {
  await request(communityPath(community, "/integrity/run"), anything, { method: "POST" });
}

/** A row with everything that was found about it, field by field. */
export interface RowFindings {
  readonly table: string;
  readonly row: string;
  readonly findings: readonly Finding[];
}

export function groupByRow(findings: readonly Finding[]): RowFindings[] {
  const rows = Map.groupBy(findings, ({ table, row }) => `${table} ${row}`);
  return [...rows.values()].map((own) => {
    const { table, row } = own[0]!;
    return { table, row, findings: own };
  });
}
