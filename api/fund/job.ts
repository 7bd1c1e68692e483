import { checkDueBooks } from "./books/check/job.ts";
import type { FundContext } from "./context.ts";

const EVERY_MS = 3_600_000;
const FIRST_MS = 60_000;

/** What the fund does by itself: it looks whether books are due to be checked. */
export class FundJob {
  readonly #context: FundContext;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #stopped = true;

  constructor(context: FundContext) {
    this.#context = context;
  }

  start(): void {
    this.#stopped = false;
    this.#schedule(FIRST_MS);
  }

  /** Ends after the check in hand. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(ms: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void (this.#running = this.#run()), ms);
    this.#timer.unref();
  }

  async #run(): Promise<void> {
    try {
      await checkDueBooks(this.#context);
    } catch (error) {
      // The books are there the next time: a database that is away for a moment.
      this.#context.log.error({ err: error }, "the books could not be checked");
    }
    this.#running = undefined;
    this.#schedule(EVERY_MS);
  }
}
