import { hexToBytes } from "viem";
import { verifyConsistency, verifyInclusion } from "../anchor/proof.ts";
import { checkCheckpoint, logKeyOf } from "./checkpoint.ts";
import { type ReadRecord } from "./entry.ts";
import { type AnchoredHead, type Evidence, anchoredHeads, headFor } from "./evidence.ts";
import type { Checks } from "./report.ts";

/** What of the evidence the log is judged by. */
export type LogEvidence = Pick<
  Evidence,
  "info" | "records" | "anchor" | "inclusion" | "consistency" | "checkpoint"
>;

const toHead = ({ size, root }: AnchoredHead) => ({ size: BigInt(size), root: hexToBytes(root) });

/** The sizes of the heads that are proven to belong to one log, the last of them among these. */
function checkHeads(evidence: LogEvidence, heads: AnchoredHead[], checks: Checks): Set<number> {
  const last = heads.at(-1);
  const sound = new Set<number>();
  if (!last) return sound;
  sound.add(last.size);
  for (const [size, path] of evidence.consistency) {
    const head = heads.find((candidate) => candidate.size === size);
    const proof = path.map((hash) => hexToBytes(hash));
    const passed = head !== undefined && verifyConsistency(toHead(head), toHead(last), proof);
    const comparison = { expected: last.root, found: head?.root };
    if (checks.that(passed, { name: "head", subject: size, ...comparison })) sound.add(size);
  }
  return sound;
}

function checkInclusion(
  evidence: LogEvidence,
  { index, leaf }: ReadRecord,
  heads: { all: AnchoredHead[]; sound: Set<number> },
  checks: Checks,
): boolean {
  const head = headFor(heads.all, index);
  if (!head) return checks.skip("recordInLog", index, "notYet");
  const given = evidence.inclusion.get(index);
  if (!given) return checks.skip("recordInLog", index, "missing");
  if (!heads.sound.has(head.size)) {
    const known = evidence.consistency.has(head.size);
    return checks.skip("recordInLog", index, known ? "dependsOnFailed" : "missing");
  }
  const path = given.path.map((hash) => hexToBytes(hash));
  const passed = verifyInclusion(toHead(head), BigInt(index), hexToBytes(leaf), path);
  return checks.that(passed, {
    name: "recordInLog",
    subject: index,
    expected: head.root,
    found: leaf,
  });
}

/** The last head is the one that the log has signed, under the key that it says in a record proven to stand in it. */
async function checkSigned(
  evidence: LogEvidence,
  proven: ReadonlySet<number>,
  checks: Checks,
): Promise<void> {
  const { checkpoint, info, records } = evidence;
  const head = anchoredHeads(evidence).at(-1);
  if (checkpoint === undefined || !head) return;
  const logKey = logKeyOf(records);
  if (!logKey || checkpoint === null) {
    checks.skip("checkpoint", head.size, logKey ? "missing" : "notPublished");
  } else if (!proven.has(logKey.index)) {
    checks.skip("checkpoint", head.size, "dependsOnFailed");
  } else {
    await checkCheckpoint({ note: checkpoint, logKey: logKey.key, head }, info, checks);
  }
}

/** Every record that was read is one of this community. */
function checkCommunity({ info, records }: LogEvidence, checks: Checks): void {
  const others = records.filter(({ record }) => record && record.community !== info.community);
  const found = others.map(({ index }) => index).join(" ");
  checks.equal({ name: "recordLeaf", expected: "", found });
}

/** Proves every record that was read to stand in the log; gives the indices of those that do. */
export async function checkLog(evidence: LogEvidence, checks: Checks): Promise<Set<number>> {
  checkCommunity(evidence, checks);
  const all = anchoredHeads(evidence);
  const sound = checkHeads(evidence, all, checks);
  const proven = evidence.records.filter((record) =>
    checkInclusion(evidence, record, { all, sound }, checks),
  );
  const indices = new Set(proven.map(({ index }) => index));
  await checkSigned(evidence, indices, checks);
  return indices;
}
