import { z } from "zod";
import { common, number, text } from "./fields.ts";

/** What the service's own inspection (`fsck`) found: places only, never what stands there. */
export const integrityRecord = z.strictObject({
  ...common,
  type: z.literal("integrity"),
  verdict: z.enum(["ok", "failed", "incomplete"]),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  /** The last block that was compared with; null where the chain could not be had. */
  block: number.nullable(),
  inspected: z.array(z.strictObject({ table: text, count: number })),
  /** How many were found, the first of which are listed. */
  found: number,
  findings: z.array(
    z.strictObject({
      kind: z.enum(["differs", "missing", "extra", "unreadable"]),
      table: text,
      row: z.string(),
      field: z.string().nullable(),
    }),
  ),
  notInspected: z.array(z.strictObject({ what: text, why: text, count: number.nullable() })),
});
