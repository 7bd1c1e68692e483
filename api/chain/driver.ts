import type { Hex, TransactionReceipt } from "viem";
import type { Logger } from "pino";
import { ChainRefusal } from "./failure.ts";
import type { Ledger } from "./ledger.ts";
import { DriverLock } from "./lock.ts";
import type { Outbox } from "./outbox.ts";

const IDLE_SECONDS = 1;
const MAX_DELAY_SECONDS = 5;

export interface DriverContext {
  databaseUrl: string;
  ledger: Ledger;
  outbox: Outbox;
  log: Logger;
  getReceipt: (hash: Hex) => Promise<TransactionReceipt>;
  /** How long an idle driver waits before it looks again; also how fast a node is asked. */
  idleSeconds?: number | undefined;
}

/** Takes waiting calls to the chain, one instance of the service at a time. */
export class Driver {
  readonly #context: DriverContext;
  readonly #lock: DriverLock;
  #running: Promise<void> | undefined;
  #isStopping = false;
  #isWoken = false;
  #endWait: () => void = () => undefined;
  /** Why nothing more is sent; ends when the cause does. */
  refusal: ChainRefusal | undefined;
  /** The last step failed, to be tried again: the node is down, a handler threw. */
  isFailing = false;

  constructor(context: DriverContext) {
    this.#context = context;
    this.#lock = new DriverLock(context.databaseUrl, () => this.wake());
  }

  get isDriving(): boolean {
    return this.#lock.isHeld;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  wake(): void {
    this.#isWoken = true;
    // Whoever wakes a failing driver does not make it fail faster.
    if (!this.isFailing) this.#endWait();
  }

  /** Ends after the step in hand. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#endWait();
    await this.#running;
    await this.#lock.release();
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#isStopping) {
      this.#isWoken = false;
      const { progressed, failed } = await this.#stepSafely();
      failures = failed ? failures + 1 : 0;
      this.isFailing = failed;
      const idleSeconds = this.#context.idleSeconds ?? IDLE_SECONDS;
      if (!progressed) await this.#wait(Math.min(MAX_DELAY_SECONDS, idleSeconds * 2 ** failures));
    }
  }

  async #stepSafely(): Promise<{ progressed: boolean; failed: boolean }> {
    try {
      return await this.#step();
    } catch (error) {
      if (error instanceof ChainRefusal) this.refusal = error;
      this.#context.log.error({ err: error }, "chain driver");
      return { progressed: false, failed: true };
    }
  }

  async #step(): Promise<{ progressed: boolean; failed: boolean }> {
    const { ledger, outbox, getReceipt } = this.#context;
    if (!(await this.#lock.tryHold())) {
      await ledger.follow();
      return { progressed: false, failed: false };
    }
    await ledger.settle();
    const { finished, error } = await outbox.finish(getReceipt);
    const advanced = await ledger.advance();
    this.refusal = undefined;
    return { progressed: (finished > 0 || advanced) && !error, failed: error !== undefined };
  }

  async #wait(seconds: number): Promise<void> {
    if ((this.#isWoken && !this.isFailing) || this.#isStopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      this.#endWait = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#endWait = () => undefined;
  }
}
