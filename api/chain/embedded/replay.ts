import type { Hex } from "viem";
import type { Db } from "../../database/client.ts";
import { ChainRefusal } from "../failure.ts";
import { rawsOf, readBlocks } from "../journal.ts";
import type { JournaledBlock } from "../journal.ts";
import { BlockDiffers, TransactionRefused } from "./evm.ts";
import type { Evm } from "./evm.ts";

/**
 * Mines the blocks of the journal that this process has not mined yet. A block that comes out with another hash than
 * the one it had is refused by name. The last block may still be without a hash: it is left to whoever drives.
 */
export async function replayJournal(db: Db, evm: Evm): Promise<number> {
  let replayed = 0;
  for (;;) {
    const next = (await evm.head()).number + 1n;
    const blocks = await readBlocks(db, next, { minedOnly: true });
    if (blocks.length === 0) break;
    for (const [index, block] of blocks.entries()) {
      const expected = next + BigInt(index);
      if (block.number !== expected) {
        throw new ChainRefusal("ChainBlockMissing", { block: expected.toString() });
      }
      await replayBlock(evm, block);
      replayed++;
    }
  }
  return replayed;
}

async function replayBlock(evm: Evm, block: JournaledBlock): Promise<void> {
  const expected = block.hash as Hex;
  const found = await mineJournaled(evm, block);
  if (found !== expected || block.transactions.some(({ blockHash }) => blockHash !== expected)) {
    const params = { block: block.number.toString(), expected, found };
    throw new ChainRefusal("ChainBlockDiffers", params);
  }
}

async function mineJournaled(evm: Evm, block: JournaledBlock): Promise<Hex> {
  const raws = rawsOf(block);
  try {
    return (await evm.mine(block, raws)).hash;
  } catch (error) {
    if (error instanceof BlockDiffers) return error.found.hash;
    if (!(error instanceof TransactionRefused)) throw error;
    const { position, message } = error;
    const expected = block.hash;
    const params = { block: block.number.toString(), expected, found: null, position, message };
    throw new ChainRefusal("ChainBlockDiffers", params);
  }
}

/** Beside the replay: a gap before the last block, or transactions whose block is gone. */
export async function requireWholeChain(db: Db): Promise<void> {
  const last = await db.chainBlock.findFirst({ orderBy: { number: "desc" } });
  const count = await db.chainBlock.count();
  const unmined = await db.chainBlock.findFirst({
    where: { hash: null },
    orderBy: { number: "asc" },
  });
  const lastNumber = last?.number ?? 0n;
  if (BigInt(count) !== lastNumber || (unmined && unmined.number !== lastNumber)) {
    const block = (unmined?.number ?? lastNumber).toString();
    throw new ChainRefusal("ChainBlockMissing", { block });
  }
  const stray = await db.chainTransaction.findFirst({
    where: {
      state: { in: ["sent", "mined"] },
      OR: [{ blockNumber: null }, { blockNumber: { gt: lastNumber } }],
    },
    orderBy: { id: "asc" },
  });
  if (stray) {
    const params = { block: String(stray.blockNumber), transaction: stray.hash };
    throw new ChainRefusal("ChainBlockMissing", params);
  }
}
