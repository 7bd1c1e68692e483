import { isUtf8 } from "node:buffer";

/** One line without its line feed; `null` text where the bytes cannot be read as text. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly text: null; readonly reason: "invalidUtf8" | "tooLong" };

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = /^\uFEFF/;

/**
 * Reads lines from a byte stream, as many at once as a chunk completes, so that a slow reader slows
 * the source down and memory holds no more than a chunk and one line. A line over `limitBytes` is
 * skipped without being kept.
 */
export async function* readLines(
  source: AsyncIterable<Uint8Array>,
  limitBytes: number,
): AsyncGenerator<readonly Line[]> {
  const assembler = new LineAssembler(limitBytes);
  for await (const chunk of source) {
    const lines = assembler.add(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    if (lines.length > 0) yield lines;
  }
  const rest = assembler.end();
  if (rest.length > 0) yield rest;
}

class LineAssembler {
  readonly #limitBytes: number;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #number = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  add(chunk: Buffer): readonly Line[] {
    const first = chunk.indexOf(LINE_FEED);
    if (first < 0) {
      this.#keep(chunk);
      return [];
    }
    this.#keep(chunk.subarray(0, first));
    const last = chunk.lastIndexOf(LINE_FEED);
    const lines = [this.#finish(), ...this.#split(chunk.subarray(first + 1, last + 1))];
    this.#keep(chunk.subarray(last + 1));
    return lines;
  }

  end(): readonly Line[] {
    return this.#pendingBytes === 0 ? [] : [this.#finish()];
  }

  #keep(piece: Buffer): void {
    this.#pendingBytes += piece.length;
    if (this.#pendingBytes > this.#limitBytes) this.#pending = [];
    else if (piece.length > 0) this.#pending.push(piece);
  }

  #finish(): Line {
    const tooLong = this.#pendingBytes > this.#limitBytes;
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    if (!tooLong) return this.#decode(bytes);
    return { number: ++this.#number, text: null, reason: "tooLong" };
  }

  // Complete lines, each with its line feed: checked and decoded in one go, one by one only when the
  // block holds a bad byte or an overlong line.
  #split(block: Buffer): Line[] {
    if (block.length <= this.#limitBytes && isUtf8(block)) {
      const texts = block.toString("utf8").split("\n");
      return texts.slice(0, -1).map((text) => ({ number: ++this.#number, text }));
    }
    const lines: Line[] = [];
    for (let start = 0; start < block.length;) {
      const end = block.indexOf(LINE_FEED, start);
      this.#keep(block.subarray(start, end));
      lines.push(this.#finish());
      start = end + 1;
    }
    return lines;
  }

  #decode(bytes: Buffer): Line {
    const number = ++this.#number;
    if (!isUtf8(bytes)) return { number, text: null, reason: "invalidUtf8" };
    const text = bytes.toString("utf8");
    return { number, text: number === 1 ? text.replace(BYTE_ORDER_MARK, "") : text };
  }
}
