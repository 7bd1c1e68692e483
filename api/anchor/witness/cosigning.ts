import type { Logger } from "pino";
import { hexToBytes } from "viem";
import { fromDecimal } from "../../../protocol/anchor/tlog/fault.ts";
import { formatVerifierKey } from "../../../protocol/anchor/tlog/key.ts";
import { formatSignature, parseNote, parseSignatures } from "../../../protocol/anchor/tlog/note.ts";
import type { PolicyParty } from "../../../protocol/anchor/tlog/policy.ts";
import { checkSignatures } from "../../../protocol/anchor/tlog/signature.ts";
import { formatAddCheckpoint } from "../../../protocol/anchor/tlog/witness.ts";
import type { Db } from "../../database/client.ts";
import { proveGrowth } from "../log/proofs.ts";

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 64 * 1024;
/** A witness that says which size it knows is asked once more from there. */
const ATTEMPTS = 3;

export interface CosigningDeps {
  db: Db;
  log: Logger;
}

/** A head that wants cosignatures. */
export interface WantedHead {
  communityId: string;
  size: number;
  /** The checkpoint with the log's own signature. */
  checkpoint: string;
}

/** Asks a witness for its cosignature of a head, unless it has given it; false where it has not. */
export async function cosign(
  deps: CosigningDeps,
  head: WantedHead,
  witness: PolicyParty,
): Promise<boolean> {
  const { db, log } = deps;
  const { communityId, size } = head;
  const key = formatVerifierKey(witness.key);
  const known = await db.cosignature.aggregate({
    where: { communityId, key, size: { lte: size } },
    _max: { size: true },
  });
  if (known._max.size === size) return true;
  let old = known._max.size ?? 0;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const answer = await submit(db, head, { url: witness.url!, old });
    if (answer.status === 200) return keep(deps, head, { witness, lines: answer.text });
    const told = answer.status === 409 ? fromDecimal(answer.text.trim()) : undefined;
    if (told === undefined || told > BigInt(size)) {
      // Larger than what is anchored: the next head is on its way to it, or the database is an old one.
      log.warn({ witness: witness.name, status: answer.status, size }, "witness did not cosign");
      return false;
    }
    old = Number(told);
  }
  return false;
}

async function submit(
  db: Db,
  { communityId, size, checkpoint }: WantedHead,
  { url, old }: { url: string; old: number },
): Promise<{ status: number; text: string }> {
  const path = old === 0 ? [] : await proveGrowth(db, communityId, { from: old, to: size });
  const proof = path.map((hash) => hexToBytes(hash));
  const response = await fetch(`${url.replace(/\/+$/, "")}/add-checkpoint`, {
    method: "POST",
    body: formatAddCheckpoint({ old: BigInt(old), proof, checkpoint }),
    headers: { "Content-Type": "text/plain; charset=utf-8" },
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  return { status: response.status, text: text.slice(0, MAX_ANSWER_BYTES) };
}

/** Only what verifies under the witness's own key is kept. */
async function keep(
  { db, log }: CosigningDeps,
  { communityId, size, checkpoint }: WantedHead,
  { witness, lines }: { witness: PolicyParty; lines: string },
): Promise<boolean> {
  const { text } = parseNote(checkpoint);
  const signatures = parseSignatures(lines);
  const checks = checkSignatures({ text, signatures }, [witness.key]);
  const at = checks.findIndex(({ status }) => status === "ok");
  const timestamp = checks[at]?.timestamp;
  if (timestamp === undefined) {
    log.warn({ witness: witness.name, size }, "witness answered with no cosignature of its key");
    return false;
  }
  const key = formatVerifierKey(witness.key);
  const line = formatSignature(signatures[at]!);
  const data = { communityId, size, key, line, at: new Date(Number(timestamp) * 1000) };
  await db.cosignature.createMany({ data: [data], skipDuplicates: true });
  return true;
}
