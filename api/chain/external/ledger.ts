import { bytesToHex, numberToHex } from "viem";
import type { Abi, Hex } from "viem";
import { toSeconds } from "../../clock.ts";
import { toMessage } from "../call.ts";
import type { CallRow, Message } from "../call.ts";
import { errorsOf } from "../contracts.ts";
import { findFailure } from "../failure.ts";
import { chooseForeign, refuseForeign, TRANSACTION_GAS_CAP } from "../foreign.ts";
import { recordIncident } from "../incident.ts";
import { journalOutgoing, nextRelayerNonce } from "../journal.ts";
import type { Outgoing, TransactionRow } from "../journal.ts";
import type { Ledger, LedgerContext } from "../ledger.ts";
import { chooseCalls } from "../outbox.ts";
import type { Choice, Trial } from "../outbox.ts";
import type { Node } from "./node.ts";
import { requireChainNotAhead } from "./open.ts";
import { findReceipt, placeOf, recheckBlocks } from "./recheck.ts";

/** Nodes keep only so many transactions of one account that are not mined yet. */
const IN_FLIGHT = 16;
const REBROADCAST_SECONDS = 10;
const HIDDEN_AFTER_SECONDS = 60;
/** A transaction from outside that the node keeps refusing. */
const FOREIGN_WAIT_SECONDS = 3600;
/** A refusal counts once the chain's time has reached the call's, or after this long on a chain that stands still. */
const PATIENCE_SECONDS = 60;

export interface ExternalSettings {
  confirmations: number;
  firstNonce: number;
}

/** A chain of others, behind a node. Only transactions of the journal are sent, as often as needed, never changed. */
export class ExternalLedger implements Ledger {
  readonly #context: LedgerContext;
  readonly #node: Node;
  readonly #settings: ExternalSettings;
  readonly #errors: Abi;
  readonly #broadcastAt = new Map<string, number>();
  #checkedHead: Hex | undefined;

  constructor(context: LedgerContext, node: Node, settings: ExternalSettings) {
    this.#context = context;
    this.#node = node;
    this.#settings = settings;
    this.#errors = errorsOf(context.contracts);
  }

  request(call: { method: string; params?: unknown }): Promise<unknown> {
    return this.#node.request(call);
  }

  async attempt({ from, to, data, gas }: Message & { gas: bigint }): Promise<void> {
    const call = { from, ...(to === null ? {} : { to }), data, gas: numberToHex(gas) };
    await this.request({ method: "eth_call", params: [call, "pending"] });
  }

  async follow(): Promise<void> {}

