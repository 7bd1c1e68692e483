import type { Hex } from "viem";
import { z } from "zod";
import type { ChainLog, ChainTransaction } from "../source.ts";
import { type Header, readHeader } from "./header.ts";
import { readReceipt } from "./receipt.ts";
import { readTransaction } from "./transaction.ts";
import { orderedRoot } from "./trie.ts";

const hex = z.templateLiteral(["0x", z.string().regex(/^([0-9a-f]{2})*$/)]);

/** The form of a block as a chain holds it. */
export const wholeBlockSchema = z.strictObject({
  header: hex,
  transactions: z.array(hex),
  receipts: z.array(hex),
});

/** A block as a chain holds it: its header's RLP, and every transaction and receipt of it in their raw form. */
export type WholeBlock = z.infer<typeof wholeBlockSchema>;

/** What a block says, read from its bytes. */
export type ReadBlock = { header: Header; transactions: ChainTransaction[]; logs: ChainLog[] };

/** Reads a block; rejects one of which a part is not what it should be. */
export async function readBlock({
  header: rlp,
  transactions,
  receipts,
}: WholeBlock): Promise<ReadBlock> {
  const header = readHeader(rlp);
  const signed = await Promise.all(transactions.map(readTransaction));
  const read = signed.map((each) => ({ ...each, blockHash: header.hash }));
  const logs: ChainLog[] = [];
  receipts.forEach((receipt, place) => {
    const transactionHash = read[place]?.hash;
    if (!transactionHash) throw new RangeError("a receipt without a transaction");
    for (const log of readReceipt(receipt)) {
      const at = { blockNumber: header.number, blockHash: header.hash, logIndex: logs.length };
      logs.push({ ...log, ...at, transactionHash });
    }
  });
  return { header, transactions: read, logs };
}

/** The roots that a block's transactions and receipts lead to. */
export async function rootsOf({
  transactions,
  receipts,
}: Pick<WholeBlock, "transactions" | "receipts">): Promise<{
  transactionsRoot: Hex;
  receiptsRoot: Hex;
}> {
  return {
    transactionsRoot: await orderedRoot(transactions),
    receiptsRoot: await orderedRoot(receipts),
  };
}
