import fs from "node:fs/promises";
import { parseArgs } from "node:util";
import type { CommandIo } from "../command.ts";
import { Unusable, readInput, tellUnusable } from "./input.ts";
import { type Answer, verifyCheckpoint, verifyProofFile } from "./log/checkpoint.ts";
import { exportLog } from "./log/export.ts";
import { checkDirectory, renderFolder } from "./log/folder.ts";
import { readTrust } from "./log/keys.ts";
import { verifyProofs } from "./log/proofs.ts";

const USAGE = `mingzhang log: checks what a transparency log gives out, ours or another's

  mingzhang log verify-inclusion   [--json] < proof.json
  mingzhang log verify-consistency [--json] < proof.json
  mingzhang log verify-checkpoint --key <vkey> [--json] < checkpoint
  mingzhang log verify-proof <file.tlog-proof> --key <vkey> [--json] < entry
  mingzhang log check-dir <folder> --key <vkey> [--json]
  mingzhang log export <community> <folder> [--api <url>] [--key <vkey>] [--json]

A proof is one JSON object, or a list of them, with the fields leafIdx, treeSize, root, leafHash, proof
(inclusion) or size1, size2, root1, root2, proof (consistency): numbers as texts, hashes as base64. With start
and end instead of the size (and size, for consistency) it is one of a subtree.

Checkpoints, proof files and folders of tiles are those of c2sp.org/tlog-checkpoint, tlog-proof and tlog-tiles.
A folder may hold more than one checkpoint: checkpoint, checkpoint.*, checkpoints/*.
  --key <vkey>       the log's key
  --witness <vkey>   a witness whose cosignature is checked too; may be given again
  --policy <file>    whose cosignatures are wanted (c2sp.org/tlog-policy)
  --origin <origin>  the log's name, where it must be this one

"export" writes the log of a community as such a folder and checks it: with the key that is given, else with the
one that the service (http://localhost:8080 unless told) says is the log's.

Exit code: 0 all well, 1 something does not agree, 2 the input cannot be read or the command was called wrongly.
`;

const OPTIONS = {
  key: { type: "string" },
  witness: { type: "string", multiple: true },
  policy: { type: "string" },
  origin: { type: "string" },
  api: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

type Options = {
  key?: string | undefined;
  witness?: string[] | undefined;
  policy?: string | undefined;
  origin?: string | undefined;
  api?: string | undefined;
  json: boolean;
};
type Call = { names: readonly string[]; options: Options; io: CommandIo };

const LIMIT_BYTES = 64 * 1024 * 1024;

/** What is printed, and whether all is well. */
type Outcome = { isWell: boolean; json: unknown; text: string };

async function checkProofs(kind: "inclusion" | "consistency", { io }: Call): Promise<Outcome> {
  const { verdicts, isList } = verifyProofs(kind, await readInput(io.stdin, LIMIT_BYTES));
  const isWell = verdicts.every(Boolean);
  const wrong = verdicts.flatMap((valid, i) => (valid ? [] : [i]));
  const which = isList && !isWell ? `: ${wrong.join(", ")}` : "";
  const text = isWell ? "✔ The proof holds.\n" : `✘ The proof does not hold${which}.\n`;
  return { isWell, json: { valid: isWell, ...(isList ? { results: verdicts } : {}) }, text };
}

function toOutcome(answer: Answer): Outcome {
  const { valid, ...fields } = answer;
  const lines = Object.entries(fields).map(([name, value]) => {
    return `  ${name}: ${typeof value === "string" ? value : JSON.stringify(value)}\n`;
  });
  const sentence = valid ? "✔ It holds." : "✘ It does not hold.";
  return { isWell: valid, json: answer, text: `${lines.join("")}${sentence}\n` };
}

async function checkCheckpoint({ options, io }: Call): Promise<Outcome> {
  const trust = await readTrust(options);
  return toOutcome(verifyCheckpoint(await readInput(io.stdin, LIMIT_BYTES), trust, options.origin));
}

async function readText(file: string): Promise<string> {
  try {
    return await fs.readFile(file, "utf8");
  } catch (cause) {
    throw new Unusable(`${file} cannot be read`, { cause });
  }
}

async function checkProofFile({ names: [file], options, io }: Call): Promise<Outcome> {
  if (file === undefined) throw new Unusable("which proof file?");
  const trust = await readTrust(options);
  const entry = new TextEncoder().encode(await readInput(io.stdin, LIMIT_BYTES));
  return toOutcome(verifyProofFile(await readText(file), entry, trust));
}

async function checkFolder({ names: [folder], options }: Call): Promise<Outcome> {
  if (folder === undefined) throw new Unusable("which folder?");
  const trust = await readTrust(options);
  const report = await checkDirectory(folder, trust);
  return { isWell: report.verdict === "ok", json: report, text: renderFolder(report) };
}

async function writeFolder({ names: [community, folder], options }: Call): Promise<Outcome> {
  if (community === undefined || folder === undefined) {
    throw new Unusable("which community, and into which folder?");
  }
  const { key, size } = await exportLog({ community, api: options.api }, folder);
  const trust = await readTrust({ ...options, key: options.key ?? key });
  const report = await checkDirectory(folder, trust);
  const text = `${renderFolder(report)}${size} entries are in ${folder}. The log's key:\n${key}\n`;
  return { isWell: report.verdict === "ok", json: { key, ...report }, text };
}

const ACTIONS: ReadonlyMap<string, { arguments: number; run: (call: Call) => Promise<Outcome> }> =
  new Map([
    ["verify-inclusion", { arguments: 0, run: (call) => checkProofs("inclusion", call) }],
    ["verify-consistency", { arguments: 0, run: (call) => checkProofs("consistency", call) }],
    ["verify-checkpoint", { arguments: 0, run: checkCheckpoint }],
    ["verify-proof", { arguments: 1, run: checkProofFile }],
    ["check-dir", { arguments: 1, run: checkFolder }],
    ["export", { arguments: 2, run: writeFolder }],
  ]);

/** Checks proofs, checkpoints and whole logs in the formats of the transparency-log world. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    if (values.help) {
      io.stdout.write(USAGE);
      return 0;
    }
    const [name, ...names] = positionals;
    const action = ACTIONS.get(name ?? "");
    if (!action || names.length > action.arguments) throw new Unusable("what is to be done?");
    const { isWell, json, text } = await action.run({ names, options: values, io });
    io.stdout.write(values.json ? `${JSON.stringify(json, null, 2)}\n` : text);
    return isWell ? 0 : 1;
  } catch (error) {
    return tellUnusable(error, { stderr: io.stderr, usage: USAGE });
  }
}
