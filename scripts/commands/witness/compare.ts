import fs from "node:fs/promises";
import { equalHashes } from "../../../protocol/anchor/log.ts";
import { verifyConsistency } from "../../../protocol/anchor/proof.ts";
import {
  type OpenedCheckpoint,
  isSignedBy,
  openCheckpoint,
} from "../../../protocol/anchor/tlog/checkpoint.ts";
import { NoteInvalid } from "../../../protocol/anchor/tlog/fault.ts";
import type { VerifierKey } from "../../../protocol/anchor/tlog/key.ts";
import { decodeText } from "../../../protocol/anchor/tlog/note.ts";
import { proveFromTiles } from "../../../protocol/anchor/tlog/tileProof.ts";
import { Unusable } from "../input.ts";

// Two views of one log, held against each other: that is how a log that shows different histories is found.

const isUrl = (place: string): boolean => /^https?:\/\//.test(place);

async function fetchBytes(url: string): Promise<Uint8Array | undefined> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new Unusable(`${url} does not answer`, { cause });
  });
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
}

async function readBytes(place: string): Promise<Uint8Array | undefined> {
  if (isUrl(place)) return fetchBytes(place);
  return fs.readFile(place).catch(() => undefined);
}

async function openView(place: string, key: VerifierKey): Promise<OpenedCheckpoint> {
  const bytes = await readBytes(place);
  if (!bytes) throw new Unusable(`${place} has no checkpoint`);
  try {
    const opened = openCheckpoint(decodeText(bytes), [key]);
    if (isSignedBy(opened, key)) return opened;
  } catch (cause) {
    if (!(cause instanceof NoteInvalid)) throw cause;
  }
  throw new Unusable(`${place} is no checkpoint that this log has signed`);
}

/** What two views of a log say of each other. */
export type Comparison = {
  /** `same`, or `grown` with a proof; `fork` contradicts; `unproven` where no proof was to be had. */
  verdict: "same" | "grown" | "fork" | "unproven";
  origins: [string, string];
  sizes: [string, string];
  /** Both signed checkpoints, word for word, where they contradict each other: evidence that nobody can forge. */
  evidence?: [string, string];
};

async function judge(
  [older, newer]: [OpenedCheckpoint, OpenedCheckpoint],
  prefix: string | undefined,
): Promise<Comparison["verdict"]> {
  const [first, second] = [older.checkpoint, newer.checkpoint];
  if (first.origin !== second.origin) return "fork";
  if (first.size === second.size) return equalHashes(first.root, second.root) ? "same" : "fork";
  if (first.size === 0n) return "grown";
  if (prefix === undefined) return "unproven";
  const base = prefix.replace(/\/+$/, "");
  const read = (name: string) => readBytes(`${base}/${name}`);
  try {
    const proof = await proveFromTiles(read, Number(first.size), Number(second.size));
    return verifyConsistency(first, second, proof) ? "grown" : "fork";
  } catch (error) {
    if (error instanceof NoteInvalid) return "unproven";
    throw error;
  }
}

/** Compares two checkpoints of a log, by file or address; `prefix` is where the log's tiles are. */
export async function compareViews(
  places: [string, string],
  key: VerifierKey,
  prefix?: string,
): Promise<Comparison> {
  const [a, b] = [await openView(places[0], key), await openView(places[1], key)];
  const ordered: [OpenedCheckpoint, OpenedCheckpoint] =
    a.checkpoint.size <= b.checkpoint.size ? [a, b] : [b, a];
  const verdict = await judge(ordered, prefix);
  const facts: Comparison = {
    verdict,
    origins: [a.checkpoint.origin, b.checkpoint.origin],
    sizes: [String(a.checkpoint.size), String(b.checkpoint.size)],
  };
  if (verdict !== "fork") return facts;
  const texts = await Promise.all(
    places.map(async (place) => decodeText((await readBytes(place))!)),
  );
  return { ...facts, evidence: texts as [string, string] };
}
