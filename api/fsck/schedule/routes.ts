import * as z from "zod";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import type { Db } from "../../database/client.ts";
import { DomainError } from "../../http/errors.ts";
import { communityParams, instant } from "../../http/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import type { FsckJob } from "./job.ts";
import { listKinds } from "./kinds.ts";
import type { SeenValues } from "./values.ts";

const seen = z
  .string()
  .nullable()
  .meta({ description: "null where only its owner may know, or where nothing can be said" });

const verdictSchema = z
  .object({
    record: z.int().meta({ description: "index in the log: the verdict is a public record" }),
    at: instant,
    verdict: z.enum(["ok", "failed", "incomplete"]),
    startedAt: instant,
    finishedAt: instant,
    block: z.int().nullable(),
    inspected: z.array(z.object({ table: z.string(), count: z.int() })),
    found: z.int(),
    findings: z.array(
      z.object({
        kind: z.enum(["differs", "missing", "extra", "unreadable"]),
        table: z.string(),
        row: z.string(),
        field: z.string().nullable(),
        expected: seen,
        found: seen,
      }),
    ),
    notInspected: z.array(
      z.object({ what: z.string(), why: z.string(), count: z.int().nullable() }),
    ),
  })
  .meta({ id: "Integrity" });

const kindSchema = z
  .object({
    kind: z.string().meta({ description: "a type of record, or what is kept beside the log" }),
    isRecord: z.boolean(),
    total: z.int(),
    matching: z.int(),
    pending: z.int().meta({ description: "no head on chain above it yet, or on its way" }),
    mismatching: z.int(),
    missing: z.int(),
    unverifiable: z.int(),
    oldestUnanchored: z.object({ index: z.int(), at: instant }).nullable(),
  })
  .meta({ id: "IntegrityOfKind" });

export function integrityRoutes(db: Db, job: FsckJob): Route[] {
  return [readRoute(db, job), runRoute(job)];
}

const readRoute = (db: Db, job: FsckJob): Route =>
  defineRoute({
    method: "get",
    path: "/communities/:community/integrity",
    who: "public",
    summary:
      "What the service's last inspection of itself found: its own word, published as a record",
    cache: "revalidate",
    params: communityParams,
    response: z.object({
      running: z.boolean(),
      last: verdictSchema.nullable(),
      kinds: z.array(kindSchema),
    }),
    async handle({ params: { community: communityId } }) {
      const known = await db.community.count({ where: { id: communityId } });
      if (known === 0) throw new DomainError("CommunityNotFound");
      const last = await readLast(db, communityId);
      const kinds = await listKinds(db, communityId, last?.record);
      return { running: job.isRunning, last: last?.shown ?? null, kinds };
    },
  });

async function readLast(db: Db, communityId: string) {
  const row = await db.record.findFirst({
    where: { communityId, type: "integrity" },
    orderBy: { index: "desc" },
  });
  if (!row) return undefined;
  const record = JSON.parse(row.text) as RecordOf<"integrity">;
  const kept = await db.integrityValues.findUnique({ where: { communityId } });
  const values = kept?.record === row.index ? (kept.values as unknown as SeenValues[]) : [];
  const findings = record.findings.map((finding, i) => {
    const { expected = null, found = null } = values[i] ?? {};
    return { ...finding, expected, found };
  });
  return { record, shown: { ...record, record: row.index, findings } };
}

const runRoute = (job: FsckJob): Route =>
  defineRoute({
    method: "post",
    path: "/communities/:community/integrity/run",
    who: { officer: ["committee", "registrar", "auditor"] },
    summary: "Inspect now; the verdict comes as the next `integrity` record",
    status: 202,
    params: communityParams,
    response: z.object({ running: z.boolean() }),
    async handle({ params: { community } }) {
      await job.runNow(community);
      return { running: true };
    },
  });
