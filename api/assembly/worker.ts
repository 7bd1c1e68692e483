import type { AssemblyContext } from "./context.ts";

/** While a count goes on, each of its calls soon follows the last. */
const BUSY_SECONDS = 0.1;

/** Runs the step over and over, sooner when many ballots wait. Several instances may do so: rows are taken once. */
export class Worker {
  readonly #context: AssemblyContext;
  /** Says whether it is worth coming back at once. */
  readonly #step: () => Promise<boolean>;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #accepted = 0;
  #stopped = true;

  constructor(context: AssemblyContext, step: () => Promise<boolean>) {
    this.#context = context;
    this.#step = step;
  }

  start(): void {
    this.#stopped = false;
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** A full batch need not wait for its time. */
  noteAccepted(): void {
    this.#accepted += 1;
    if (this.#accepted >= this.#context.settings.sealAtBallots) this.#run();
  }

  #schedule(seconds = this.#context.settings.sealEverySeconds): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#run(), seconds * 1000);
    this.#timer.unref();
  }

  #run(): void {
    if (this.#stopped || this.#running) return;
    this.#accepted = 0;
    this.#running = this.#runOnce();
  }

  async #runOnce(): Promise<void> {
    let busy = false;
    try {
      busy = await this.#step();
    } catch (error) {
      // What failed is still there the next time: a database or a node that is away for a moment.
      this.#context.log.error({ err: error }, "sealing or counting failed");
    }
    this.#running = undefined;
    this.#schedule(
      busy ? Math.min(BUSY_SECONDS, this.#context.settings.sealEverySeconds) : undefined,
    );
  }
}
