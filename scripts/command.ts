import type { Readable, Writable } from "node:stream";

/** Where a command reads and writes, so that tests can hand it their own streams. */
export interface CommandIo {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** Runs with the arguments after the command's name; resolves to the exit code. */
export type Command = (args: string[], io: CommandIo) => Promise<number>;

/** Exit code of a command that was called wrongly or could not do its work. */
export const EXIT_UNUSABLE = 2;
