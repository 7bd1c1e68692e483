import type { AssemblyContext } from "./context.ts";

/** Runs the step over and over, sooner when many ballots wait. Several instances may do so: rows are taken once. */
export class Worker {
  readonly #context: AssemblyContext;
  readonly #step: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #accepted = 0;
  #stopped = true;

  constructor(context: AssemblyContext, step: () => Promise<void>) {
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

  #schedule(): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#run(), this.#context.settings.sealEverySeconds * 1000);
    this.#timer.unref();
  }

  #run(): void {
    if (this.#stopped || this.#running) return;
    this.#accepted = 0;
    this.#running = this.#step()
      // What failed is still there the next time: a database or a node that is away for a moment.
      .catch((error: unknown) =>
        this.#context.log.error({ err: error }, "sealing or counting failed"),
      )
      .finally(() => {
        this.#running = undefined;
        this.#schedule();
      });
  }
}
