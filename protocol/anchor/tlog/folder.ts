import { bytesToHex } from "viem";
import { equalHashes } from "../log.ts";
import { isSignedBy, openCheckpoint } from "./checkpoint.ts";
import { NoteInvalid, type NoteFault } from "./fault.ts";
import { type VerifierKey, formatVerifierKey } from "./key.ts";
import { TileCheck, type TileProblem, type TileStore, rootName } from "./tileCheck.ts";

// A whole log as a folder of files (c2sp.org/tlog-tiles), with one checkpoint or several: everything is recomputed
// from the entries, and what disagrees is named.

/** A checkpoint file as it was found. */
export type CheckpointFile = { path: string; text: string };

/** Why a checkpoint does not stand. */
export type CheckpointFault =
  NoteFault | "notSigned" | "signatureWrong" | "originDiffers" | "rootDiffers" | "notReached";

/** What one checkpoint of a folder is worth; `size` and `root` are missing where it could not be read. */
export type CheckpointResult = {
  path: string;
  origin?: string;
  size?: string;
  root?: string;
  /** Names of the keys whose signatures are right. */
  signedBy: string[];
  faults: CheckpointFault[];
};

/** Everything about a folder: `failed` as soon as one checkpoint or file is wrong or missing. */
export type FolderReport = {
  verdict: "ok" | "failed";
  /** Entries that were read and stand under the largest sound checkpoint. */
  entries: number;
  checkpoints: CheckpointResult[];
  problems: TileProblem[];
  /** Files that no checkpoint covers, and of which nothing is said. */
  notCovered: string[];
};

type Opened = { result: CheckpointResult; size: number; root: Uint8Array };

function open(file: CheckpointFile, keys: readonly VerifierKey[]): Opened | CheckpointResult {
  const result: CheckpointResult = { path: file.path, signedBy: [], faults: [] };
  try {
    const opened = openCheckpoint(file.text, keys);
    const { origin, size, root } = opened.checkpoint;
    Object.assign(result, { origin, size: String(size), root: bytesToHex(root) });
    const sound = opened.signatures.filter(({ status, key }) => status === "ok" && key);
    result.signedBy = sound.map(({ key }) => formatVerifierKey(key!));
    if (!isSignedBy(opened, keys[0]!)) {
      const isWrong = opened.signatures.some(({ status }) => status === "failed");
      result.faults.push(isWrong ? "signatureWrong" : "notSigned");
    }
    if (size > BigInt(Number.MAX_SAFE_INTEGER)) result.faults.push("tooLong");
    return { result, size: Number(size), root };
  } catch (error) {
    if (!(error instanceof NoteInvalid)) throw error;
    result.faults.push(error.fault);
    return result;
  }
}

/** All checkpoints of one folder are one log's. */
function compareOrigins(opened: readonly Opened[]): void {
  const [first] = opened;
  for (const { result } of opened) {
    if (result.origin !== first!.result.origin) result.faults.push("originDiffers");
  }
}

/**
 * Checks a folder: the log's signature on every checkpoint (and those of `witnesses`, where there are any), every
 * root from the entries, every tile against the entries, and so that each checkpoint continues the ones before.
 */
export async function checkFolder(
  store: TileStore,
  files: readonly CheckpointFile[],
  keys: { log: VerifierKey; witnesses?: readonly VerifierKey[] },
): Promise<FolderReport> {
  const all = files.map((file) => open(file, [keys.log, ...(keys.witnesses ?? [])]));
  const opened = all.filter((one): one is Opened => "result" in one);
  compareOrigins(opened);
  // Only what the log signed says how much there should be.
  const sound = opened.filter(({ result }) => result.faults.length === 0);
  const check = new TileCheck(store, sound);
  const { entries, problems, notCovered } = await check.run();
  for (const { result, size, root } of sound) {
    const found = check.roots.get(size);
    if (!found) result.faults.push("notReached");
    else if (!equalHashes(found, root)) {
      result.faults.push("rootDiffers");
      const comparison = { expected: rootName(root), found: rootName(found) };
      problems.push({ code: "rootDiffers", path: result.path, ...comparison });
    }
  }
  const checkpoints = all.map((one) => ("result" in one ? one.result : one));
  const isSound = checkpoints.length > 0 && checkpoints.every(({ faults }) => faults.length === 0);
  const verdict = isSound && problems.length === 0 ? "ok" : "failed";
  return { verdict, entries, checkpoints, problems, notCovered };
}
