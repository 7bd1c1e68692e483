import type { Hex } from "viem";
import { hexToBytes } from "viem";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import {
  addSignatures,
  originOf,
  signCheckpoint,
} from "../../../protocol/anchor/tlog/checkpoint.ts";
import { formatNote, parseSignatures } from "../../../protocol/anchor/tlog/note.ts";
import { signNote } from "../../../protocol/anchor/tlog/signature.ts";
import type { Clock } from "../../clock.ts";
import { toInstant } from "../../clock.ts";
import type { Db, Tx } from "../../database/client.ts";
import { DomainError } from "../../http/errors.ts";
import type { LogKeys } from "./keys.ts";
import { appendRecord } from "./log.ts";

/** The name of a community's log; undefined while its first record, which says where it is anchored, is missing. */
export async function findOrigin(db: Db | Tx, communityId: string): Promise<string | undefined> {
  const community = await findCommunityRecord(db, communityId);
  return community && originOf(community.chainId, community.anchor as Hex);
}

async function findCommunityRecord(
  db: Db | Tx,
  communityId: string,
): Promise<RecordOf<"community"> | undefined> {
  const row = await db.record.findUnique({
    where: { communityId_index: { communityId, index: 0 } },
    select: { text: true, type: true },
  });
  return row?.type === "community" ? (JSON.parse(row.text) as RecordOf<"community">) : undefined;
}

/** A text signed as a note by a log. */
export function signText(keys: LogKeys, origin: string, text: string): string {
  return formatNote({ text, signatures: [signNote(text, keys.signerOf(origin))] });
}

/** The checkpoint of a head, signed by its log: the same head gives the same text. */
export function signHead(
  keys: LogKeys,
  origin: string,
  { size, root }: { size: number; root: string },
): string {
  const checkpoint = {
    origin,
    size: BigInt(size),
    root: hexToBytes(root as Hex),
    extensions: [],
  };
  return formatNote(signCheckpoint(checkpoint, keys.signerOf(origin)));
}

/** Signs what was anchored before logs signed, and publishes the key of every log that has not said which it is. */
export async function completeCheckpoints(deps: {
  db: Db;
  clock: Clock;
  logKeys: LogKeys;
}): Promise<void> {
  const { db, clock, logKeys: keys } = deps;
  for (const { communityId } of await db.log.findMany({ select: { communityId: true } })) {
    const origin = await findOrigin(db, communityId);
    if (origin === undefined) continue;
    const where = { communityId, state: "anchored" as const, checkpoint: null };
    for (const { size, root } of await db.head.findMany({ where })) {
      await db.head.update({
        where: { communityId_size: { communityId, size } },
        data: { checkpoint: signHead(keys, origin, { size, root }) },
      });
    }
    await db.$transaction(async (tx) => {
      const key = keys.keyOf(origin);
      if ((await findPublishedKey(tx, communityId)) === key) return;
      const common = { v: 1, community: communityId, at: toInstant(clock.now()) } as const;
      await appendRecord({ tx, clock }, communityId, { ...common, type: "logKey", key });
    });
  }
}

/** The key that a log has last said to be its own. */
async function findPublishedKey(tx: Tx, communityId: string): Promise<string | undefined> {
  const last = await tx.record.findFirst({
    where: { communityId, type: "logKey" },
    orderBy: { index: "desc" },
  });
  if (last) return (JSON.parse(last.text) as RecordOf<"logKey">).key;
  return (await findCommunityRecord(tx, communityId))?.logKey;
}

/** A head's checkpoint with the cosignatures that came in since; undefined where there is none. */
export async function findCheckpoint(
  db: Db,
  communityId: string,
  size?: number,
): Promise<{ size: number; note: string } | undefined> {
  const head = await db.head.findFirst({
    where: {
      communityId,
      state: "anchored",
      checkpoint: { not: null },
      ...(size === undefined ? {} : { size }),
    },
    orderBy: { size: "desc" },
  });
  if (!head?.checkpoint) return undefined;
  const cosignatures = await db.cosignature.findMany({
    where: { communityId, size: head.size },
    orderBy: [{ at: "asc" }, { key: "asc" }],
  });
  const lines = cosignatures.flatMap(({ line }) => parseSignatures(line));
  return { size: head.size, note: addSignatures(head.checkpoint, lines) };
}

export async function getCheckpoint(
  db: Db,
  communityId: string,
  size?: number,
): Promise<{ size: number; note: string }> {
  const checkpoint = await findCheckpoint(db, communityId, size);
  if (!checkpoint) throw new DomainError("CheckpointNotFound", size === undefined ? {} : { size });
  return checkpoint;
}
