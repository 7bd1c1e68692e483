import { hexToBytes, sha256 } from "viem";
import { verifyInclusion } from "../../anchor/proof.ts";
import { checkLog as checkWholeLog } from "../community.ts";
import { anchoredHeads, attempt, headFor } from "../evidence.ts";
import { checkLog } from "../log.ts";
import type { Checks } from "../report.ts";
import { checkSealed } from "../sealed.ts";
import type { Sources } from "../source.ts";
import { checkContracts } from "./contracts.ts";
import { type FundEvidence, shownDocuments, wantedDocuments } from "./evidence.ts";

/** Contracts, log and documents, on which everything else rests. */
export async function checkBase(
  sources: Sources,
  evidence: FundEvidence,
  checks: Checks,
): Promise<void> {
  await checks.contain("chainConsistent", () => checkContracts(evidence, checks));
  await checks.contain("head", () => checkRecords(sources, evidence, checks));
  await checks.contain("document", () => checkDocuments(evidence, checks));
}

/** The whole log against every head, or a part of it by its proofs; every record can be read. */
async function checkRecords(
  sources: Sources,
  evidence: FundEvidence,
  checks: Checks,
): Promise<void> {
  const unread = evidence.records.filter(({ record }) => record === undefined);
  const found = unread.map(({ index }) => index).join(" ");
  checks.equal({ name: "recordLeaf", subject: "form", expected: "", found });
  if (evidence.chosen) {
    const proven = await checkLog(evidence, checks);
    await checkSealed(evidence, proven, checks);
    return;
  }
  await checkWholeLog(sources, evidence.info, checks);
  await nameDiffering(sources, evidence, checks);
}

/** Where a head differs, each record by itself, so that it is named. */
async function nameDiffering(
  sources: Sources,
  evidence: FundEvidence,
  checks: Checks,
): Promise<void> {
  if (!checks.list.some(({ name, status }) => name === "head" && status === "failed")) return;
  const heads = anchoredHeads(evidence);
  for (const { index, leaf } of evidence.records) {
    const head = headFor(heads, index);
    const path = head && (await attempt(sources.records.inclusion(index, head.size)));
    if (!head || !path) continue;
    const proof = path.map((hash) => hexToBytes(hash));
    const root = { size: BigInt(head.size), root: hexToBytes(head.root) };
    if (verifyInclusion(root, BigInt(index), hexToBytes(leaf), proof)) continue;
    const comparison = { expected: head.root, found: leaf };
    checks.that(false, { name: "recordInLog", subject: index, ...comparison });
  }
}

/** Every document that could be had is what its record names; of a project's files those that are there. */
function checkDocuments(evidence: FundEvidence, checks: Checks): void {
  const wanted = new Set(wantedDocuments(evidence));
  for (const hash of new Set([...wanted, ...shownDocuments(evidence)])) {
    const bytes: Uint8Array | undefined = evidence.documents.get(hash);
    if (bytes) {
      checks.equal({ name: "document", subject: hash, expected: hash, found: sha256(bytes) });
    } else if (wanted.has(hash)) checks.skip("document", hash, "missing");
  }
}
