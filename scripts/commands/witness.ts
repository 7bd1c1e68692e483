import { once } from "node:events";
import { parseArgs } from "node:util";
import { NoteInvalid } from "../../protocol/anchor/tlog/fault.ts";
import {
  type VerifierKey,
  formatVerifierKey,
  isKeyName,
  parseVerifierKey,
  verifierKeyOf,
} from "../../protocol/anchor/tlog/key.ts";
import type { CommandIo } from "../command.ts";
import { Unusable, tellUnusable } from "./input.ts";
import { readPolicy } from "./log/keys.ts";
import { type Comparison, compareViews } from "./witness/compare.ts";
import { serveWitness } from "./witness/server.ts";
import { WitnessStore } from "./witness/store.ts";

const USAGE = `mingzhang witness: cosigns the heads of logs that only grow (c2sp.org/tlog-witness)

  mingzhang witness --name <name> --data <folder> --log <vkey> [--log <vkey> ...]
                    [--policy <file>] [--host <address>] [--port <number>]
  mingzhang witness compare <url|file> <url|file> --key <vkey> [--tiles <url|folder>] [--json]

The first runs a witness until it is stopped. It keeps the last head of every log, cosigns a new one only with a
proof that the log has grown, and keeps what contradicts it. Its key is made at the first start.
  --name     the witness's name, such as witness.example.org/w1
  --data     its folder: key, heads, evidence
  --log      a log that is witnessed, by its key; the key's name is the log's origin
  --policy   a file (c2sp.org/tlog-policy) whose "log" lines are witnessed too
  --host     127.0.0.1 unless told; --port 8090 unless told

"compare" holds two views of one log against each other, such as <witness>/<sha256 of origin>/checkpoint of two
witnesses. Views of different sizes need the log's tiles: --tiles <prefix>.

Exit code of compare: 0 one history, 1 two histories (both signed checkpoints are printed), 2 it cannot be said.
`;

const OPTIONS = {
  name: { type: "string" },
  data: { type: "string" },
  log: { type: "string", multiple: true },
  policy: { type: "string" },
  host: { type: "string", default: "127.0.0.1" },
  port: { type: "string", default: "8090" },
  key: { type: "string" },
  tiles: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

type Options = ReturnType<typeof parse>["values"];

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true });
}

function readKey(text: string): VerifierKey {
  try {
    return parseVerifierKey(text);
  } catch (cause) {
    if (!(cause instanceof NoteInvalid)) throw cause;
    throw new Unusable(`not a key (vkey) that can be checked here: ${text}`, { cause });
  }
}

async function readLogs({ log = [], policy }: Options): Promise<VerifierKey[]> {
  const named = policy === undefined ? [] : (await readPolicy(policy)).logs.map(({ key }) => key);
  const logs = [...log.map(readKey), ...named];
  if (logs.length === 0) throw new Unusable("which logs? --log <vkey>");
  return logs;
}

async function serve(options: Options, { stdout }: CommandIo): Promise<number> {
  const { name, data, host, port } = options;
  if (name === undefined || !isKeyName(name)) throw new Unusable("which name? --name <name>");
  if (data === undefined) throw new Unusable("which folder? --data <folder>");
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new Unusable("--port: no such port");
  const logs = await readLogs(options);
  const store = new WitnessStore(data, name);
  const server = await serveWitness({ store, logs }, { host, port: Number(port) });
  const key = formatVerifierKey(verifierKeyOf(store.signer, "cosignature"));
  stdout.write(`${server.url}\n${key}\n`);
  await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
  await server.close();
  store.close();
  return 0;
}

const SENTENCE: Record<Comparison["verdict"], string> = {
  same: "✔ Both saw the same head.",
  grown: "✔ One saw more than the other, of the same history.",
  fork: "✘ The log has signed two histories. Keep both checkpoints:",
  unproven:
    "? The sizes differ, and no proof between them was to be had: say where the tiles are (--tiles).",
};
const EXIT: Record<Comparison["verdict"], number> = { same: 0, grown: 0, fork: 1, unproven: 2 };

async function compare(places: string[], options: Options, { stdout }: CommandIo): Promise<number> {
  const [first, second, ...more] = places;
  if (first === undefined || second === undefined || more.length > 0) {
    throw new Unusable("compare two checkpoints");
  }
  if (options.key === undefined) throw new Unusable("which log? --key <vkey>");
  const comparison = await compareViews([first, second], readKey(options.key), options.tiles);
  const { verdict, sizes, evidence } = comparison;
  const lines = [`${sizes.join(" and ")} entries`, SENTENCE[verdict], ...(evidence ?? [])];
  stdout.write(options.json ? `${JSON.stringify(comparison, null, 2)}\n` : `${lines.join("\n")}\n`);
  return EXIT[verdict];
}

/** Runs a witness, or compares what two of them saw. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  try {
    const { values, positionals } = parse(args);
    if (values.help) {
      io.stdout.write(USAGE);
      return 0;
    }
    const [action, ...places] = positionals;
    if (action === "compare") return await compare(places, values, io);
    if (action !== undefined) throw new Unusable("what is to be done?");
    return await serve(values, io);
  } catch (error) {
    return tellUnusable(error, { stderr: io.stderr, usage: USAGE });
  }
}
