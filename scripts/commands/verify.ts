import { parseArgs } from "node:util";
import type { Hex } from "viem";
import {
  type BundleReport,
  allChecks,
  openSources,
  verifyBundle,
} from "../../protocol/verify/bundle/verify.ts";
import type { Bundle } from "../../protocol/verify/bundle/bundle.ts";
import type { Known } from "../../protocol/verify/bundle/trust.ts";
import { decideDispute } from "../../protocol/verify/dispute/decide.ts";
import { verifyFund, verifyFunds } from "../../protocol/verify/fund/verify.ts";
import { verifyMeeting } from "../../protocol/verify/meeting.ts";
import { verifyReceipt } from "../../protocol/verify/receipt.ts";
import { verifyRecord } from "../../protocol/verify/record.ts";
import { type Verdict, verdictOf } from "../../protocol/verify/report.ts";
import { RpcChainSource } from "../../protocol/verify/rpc.ts";
import type { Sources } from "../../protocol/verify/source.ts";
import type { CommandIo } from "../command.ts";
import { Unusable, readFile, tellUnusable } from "./input.ts";
import { type AttestationOptions, readAttestations } from "./verify/attestations.ts";
import {
  PLACE_OPTIONS,
  type PlaceOptions,
  WHERE_HELP,
  openBundleAt,
  openService,
} from "./verify/place.ts";
import { renderJson, renderReport } from "./verify/render.ts";
import { replayChain } from "./verify/replay.ts";

const USAGE = `mingzhang verify: recounts and checks, without trusting the service

  mingzhang verify --bundle <file>            [--json]
  mingzhang verify meeting <number> <where>   [--json]
  mingzhang verify receipt <file>   <where>   [--json]
  mingzhang verify record  <number> <where>   [--json]
  mingzhang verify dispute <file>             [--json]
  mingzhang verify fund    [community] <where> [--json]

<where> is one of
  --bundle <file>                     an evidence bundle, or the folder that it was unpacked to;
                                      nothing is asked for over the network unless you name a node:
      [--rpc <url>]                   a node of your choice must know every block by the same hash
      [--validators <address,...>]    every block must be sealed by enough of these (QBFT chains)
      [--replay]                      every transaction is run again on a chain of this process, and every
                                      block must come out the same (the bundle of a community on a service's
                                      own chain holds all of them)
      [--policy <file>]               enough of these witnesses must have cosigned the log's last head
      [--timestamp <file> --timestamp-ca <pem>]
                                      an RFC 3161 answer about that head, and who is trusted to give one
${WHERE_HELP}

With --bundle alone everything that the bundle is about is verified. \`dispute\` does the same with a dispute file and
decides on its claim; it takes the options of --bundle. \`fund\` follows the money: every entry, schedule,
period, balance and bank statement, and every payment back to the motion that allows it; from a bundle those of the
community, the project or the period that it is about.

Every check is listed; a failed one with what was expected and what was found.
Exit code: 0 all well, 1 a check failed, 2 something could not be checked or the command was called wrongly.
`;

const EXIT: Record<Verdict, number> = { ok: 0, failed: 1, incomplete: 2 };