  async settle(): Promise<void> {
    const head = await this.#node.latest();
    if (head.hash !== this.#checkedHead) {
      await recheckBlocks(this.#context, this.#node);
      this.#checkedHead = head.hash;
    }
    const sent = await this.#context.db.chainTransaction.findMany({
      where: { state: "sent" },
      orderBy: { id: "asc" },
    });
    for (const row of sent) await this.#settleOne(row, head.number);
  }

  async #settleOne(row: TransactionRow, head: bigint): Promise<void> {
    const receipt = await findReceipt(this.#context, this.#node, row.hash as Hex);
    if (!receipt) return this.#rebroadcast(row);
    const depth = Number(head - receipt.blockNumber) + 1;
    if (depth < this.#settings.confirmations) return;
    this.#broadcastAt.delete(row.hash);
    await this.#context.db.chainTransaction.updateMany({
      where: { id: row.id, state: "sent" },
      data: placeOf(receipt),
    });
  }

  async #rebroadcast(row: TransactionRow): Promise<void> {
    const now = performance.now();
    const last = this.#broadcastAt.get(row.hash);
    if (last !== undefined && now - last < REBROADCAST_SECONDS * 1000) return;
    this.#broadcastAt.set(row.hash, now);
    const answer = await this.#node.broadcast(bytesToHex(row.raw));
    if (answer === "taken") return;
    const ageSeconds = (this.#context.clock.now().getTime() - row.journaledAt.getTime()) / 1000;
    if (row.relayer === null && ageSeconds > FOREIGN_WAIT_SECONDS) {
      await refuseForeign(this.#context.db, row);
    } else if (answer === "spent" && ageSeconds > HIDDEN_AFTER_SECONDS) {
      await this.#reportHidden(row);
    } else {
      this.#context.log.warn({ transaction: row.hash, answer }, "the node does not take it");
    }
  }

  /** Its number is used up, and it is not shown: the node hides it, or another took its place. */
  async #reportHidden(row: TransactionRow): Promise<void> {
    const params = { transaction: row.hash, nonce: row.nonce.toString() };
    const now = this.#context.clock.now();
    await recordIncident(this.#context, { code: "ChainTransactionHidden", params }, now);
  }

  async advance(): Promise<boolean> {
    const inFlight = await this.#context.db.chainTransaction.findMany({
      where: { state: "sent", relayer: { not: null } },
      select: { call: { select: { communityId: true } } },
    });
    const room = IN_FLIGHT - inFlight.length;
    const busy = new Set(inFlight.map(({ call }) => call?.communityId ?? ""));
    const calls = room > 0 ? await this.#chooseCalls(room, busy) : [];
    const foreign = await chooseForeign(this.#context, this);
    if (calls.length + foreign.length === 0) return false;
    const outgoing = [...(await this.#signAll(calls)), ...foreign];
    const now = this.#context.clock.now();
    await this.#context.db.$transaction((tx) => journalOutgoing(tx, outgoing, { now }));
    await this.settle();
    return true;
  }

  #chooseCalls(limit: number, busy: ReadonlySet<string>): Promise<Choice[]> {
    return chooseCalls(this.#context.outbox, limit, {
      busy,
      attempt: (row) => this.#try(row),
      isFinal: (row) => this.#isFinal(row),
    });
  }

  async #try(row: CallRow): Promise<Trial> {
    const message = toMessage(row, this.#context.relayer.address);
    try {
      await this.attempt({ ...message, gas: TRANSACTION_GAS_CAP });
      return { gas: await this.#estimate(message) };
    } catch (error) {
      const failure = findFailure(error, this.#errors);
      if (!failure) throw error;
      return { failure, gas: 0n };
    }
  }

  /** With room for what other transactions change in between. */
  async #estimate({ from, to, data }: Message): Promise<bigint> {
    const call = { from, ...(to === null ? {} : { to }), data };
    const estimate = await this.request({ method: "eth_estimateGas", params: [call] });
    const gas = (BigInt(estimate as Hex) * 5n) / 4n + 20_000n;
    return gas < TRANSACTION_GAS_CAP ? gas : TRANSACTION_GAS_CAP;
  }

  /** The chain's clock lags behind ours: what is refused a moment too early is not refused for good. */
  async #isFinal(row: CallRow): Promise<boolean> {
    const pending = (await this.#node.block("pending")) ?? (await this.#node.latest());
    if (pending.timestamp >= toSeconds(row.enqueuedAt)) return true;
    const now = this.#context.clock.now().getTime();
    return (now - row.enqueuedAt.getTime()) / 1000 > PATIENCE_SECONDS;
  }

  async #signAll(choices: readonly Choice[]): Promise<Outgoing[]> {
    if (choices.length === 0) return [];
    const { db, relayer } = this.#context;
    const { firstNonce } = this.#settings;
    await requireChainNotAhead(db, this.#node, { relayer: relayer.address, firstNonce });
    const fees = await this.#node.fees();
    let nonce = await nextRelayerNonce(db, relayer.address, firstNonce);
    const outgoing: Outgoing[] = [];
    for (const { row, gas } of choices) {
      const signed = await relayer.sign({
        ...toMessage(row, relayer.address),
        gas,
        nonce: nonce++,
        fees,
      });
      outgoing.push({ callId: row.id, signed });
    }
    return outgoing;
  }

  async close(): Promise<void> {}
}
