import type { Logger } from "pino";
import { openCheckpoint } from "../../../protocol/anchor/tlog/checkpoint.ts";
import { formatVerifierKey } from "../../../protocol/anchor/tlog/key.ts";
import {
  type Policy,
  type PolicyParty,
  checkQuorum,
} from "../../../protocol/anchor/tlog/policy.ts";
import type { Db } from "../../database/client.ts";
import { findCheckpoint, findOrigin } from "../log/checkpoints.ts";
import { type WantedHead, cosign } from "./cosigning.ts";
import type { Outside } from "./settings.ts";
import { timestamp } from "./timestamping.ts";

/** Heads that follow each other quickly are submitted together: a witness wants the last only. */
const GATHER_MILLISECONDS = 300;
/** Finds what a witness that was away has missed. */
const SWEEP_MILLISECONDS = 60_000;

export interface OutsideDeps {
  db: Db;
  log: Logger;
  outside: Outside;
}

/** Shows every anchored head to the witnesses and the authority that the settings name. */
export class OutsideViews {
  readonly #deps: OutsideDeps;
  #gather: NodeJS.Timeout | undefined;
  #sweep: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(deps: OutsideDeps) {
    this.#deps = deps;
  }

  get #isWanted(): boolean {
    const { policy, authority } = this.#deps.outside;
    return policy !== undefined || authority !== undefined;
  }

  open(): void {
    if (!this.#isWanted) return;
    this.#sweep = setInterval(() => this.#start(), SWEEP_MILLISECONDS);
    this.#sweep.unref();
    this.#start();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#sweep);
    clearTimeout(this.#gather);
    await this.#running;
  }

  /** A head was anchored. */
  note(): void {
    if (!this.#isWanted || this.#gather || this.#closed) return;
    this.#gather = setTimeout(() => {
      this.#gather = undefined;
      this.#start();
    }, GATHER_MILLISECONDS);
    this.#gather.unref();
  }

  #start(): void {
    this.#running = this.#running.then(() => this.#showAll()).catch(() => undefined);
  }

  async #showAll(): Promise<void> {
    const { db } = this.#deps;
    for (const { communityId } of await db.log.findMany({ select: { communityId: true } })) {
      if (this.#closed) return;
      const head = await findWanted(db, communityId);
      if (head) await this.#show(head);
    }
  }

  /** All at once: one that does not answer keeps nobody waiting. */
  async #show(head: WantedHead): Promise<void> {
    const { log, outside } = this.#deps;
    const witnesses = outside.policy?.policy.witnesses.filter(({ url }) => url !== undefined) ?? [];
    const tasks = witnesses.map(({ name }, i) => {
      return { name, run: () => cosign(this.#deps, head, witnesses[i]!) };
    });
    const { authority } = outside;
    if (authority) {
      tasks.push({ name: "timestamps", run: () => timestamp(this.#deps, head, authority) });
    }
    const show = async ({ name, run }: (typeof tasks)[number]): Promise<void> => {
      await run().catch((error: unknown) => {
        const reason = error instanceof Error ? error.name : "unknown";
        log.warn({ witness: name, size: head.size, reason }, "witness does not answer");
      });
    };
    await Promise.all(tasks.map(show));
  }
}

async function findWanted(db: Db, communityId: string): Promise<WantedHead | undefined> {
  const head = await db.head.findFirst({
    where: { communityId, state: "anchored", checkpoint: { not: null } },
    orderBy: { size: "desc" },
  });
  return head?.checkpoint
    ? { communityId, size: head.size, checkpoint: head.checkpoint }
    : undefined;
}

/** The witnesses of a policy, each with the last head that it cosigned. */
async function listWitnesses(db: Db, communityId: string, wanted: readonly PolicyParty[]) {
  const latest = await db.cosignature.findMany({
    where: { communityId },
    orderBy: { size: "desc" },
    distinct: ["key"],
  });
  return wanted.map(({ name, key, url = null }) => {
    const vkey = formatVerifierKey(key);
    const last = latest.find((one) => one.key === vkey);
    const seen = last ? { size: last.size, at: last.at.toISOString() } : { size: null, at: null };
    return { name, key: vkey, url, ...seen };
  });
}

async function findTimestamp(db: Db, communityId: string) {
  const orderBy = { size: "desc" } as const;
  const stamp = await db.headTimestamp.findFirst({ where: { communityId }, orderBy });
  return stamp && { size: stamp.size, authority: stamp.authority, at: stamp.at.toISOString() };
}

function quorumOf(policy: Policy, note: string) {
  const keys = policy.witnesses.map(({ key }) => key);
  return checkQuorum(policy, openCheckpoint(note, keys).signatures);
}

/** Who has seen the log from outside: for the API. */
export async function describeOutside(db: Db, communityId: string, outside: Outside) {
  const { text = null, policy } = outside.policy ?? {};
  const wanted = policy?.witnesses ?? [];
  const head = await findCheckpoint(db, communityId);
  return {
    origin: (await findOrigin(db, communityId)) ?? null,
    size: head?.size ?? null,
    policy: text,
    quorum: policy && head ? quorumOf(policy, head.note) : null,
    witnesses: await listWitnesses(db, communityId, wanted),
    timestamps: {
      authority: outside.authority?.url ?? null,
      last: await findTimestamp(db, communityId),
    },
  };
}
