import type { Hex } from "viem";
import type { TransactionRow } from "../journal.ts";
import { recordIncident } from "../incident.ts";
import type { LedgerContext } from "../ledger.ts";
import type { Node, NodeReceipt } from "./node.ts";

/** Where a node does not say what is final. */
const FINAL_AFTER_BLOCKS = 64n;
const BLOCKS_AT_ONCE = 50;

interface MinedBlock {
  number: bigint;
  hash: string;
}

/**
 * Compares the blocks in which our transactions were mined with those that the node shows now, newest first, until
 * one agrees that is final. What a block lost is looked for elsewhere, or sent again: the very same transaction.
 */
export async function recheckBlocks(context: LedgerContext, node: Node): Promise<void> {
  const finalized = await findFinalized(node);
  let below: bigint | undefined;
  for (;;) {
    const blocks = await listMinedBlocks(context, below);
    if (blocks.length === 0) return;
    for (const block of blocks) {
      const agrees = (await node.block(block.number))?.hash === block.hash;
      if (!agrees) await handleLost(context, node, block);
      else if (await isSettled(context, block, finalized)) return;
    }
    below = blocks.at(-1)?.number;
  }
}

async function findFinalized(node: Node): Promise<bigint> {
  const latest = (await node.latest()).number;
  return (await node.finalizedNumber()) ?? latest - FINAL_AFTER_BLOCKS;
}

function listMinedBlocks({ db }: LedgerContext, below: bigint | undefined): Promise<MinedBlock[]> {
  return db.$queryRaw<MinedBlock[]>`
    SELECT DISTINCT "blockNumber" AS "number", "blockHash" AS "hash" FROM "ChainTransaction"
    WHERE "state" = 'mined' AND "blockNumber" < coalesce(${below ?? null}::bigint, 9223372036854775807)
    ORDER BY "blockNumber" DESC LIMIT ${BLOCKS_AT_ONCE}`;
}

/** Whether the block had been marked final before; if it is by now, that is noted. */
async function isSettled(
  { db }: LedgerContext,
  block: MinedBlock,
  finalized: bigint,
): Promise<boolean> {
  if (block.number > finalized) return false;
  const { count } = await db.chainTransaction.updateMany({
    where: { blockHash: block.hash, state: "mined", final: false },
    data: { final: true },
  });
  return count === 0;
}

async function handleLost(context: LedgerContext, node: Node, block: MinedBlock): Promise<void> {
  const { db, clock } = context;
  const found = (await node.block(block.number))?.hash ?? null;
  const params = { block: block.number.toString(), expected: block.hash, found };
  await recordIncident(context, { code: "ChainReorganised", params }, clock.now());
  const rows = await db.chainTransaction.findMany({
    where: { blockHash: block.hash, state: "mined" },
    orderBy: { id: "asc" },
  });
  for (const row of rows) await relocate(context, node, row);
}

async function relocate(context: LedgerContext, node: Node, row: TransactionRow): Promise<void> {
  const receipt = await findReceipt(context, node, row.hash as Hex);
  const data = receipt
    ? placeOf(receipt)
    : { state: "sent" as const, blockNumber: null, position: null, blockHash: null, final: false };
  await context.db.$transaction(async (tx) => {
    await tx.chainTransaction.update({ where: { id: row.id }, data: { ...data, final: false } });
    // Back to the chain, where it came from; its handler has run and does not run again.
    const call = { id: row.callId ?? -1n, state: "mined" as const };
    await tx.chainCall.updateMany({ where: call, data: { state: "sent" } });
  });
}

export const placeOf = (receipt: NodeReceipt) => ({
  state: "mined" as const,
  blockNumber: receipt.blockNumber,
  position: receipt.position,
  blockHash: receipt.blockHash,
  succeeded: receipt.succeeded,
  gasUsed: receipt.gasUsed,
});

/** A receipt that the block it names bears out. Undefined: not mined, or the node contradicts itself. */
export async function findReceipt(
  context: LedgerContext,
  node: Node,
  hash: Hex,
): Promise<NodeReceipt | undefined> {
  const receipt = await node.receipt(hash);
  if (!receipt) return undefined;
  const block = await node.block(receipt.blockNumber);
  const isBorneOut =
    receipt.hash === hash &&
    block?.hash === receipt.blockHash &&
    block.transactions[receipt.position] === hash;
  if (isBorneOut) return receipt;
  const params = {
    transaction: hash,
    receipt: receipt.blockHash,
    block: receipt.blockNumber.toString(),
    found: block?.hash ?? null,
  };
  await recordIncident(context, { code: "ChainNodeContradicts", params }, context.clock.now());
  return undefined;
}
