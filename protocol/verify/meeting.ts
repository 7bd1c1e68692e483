import type { Bundle } from "./bundle.ts";
import { checkChain } from "./chain.ts";
import { checkConvening } from "./convening.ts";
import { checkCounting } from "./counting.ts";
import { checkDocuments } from "./documents.ts";
import { type Evidence, attempt, collectMeeting } from "./evidence.ts";
import type { Progress } from "./judging.ts";
import { checkKeys } from "./keys.ts";
import { checkLog } from "./log.ts";
import { createRecorder } from "./recorder.ts";
import { Checks, type Report } from "./report.ts";
import { type RecountedMotion, checkResult } from "./result.ts";
import { checkRoll } from "./roll.ts";
import { checkSealing } from "./sealing.ts";
import type { Sources } from "./source.ts";

/** Figures of the recount, for a page to show beside the checks. */
export type Recount = { voters: number; totalAreaE4: bigint; motions: RecountedMotion[] };

/** A report on a meeting; `recount` where the ballots could be counted again. */
export type MeetingReport = Report & { recount?: Recount };

/** How to verify a meeting. */
export type MeetingOptions = { onProgress?: Progress | undefined };

async function checkMeeting(
  evidence: Evidence,
  checks: Checks,
  { onProgress }: MeetingOptions,
): Promise<Recount | undefined> {
  checkChain(evidence, checks);
  const proven = checkLog(evidence, checks);
  checkDocuments(evidence, checks);
  const roll = await checkRoll(evidence, proven, checks);
  const meeting = await checkConvening(evidence, proven, checks);
  if (!roll || !meeting) return undefined;
  const ring = await checkKeys(evidence, { roll: roll.roll, proven }, checks);
  const batches = await checkSealing(evidence, { meeting, ring }, checks);
  const count = await checkCounting(evidence, { roll, meeting, ring, batches, onProgress }, checks);
  const setup = { roll, meeting, batches: batches.length, count, proven };
  const motions = checkResult(evidence, setup, checks);
  return motions && { voters: roll.voters, totalAreaE4: roll.totalAreaE4, motions };
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
  const checks = new Checks();
  try {
    const info = await sources.records.community();
    const evidence = await collectMeeting(sources, info, meeting);
    const recount = await checkMeeting(evidence, checks, options);
    return recount ? { ...checks.report(), recount } : checks.report();
  } catch {
    checks.skip("chainConsistent", "", "malformed");
    return checks.report();
  }
}

/** Reads all that the verification of a meeting reads into one bundle; rejects when the sources name no community. */
export async function createBundle(sources: Sources, meeting: number): Promise<Bundle> {
  const community = await sources.records.community();
  const chainId = (await attempt(sources.chain.chainId())) ?? community.chainId;
  const recorder = createRecorder(sources, { community, chainId });
  await collectMeeting(recorder.sources, community, meeting);
  return recorder.toBundle(meeting);
}
