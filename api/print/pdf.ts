import { Worker } from "node:worker_threads";
import type { Language } from "../../protocol/format.ts";
import type { Block } from "../../protocol/notice.ts";

/** A notice for a board: A4, with codes that lead back to where it can be checked. */
export interface PrintedNotice {
  language: Language;
  title: string;
  /** When what it says came about; it makes the file the same whenever it is printed. */
  at: Date;
  blocks: readonly Block[];
  codes: readonly { text: string; label: string }[];
  /** On every page. */
  foot: string;
}

type Reply = { id: number; bytes: Uint8Array } | { id: number; fault: string };

interface Waiting {
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Cutting a Chinese font down to the signs that a notice uses takes a second or two of computing: a thread of its own
 * does that, so that nobody's vote waits for it.
 */
class Printer {
  readonly #waiting = new Map<number, Waiting>();
  readonly #worker = new Worker(new URL("./setter.ts", import.meta.url));
  #last = 0;

  constructor(onEnd: () => void) {
    // A notice under way keeps the process; an idle printer does not.
    this.#worker.unref();
    this.#worker.on("message", (reply: Reply) => this.#settle(reply));
    this.#worker.on("error", (error) => this.#fail(error, onEnd));
    this.#worker.on("exit", () => this.#fail(new Error("the printer ended"), onEnd));
  }

  print(notice: PrintedNotice): Promise<Uint8Array> {
    const id = ++this.#last;
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, notice });
    });
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ("bytes" in reply) waiting?.resolve(reply.bytes);
    else waiting?.reject(new Error(reply.fault));
  }

  #fail(error: unknown, onEnd: () => void): void {
    onEnd();
    const failure = error instanceof Error ? error : new Error(String(error));
    for (const { reject } of this.#waiting.values()) reject(failure);
    this.#waiting.clear();
  }
}

let printer: Printer | undefined;

/** Sets a notice on A4. The same notice gives the same bytes. */
export function printNotice(notice: PrintedNotice): Promise<Uint8Array> {
  printer ??= new Printer(() => (printer = undefined));
  return printer.print(notice);
}
