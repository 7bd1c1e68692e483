import fs from "node:fs/promises";
import { parseArgs } from "node:util";
import { parseCanonical } from "../../protocol/anchor/json.ts";
import { parseReceiptOrSlip } from "../../protocol/assembly/receipt.ts";
import { createBundle } from "../../protocol/verify/bundle/create.ts";
import type { Scope } from "../../protocol/verify/bundle/scope.ts";
import { openedLineSchema } from "../../protocol/verify/dispute/claim.ts";
import { type Complaint, makeDispute, scopeOf } from "../../protocol/verify/dispute/make.ts";
import type { CommandIo } from "../command.ts";
import { Unusable, readFile, tellUnusable } from "./input.ts";
import { packEvidence } from "./pack.ts";
import { PLACE_OPTIONS, type PlaceOptions, WHERE_HELP, openService } from "./verify/place.ts";

const USAGE = `mingzhang dispute: a claim and the evidence that decides on it, as one file

  mingzhang dispute make --receipt <file>               <where> [--says <text>] [--out <file>]
  mingzhang dispute make --unit <file> --meeting <n>    <where> [--says <text>] [--out <file>]
  mingzhang dispute make --entry <n>                    <where> [--says <text>] [--out <file>]

--receipt   my ballot is missing or wrong: the receipt, or what the page keeps of a ballot that was never sealed
--unit      no ballot was cast for this flat: its line of the roll as its owner knows it, {"area","salt","unit","voter"}
--entry     this entry of the books is wrong: its number
--says      what you want to add; everything else in the file is what you give here and what is public

<where> is
  --bundle <file>                     an evidence bundle of the meeting or the entry, or
${WHERE_HELP}

What you give is put into the file and sent to nobody. "mingzhang verify dispute <file>" and the page "check my ballot"
decide on it; the verifier within verifies the evidence. Exit code: 0 written, 2 otherwise.
`;

const OPTIONS = {
  ...PLACE_OPTIONS,
  receipt: { type: "string" },
  unit: { type: "string" },
  entry: { type: "string" },
  meeting: { type: "string" },
  bundle: { type: "string" },
  says: { type: "string" },
  out: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

type Options = PlaceOptions & {
  [name in "receipt" | "unit" | "entry" | "meeting" | "bundle" | "says" | "out"]?:
    string | undefined;
};

async function readGiven<Content>(
  name: string,
  read: (bytes: Uint8Array) => Content,
): Promise<Content> {
  const bytes = await readFile(name);
  try {
    return read(bytes);
  } catch (cause) {
    throw new Unusable(`${name} is not what was asked for`, { cause });
  }
}

function toNumber(text: string | undefined, what: string): number {
  if (text === undefined || !/^[1-9]\d{0,14}$/.test(text)) throw new Unusable(`which ${what}?`);
  return Number(text);
}

async function readComplaint(options: Options): Promise<Complaint> {
  const { receipt, unit, entry, meeting, says } = options;
  if ([receipt, unit, entry].filter((given) => given !== undefined).length !== 1) {
    throw new Unusable("a dispute about a receipt, a flat or an entry");
  }
  if (entry !== undefined) return { kind: "entry", entry: toNumber(entry, "entry"), says };
  if (receipt !== undefined) {
    return { kind: "ballot", given: await readGiven(receipt, parseReceiptOrSlip), says };
  }
  const line = await readGiven(unit!, (bytes) => openedLineSchema.parse(parseCanonical(bytes)));
  return { kind: "noBallot", meeting: toNumber(meeting, "meeting"), line, says };
}

async function readEvidence(scope: Scope, options: Options): Promise<Uint8Array> {
  const { bundle, api, community, rpc } = options;
  if (bundle !== undefined) return readFile(bundle);
  const sources = await openService({ api, community, rpc });
  const collected = await createBundle(sources, scope);
  return packEvidence(collected);
}

function nameOf(complaint: Complaint): string {
  switch (complaint.kind) {
    case "ballot":
      return `dispute-ballot-${complaint.given.leaf.slice(2, 18)}.zip`;
    case "noBallot":
      return `dispute-flat-${complaint.line.unit.replaceAll(/[^A-Za-z0-9-]/g, "_")}.zip`;
    case "entry":
      return `dispute-entry-${complaint.entry}.zip`;
  }
}

/** Puts a claim and its evidence into one file. */
export async function run(args: string[], { stdout, stderr }: CommandIo): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    if (values.help) {
      stdout.write(USAGE);
      return 0;
    }
    if (positionals.join(" ") !== "make") throw new Unusable("make what?");
    const complaint = await readComplaint(values);
    const bundle = await readEvidence(scopeOf(complaint), values);
    const bytes = await makeDispute(bundle, complaint);
    const file = values.out ?? nameOf(complaint);
    await fs.writeFile(file, bytes);
    stdout.write(`${file}: ${bytes.length} bytes\n`);
    return 0;
  } catch (error) {
    return tellUnusable(error, { stderr, usage: USAGE });
  }
}
