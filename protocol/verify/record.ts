import { type Hex, encodeEventTopics, hexToBytes, size } from "viem";
import { anchorAbi } from "../abi/anchor.ts";
import { registryAbi } from "../abi/registry.ts";
import { verifyConsistency, verifyInclusion } from "../anchor/proof.ts";
import { type AnchorEvent, decodeLogs, eventsNamed } from "./events.ts";
import { checkCheckpoint, logKeyOf } from "./checkpoint.ts";
import { type ReadRecord, readRecord, sealedFields } from "./entry.ts";
import {
  type AnchoredHead,
  type Evidence,
  anchoredHeads,
  attempt,
  headFor,
  readCheckpoint,
} from "./evidence.ts";
import { Checks, type Report } from "./report.ts";
import { checkSealed } from "./sealed.ts";
import type { CommunityInfo, Sources } from "./source.ts";

const toHead = ({ size, root }: AnchoredHead) => ({ size: BigInt(size), root: hexToBytes(root) });

async function readAnchor(
  { chain }: Sources,
  info: CommunityInfo,
  checks: Checks,
): Promise<AnchorEvent[]> {
  const logs = await attempt(chain.logs(info.anchor));
  if (!logs) checks.skip("chainConsistent", "", "unreachable");
  const { events, broken } = decodeLogs(anchorAbi, logs ?? []);
  const found = broken.map((log) => `${log.blockNumber}/${log.logIndex}`).join(" ");
  if (logs) checks.equal({ name: "chainConsistent", expected: "", found });
  return events;
}

/** The last anchored head continues every one before it. */
async function checkHeads(
  { records }: Sources,
  heads: readonly AnchoredHead[],
  checks: Checks,
): Promise<void> {
  const last = heads.at(-1);
  for (const head of heads.slice(0, -1)) {
    const path = last && (await attempt(records.consistency(head.size, last.size)));
    if (!path) {
      checks.skip("head", head.size, "missing");
      continue;
    }
    const proof = path.map((hash) => hexToBytes(hash));
    const passed = verifyConsistency(toHead(head), toHead(last), proof);
    const comparison = { expected: last.root, found: head.root };
    checks.that(passed, { name: "head", subject: head.size, ...comparison });
  }
}

async function checkRecord(
  { records }: Sources,
  info: CommunityInfo,
  { index, heads }: { index: number; heads: readonly AnchoredHead[] },
  checks: Checks,
): Promise<ReadRecord | undefined> {
  const entry = await attempt(records.record(index));
  if (!entry) {
    checks.skip("recordLeaf", index, "missing");
    return undefined;
  }
  const read = readRecord({ ...entry, index });
  const { leaf, record } = read;
  const found = record?.community ?? "";
  checks.equal({ name: "recordLeaf", subject: index, expected: info.community, found });
  const head = headFor(heads, index);
  const path = head && (await attempt(records.inclusion(index, head.size)));
  if (!head || !path) {
    checks.skip("recordInLog", index, head ? "missing" : "notYet");
    return read;
  }
  const proof = path.map((hash) => hexToBytes(hash));
  const passed = verifyInclusion(toHead(head), BigInt(index), hexToBytes(leaf), proof);
  checks.that(passed, { name: "recordInLog", subject: index, expected: head.root, found: leaf });
  return read;
}

/** What the record's sealed fields disclose, or who had them redacted. */
async function checkFields(
  { sources, info, anchor }: { sources: Sources; info: CommunityInfo; anchor: AnchorEvent[] },
  entry: ReadRecord,
  checks: Checks,
): Promise<void> {
  const heads = anchoredHeads({ anchor });
  const open = sealedFields(entry).length > (entry.disclosures?.length ?? 0);
  const query = { type: "redaction", record: entry.index } as const;
  const found = open ? ((await attempt(sources.records.findRecords(query))) ?? []) : [];
  const redactions = found.map(readRecord);
  const proven = new Set<number>();
  for (const { index } of redactions) {
    const redaction = await checkRecord(sources, info, { index, heads }, checks);
    const passed = checks.list.some(
      ({ name, subject, status }) =>
        name === "recordInLog" && subject === String(index) && status === "ok",
    );
    if (redaction && passed) proven.add(index);
  }
  const officers = redactions.length > 0 ? await readOfficers(sources, info) : NO_OFFICERS;
  const evidence = { info, anchor, records: [entry, ...redactions], ...officers };
  await checkSealed(evidence, proven, checks);
}

type Officers = Pick<Evidence, "registry" | "code">;
const NO_OFFICERS: Officers = { registry: [], code: new Map() };

async function readOfficers({ chain }: Sources, info: CommunityInfo): Promise<Officers> {
  const topics = encodeEventTopics({ abi: registryAbi, eventName: "OfficerSet" });
  const logs = (await attempt(chain.logs(info.registry, [topics[0]]))) ?? [];
  const registry = decodeLogs(registryAbi, logs).events;
  const code = new Map<Hex, Hex>();
  for (const { args } of eventsNamed(registry, "OfficerSet")) {
    const signer = args.signer.toLowerCase() as Hex;
    const found = size(signer) === 20 ? await attempt(chain.code(signer)) : undefined;
    if (found !== undefined) code.set(signer, found);
  }
  return { registry, code };
}

/** The last head is the one that the log has signed, under the key that it says in a record that stands in it. */
async function checkSigned(
  sources: Sources,
  info: CommunityInfo,
  heads: readonly AnchoredHead[],
  checks: Checks,
): Promise<void> {
  const head = heads.at(-1);
  const note = await readCheckpoint(sources, head);
  if (note === undefined || !head) return;
  const types = ["community", "logKey"] as const;
  const found = await Promise.all(
    types.map((type) => attempt(sources.records.findRecords({ type }))),
  );
  const logKey = logKeyOf(found.flatMap((entries) => entries ?? []).map(readRecord));
  if (!logKey || note === null) {
    checks.skip("checkpoint", head.size, logKey ? "missing" : "notPublished");
    return;
  }
  const before = checks.list.length;
  await checkRecord(sources, info, { index: logKey.index, heads }, checks);
  const isProven = checks.list.slice(before).every(({ status }) => status === "ok");
  if (isProven) await checkCheckpoint({ note, logKey: logKey.key, head }, info, checks);
  else checks.skip("checkpoint", head.size, "dependsOnFailed");
}

/**
 * Verifies one record: it is one of this community, it stands in an anchored head, its sealed fields disclose what
 * they seal or were redacted, the last anchored head continues every other and is
 * what the log has signed. Never rejects.
 */
export function verifyRecord(sources: Sources, index: number): Promise<Report> {
  return verifyRecords(sources, [index]);
}

/** The same of several records, with the heads looked at once. */
export async function verifyRecords(sources: Sources, indexes: readonly number[]): Promise<Report> {
  const checks = new Checks();
  try {
    const info = await sources.records.community();
    const anchor = await readAnchor(sources, info, checks);
    const heads = anchoredHeads({ anchor });
    for (const index of indexes) {
      const entry = await checkRecord(sources, info, { index, heads }, checks);
      if (entry) await checkFields({ sources, info, anchor }, entry, checks);
    }
    await checkHeads(sources, heads, checks);
    await checkSigned(sources, info, heads, checks);
  } catch {
    checks.skip("recordInLog", indexes.join(" "), "malformed");
  }
  return checks.report();
}
