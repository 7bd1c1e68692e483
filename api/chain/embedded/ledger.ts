import { numberToHex } from "viem";
import type { Abi, Hex } from "viem";
import { toSeconds } from "../../clock.ts";
import { toMessage } from "../call.ts";
import type { CallRow, Message } from "../call.ts";
import { errorsOf } from "../contracts.ts";
import { ChainRefusal, findFailure } from "../failure.ts";
import { chooseForeign, refuseForeign, TRANSACTION_GAS_CAP } from "../foreign.ts";
import { journalOutgoing, nextRelayerNonce, rawsOf, readBlocks } from "../journal.ts";
import type { JournaledBlock, Outgoing } from "../journal.ts";
import type { Ledger, LedgerContext } from "../ledger.ts";
import { chooseCalls } from "../outbox.ts";
import type { Choice, Trial } from "../outbox.ts";
import { NO_FEES } from "../relayer.ts";
import { TransactionRefused } from "./evm.ts";
import type { BlockHead, Evm, NextBlock } from "./evm.ts";
import { replayJournal } from "./replay.ts";

/** A block is mined within a moment and costs memory for ever: what waits goes together. */
const CALLS_PER_BLOCK = 24;

/** The chain within the service: block by block into the journal first, then onto the chain. */
export class EmbeddedLedger implements Ledger {
  readonly #context: LedgerContext;
  readonly #evm: Evm;
  readonly #errors: Abi;

  constructor(context: LedgerContext, evm: Evm) {
    this.#context = context;
    this.#evm = evm;
    this.#errors = errorsOf(context.contracts);
  }

  async follow(): Promise<void> {
    await replayJournal(this.#context.db, this.#evm);
  }

  async settle(): Promise<void> {
    await this.follow();
    const { number } = await this.#evm.head();
    const unmined = await this.#context.db.chainBlock.findFirst({ where: { hash: null } });
    if (!unmined) return;
    const [block] = await readBlocks(this.#context.db, unmined.number, { minedOnly: false });
    if (!block) return;
    if (block.number <= number) await this.#recordKnown(block);
    else await this.#mine(block);
  }

  /** Mined a moment ago, and the database could not be told. */
  async #recordKnown(block: JournaledBlock): Promise<void> {
    const head = await this.#evm.block(block.number);
    const hashes = block.transactions.map(({ hash }) => hash);
    if (head.timestamp !== block.timestamp || head.transactions.join() !== hashes.join()) {
      const params = { block: block.number.toString(), expected: null, found: head.hash };
      throw new ChainRefusal("ChainBlockDiffers", params);
    }
    await this.#recordMined(block, head);
  }

  async #mine(block: JournaledBlock): Promise<void> {
    try {
      await this.#recordMined(block, await this.#evm.mine(block, rawsOf(block)));
    } catch (error) {
      if (!(error instanceof TransactionRefused)) throw error;
      await this.#leaveOut(block, error);
    }
  }

  async #recordMined(block: JournaledBlock, head: BlockHead): Promise<void> {
    const receipts = await Promise.all(block.transactions.map(({ hash }) => this.#receipt(hash)));
    await this.#context.db.$transaction(async (tx) => {
      const where = { number: block.number };
      await tx.chainBlock.update({ where, data: { hash: head.hash } });
      for (const [index, { id }] of block.transactions.entries()) {
        const receipt = receipts[index];
        await tx.chainTransaction.update({
          where: { id },
          data: {
            state: "mined",
            blockHash: head.hash,
            succeeded: receipt?.status === "0x1",
            gasUsed: BigInt(receipt?.gasUsed ?? 0),
          },
        });
      }
    });
  }

  async #receipt(hash: string): Promise<{ status: Hex; gasUsed: Hex }> {
    const call = { method: "eth_getTransactionReceipt", params: [hash] };
    return (await this.#evm.request(call)) as { status: Hex; gasUsed: Hex };
  }

  /** Only a transaction from outside can be refused here: its sender's account changed since it was tried. */
  async #leaveOut(block: JournaledBlock, refusal: TransactionRefused): Promise<void> {
    const row = block.transactions[refusal.position];
    if (!row || row.relayer !== null) {
      const params = { transaction: row?.hash ?? null, message: refusal.message };
      throw new ChainRefusal("ChainTransactionStuck", params);
    }
    await refuseForeign(this.#context.db, row);
  }

  async advance(): Promise<boolean> {
    const calls = await this.#chooseCalls();
    const foreign = await chooseForeign(this.#context, this);
    if (calls.length + foreign.length === 0) return false;
    const plan = await this.#planNext();
    const outgoing = [...(await this.#signAll(calls)), ...foreign];
    await this.#context.db.$transaction(async (tx) => {
      await tx.chainBlock.create({ data: plan });
      const now = this.#context.clock.now();
      await journalOutgoing(tx, outgoing, { now, blockNumber: plan.number });
    });
    await this.settle();
    return true;
  }

  /** Never ahead of the clock, unless the clock went back: blocks do not. */
  async #planNext(): Promise<NextBlock> {
    const { number, timestamp } = await this.#evm.head();
    const now = toSeconds(this.#context.clock.now());
    return { number: number + 1n, timestamp: now > timestamp ? now : timestamp };
  }

  request(call: { method: string; params?: unknown }): Promise<unknown> {
    return this.#evm.request(call);
  }

  async attempt({ from, to, data, gas }: Message & { gas: bigint }): Promise<void> {
    const call = { from, ...(to === null ? {} : { to }), data, gas: numberToHex(gas) };
    await this.#evm.attempt(await this.#planNext(), call);
  }

  async #chooseCalls(): Promise<Choice[]> {
    const { db, outbox } = this.#context;
    const sent = await db.chainCall.findMany({
      where: { state: "sent" },
      distinct: ["communityId"],
    });
    const busy = new Set(sent.map(({ communityId }) => communityId));
    return chooseCalls(outbox, CALLS_PER_BLOCK, { busy, attempt: (row) => this.#try(row) });
  }

  /** Gas is free here: every call gets the most that a transaction may carry. */
  async #try(row: CallRow): Promise<Trial> {
    const gas = TRANSACTION_GAS_CAP;
    try {
      await this.attempt({ ...toMessage(row, this.#context.relayer.address), gas });
      return { gas };
    } catch (error) {
      const failure = findFailure(error, this.#errors);
      if (!failure) throw error;
      return { failure, gas };
    }
  }

  async #signAll(choices: readonly Choice[]): Promise<Outgoing[]> {
    const { db, relayer } = this.#context;
    let nonce = await nextRelayerNonce(db, relayer.address, 0);
    const outgoing: Outgoing[] = [];
    for (const { row, gas } of choices) {
      const message = toMessage(row, relayer.address);
      const signed = await relayer.sign({ ...message, gas, nonce: nonce++, fees: NO_FEES });
      outgoing.push({ callId: row.id, signed });
    }
    return outgoing;
  }

  close(): Promise<void> {
    return this.#evm.close();
  }
}