const OPTIONS = {
  ...PLACE_OPTIONS,
  bundle: { type: "string" },
  validators: { type: "string" },
  replay: { type: "boolean", default: false },
  policy: { type: "string" },
  timestamp: { type: "string" },
  "timestamp-ca": { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

type Options = PlaceOptions &
  AttestationOptions & {
    bundle?: string | undefined;
    validators?: string | undefined;
    replay: boolean;
  };

async function openPlace(options: Options): Promise<Sources> {
  const { bundle, api, community, rpc } = options;
  if (bundle === undefined) return openService({ api, community, rpc });
  return (await openSources(await openBundleAt(bundle))).sources;
}

function toNumber(text: string | undefined, what: string): number {
  if (text === undefined || !/^\d{1,15}$/.test(text)) throw new Unusable(`which ${what}?`);
  return Number(text);
}

const ADDRESS = /^0x[0-9a-f]{40}$/;

/** What the caller knows of the chain without the bundle. */
async function toKnown(options: Options, { chain }: Bundle): Promise<Known> {
  const { rpc, validators, replay } = options;
  const list = validators?.toLowerCase().split(",");
  const wrong = list?.find((address) => !ADDRESS.test(address));
  if (wrong !== undefined) throw new Unusable(`${wrong} is not an address`);
  return {
    validators: list as Hex[] | undefined,
    node: rpc === undefined ? undefined : new RpcChainSource(rpc),
    replayed: replay ? await replayChain(chain) : undefined,
    attestations: await readAttestations(options),
  };
}

/** Everything that a bundle is about, its files and blocks included. */
async function verifyWhole(
  place: string,
  meeting: string | undefined,
  options: Options,
): Promise<BundleReport> {
  const opened = await openBundleAt(place);
  const { scope } = opened.bundle;
  const other =
    meeting !== undefined &&
    scope.kind === "meeting" &&
    scope.meeting !== toNumber(meeting, "meeting");
  if (other) throw new Unusable(`the bundle is about meeting ${scope.meeting}`);
  const known = await toKnown(options, opened.bundle);
  return verifyBundle(opened, { known, verifyFunds, decide: decideDispute });
}

/** The funds alone: of the community, the project or the period that a bundle is about. */
async function verifyFundsOf(place: string, options: Options): Promise<BundleReport> {
  const opened = await openBundleAt(place);
  if (opened.bundle.scope.kind === "meeting") {
    throw new Unusable("the bundle of a meeting holds nothing of the funds");
  }
  const { meetings, ...report } = await verifyBundle(opened, {
    known: await toKnown(options, opened.bundle),
    verifyFunds,
  });
  const alone = meetings ? { ...report, verdict: verdictOf(allChecks(report)) } : report;
  return alone;
}

type Subject = (which: string | undefined, options: Options) => Promise<BundleReport>;

/** What can be verified by itself, in a bundle or on a service. */
const SUBJECTS: Readonly<Record<string, Subject>> = {
  async receipt(which, options) {
    if (which === undefined) throw new Unusable("which receipt?");
    const file = await readFile(which);
    return verifyReceipt(await openPlace(options), file);
  },
  async dispute(which, options) {
    if (which === undefined) throw new Unusable("which dispute file?");
    if (options.bundle !== undefined) throw new Unusable("a dispute file holds its own evidence");
    const opened = await openBundleAt(which);
    if (!opened.claim) throw new Unusable(`${which} holds no claim`);
    const known = await toKnown(options, opened.bundle);
    return verifyBundle(opened, { known, verifyFunds, decide: decideDispute });
  },
  async record(which, options) {
    return verifyRecord(await openPlace(options), toNumber(which, "record"));
  },
  async fund(which, options) {
    if (options.bundle !== undefined) {
      if (which !== undefined) throw new Unusable("a bundle says whose funds they are");
      return verifyFundsOf(options.bundle, options);
    }
    return verifyFund(await openPlace({ ...options, community: which ?? options.community }));
  },
  async meeting(which, options) {
    if (options.bundle !== undefined) return verifyWhole(options.bundle, which, options);
    return verifyMeeting(await openPlace(options), toNumber(which, "meeting"));
  },
};

async function verify(
  [subject, which, ...others]: readonly string[],
  options: Options,
): Promise<BundleReport> {
  const { bundle, api, community } = options;
  if (others.length > 0) throw new Unusable("too many arguments");
  if (bundle !== undefined && (api ?? community) !== undefined) {
    throw new Unusable("--bundle stands alone, or with a node");
  }
  if (subject === undefined) {
    if (bundle === undefined) throw new Unusable("verify what?");
    return verifyWhole(bundle, which, options);
  }
  const found = Object.hasOwn(SUBJECTS, subject) ? SUBJECTS[subject] : undefined;
  if (!found) throw new Unusable("verify a meeting, a receipt, a record, a dispute or a fund");
  return found(which, options);
}

/** Verifies a meeting, a receipt, a record or the funds and lists every check. */
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
    return tellUnusable(error, { stderr, usage: USAGE });
  }
}
