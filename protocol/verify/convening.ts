import { type Hex, hashTypedData } from "viem";
import { assemblyAbi } from "../abi/assembly.ts";
import type { RecordOf } from "../anchor/record.ts";
import { CONFLICT_POLICIES } from "../anchor/record/assembly.ts";
import { conveneTypedData, extendTypedData } from "../assembly/meeting.ts";
import type { ConflictPolicy } from "../assembly/order.ts";
import { planHashes } from "../assembly/plan.ts";
import { type AssemblyEvent, eventsNamed, readCall } from "./events.ts";
import { type Evidence, anchoredHeads, headFor, recordsOf, timeOf } from "./evidence.ts";
import { findAttestationFault } from "./officers.ts";
import { findPublished } from "./published.ts";
import type { Checks } from "./report.ts";

type Convened = Extract<AssemblyEvent, { eventName: "MeetingConvened" }>;
type Extended = Extract<AssemblyEvent, { eventName: "MeetingExtended" }>;

/** A meeting as the chain convened it, extensions included. Times in Unix seconds. */
export type MeetingFacts = {
  items: readonly number[];
  opensAt: number;
  closesAt: number;
  paperSeconds: number;
  revealSeconds: number;
  objectionSeconds: number;
  conflict: ConflictPolicy;
  invalidParticipates: boolean;
};

type Proven = ReadonlySet<number>;

async function checkAttested(
  evidence: Evidence,
  { args, log }: Convened,
  checks: Checks,
): Promise<boolean> {
  const { assembly, chainId } = evidence.info;
  const { transactions } = evidence;
  const call = readCall(assemblyAbi, log, { names: ["convene"], transactions });
  if (!call.functionName) {
    checks.faultless("conveneAttested", "", call.fault);
    return call.fault !== "malformed";
  }
  const digest = hashTypedData(conveneTypedData({ chainId, contract: assembly }, args.convocation));
  const act = {
    digest,
    roles: ["registrar", "committee"],
    attestations: call.args[1],
    log,
  } as const;
  const fault = await findAttestationFault(evidence, act);
  checks.faultless("conveneAttested", "", fault);
  return fault === undefined || fault === "unknownVerifier";
}

function fromRecord({ roll, motions, opensAt, closesAt, profile }: RecordOf<"meeting">) {
  const { conflict, invalid, noticeSeconds, paperSeconds, revealSeconds, objectionSeconds } =
    profile;
  const periods = { noticeSeconds, paperSeconds, revealSeconds, objectionSeconds };
  const items = motions.map(({ item }) => item);
  const plans = planHashes(motions);
  return { roll, items, plans, opensAt, closesAt, ...periods, conflict, invalid };
}

function fromChain({ convocation }: Convened["args"]): ReturnType<typeof fromRecord> {
  const { noticeSeconds, paperSeconds, revealSeconds, objectionSeconds } = convocation;
  return {
    roll: Number(convocation.roll),
    items: [...convocation.items],
    plans: convocation.plans.map((hash) => hash.toLowerCase() as Hex),
    opensAt: Number(convocation.opensAt),
    closesAt: Number(convocation.closesAt),
    noticeSeconds,
    paperSeconds,
    revealSeconds,
    objectionSeconds,
    conflict: CONFLICT_POLICIES[convocation.conflict]!,
    invalid: convocation.invalidParticipates ? "participates" : "ignored",
  };
}

/** What was voted on stood in an anchored head before voting opened. */
function checkAnchored(
  evidence: Evidence,
  { args }: Convened,
  proven: Proven,
  checks: Checks,
): void {
  const { record: leaf, opensAt } = args.convocation;
  const entry = recordsOf(evidence, "meeting").find((candidate) => candidate.leaf === leaf);
  const head = entry && headFor(anchoredHeads(evidence), entry.index);
  const time = head && timeOf(evidence, head.log);
  if (!entry || !proven.has(entry.index) || time === undefined) {
    checks.skip("meetingAnchored", "", entry ? "dependsOnFailed" : "missing");
    return;
  }
  const comparison = { expected: { until: Number(opensAt) }, found: { at: time } };
  checks.that(time <= Number(opensAt), {
    name: "meetingAnchored",
    ...comparison,
    detail: "wrongTime",
  });
}

