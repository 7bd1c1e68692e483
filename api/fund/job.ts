import { checkDueBooks } from "./books/check/job.ts";
import type { FundContext } from "./context.ts";

const BOOKS_EVERY_MS = 3_600_000;
const BOOKS_FIRST_MS = 60_000;
const RELEASES_EVERY_MS = 5_000;

/** Something that is done again and again. */
interface Round {
  /** What is said when it fails. */
  failure: string;
  everyMs: number;
  work: () => Promise<void>;
}

/** What the fund does by itself: it checks books that are due, and takes up what others brought to the chain. */
export class FundJob {
  readonly #context: FundContext;
  readonly #adopt: () => Promise<void>;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #running = new Map<string, Promise<void>>();
  #stopped = true;

  constructor(context: FundContext, adopt: () => Promise<void>) {
    this.#context = context;
    this.#adopt = adopt;
  }

  start(): void {
    this.#stopped = false;
    const books = { failure: "the books could not be checked", everyMs: BOOKS_EVERY_MS };
    this.#schedule({ ...books, work: () => checkDueBooks(this.#context) }, BOOKS_FIRST_MS);
    const releases = { failure: "payments could not be looked for", everyMs: RELEASES_EVERY_MS };
    this.#schedule({ ...releases, work: this.#adopt }, RELEASES_EVERY_MS);
  }

  /** Ends after what is in hand. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await Promise.all(this.#running.values());
  }

  #schedule(round: Round, ms: number): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => this.#running.set(round.failure, this.#run(round)), ms);
    timer.unref();
    this.#timers.set(round.failure, timer);
  }

  async #run(round: Round): Promise<void> {
    try {
      await round.work();
    } catch (error) {
      // It is there the next time: a database or a node that is away for a moment.
      this.#context.log.error({ err: error }, round.failure);
    }
    this.#schedule(round, round.everyMs);
  }
}
