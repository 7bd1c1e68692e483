import fs from "node:fs/promises";
import type { Readable, Writable } from "node:stream";
import { EXIT_UNUSABLE } from "../command.ts";

/** The command was called wrongly, or its input could not be read; the message is for the caller. */
export class Unusable extends Error {}

/**
 * Tells the caller what was wrong with the call, `Unusable` and `parseArgs`' own complaints, and those of further
 * `kinds`; throws everything else again.
 */
export function tellUnusable(
  error: unknown,
  told: { stderr: Writable; usage: string; kinds?: readonly (new (...args: never[]) => Error)[] },
): number {
  const isUsage = error instanceof TypeError && "code" in error;
  const isTold = [Unusable, ...(told.kinds ?? [])].some((kind) => error instanceof kind);
  if (!isTold && !isUsage) throw error;
  told.stderr.write(`${(error as Error).message}\n\n${told.usage}`);
  return EXIT_UNUSABLE;
}

/** All of a file; throws `Unusable` where it cannot be read. */
export async function readFile(name: string): Promise<Buffer> {
  try {
    return await fs.readFile(name);
  } catch (cause) {
    throw new Unusable(`${name} cannot be read`, { cause });
  }
}

/** All of standard input as text; throws `Unusable` over the limit or where it is no UTF-8. */
export async function readInput(stdin: Readable, limitBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stdin as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > limitBytes) throw new Unusable(`the input is longer than ${limitBytes} bytes`);
    chunks.push(Buffer.from(chunk));
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new Unusable("the input is not UTF-8 text");
  }
}
