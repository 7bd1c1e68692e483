import type { Hex, TransactionReceipt } from "viem";
import { mayRetry } from "../../chain/patience.ts";
import type { Chain } from "../../chain/service.ts";
import type { Clock } from "../../clock.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { Head } from "../../database/generated/client.ts";
import { publishEvent } from "../../http/events.ts";
import { findOrigin, signHead } from "./checkpoints.ts";
import type { LogKeys } from "./keys.ts";
import { lockRange, rootOf } from "./log.ts";
import { proveGrowth } from "./proofs.ts";

/** Records that arrive together share one head. */
const GATHER_MILLISECONDS = 1000;
/** Finds what another instance appended, or what a stop left behind. */
const SWEEP_MILLISECONDS = 5000;

const KIND = "anchorHead";

export interface HeadDeps {
  db: Db;
  chain: Chain;
  clock: Clock;
  logKeys: LogKeys;
  /** A head is on chain and signed; called before its transaction is committed. */
  onAnchored?: () => void;
}

/** Sees to it that every record is soon covered by a head on chain. */
export class Heads {
  readonly #deps: HeadDeps;
  #gather: NodeJS.Timeout | undefined;
  #sweep: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(deps: HeadDeps) {
    this.#deps = deps;
    deps.chain.onMined(KIND, (tx, call, receipt) => this.#markAnchored(tx, call.ref, receipt));
    deps.chain.onFailed(KIND, async (tx, call, failure) => {
      const [communityId, size] = readRef(call.ref);
      await tx.head.update({
        where: { communityId_size: { communityId, size } },
        data: {
          state: "refused",
          failure: failure.code,
          failures: { increment: 1 },
          failedAt: deps.clock.now(),
        },
      });
    });
  }

  open(): void {
    this.#sweep = setInterval(() => void this.anchorDue(), SWEEP_MILLISECONDS);
    this.#sweep.unref();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#sweep);
    clearTimeout(this.#gather);
    await this.#running;
  }

  /** Called at every append: a head follows once the gathering time is over. */
  noteAppend(): void {
    if (this.#gather || this.#closed) return;
    this.#gather = setTimeout(() => {
      this.#gather = undefined;
      void this.anchorDue();
    }, GATHER_MILLISECONDS);
    this.#gather.unref();
  }

  /** Enqueues a head for every community whose log has grown past its last one. */
  anchorDue(): Promise<void> {
    this.#running = this.#running.then(() => this.#anchorAll()).catch(() => undefined);
    return this.#running;
  }

  async #anchorAll(): Promise<void> {
    if (this.#closed) return;
    for (const communityId of await this.#listDue()) {
      await this.#deps.db.$transaction((tx) => this.#enqueueNext(tx, communityId));
      this.#deps.chain.wake();
    }
  }

  /** Communities whose log has grown past its last head, or whose last head was refused a while ago. */
  async #listDue(): Promise<string[]> {
    const { db, clock } = this.#deps;
    const grown = await db.$queryRaw<{ communityId: string }[]>`
      SELECT l."communityId" FROM "Log" l
      WHERE l."size" > coalesce((SELECT max(h."size") FROM "Head" h WHERE h."communityId" = l."communityId"), 0)
        AND NOT EXISTS (
          SELECT FROM "Head" h WHERE h."communityId" = l."communityId" AND h."state" <> 'anchored')`;
    const refused = await db.head.findMany({ where: { state: "refused" } });
    const now = clock.now();
    const again = refused.filter((head) => mayRetry(head, now));
    return [...grown, ...again].map(({ communityId }) => communityId);
  }

  /** One head at a time: the contract checks each against the last. */
  async #enqueueNext(tx: Tx, communityId: string): Promise<void> {
    const range = await lockRange(tx, communityId);
    const where = { communityId };
    const [last, before] = await tx.head.findMany({ where, orderBy: { size: "desc" }, take: 2 });
    const now = this.#deps.clock.now();
    if (last?.state === "anchoring") return;
    if (last?.state === "refused") {
      if (!mayRetry(last, now)) return;
      const place = { communityId_size: { communityId, size: last.size } };
      const head = await tx.head.update({ where: place, data: { state: "anchoring" } });
      return this.#enqueue(tx, head, before);
    }
    if (range.size === (last?.size ?? 0)) return;
    const data = { communityId, size: range.size, root: rootOf(range), createdAt: now };
    await this.#enqueue(tx, await tx.head.create({ data }), last);
  }

  /** `last` is the head that the contract knows, if there is one. */
  async #enqueue(tx: Tx, head: Head, last: Head | undefined): Promise<void> {
    const { communityId, size, root, failures } = head;
    const proof = await proveGrowth(tx, communityId, { from: last?.size ?? 0, to: size });
    await this.#deps.chain.enqueue(tx, {
      communityId,
      contract: "anchor",
      functionName: "anchorHead",
      args: [BigInt(size), root, proof],
      kind: KIND,
      // A refused call keeps its reference: the next attempt needs another one.
      ref: `${communityId}/${size}:${failures}`,
    });
  }

  async #markAnchored(tx: Tx, ref: string, receipt: TransactionReceipt): Promise<void> {
    const [communityId, size] = readRef(ref);
    const { transactionHash, blockNumber } = receipt;
    const where = { communityId_size: { communityId, size } };
    const anchoredAt = this.#deps.clock.now();
    const head = await tx.head.update({
      where,
      data: { state: "anchored", transactionHash, blockNumber, anchoredAt },
    });
    // Only now, so that the log never signs a head that the contract has refused.
    const origin = await findOrigin(tx, communityId);
    if (origin !== undefined) {
      const checkpoint = signHead(this.#deps.logKeys, origin, head);
      await tx.head.update({ where, data: { checkpoint } });
    }
    await publishEvent(tx, communityId, { type: "anchored", data: { size, root: head.root } });
    this.#deps.onAnchored?.();
    this.noteAppend(); // What was appended meanwhile waits for the next head.
  }
}

function readRef(ref: string): [communityId: string, size: number] {
  const [communityId, size] = ref.split(/[/:]/);
  return [communityId!, Number(size)];
}

export interface AnchoredHead {
  size: number;
  root: Hex;
  transactionHash: Hex;
  blockNumber: bigint;
  anchoredAt: Date;
  checkpoint: string | null;
}

/** Anchored heads, newest first. */
export async function listHeads(
  db: Db,
  communityId: string,
  page: { before: number | undefined; limit: number },
): Promise<AnchoredHead[]> {
  const { before, limit } = page;
  const rows = await db.head.findMany({
    where: {
      communityId,
      state: "anchored",
      ...(before === undefined ? {} : { size: { lt: before } }),
    },
    orderBy: { size: "desc" },
    take: limit,
  });
  return rows as AnchoredHead[];
}

/** The first head on chain that covers a record. */
export async function findHeadOver(
  db: Db,
  communityId: string,
  index: number,
): Promise<{ size: number; root: Hex } | undefined> {
  const row = await db.head.findFirst({
    where: { communityId, state: "anchored", size: { gt: index } },
    orderBy: { size: "asc" },
    select: { size: true, root: true },
  });
  return row ? { size: row.size, root: row.root as Hex } : undefined;
}
