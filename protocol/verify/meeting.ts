import type { RecordOf } from "../anchor/record.ts";
import { checkChain } from "./chain.ts";
import { type MeetingFacts, checkConvening } from "./convening.ts";
import { type CountFacts, checkCounting } from "./counting.ts";
import { checkDocuments } from "./documents.ts";
import { eventsNamed } from "./events.ts";
import { type Evidence, attempt, collectMeeting, recordsOf } from "./evidence.ts";
import type { Progress } from "./judging.ts";
import { type KeyRing, checkKeys } from "./keys.ts";
import { checkLog } from "./log.ts";
import { type CheckName, Checks, type Report } from "./report.ts";
import { type RecountedMotion, checkResult } from "./result.ts";
import { checkRoll } from "./roll.ts";
import { checkSealed } from "./sealed.ts";
import { type Sealing, checkSealing } from "./sealing.ts";
import type { Sources } from "./source.ts";
import { checkState } from "./state/state.ts";
import { wantedValues } from "./state/wanted.ts";

/**
 * The recount, for a page to show beside the checks; `voted` are the numbers of those whose ballot stands, `record` is
 * what was convened, word for word, where that was published as signed.
 */
export type Recount = {
  record: RecordOf<"meeting"> | undefined;
  voters: number;
  totalAreaE4: bigint;
  voted: number[];
  motions: RecountedMotion[];
};

/** A report on a meeting; `recount` where a concluded count could be made again. */
export type MeetingReport = Report & { recount?: Recount };

/** What was found to be so on the way, as far as the verification came; `proven` are the records that stand in the log. */
export type MeetingFindings = {
  evidence: Evidence;
  proven: ReadonlySet<number>;
  meeting: MeetingFacts;
  ring: KeyRing;
  sealing: Sealing;
  count: CountFacts;
};

/** How to verify a meeting. */
export type MeetingOptions = { onProgress?: Progress | undefined };

const CONTRACTS = ["registry", "anchor", "assembly"] as const;

function isConcluded({ assembly }: Evidence): boolean {
  return eventsNamed(assembly, "MeetingConcluded").length > 0;
}

async function checkMeeting(
  evidence: Evidence,
  checks: Checks,
  { onProgress }: MeetingOptions,
): Promise<{ recount?: Recount; findings?: MeetingFindings }> {
  const part = <Facts>(name: CheckName, check: () => Facts | Promise<Facts>) =>
    checks.contain(name, check);
  await part("contractCode", () => checkChain(evidence, checks));
  const proven = (await part("recordInLog", () => checkLog(evidence, checks))) ?? new Set();
  await part("sealedField", () => checkSealed(evidence, proven, checks));
  await part("document", () => checkDocuments(evidence, checks));
  const roll = await part("rollAttested", () => checkRoll(evidence, proven, checks));
  const meeting = await part("conveneAttested", () => checkConvening(evidence, proven, checks));
  if (!roll || !meeting) return {};
  const keys = { roll: roll.roll, proven };
  const ring = await part("keyPage", () => checkKeys(evidence, keys, checks));
  if (!ring) return {};
  const sealers = { meeting, ring };
  const sealing = await part("batchSealed", () => checkSealing(evidence, sealers, checks));
  if (!sealing) return {};
  const setup = { roll, meeting, ring, sealing, onProgress };
  const count = await part("batchContent", () => checkCounting(evidence, setup, checks));
  if (!count) return {};
  const findings = { evidence, proven, meeting, ring, sealing, count };
  const result = { roll, meeting, batches: sealing.batches.length, count, proven };
  const motions = await part("tally", () => checkResult(evidence, result, checks));
  const counted = isConcluded(evidence) ? count.recounted : undefined;
  const compared = { ...evidence, contracts: CONTRACTS };
  await part("stateAgrees", () => checkState(compared, wantedValues(evidence, counted), checks));
  // Before the count is concluded there are no figures to show, only checks.
  if (!motions || !counted) return { findings };
  const { voted } = counted;
  const record = findConvened(evidence);
  const { voters, totalAreaE4 } = roll;
  return { findings, recount: { record, voters, totalAreaE4, voted, motions } };
}

/** The record that the convocation on chain names by its leaf. */
function findConvened(evidence: Evidence): RecordOf<"meeting"> | undefined {
  const leaf = eventsNamed(evidence.assembly, "MeetingConvened")[0]?.args.convocation.record;
  return recordsOf(evidence, "meeting").find((entry) => entry.leaf === leaf)?.record;
}

/** Verifies as `verifyMeeting` does, and gives what was found on the way, for a claim to be held against. */
export async function examineMeeting(
  sources: Sources,
  meeting: number,
  options: MeetingOptions = {},
): Promise<{ report: MeetingReport; findings?: MeetingFindings | undefined }> {
  const checks = new Checks();
  const info = await attempt(sources.records.community());
  const evidence = info && (await attempt(collectMeeting(sources, info, meeting)));
  if (!evidence) {
    checks.skip("chainId", "", "unreachable");
    return { report: checks.report() };
  }
  const { recount, findings } = await checkMeeting(evidence, checks, options);
  return { report: { ...checks.report(), ...(recount ? { recount } : {}) }, findings };
}

/**
 * Verifies a whole meeting: roll, keys, convening, sealing, every ballot, tally, outcome and what
 * was published of it. Never rejects: what cannot be had or read shows in the report.
 */
export async function verifyMeeting(
  sources: Sources,
  meeting: number,
  options: MeetingOptions = {},
): Promise<MeetingReport> {
  return (await examineMeeting(sources, meeting, options)).report;
}
