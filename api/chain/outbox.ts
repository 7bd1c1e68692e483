import type { Address, Hex, TransactionReceipt } from "viem";
import type { Logger } from "pino";
import type { Clock } from "../clock.ts";
import type { Db, Tx } from "../database/client.ts";
import { toColumn } from "./bytes.ts";
import { toCall } from "./call.ts";
import type { CallRow, ChainCall, Handlers } from "./call.ts";
import type { Contracts } from "./contracts.ts";
import type { ContractFailure } from "./failure.ts";
import { recordIncident } from "./incident.ts";
import type { TransactionRow } from "./journal.ts";
import { WAKE_CHANNEL } from "./lock.ts";

/** Handlers write a few hundred rows at most. */
const HANDLER_TIMEOUT_SECONDS = 60;
/** A call that keeps being reverted although it had just passed its trial is given up. */
const MAX_REVERTS = 3;
const AT_ONCE = 100;
const NEWEST = { orderBy: { id: "desc" }, take: 1, select: { id: true } } as const;

export interface OutboxContext {
  db: Db;
  clock: Clock;
  log: Logger;
  contracts: Contracts;
  handlers: Handlers;
}

/** The calls that the service wants on chain, and what became of them. Everything is read from the database anew. */
export class Outbox {
  readonly #context: OutboxContext;

  constructor(context: OutboxContext) {
    this.#context = context;
  }

  /** In the caller's transaction: the call exists if, and only if, the record that it is about does. */
  async enqueue(
    tx: Tx,
    call: ChainCall,
    message: { to: Address | null; data: Hex },
  ): Promise<void> {
    const { communityId, contract, functionName, kind, ref } = call;
    const row = { communityId, contract, functionName, kind, ref, to: message.to };
    const data = { ...row, data: toColumn(message.data), enqueuedAt: this.#context.clock.now() };
    await tx.chainCall.createMany({ data: [data], skipDuplicates: true });
    await tx.$executeRaw`SELECT pg_notify(${WAKE_CHANNEL}, '')`;
  }

  listWaiting(limit: number): Promise<CallRow[]> {
    const { db } = this.#context;
    return db.chainCall.findMany({
      where: { state: "waiting" },
      orderBy: { id: "asc" },
      take: limit,
    });
  }

  /**
   * Runs the handlers of what was mined, in order. One that throws is tried again later; meanwhile the handlers of
   * its community wait, those of others do not.
   */
  async finish(
    getReceipt: (hash: Hex) => Promise<TransactionReceipt>,
  ): Promise<{ finished: number; error?: unknown }> {
    const mined = await this.#context.db.chainTransaction.findMany({
      where: { state: "mined", call: { state: "sent" } },
      include: { call: { include: { transactions: NEWEST } } },
      orderBy: { id: "asc" },
      take: AT_ONCE,
    });
    const outcome: { finished: number; error?: unknown } = { finished: 0 };
    const held = new Set<string>();
    for (const { call, ...transaction } of mined) {
      // An earlier transaction of the call was reverted, and that has been dealt with.
      if (!call || call.transactions[0]?.id !== transaction.id) continue;
      if (held.has(call.communityId)) continue;
      try {
        await this.#finishOne(call, transaction, getReceipt);
        outcome.finished++;
      } catch (error) {
        held.add(call.communityId);
        outcome.error = error;
        this.#context.log.error({ err: error, kind: call.kind, ref: call.ref }, "handler failed");
      }
    }
    return outcome;
  }

  async #finishOne(
    call: CallRow,
    transaction: TransactionRow,
    getReceipt: (hash: Hex) => Promise<TransactionReceipt>,
  ): Promise<void> {
    if (transaction.succeeded === true) {
      await this.#settle(call, await getReceipt(transaction.hash as Hex));
    } else if (call.reverts + 1 >= MAX_REVERTS) {
      await this.fail(call, { code: "Reverted", params: { transaction: transaction.hash } });
    } else {
      // Others came first. Its turn comes again, and the trial before it tells the reason.
      await this.#context.db.chainCall.updateMany({
        where: { id: call.id, state: "sent" },
        data: { state: "waiting", reverts: call.reverts + 1 },
      });
    }
  }

  async #settle(row: CallRow, receipt: TransactionReceipt): Promise<void> {
    const { contracts, handlers } = this.#context;
    const settledAt = row.settledAt ?? this.#context.clock.now();
    await this.#inTransaction(async (tx) => {
      const where = { id: row.id, state: "sent" as const };
      const { count } = await tx.chainCall.updateMany({
        where,
        data: { state: "mined", settledAt },
      });
      if (count === 0 || row.settledAt !== null) return;
      await handlers.mined.get(row.kind)?.(tx, toCall(row, contracts), receipt);
    });
  }

  /** Final: the contract says no. The queue goes on. */
  async fail(row: CallRow, failure: ContractFailure): Promise<void> {
    const { contracts, handlers, clock, log } = this.#context;
    const settledAt = row.settledAt ?? clock.now();
    await this.#inTransaction(async (tx) => {
      const where = { id: row.id, state: row.state };
      const data = { state: "failed" as const, failure, settledAt };
      const { count } = await tx.chainCall.updateMany({ where, data });
      if (count === 0 || row.settledAt !== null) return;
      await handlers.failed.get(row.kind)?.(tx, toCall(row, contracts), failure);
    });
    log.warn({ kind: row.kind, ref: row.ref, code: failure.code }, "call refused by the contract");
    if (row.settledAt !== null) {
      const params = { kind: row.kind, ref: row.ref, cause: failure.code };
      await recordIncident(this.#context, { code: "ChainEffectLost", params }, clock.now());
    }
  }

  /** False: its handler threw, to be tried again later. */
  async tryFail(row: CallRow, failure: ContractFailure): Promise<boolean> {
    try {
      await this.fail(row, failure);
      return true;
    } catch (error) {
      this.#context.log.error({ err: error, kind: row.kind, ref: row.ref }, "handler failed");
      return false;
    }
  }

  #inTransaction(work: (tx: Tx) => Promise<void>): Promise<void> {
    return this.#context.db.$transaction(work, { timeout: HANDLER_TIMEOUT_SECONDS * 1000 });
  }
}

export interface Trial {
  /** Set when the contract would refuse the call. */
  failure?: ContractFailure | undefined;
  /** The gas to give it. */
  gas: bigint;
}

export interface Choice {
  row: CallRow;
  gas: bigint;
}

/**
 * Tries the waiting calls in order on the chain as it stands, and takes those that pass. A refusal is final only for
 * a call with nothing of its community on the way before it: otherwise it may depend on that, and waits.
 */
export async function chooseCalls(
  outbox: Outbox,
  limit: number,
  rules: {
    attempt: (row: CallRow) => Promise<Trial>;
    /** Communities with something on its way. */
    busy: ReadonlySet<string>;
    isFinal?: (row: CallRow) => Promise<boolean>;
  },
): Promise<Choice[]> {
  const chosen: Choice[] = [];
  const busy = new Set(rules.busy);
  const held = new Set<string>();
  for (const row of await outbox.listWaiting(AT_ONCE)) {
    if (chosen.length >= limit) break;
    if (held.has(row.communityId)) continue;
    const { failure, gas } = await rules.attempt(row);
    if (!failure) {
      chosen.push({ row, gas });
      busy.add(row.communityId);
    } else if (busy.has(row.communityId) || (rules.isFinal && !(await rules.isFinal(row)))) {
      held.add(row.communityId);
    } else if (!(await outbox.tryFail(row, failure))) {
      held.add(row.communityId);
    }
  }
  return chosen;
}
