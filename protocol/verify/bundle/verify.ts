import type { Hex } from "viem";
import { ProofNodes } from "../block/trie.ts";
import { type Header, readHeader } from "../block/header.ts";
import { type WholeBlock, readBlock, rootsOf } from "../block/whole.ts";
import { type MeetingPart, verifyCommunity } from "../community.ts";
import type { Dispute } from "../dispute/decide.ts";
import { type DecideClaim, leaveClaimOpen } from "../dispute/present.ts";
import {
  type MeetingFindings,
  type MeetingOptions,
  type MeetingReport,
  examineMeeting,
} from "../meeting.ts";
import { type VerifyFunds, hasFunds, leaveFundsOut } from "../fund/present.ts";
import { type Check, Checks, type Report, verdictOf } from "../report.ts";
import { attempt } from "../evidence.ts";
import type { Sources } from "../source.ts";
import type { ChainState } from "../state/state.ts";
import type { OpenedBundle, Bundle } from "./bundle.ts";
import type { Scope } from "./scope.ts";
import { bundleSources } from "./sources.ts";
import { type Known, type Trust, checkTrust } from "./trust.ts";

/** A block is the one that its header commits to: its transactions and receipts lead to the header's roots. */
async function checkBlock(
  { number, block }: { number: number; block: WholeBlock },
  checks: Checks,
): Promise<void> {
  const place = { name: "blockWhole", subject: number } as const;
  try {
    const { header } = await readBlock(block);
    const { transactionsRoot, receiptsRoot } = header;
    const expected = { number: header.number, transactionsRoot, receiptsRoot };
    // A chain's first block holds nothing, and some chains write other roots into it than those of nothing.
    const isFirst = number === 0 && block.transactions.length + block.receipts.length === 0;
    const roots = isFirst ? { transactionsRoot, receiptsRoot } : await rootsOf(block);
    checks.equal({ ...place, expected, found: { number, ...roots } });
  } catch {
    checks.that(false, { ...place, expected: "", found: "", detail: "malformed" });
  }
}

function readHeaders(blocks: Bundle["chain"]["blocks"]): Header[] {
  return blocks.flatMap(({ block }) => {
    try {
      return [readHeader(block.header)];
    } catch {
      return [];
    }
  });
}

/** Blocks that name each other as neighbours are. */
function checkNeighbours(headers: readonly Header[], checks: Checks): void {
  const hashes = new Map<number, Hex>(headers.map(({ number, hash }) => [number, hash]));
  for (const { number, parentHash } of headers) {
    const expected = hashes.get(number - 1);
    if (expected !== undefined && expected !== parentHash) {
      checks.equal({ name: "blockWhole", subject: number, expected, found: parentHash });
    }
  }
}

function openState({ head, blocks, state }: Bundle["chain"]): ChainState | undefined {
  const last = blocks.find(({ number }) => number === head);
  if (!last || !state) return undefined;
  try {
    return { header: readHeader(last.block.header), nodes: new ProofNodes(state.nodes) };
  } catch {
    return undefined;
  }
}

/** The sources of a bundle, the state included, and what was found wrong with its files and blocks. */
export async function openSources({ bundle, checks: found }: OpenedBundle): Promise<{
  sources: Sources;
  checks: Checks;
}> {
  const checks = new Checks();
  checks.list.push(...found);
  for (const block of bundle.chain.blocks) await checkBlock(block, checks);
  checkNeighbours(readHeaders(bundle.chain.blocks), checks);
  const state = openState(bundle.chain);
  if (!state) checks.skip("stateAgrees", "", "notProven");
  const sources = await bundleSources(bundle);
  return { sources: state ? { ...sources, state } : sources, checks };
}

/** A report on a bundle: of a meeting with its recount, of a community with reports on each of its meetings and on its funds. */
export type BundleReport = MeetingReport & {
  meetings?: MeetingPart[];
  funds?: Report;
  trust?: Trust;
  /** What the claim of a dispute file came to. */
  dispute?: Dispute;
};

/** How to verify a bundle: what is known of the chain, by what funds are verified, and who wants to hear of the progress. */
export type BundleOptions = MeetingOptions & {
  known?: Known;
  /** Where nothing is given, the report says that funds were left out. */
  verifyFunds?: VerifyFunds;
  /** Where nothing is given, the report says that a claim was left open. */
  decide?: DecideClaim;
};

/** All checks of a report, those of its parts with them. */
export function allChecks({ checks, meetings = [], funds }: BundleReport): Check[] {
  const parts = [...meetings.map(({ report }) => report), ...(funds ? [funds] : [])];
  return [...checks, ...parts.flatMap((part) => part.checks)];
}

async function verifyWhole(sources: Sources, options: BundleOptions): Promise<BundleReport> {
  const { verifyFunds = leaveFundsOut } = options;
  const report = await verifyCommunity(sources, options);
  const isWanted = await attempt(hasFunds(sources));
  if (!isWanted) return report;
  const funds = await verifyFunds(sources, { kind: "community" });
  return { ...report, funds };
}

/** Verifies what a scope is about. */
type Examine = (
  sources: Sources,
  scope: Scope,
  options: BundleOptions,
) => Promise<{ report: BundleReport; findings?: MeetingFindings | undefined }>;

const examineAny: Examine = async (sources, scope, options) => {
  switch (scope.kind) {
    case "meeting":
      return examineMeeting(sources, scope.meeting, options);
    case "project":
    case "period":
    case "entry":
      return { report: await (options.verifyFunds ?? leaveFundsOut)(sources, scope) };
    case "community":
      return { report: await verifyWhole(sources, options) };
  }
};

/** For whoever has no room for what the other scopes need. */
const examineMeetingOnly: Examine = (sources, scope, options) => {
  if (scope.kind !== "meeting") throw new RangeError(`a bundle of a ${scope.kind}`);
  return examineMeeting(sources, scope.meeting, options);
};

async function verifyBy(
  examine: Examine,
  opened: OpenedBundle,
  { known = {}, decide = leaveClaimOpen, ...options }: BundleOptions,
): Promise<BundleReport> {
  const { sources, checks } = await openSources(opened);
  const { scope, chain } = opened.bundle;
  const head = opened.bundle.checkpoints.at(-1);
  const trust = await checkTrust({ headers: readHeaders(chain.blocks), head }, known, checks);
  const { report, findings } = await examine(sources, scope, options);
  checks.list.push(...report.checks);
  const dispute =
    opened.claim && (await decide(opened, { findings, funds: report.funds?.checks }, checks));
  const whole = { ...report, checks: checks.report().checks };
  const more = { ...(trust ? { trust } : {}), ...(dispute ? { dispute } : {}) };
  return { ...whole, verdict: verdictOf(allChecks(whole)), ...more };
}

/** Verifies what a bundle is about, from its files up. Never rejects: what is wrong shows in the report. */
export function verifyBundle(
  opened: OpenedBundle,
  options: BundleOptions = {},
): Promise<BundleReport> {
  return verifyBy(examineAny, opened, options);
}

/** The same of a meeting's bundle; rejects where it is another's. */
export function verifyMeetingBundle(
  opened: OpenedBundle,
  options: BundleOptions = {},
): Promise<BundleReport> {
  return verifyBy(examineMeetingOnly, opened, options);
}
