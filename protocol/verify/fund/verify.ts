import { hexToBytes, sha256 } from "viem";
import { verifyInclusion } from "../../anchor/proof.ts";
import { checkLog } from "../community.ts";
import { anchoredHeads, attempt, headFor } from "../evidence.ts";
import { Checks, type Report } from "../report.ts";
import type { Sources } from "../source.ts";
import { checkAccounts } from "./accounts.ts";
import { checkBalances } from "./balances.ts";
import { checkBank, readBank } from "./bank.ts";
import { checkClaims } from "./claims.ts";
import { checkContracts } from "./contracts.ts";
import { checkEntries } from "./entries.ts";
import { type FundEvidence, collectFund, wantedDocuments } from "./evidence.ts";
import { checkPayments, checkSettlements } from "./payments.ts";
import { checkPeriods } from "./periods.ts";
import { checkReservations } from "./reservations.ts";
import { checkSchedules } from "./schedules.ts";
import { checkSettings } from "./settings.ts";

/**
 * Verifies a community's funds from its published records and the chain: every record in the log, every entry, schedule,
 * period, balance and statement by itself and against the others, and every payment back to the motion that allows it.
 * Never rejects.
 */
export async function verifyFund(sources: Sources): Promise<Report> {
  const checks = new Checks();
  const info = await attempt(sources.records.community());
  const evidence = info && (await attempt(collectFund(sources, info)));
  if (!evidence) {
    checks.skip("chainId", "", "unreachable");
    return checks.report();
  }
  await checks.contain("chainConsistent", () => checkContracts(evidence, checks));
  await checks.contain("head", () => checkRecords(sources, evidence, checks));
  await checks.contain("document", () => checkDocuments(evidence, checks));
  await checkBooks(evidence, checks);
  await checkMoney(evidence, checks);
  return checks.report();
}

/** What the committee wrote down. */
async function checkBooks(evidence: FundEvidence, checks: Checks): Promise<void> {
  await checks.contain("fundSettings", () => checkSettings(evidence, checks));
  await checks.contain("entrySound", () => checkEntries(evidence, checks));
  await checks.contain("entrySchedule", () => checkSchedules(evidence, checks));
  await checks.contain("periodFigures", () => checkPeriods(evidence, checks));
  const bank = await checks.contain("bankStatement", () => {
    const read = readBank(evidence);
    checkBank(evidence, read, checks);
    return read;
  });
  if (!bank) return;
  await checks.contain("balancesRoot", () => checkBalances(evidence, bank, checks));
}

/** What the chain let pass. */
async function checkMoney(evidence: FundEvidence, checks: Checks): Promise<void> {
  await checks.contain("creditTotal", () => checkAccounts(evidence, checks));
  const reservations = await checks.contain("reserveDecided", () =>
    checkReservations(evidence, checks),
  );
  if (!reservations) return;
  const claims = await checks.contain("claimAttested", () =>
    checkClaims(evidence, reservations, checks),
  );
  if (!claims) return;
  await checks.contain("paymentApproved", () => checkPayments(evidence, claims, checks));
  await checks.contain("settlementRecord", () => checkSettlements(evidence, reservations, checks));
}

/** The whole log against every head; where one differs, each record by itself, so that it is named. */
async function checkRecords(
  sources: Sources,
  evidence: FundEvidence,
  checks: Checks,
): Promise<void> {
  await checkLog(sources, evidence.info, checks);
  const unread = evidence.records.filter(({ record }) => record === undefined);
  const found = unread.map(({ index }) => index).join(" ");
  checks.equal({ name: "recordLeaf", subject: "form", expected: "", found });
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

/** Every document that could be had is what its record names; those that the checks themselves read say when one is missing. */
function checkDocuments({ records, documents }: FundEvidence, checks: Checks): void {
  for (const hash of new Set(wantedDocuments(records))) {
    const bytes: Uint8Array | undefined = documents.get(hash);
    if (!bytes) checks.skip("document", hash, "missing");
    else checks.equal({ name: "document", subject: hash, expected: hash, found: sha256(bytes) });
  }
}
