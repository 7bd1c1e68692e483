import { hexToBytes } from "viem";
import { anchorAbi } from "../abi/anchor.ts";
import { verifyConsistency, verifyInclusion } from "../anchor/proof.ts";
import { decodeLogs } from "./events.ts";
import { type AnchoredHead, anchoredHeads, attempt, headFor, readRecord } from "./evidence.ts";
import { Checks, type Report } from "./report.ts";
import type { CommunityInfo, Sources } from "./source.ts";

const toHead = ({ size, root }: AnchoredHead) => ({ size: BigInt(size), root: hexToBytes(root) });

async function readHeads(
  { chain }: Sources,
  info: CommunityInfo,
  checks: Checks,
): Promise<AnchoredHead[]> {
  const logs = await attempt(chain.logs(info.anchor));
  if (!logs) checks.skip("chainConsistent", "", "unreachable");
  const { events, broken } = decodeLogs(anchorAbi, logs ?? []);
  const found = broken.map((log) => `${log.blockNumber}/${log.logIndex}`).join(" ");
  if (logs) checks.equal({ name: "chainConsistent", expected: "", found });
  return anchoredHeads({ anchor: events });
}

/** Every anchored head continues the one before it. */
async function checkHeads(
  { records }: Sources,
  heads: readonly AnchoredHead[],
  checks: Checks,
): Promise<void> {
  for (const [i, head] of heads.entries()) {
    const former = heads[i - 1];
    if (!former) continue;
    const path = await attempt(records.consistency(former.size, head.size));
    if (!path) {
      checks.skip("head", head.size, "missing");
      continue;
    }
    const proof = path.map((hash) => hexToBytes(hash));
    const passed = verifyConsistency(toHead(former), toHead(head), proof);
    checks.that(passed, {
      name: "head",
      subject: head.size,
      expected: former.root,
      found: head.root,
    });
  }
}

async function checkRecord(
  { records }: Sources,
  info: CommunityInfo,
  { index, heads }: { index: number; heads: readonly AnchoredHead[] },
  checks: Checks,
): Promise<void> {
  const entry = await attempt(records.record(index));
  if (!entry) {
    checks.skip("recordLeaf", index, "missing");
    return;
  }
  const { leaf, record } = readRecord({ index, text: entry.text });
  const found = record?.community ?? "";
  checks.equal({ name: "recordLeaf", subject: index, expected: info.community, found });
  const head = headFor(heads, index);
  const path = head && (await attempt(records.inclusion(index, head.size)));
  if (!head || !path) {
    checks.skip("recordInLog", index, head ? "missing" : "notYet");
    return;
  }
  const proof = path.map((hash) => hexToBytes(hash));
  const passed = verifyInclusion(toHead(head), BigInt(index), hexToBytes(leaf), proof);
  checks.that(passed, { name: "recordInLog", subject: index, expected: head.root, found: leaf });
}

/**
 * Verifies one record: it is one of this community, it stands in an anchored head, and every
 * anchored head continues the one before. Never rejects.
 */
export async function verifyRecord(sources: Sources, index: number): Promise<Report> {
  const checks = new Checks();
  try {
    const info = await sources.records.community();
    const heads = await readHeads(sources, info, checks);
    await checkRecord(sources, info, { index, heads }, checks);
    await checkHeads(sources, heads, checks);
  } catch {
    checks.skip("recordInLog", index, "malformed");
  }
  return checks.report();
}
