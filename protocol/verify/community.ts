import { type Hex, bytesToHex, encodeEventTopics } from "viem";
import { assemblyAbi } from "../abi/assembly.ts";
import { anchorAbi } from "../abi/anchor.ts";
import { appendLeaf, createRange, logLeaf, rangeRoot } from "../anchor/log.ts";
import { checkCheckpoint, logKeyOf } from "./checkpoint.ts";
import { readRecord } from "./entry.ts";
import { decodeLogs, eventsNamed } from "./events.ts";
import {
  type AnchoredHead,
  type Evidence,
  anchoredHeads,
  attempt,
  collectMeeting,
  readCheckpoint,
} from "./evidence.ts";
import { type MeetingOptions, type MeetingReport, verifyMeeting } from "./meeting.ts";
import { Checks, type Report, verdictOf } from "./report.ts";
import type { CommunityInfo, RecordEntry, Sources } from "./source.ts";

/** The report on one meeting of several. */
export type MeetingPart = { meeting: number; report: MeetingReport };

/** A report on all that a community published: its whole log, and every meeting. */
export type CommunityReport = Report & { meetings: MeetingPart[] };

/** The meetings that the chain knows of. */
async function listMeetings({ chain }: Sources, info: CommunityInfo): Promise<number[]> {
  const topics = encodeEventTopics({ abi: assemblyAbi, eventName: "MeetingConvened" });
  const { events } = decodeLogs(assemblyAbi, await chain.logs(info.assembly, [topics[0]]));
  return eventsNamed(events, "MeetingConvened").map(({ args }) => Number(args.meeting));
}

async function readHeads({ chain }: Sources, info: CommunityInfo): Promise<AnchoredHead[]> {
  const { events } = decodeLogs(anchorAbi, await chain.logs(info.anchor));
  return anchoredHeads({ anchor: events });
}

const HASH = /0x[0-9a-f]{64}/g;

/** Reads everything that a community published, and what the verification of each of its meetings reads. */
export async function collectCommunity(sources: Sources, info: CommunityInfo): Promise<Evidence[]> {
  const evidence: Evidence[] = [];
  for (const meeting of await listMeetings(sources, info)) {
    evidence.push(await collectMeeting(sources, info, meeting));
  }
  const records = await sources.records.findRecords({});
  for (const head of await readHeads(sources, info)) {
    await sources.chain.block(head.log.blockNumber);
    await readCheckpoint(sources, head);
  }
  // Every hash in a record may be that of a document; whatever is none is simply not there.
  const hashes = new Set(records.flatMap(({ text }) => text.match(HASH) ?? []));
  for (const hash of hashes) await attempt(sources.records.document(hash as Hex));
  return evidence;
}

/** Puts the log together again, record by record, and compares it with every anchored head. */
function checkWholeLog(
  records: readonly RecordEntry[],
  heads: readonly AnchoredHead[],
  checks: Checks,
): void {
  const range = createRange();
  const byIndex = new Map(records.map(({ index, text }) => [index, text]));
  const encoder = new TextEncoder();
  for (const { size, root } of heads) {
    while (range.size < size) {
      const text = byIndex.get(range.size);
      if (text === undefined) {
        checks.skip("recordInLog", range.size, "missing");
        return;
      }
      appendLeaf(range, logLeaf(encoder.encode(text)));
    }
    checks.equal({
      name: "head",
      subject: size,
      expected: root,
      found: bytesToHex(rangeRoot(range)),
    });
  }
  const open = [...byIndex.keys()].filter((index) => index >= range.size).length;
  if (open > 0) checks.skip("recordInLog", `${range.size} + ${open}`, "notYet");
}

function checkOwner(records: readonly RecordEntry[], info: CommunityInfo, checks: Checks): void {
  const others = records.filter((entry) => {
    const { record } = readRecord(entry);
    return record !== undefined && record.community !== info.community;
  });
  const found = others.map(({ index }) => index).join(" ");
  checks.equal({ name: "recordLeaf", expected: "", found });
}

/** The whole log against every anchored head, and these as the log has signed them. */
export async function checkLog(
  sources: Sources,
  info: CommunityInfo,
  checks: Checks,
): Promise<void> {
  const records = await attempt(sources.records.findRecords({}));
  const heads = await attempt(readHeads(sources, info));
  if (!records || !heads) {
    checks.skip("head", "", "unreachable");
    return;
  }
  checkOwner(records, info, checks);
  checkWholeLog(records, heads, checks);
  const logKey = logKeyOf(records.map(readRecord));
  for (const head of heads) {
    const note = await readCheckpoint(sources, head);
    if (note === undefined) return;
    if (note === null || !logKey) {
      checks.skip("checkpoint", head.size, logKey ? "missing" : "notPublished");
    } else await checkCheckpoint({ note, logKey: logKey.key, head }, info, checks);
  }
}

/**
 * Verifies all that a community published: every record against every anchored head, and every
 * meeting. Never rejects.
 */
export async function verifyCommunity(
  sources: Sources,
  options: MeetingOptions = {},
): Promise<CommunityReport> {
  const checks = new Checks();
  const meetings: MeetingPart[] = [];
  const info = await attempt(sources.records.community());
  const numbers = info && (await attempt(listMeetings(sources, info)));
  if (!info || !numbers) {
    checks.skip("chainId", "", "unreachable");
    return { ...checks.report(), meetings };
  }
  await checks.contain("head", () => checkLog(sources, info, checks));
  for (const meeting of numbers) {
    meetings.push({ meeting, report: await verifyMeeting(sources, meeting, options) });
  }
  const all = [...checks.list, ...meetings.flatMap(({ report }) => report.checks)];
  return { verdict: verdictOf(all), checks: checks.report().checks, meetings };
}
