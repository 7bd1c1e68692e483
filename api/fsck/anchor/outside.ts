import { toHex as bytesToHexText } from "viem";
import { readTimestamp } from "../../../protocol/anchor/timestamp.ts";
import { originOf, parseCheckpoint } from "../../../protocol/anchor/tlog/checkpoint.ts";
import { parseVerifierKey } from "../../../protocol/anchor/tlog/key.ts";
import type { VerifierKey } from "../../../protocol/anchor/tlog/key.ts";
import { parseNote, parseSignatures } from "../../../protocol/anchor/tlog/note.ts";
import { checkSignatures } from "../../../protocol/anchor/tlog/signature.ts";
import type { Cosignature, Head, HeadTimestamp } from "../../database/generated/client.ts";
import type { FsckContext } from "../subject.ts";

const CHECKPOINTS = `SELECT * FROM "Head" WHERE "checkpoint" IS NOT NULL ORDER BY "communityId", "size"`;

const KEYS = `
  SELECT "communityId" AS community, "text" FROM "Record"
  WHERE "type" = 'logKey' OR ("type" = 'community' AND "index" = 0) ORDER BY "communityId", "index"`;

/** The signed heads, and what witnesses and authorities said of them. */
export async function inspectOutside(context: FsckContext): Promise<void> {
  await inspectCheckpoints(context);
  await inspectCosignatures(context);
  await inspectTimestamps(context);
}

interface LogName {
  origin: string | undefined;
  keys: VerifierKey[];
}

/** What every log is called and the keys that it has said to be its own. */
async function readNames({ snapshot }: FsckContext): Promise<Map<string, LogName>> {
  const names = new Map<string, LogName>();
  for (const { community, text } of await snapshot.rows<{ community: string; text: string }>(
    KEYS,
  )) {
    const name = names.get(community) ?? { origin: undefined, keys: [] };
    names.set(community, name);
    try {
      const record = JSON.parse(text) as Record<string, unknown>;
      const { type, chainId, anchor } = record;
      if (type === "community") name.origin = originOf(Number(chainId), anchor as `0x${string}`);
      const key = record[type === "community" ? "logKey" : "key"];
      if (typeof key === "string") name.keys.push(parseVerifierKey(key));
    } catch {
      // The log's own inspection names the record.
    }
  }
  return names;
}

/** Every signed head says which log it is of, its size and its root, under a key that the log published. */
async function inspectCheckpoints(context: FsckContext): Promise<void> {
  const { snapshot, inspection } = context;
  const names = await readNames(context);
  for await (const { communityId: community, size, root, checkpoint } of snapshot.stream<Head>(
    CHECKPOINTS,
  )) {
    const place = { community, table: "Head", row: String(size), field: "checkpoint" };
    const { origin, keys = [] } = names.get(community) ?? {};
    const found = openHead(checkpoint!, keys);
    inspection.equal(place, { origin, size, root }, found?.said);
    if (keys.length === 0) inspection.skip("Head signature", "noKey", { community, count: 1 });
    else inspection.equal({ ...place, field: "signature" }, "the log's", found?.signed);
  }
}

function openHead(checkpoint: string, keys: readonly VerifierKey[]) {
  try {
    const note = parseNote(checkpoint);
    const { origin, size, root } = parseCheckpoint(note.text);
    const checks = checkSignatures(note, keys);
    const isSigned = checks.some(({ status }) => status === "ok");
    const isSound = isSigned && checks.every(({ status }) => status === "ok");
    const said = { origin, size: Number(size), root: bytesToHexText(root) };
    return { said, signed: isSound ? "the log's" : "another's" };
  } catch {
    return undefined;
  }
}

const OF_HEAD = `h."checkpoint" FROM "Head" h RIGHT JOIN`;
const onHead = (name: string): string =>
  `ON h."communityId" = ${name}."communityId" AND h."size" = ${name}."size" AND h."checkpoint" IS NOT NULL`;

const COSIGNATURES = `SELECT c.*, ${OF_HEAD} "Cosignature" c ${onHead("c")} ORDER BY c."communityId", c."size"`;

/** Every cosignature is its witness's, over the head that it stands beside. */
async function inspectCosignatures({ snapshot, inspection }: FsckContext): Promise<void> {
  type Row = Cosignature & Pick<Head, "checkpoint">;
  for await (const row of snapshot.stream<Row>(COSIGNATURES)) {
    const { communityId: community, size, key, checkpoint } = row;
    inspection.count("Cosignature", community);
    const place = { community, table: "Cosignature", row: `${size}/${key}` };
    if (checkpoint === null) inspection.extra(place, "size");
    else {
      const at = readCosignature(row, checkpoint);
      inspection.equal({ ...place, field: "at, line or key" }, row.at, at ?? "no cosignature");
    }
  }
}

function readCosignature({ key, line }: Cosignature, checkpoint: string): Date | undefined {
  try {
    const { text } = parseNote(checkpoint);
    const note = { text, signatures: parseSignatures(line) };
    const [check] = checkSignatures(note, [parseVerifierKey(key)]);
    if (check?.status !== "ok" || check.timestamp === undefined) return undefined;
    return new Date(Number(check.timestamp) * 1000);
  } catch {
    return undefined;
  }
}

const TIMESTAMPS = `SELECT t.*, ${OF_HEAD} "HeadTimestamp" t ${onHead("t")} ORDER BY t."communityId", t."size"`;

/** Every timestamp is of the head that it stands beside, and bears its signer's signature. */
async function inspectTimestamps({ snapshot, inspection }: FsckContext): Promise<void> {
  type Row = HeadTimestamp & Pick<Head, "checkpoint">;
  for await (const row of snapshot.stream<Row>(TIMESTAMPS)) {
    const { communityId: community, size, authority, checkpoint } = row;
    inspection.count("HeadTimestamp", community);
    const place = { community, table: "HeadTimestamp", row: `${size}/${authority}` };
    if (checkpoint === null) {
      inspection.extra(place, "size");
      continue;
    }
    const content = new TextEncoder().encode(checkpoint);
    const at = await readTimestamp(row.response, content);
    inspection.equal({ ...place, field: "at or response" }, row.at, at ?? "no timestamp of it");
  }
}
