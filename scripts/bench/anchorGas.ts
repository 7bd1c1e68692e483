import { hexlify, toUtf8Bytes } from "ethers";
import { logLeaf, logRoot, proveConsistency } from "../../protocol/anchor/log.ts";
import { deployCommunity, gasOf } from "./chain/community.ts";

/** Gas of anchoring heads of these sizes one after the other, each with its consistency proof from the one before. */
export async function measureAnchor(sizes: readonly number[]): Promise<number[]> {
  const { anchor } = await deployCommunity();
  const leaves = Array.from({ length: Math.max(...sizes) }, (_, i) =>
    logLeaf(toUtf8Bytes(`record ${i}`)),
  );
  const measured: number[] = [];
  let last = 0;
  for (const size of sizes) {
    const log = leaves.slice(0, size);
    const proof = last === 0 ? [] : proveConsistency(log, last).map((hash) => hexlify(hash));
    const head = anchor.getFunction("anchorHead")(size, hexlify(logRoot(log)), proof);
    measured.push(await gasOf(head));
    last = size;
  }
  return measured;
}
