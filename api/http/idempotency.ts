import { createHash } from "node:crypto";
import type { Cipher } from "../cipher.ts";
import type { Clock } from "../clock.ts";
import type { Db } from "../database/client.ts";
import { DomainError } from "./errors.ts";

/** One write that its client may repeat. */
export interface Attempt {
  /** What the client calls it; scoped by caller and route. */
  key: string;
  scope: string;
  /** SHA-256 of what was asked. */
  fingerprint: string;
}

const KEPT_HOURS = 24;
/** After this long an attempt without an answer counts as cut off, and may be made again. */
const ABANDONED_SECONDS = 120;

/** Remembers the answers to writes that carry an `Idempotency-Key`: the same key gives the same answer, once done. */
export class Idempotency {
  readonly #db: Db;
  readonly #cipher: Cipher;
  readonly #clock: Clock;

  constructor(deps: { db: Db; cipher: Cipher; clock: Clock }) {
    this.#db = deps.db;
    this.#cipher = deps.cipher;
    this.#clock = deps.clock;
  }

  /** Does `work` unless the attempt was answered before; failures are not remembered. */
  async once(attempt: Attempt, work: () => Promise<unknown>): Promise<unknown> {
    const id = createHash("sha256").update(`${attempt.scope}\n${attempt.key}`).digest("hex");
    if (!(await this.#claim(id, attempt.fingerprint))) return this.#recall(id, attempt.fingerprint);
    try {
      const answer = await work();
      // An answer may hold secrets that are shown once, such as invitation codes.
      const sealed = this.#cipher.seal(JSON.stringify(answer ?? null), id);
      await this.#db.idempotentAnswer.update({ where: { id }, data: { answer: sealed } });
      return answer;
    } catch (error) {
      await this.#db.idempotentAnswer.deleteMany({ where: { id, answer: null } });
      throw error;
    }
  }

  async #claim(id: string, fingerprint: string): Promise<boolean> {
    const now = this.#clock.now();
    const abandoned = new Date(now.getTime() - ABANDONED_SECONDS * 1000);
    await this.#db.idempotentAnswer.deleteMany({
      where: { id, fingerprint, answer: null, createdAt: { lt: abandoned } },
    });
    const { count } = await this.#db.idempotentAnswer.createMany({
      data: [{ id, fingerprint, createdAt: now }],
      skipDuplicates: true,
    });
    return count === 1;
  }

  async #recall(id: string, fingerprint: string): Promise<unknown> {
    const row = await this.#db.idempotentAnswer.findUnique({ where: { id } });
    if (row && row.fingerprint !== fingerprint) throw new DomainError("IdempotencyKeyReused");
    if (!row?.answer) throw new DomainError("IdempotencyInProgress");
    return JSON.parse(this.#cipher.open(row.answer, id));
  }

  async forgetOld(): Promise<void> {
    const before = new Date(this.#clock.now().getTime() - KEPT_HOURS * 3_600_000);
    await this.#db.idempotentAnswer.deleteMany({ where: { createdAt: { lt: before } } });
  }
}
