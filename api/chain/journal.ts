import { bytesToHex, keccak256 } from "viem";
import type { Address, Hex } from "viem";
import type { Db, Tx } from "../database/client.ts";
import type {
  ChainBlock,
  ChainTransaction as TransactionRow,
} from "../database/generated/client.ts";
import { toColumn } from "./bytes.ts";
import { ChainRefusal } from "./failure.ts";

export type { TransactionRow };

export interface SignedTransaction {
  raw: Hex;
  hash: Hex;
  sender: Address;
  nonce: bigint;
}

/** A transaction on its way: ours, for a call; or one accepted from outside, which has its row already. */
export type Outgoing =
  { callId: bigint; signed: SignedTransaction } | { waitingId: bigint; raw: Hex };

export interface Journey {
  now: Date;
  /** Embedded chain: the block that the transactions will be in. */
  blockNumber?: bigint;
}

/** Writes down what is about to be sent. Whoever else drives at the same time makes this fail, here or there. */
export async function journalOutgoing(
  tx: Tx,
  outgoing: readonly Outgoing[],
  journey: Journey,
): Promise<void> {
  for (const [position, one] of outgoing.entries()) {
    const place =
      journey.blockNumber === undefined ? {} : { blockNumber: journey.blockNumber, position };
    if ("waitingId" in one) {
      const where = { id: one.waitingId, state: "waiting" as const };
      const data = { state: "sent" as const, journaledAt: journey.now, ...place };
      await requireOne(tx.chainTransaction.updateMany({ where, data }));
      continue;
    }
    await tx.chainTransaction.create({
      data: { ...toRow(one.signed), callId: one.callId, journaledAt: journey.now, ...place },
    });
    const where = { id: one.callId, state: "waiting" as const };
    await requireOne(tx.chainCall.updateMany({ where, data: { state: "sent" } }));
  }
}

const toRow = ({ raw, hash, sender, nonce }: SignedTransaction) => ({
  raw: toColumn(raw),
  hash,
  sender,
  nonce,
  relayer: sender,
  state: "sent" as const,
});

async function requireOne(update: Promise<{ count: number }>): Promise<void> {
  const { count } = await update;
  if (count !== 1) throw new Error("Another instance drives the chain as well; it was quicker.");
}

/** The number of the relayer's next transaction, by what was ever signed. */
export async function nextRelayerNonce(
  db: Db,
  relayer: Address,
  firstNonce: number,
): Promise<bigint> {
  const { _max } = await db.chainTransaction.aggregate({
    where: { relayer },
    _max: { nonce: true },
  });
  const next = _max.nonce === null ? 0n : _max.nonce + 1n;
  return next > BigInt(firstNonce) ? next : BigInt(firstNonce);
}

export interface JournaledBlock extends ChainBlock {
  transactions: TransactionRow[];
}

/** The next blocks of the embedded chain from a number on, each with its transactions in order. */
export async function readBlocks(
  db: Db,
  from: bigint,
  filter: { minedOnly: boolean },
): Promise<JournaledBlock[]> {
  const blocks = await db.chainBlock.findMany({
    where: { number: { gte: from }, ...(filter.minedOnly ? { hash: { not: null } } : {}) },
    orderBy: { number: "asc" },
    take: BLOCKS_AT_ONCE,
  });
  const transactions = await db.chainTransaction.findMany({
    where: { blockNumber: { in: blocks.map(({ number }) => number) } },
    orderBy: [{ blockNumber: "asc" }, { position: "asc" }],
  });
  const byBlock = Map.groupBy(transactions, ({ blockNumber }) => blockNumber);
  return blocks.map((block) => ({ ...block, transactions: byBlock.get(block.number) ?? [] }));
}

const BLOCKS_AT_ONCE = 200;

/** The raw transactions of a block, each checked against the hash that names it. */
export function rawsOf(block: JournaledBlock): Hex[] {
  return block.transactions.map((row) => {
    const raw = bytesToHex(row.raw);
    const found = keccak256(raw);
    if (found !== row.hash) {
      const params = { block: block.number.toString(), expected: row.hash, found };
      throw new ChainRefusal("ChainTransactionDiffers", params);
    }
    return raw;
  });
}

/** Calls that say they were sent need the transaction that carried them. */
export async function requireCompleteJournal(db: Db): Promise<void> {
  const orphan = await db.chainCall.findFirst({
    where: { state: { in: ["sent", "mined"] }, transactions: { none: {} } },
    orderBy: { id: "asc" },
  });
  if (orphan) {
    throw new ChainRefusal("ChainJournalIncomplete", { kind: orphan.kind, ref: orphan.ref });
  }
}
