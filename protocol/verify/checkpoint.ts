import { type Hex, bytesToHex } from "viem";
import { originOf, parseCheckpoint } from "../anchor/tlog/checkpoint.ts";
import { NoteInvalid } from "../anchor/tlog/fault.ts";
import { parseVerifierKey } from "../anchor/tlog/key.ts";
import { parseNote } from "../anchor/tlog/note.ts";
import { verifyNote } from "../anchor/tlog/signature.ts";
import type { ReadRecord } from "./entry.ts";
import type { CheckDetail, Checks } from "./report.ts";
import type { CommunityInfo } from "./source.ts";

/** A head that the Anchor contract holds. */
type ChainHead = { size: number; root: Hex };

/** The keys that the log ever said were its own, in the order of its records. */
export function logKeysOf(records: readonly ReadRecord[]): { key: string; index: number }[] {
  const keys = records.flatMap(({ index, record }) => {
    if (record?.type === "logKey") return [{ key: record.key, index }];
    if (record?.type === "community" && record.logKey !== undefined) {
      return [{ key: record.logKey, index }];
    }
    return [];
  });
  return keys.toSorted((a, b) => a.index - b.index);
}

/** The key that the log says is its own: the last `logKey` record's, else the community record's. */
export function logKeyOf(
  records: readonly ReadRecord[],
): { key: string; index: number } | undefined {
  return logKeysOf(records).at(-1);
}

type Judgement = { found: string; detail?: CheckDetail };

async function judge(checkpoint: string, logKey: string): Promise<Judgement> {
  try {
    const key = parseVerifierKey(logKey);
    const note = parseNote(checkpoint);
    const { origin, size, root } = parseCheckpoint(note.text);
    const found = `${origin} ${size} ${bytesToHex(root)}`;
    return (await verifyNote(note, key)) ? { found } : { found, detail: "wrongSignature" };
  } catch (error) {
    if (!(error instanceof NoteInvalid)) throw error;
    return { found: error.fault, detail: "malformed" };
  }
}

/**
 * What the log has signed is the head on chain: same log, same size, same root. RFC 6962 roots do not commit to the
 * size, so only both together say how long the log was (SPEC section 3).
 */
export async function checkCheckpoint(
  { note, logKey, head }: { note: string; logKey: string; head: ChainHead },
  info: CommunityInfo,
  checks: Checks,
): Promise<boolean> {
  const { found, detail } = await judge(note, logKey);
  const expected = `${originOf(info.chainId, info.anchor)} ${head.size} ${head.root}`;
  const comparison = { name: "checkpoint", subject: head.size, expected, found } as const;
  return checks.that(detail === undefined && found === expected, {
    ...comparison,
    ...(detail ? { detail } : {}),
  });
}
