import { bytesToHex, hexToBytes } from "viem";
import { verifyConsistency } from "../../protocol/anchor/proof.ts";
import { isSignedBy, openCheckpoint } from "../../protocol/anchor/tlog/checkpoint.ts";
import { NoteInvalid } from "../../protocol/anchor/tlog/fault.ts";
import { formatVerifierKey, parseVerifierKey } from "../../protocol/anchor/tlog/key.ts";
import { Problem } from "../service/problem.ts";
import type { Cosigners, SignedHead, Witness } from "./head-memory.ts";
import type { Head } from "./seen-head.ts";

const toLogHead = ({ size, root }: Head) => ({ size: BigInt(size), root: hexToBytes(root) });

/** Whether the proof shows that the later log continues the earlier one. */
export function isGrowth(earlier: Head, later: Head, proof: readonly `0x${string}`[]): boolean {
  const hashes = proof.map((hash) => hexToBytes(hash));
  return verifyConsistency(toLogHead(earlier), toLogHead(later), hashes);
}

/** A signed head; a Problem unless the log's key has signed it. */
export function openHead(note: string, logKey: string): SignedHead {
  try {
    const key = parseVerifierKey(logKey);
    const opened = openCheckpoint(note, [key]);
    const { size, root, origin } = opened.checkpoint;
    if (isSignedBy(opened, key) && origin === key.name) {
      return { size: Number(size), root: bytesToHex(root), note };
    }
  } catch (error) {
    if (!(error instanceof NoteInvalid)) throw error;
  }
  throw new Problem("AnswerNotUnderstood", {
    params: { path: "/log/checkpoint", at: "signature" },
  });
}

/** Which of these witnesses have cosigned the head: those whose signature verifies. */
export function listCosigners(note: string, witnesses: readonly Witness[]): Cosigners {
  const keys = witnesses.map(({ key }) => parseVerifierKey(key));
  const { signatures } = openCheckpoint(note, keys);
  const sound = signatures.flatMap(({ status, key }) =>
    status === "ok" && key ? [formatVerifierKey(key)] : [],
  );
  const namesOf = (has: boolean): string[] =>
    witnesses.filter(({ key }) => sound.includes(key) === has).map(({ name }) => name);
  return { cosigned: namesOf(true), missing: namesOf(false) };
}
