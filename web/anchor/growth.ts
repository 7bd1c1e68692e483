import { hexToBytes } from "viem";
import { verifyConsistency } from "../../protocol/anchor/proof.ts";
import type { Head } from "./head-memory.ts";

const toLogHead = ({ size, root }: Head) => ({ size: BigInt(size), root: hexToBytes(root) });

/** Whether the proof shows that the later log continues the earlier one. */
export function isGrowth(earlier: Head, later: Head, proof: readonly `0x${string}`[]): boolean {
  const hashes = proof.map((hash) => hexToBytes(hash));
  return verifyConsistency(toLogHead(earlier), toLogHead(later), hashes);
}
