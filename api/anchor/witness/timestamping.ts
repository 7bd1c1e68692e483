import type { Logger } from "pino";
import { timestampRequest, verifyTimestamp } from "../../../protocol/anchor/timestamp.ts";
import type { Db } from "../../database/client.ts";
import type { WantedHead } from "./cosigning.ts";
import type { Authority } from "./settings.ts";

const TIMEOUT_MS = 10_000;

/** Asks the authority for a timestamp of a head's checkpoint, unless there is one, and keeps it if it verifies. */
export async function timestamp(
  { db, log }: { db: Db; log: Logger },
  { communityId, size, checkpoint }: WantedHead,
  { url, trusted }: Authority,
): Promise<boolean> {
  const place = { communityId, size, authority: url };
  const where = { communityId_size_authority: place };
  if (await db.headTimestamp.findUnique({ where })) return true;
  const content = new TextEncoder().encode(checkpoint);
  const answer = await fetch(url, {
    method: "POST",
    body: new Uint8Array(await timestampRequest(content)),
    headers: { "Content-Type": "application/timestamp-query" },
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const response = new Uint8Array(await answer.arrayBuffer());
  const check = await verifyTimestamp(response, content, trusted);
  if (!answer.ok || check.status !== "ok") {
    const fault = check.status === "ok" ? answer.status : check.fault;
    log.warn({ size, fault }, "the authority's timestamp is worth nothing");
    return false;
  }
  const data = { ...place, response, at: check.at };
  await db.headTimestamp.createMany({ data: [data], skipDuplicates: true });
  return true;
}
