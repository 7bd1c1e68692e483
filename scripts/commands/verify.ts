import fs from "node:fs/promises";
import { parseArgs } from "node:util";
import { bundleSources, parseBundle } from "../../protocol/verify/bundle.ts";
import { HttpRecordSource } from "../../protocol/verify/http.ts";
import { verifyMeeting, type MeetingReport } from "../../protocol/verify/meeting.ts";
import { verifyReceipt } from "../../protocol/verify/receipt.ts";
import { verifyRecord } from "../../protocol/verify/record.ts";
import type { Report, Verdict } from "../../protocol/verify/report.ts";
import { RpcChainSource } from "../../protocol/verify/rpc.ts";
import type { Sources } from "../../protocol/verify/source.ts";
import { EXIT_UNUSABLE, type CommandIo } from "../command.ts";
import { Unusable } from "./input.ts";
import { apiBase, findOnlyCommunity } from "./service.ts";
import { renderJson, renderReport } from "./verify/render.ts";

const USAGE = `mingzhang verify: recounts and checks, without trusting the service

  mingzhang verify meeting <number> <where> [--json]
  mingzhang verify receipt <file>   <where> [--json]
  mingzhang verify record  <number> <where> [--json]

<where> is one of
  --bundle <file>                     an evidence bundle; nothing is asked for over the network
  [--api <url>]                       a service (http://localhost:8080 unless told), its node included
      [--community <id>]              which of its communities, where it has more than one
      [--rpc <url>]                   another node than the service's

With --bundle, "meeting" needs no number: the bundle is about one meeting.

Every check is listed; a failed one with what was expected and what was found.
Exit code: 0 all well, 1 a check failed, 2 something could not be checked or the command was called wrongly.
`;

const EXIT: Record<Verdict, number> = { ok: 0, failed: 1, incomplete: 2 };

const OPTIONS = {
  api: { type: "string" },
  community: { type: "string" },
  rpc: { type: "string" },
  bundle: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

type Options = { [name in "api" | "community" | "rpc" | "bundle"]?: string | undefined };

/** The sources, and the meeting when they are about one only. */
type Place = { sources: Sources; meeting?: number };

async function readFile(path: string): Promise<Uint8Array> {
  try {
    return await fs.readFile(path);
  } catch (cause) {
    throw new Unusable(`${path} cannot be read`, { cause });
  }
}

async function openBundle(path: string): Promise<Place> {
  const bytes = await readFile(path);
  try {
    const bundle = parseBundle(bytes);
    return { sources: bundleSources(bundle), meeting: bundle.meeting };
  } catch (cause) {
    throw new Unusable(`${path} is not an evidence bundle`, { cause });
  }
}

async function openSources(options: Options): Promise<Place> {
  const { api, community, rpc, bundle } = options;
  if (bundle !== undefined) {
    if (api ?? community ?? rpc) throw new Unusable("--bundle stands alone");
    return openBundle(bundle);
  }
  const base = apiBase(api);
  const records = new HttpRecordSource({
    api: base,
    community: community ?? (await findOnlyCommunity(base)),
  });
  return { sources: { records, chain: new RpcChainSource(rpc ?? `${base}/rpc`) } };
}

function toNumber(text: string | undefined, what: string): number {
  if (text === undefined || !/^\d{1,15}$/.test(text)) throw new Unusable(`which ${what}?`);
  return Number(text);
}

async function verify(
  [subject, which, ...others]: readonly string[],
  options: Options,
): Promise<Report | MeetingReport> {
  if (others.length > 0) throw new Unusable("too many arguments");
  if (subject === "receipt") {
    if (which === undefined) throw new Unusable("which receipt?");
    const file = await readFile(which);
    return verifyReceipt((await openSources(options)).sources, file);
  }
  if (subject !== "meeting" && subject !== "record") {
    throw new Unusable("verify a meeting, a receipt or a record");
  }
  const { sources, meeting } = await openSources(options);
  if (subject === "record") return verifyRecord(sources, toNumber(which, "record"));
  const number =
    which === undefined && meeting !== undefined ? meeting : toNumber(which, "meeting");
  return verifyMeeting(sources, number);
}

/** Verifies a meeting, a receipt or a record and lists every check. */
export async function run(args: string[], { stdout, stderr }: CommandIo): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    if (values.help) {
      stdout.write(USAGE);
      return 0;
    }
    const report = await verify(positionals, values);
    stdout.write(values.json ? renderJson(report) : renderReport(report));
    return EXIT[report.verdict];
  } catch (error) {
    const isUsage = error instanceof TypeError && "code" in error;
    if (!(error instanceof Unusable) && !isUsage) throw error;
    stderr.write(`${error.message}\n\n${USAGE}`);
    return EXIT_UNUSABLE;
  }
}
