import type { Hex } from "viem";
import { BlockDiffers, TransactionRefused, startEvm } from "../../../api/chain/embedded/evm.ts";
import type { Evm } from "../../../api/chain/embedded/evm.ts";
import type { WholeBlock } from "../../../protocol/verify/block/whole.ts";
import { readHeader } from "../../../protocol/verify/block/header.ts";
import type { Bundle } from "../../../protocol/verify/bundle/bundle.ts";
import { Unusable } from "../input.ts";

/** The hash with which a block comes out, or no hash at all where the chain does not take it. */
async function mine(evm: Evm, { header, transactions }: WholeBlock): Promise<Hex> {
  const { number, timestamp } = readHeader(header);
  try {
    const next = { number: BigInt(number), timestamp: BigInt(timestamp) };
    return (await evm.mine(next, transactions)).hash;
  } catch (error) {
    if (error instanceof BlockDiffers) return error.found.hash;
    if (error instanceof TransactionRefused) return "0x";
    throw error;
  }
}

function requireWhole({ blocks, head }: Bundle["chain"]): WholeBlock {
  const gap = blocks.findIndex(({ number }, i) => number !== i);
  const first = blocks[0]?.block;
  if (gap >= 0 || blocks.length !== head + 1 || !first) {
    throw new Unusable(
      "the bundle does not hold every block of the chain; the bundle of a community on a service's own chain does",
    );
  }
  return first;
}

/**
 * Runs every transaction of the bundle again on a chain of this process, from nothing, each block with the time that
 * its header says; gives the hash of every block as it came out. After the first one that differs nothing can agree.
 */
export async function replayChain(
  chain: Bundle["chain"],
): Promise<(number: number) => Hex | undefined> {
  const { timestamp } = readHeader(requireWhole(chain).header);
  const evm = await startEvm({ chainId: chain.chainId, timestamp: BigInt(timestamp) });
  try {
    const hashes = [(await evm.block(0n)).hash];
    for (const { block } of chain.blocks.slice(1)) {
      hashes.push(await mine(evm, block));
      if (hashes.at(-1) === "0x") break;
    }
    return (number) => hashes[number];
  } finally {
    await evm.close();
  }
}
