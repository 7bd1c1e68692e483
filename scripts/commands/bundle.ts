import fs from "node:fs/promises";
import { parseArgs } from "node:util";
import { createBundle } from "../../protocol/verify/bundle/create.ts";
import { type Scope, scopeName, scopeSchema } from "../../protocol/verify/bundle/scope.ts";
import type { CommandIo } from "../command.ts";
import { Unusable, tellUnusable } from "./input.ts";
import { packEvidence } from "./pack.ts";
import { PLACE_OPTIONS, WHERE_HELP, openService } from "./verify/place.ts";

const USAGE = `mingzhang bundle: writes everything that a verification reads into one file

  mingzhang bundle meeting <number> <where> [--out <file>]
  mingzhang bundle project <number> <where> [--out <file>]
  mingzhang bundle period  <number> <where> [--out <file>]
  mingzhang bundle community        <where> [--out <file>] [--whole-chain]

<where> is
${WHERE_HELP}

The file holds records, documents, proofs, blocks and state of the chain, and the verifier as one page
that opens from disk (verifier.html, with its part verifier.js); with --whole-chain every block from the
first on, for "verify --replay". "mingzhang verify --bundle <file>" verifies it. The same state of log and
chain gives the same file. Exit code: 0 written, 2 otherwise.
`;

const OPTIONS = {
  ...PLACE_OPTIONS,
  out: { type: "string" },
  "whole-chain": { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

function toScope([kind, number, ...others]: readonly string[]): Scope {
  if (kind === "community" && number === undefined) return { kind };
  const isNumber = number !== undefined && /^[1-9]\d{0,14}$/.test(number);
  const scope = scopeSchema.safeParse({
    kind,
    [kind ?? ""]: isNumber ? Number(number) : undefined,
  });
  if (!scope.success || others.length > 0) {
    throw new Unusable(
      "a bundle of a meeting, a project, a period or an entry, by its number, or of a community",
    );
  }
  return scope.data;
}

/** Collects evidence from a service's records and a node's chain and writes it into one file. */
export async function run(args: string[], { stdout, stderr }: CommandIo): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    if (values.help) {
      stdout.write(USAGE);
      return 0;
    }
    const scope = toScope(positionals);
    const { api, community, rpc } = values;
    const sources = await openService({ api, community, rpc });
    const wholeChain = values["whole-chain"];
    const bundle = await createBundle(sources, scope, { wholeChain });
    const bytes = await packEvidence(bundle);
    const file = values.out ?? `${sources.community}-${scopeName(scope)}.zip`;
    await fs.writeFile(file, bytes);
    stdout.write(`${file}: ${bytes.length} bytes, up to block ${bundle.chain.head}\n`);
    return 0;
  } catch (error) {
    return tellUnusable(error, { stderr, usage: USAGE });
  }
}
