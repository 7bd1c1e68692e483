import * as z from "zod";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import type { Db } from "../../database/client.ts";
import { DomainError } from "../../http/errors.ts";
import { communityParams, instant } from "../../http/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";

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
      }),
    ),
    notInspected: z.array(
      z.object({ what: z.string(), why: z.string(), count: z.int().nullable() }),
    ),
  })
  .meta({ id: "Integrity" });

export function integrityRoutes({ db }: { db: Db }): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/integrity",
      who: "public",
      summary:
        "What the service's last inspection of itself found: its own word, published as a record",
      cache: "revalidate",
      params: communityParams,
      response: z.object({ last: verdictSchema.nullable() }),
      async handle({ params: { community: communityId } }) {
        const known = await db.community.count({ where: { id: communityId } });
        if (known === 0) throw new DomainError("CommunityNotFound");
        const row = await db.record.findFirst({
          where: { communityId, type: "integrity" },
          orderBy: { index: "desc" },
        });
        if (!row) return { last: null };
        return { last: { ...(JSON.parse(row.text) as RecordOf<"integrity">), record: row.index } };
      },
    }),
  ];
}