function checkNotice(evidence: Evidence, { args, log }: Convened, checks: Checks): void {
  const time = timeOf(evidence, log);
  if (time === undefined) {
    checks.skip("noticePeriod", "", "missing");
    return;
  }
  const { noticeSeconds, opensAt } = args.convocation;
  const found = Number(opensAt) - time;
  const comparison = { expected: { seconds: noticeSeconds }, found: { seconds: found } };
  checks.that(found >= noticeSeconds, { name: "noticePeriod", ...comparison, detail: "wrongTime" });
}

async function checkExtension(
  evidence: Evidence,
  { args, log }: Extended,
  { closedAt, proven }: { closedAt: number; proven: Proven },
  checks: Checks,
): Promise<void> {
  const { assembly, chainId } = evidence.info;
  const { meeting, closesAt, record } = args;
  const subject = String(closesAt);
  const time = timeOf(evidence, log);
  const { transactions } = evidence;
  const call = readCall(assemblyAbi, log, { names: ["extend"], transactions });
  if (!call.functionName || time === undefined) {
    checks.faultless("extension", subject, call.functionName ? "missing" : call.fault);
    return;
  }
  const typed = extendTypedData({ chainId, contract: assembly }, { meeting, closesAt, record });
  const act = { digest: hashTypedData(typed), roles: ["registrar", "committee"] } as const;
  const fault = await findAttestationFault(evidence, { ...act, attestations: call.args[3], log });
  const inTime = time < closedAt && Number(closesAt) > closedAt;
  if (fault || !inTime) {
    checks.faultless("extension", subject, inTime ? fault : "wrongTime");
    return;
  }
  findPublished({
    name: "extension",
    subject,
    expected: { leaf: record, fields: { meeting: Number(meeting), closesAt: Number(closesAt) } },
    fields: (published) => ({ meeting: published.meeting, closesAt: published.closesAt }),
    candidates: recordsOf(evidence, "extension").filter((entry) => {
      return entry.leaf === record || entry.record.closesAt === Number(closesAt);
    }),
    proven,
    checks,
  });
}

/** The meeting is the one that two officers convened and published, in time, and extended only in time. */
export async function checkConvening(
  evidence: Evidence,
  proven: Proven,
  checks: Checks,
): Promise<MeetingFacts | undefined> {
  const convened = eventsNamed(evidence.assembly, "MeetingConvened")[0];
  if (!convened) {
    checks.skip("conveneAttested", "", "missing");
    return undefined;
  }
  if (!(await checkAttested(evidence, convened, checks))) {
    for (const name of ["meetingRecord", "meetingAnchored", "noticePeriod"] as const) {
      checks.skip(name, "", "dependsOnFailed");
    }
    return undefined;
  }
  const expected = { leaf: convened.args.convocation.record, fields: fromChain(convened.args) };
  const candidates = recordsOf(evidence, "meeting");
  findPublished({
    name: "meetingRecord",
    expected,
    fields: fromRecord,
    candidates,
    proven,
    checks,
  });
  checkAnchored(evidence, convened, proven, checks);
  checkNotice(evidence, convened, checks);
  let { closesAt } = expected.fields;
  for (const extended of eventsNamed(evidence.assembly, "MeetingExtended")) {
    await checkExtension(evidence, extended, { closedAt: closesAt, proven }, checks);
    closesAt = Number(extended.args.closesAt);
  }
  const { items, opensAt, paperSeconds, revealSeconds, objectionSeconds, conflict } =
    expected.fields;
  const { invalidParticipates } = convened.args.convocation;
  const periods = { paperSeconds, revealSeconds, objectionSeconds };
  return { items, opensAt, closesAt, ...periods, conflict, invalidParticipates };
}
