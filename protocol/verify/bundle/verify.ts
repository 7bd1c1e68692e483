import type { Hex } from "viem";
import { ProofNodes } from "../block/trie.ts";
import { type Header, readHeader } from "../block/header.ts";
import { type WholeBlock, readBlock, rootsOf } from "../block/whole.ts";
import { type MeetingPart, verifyCommunity } from "../community.ts";
import { type MeetingOptions, type MeetingReport, verifyMeeting } from "../meeting.ts";
import { Checks, verdictOf } from "../report.ts";
import type { Sources } from "../source.ts";
import type { ChainState } from "../state/state.ts";
import type { OpenedBundle, Bundle } from "./bundle.ts";
import { bundleSources } from "./sources.ts";
import { type Known, type Trust, checkTrust } from "./trust.ts";

/** A block is the one that its header commits to: its transactions and receipts lead to the header's roots. */
async function checkBlock(
  { number, block }: { number: number; block: WholeBlock },
  checks: Checks,
): Promise<void> {
  const place = { name: "blockWhole", subject: number } as const;
  try {
    const { header } = readBlock(block);
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
  return { sources: { ...bundleSources(bundle), ...(state ? { state } : {}) }, checks };
}

/** A report on a bundle: of a meeting with its recount, of a community with a report on each of its meetings. */
export type BundleReport = MeetingReport & { meetings?: MeetingPart[]; trust?: Trust };

/** How to verify a bundle: what is known of the chain, and who wants to hear of the progress. */
export type BundleOptions = MeetingOptions & { known?: Known };

/** Verifies what a bundle is about, from its files up. Never rejects: what is wrong shows in the report. */
export async function verifyBundle(
  opened: OpenedBundle,
  { known = {}, ...options }: BundleOptions = {},
): Promise<BundleReport> {
  const { sources, checks } = await openSources(opened);
  const { scope, chain } = opened.bundle;
  const head = opened.bundle.checkpoints.at(-1);
  const trust = await checkTrust({ headers: readHeaders(chain.blocks), head }, known, checks);
  const report: BundleReport =
    scope.kind === "meeting"
      ? await verifyMeeting(sources, scope.meeting, options)
      : await verifyCommunity(sources, options);
  checks.list.push(...report.checks);
  const parts = report.meetings?.flatMap((part) => part.report.checks) ?? [];
  const verdict = verdictOf([...checks.list, ...parts]);
  return { ...report, verdict, checks: checks.report().checks, ...(trust ? { trust } : {}) };
}
