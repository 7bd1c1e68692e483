import { EXIT_UNUSABLE, type Command, type CommandIo } from "./command.ts";

interface Entry {
  readonly description: string;
  /** Loaded only when called, so that a small command does not wait for a large one's libraries. */
  readonly load: () => Promise<{ readonly run: Command }>;
}

const COMMANDS: ReadonlyMap<string, Entry> = new Map([
  [
    "bank",
    {
      description: "read bank statements (camt.053, OFX, CSV, XLSX) and check that they add up",
      load: () => import("./commands/bank.ts"),
    },
  ],
  [
    "bundle",
    {
      description: "write the evidence of a meeting or a community into one file",
      load: () => import("./commands/bundle.ts"),
    },
  ],
  [
    "count",
    {
      description: "count votes by the rule of the law: JSON Lines in, JSON Lines out",
      load: () => import("./commands/count.ts"),
    },
  ],
  [
    "apportion",
    {
      description: "share costs out over units by area: JSON Lines in, JSON Lines out",
      load: () => import("./commands/apportion.ts"),
    },
  ],
  [
    "dispute",
    {
      description: "put a claim (a ballot missing, a vote not cast) and its evidence into one file",
      load: () => import("./commands/dispute.ts"),
    },
  ],
  [
    "export",
    {
      description: "write the books as CSV, XLSX, hledger or Beancount journal, statement or OCDS",
      load: () => import("./commands/export.ts"),
    },
  ],
  [
    "fsck",
    {
      description:
        "re-read everything that an installation keeps, and name each thing that differs",
      load: () => import("./commands/fsck.ts"),
    },
  ],
  [
    "flags",
    {
      description: "apply the published formulas to a list of payments: what asks for an answer",
      load: () => import("./commands/flags.ts"),
    },
  ],
  [
    "verify",
    {
      description: "recount and check a meeting, a receipt or a record: a service's, or a bundle's",
      load: () => import("./commands/verify.ts"),
    },
  ],
  [
    "witness",
    {
      description: "cosign heads of logs that only grow, or compare what two witnesses saw",
      load: () => import("./commands/witness.ts"),
    },
  ],
  [
    "log",
    {
      description: "check proofs, checkpoints and whole logs in the formats of C2SP",
      load: () => import("./commands/log.ts"),
    },
  ],
]);

/** Runs the command line `mingzhang <command> [arguments]`; resolves to the exit code. */
export async function main(args: readonly string[], io: CommandIo): Promise<number> {
  const [name, ...rest] = args;
  if (name === "--help" || name === "-h" || name === "help") {
    io.stdout.write(usage());
    return 0;
  }
  const entry = name === undefined ? undefined : COMMANDS.get(name);
  if (entry === undefined) {
    if (name !== undefined) io.stderr.write(`There is no command "${name}".\n\n`);
    io.stderr.write(usage());
    return EXIT_UNUSABLE;
  }
  const { run } = await entry.load();
  return run(rest, io);
}

function usage(): string {
  const width = Math.max(...[...COMMANDS.keys()].map((name) => name.length));
  const list = [...COMMANDS].map(
    ([name, { description }]) => `  ${name.padEnd(width)}  ${description}\n`,
  );
  return `mingzhang <command> [arguments]\n\n${list.join("")}\nmingzhang <command> --help says more.\n`;
}
