import type { Hex } from "viem";
import { decodeLines } from "../../anchor/lines.ts";
import type { KeyPlace } from "../../assembly/ballot.ts";
import type { ConflictPolicy } from "../../assembly/order.ts";
import { logKeysOf } from "../checkpoint.ts";
import { eventsNamed } from "../events.ts";
import { documentOf, recordsOf, rollOf } from "../evidence.ts";
import type { MeetingFindings } from "../meeting.ts";
import type { Check, CheckName } from "../report.ts";
import type { CommunityInfo } from "../source.ts";
import type { KnownLine } from "./claim.ts";

/** A batch as far as the file goes; `ballots` with the chain's codes, of one that was opened. */
export type KnownBatch = {
  batch: number;
  commitment: Hex;
  sealedAt: number;
  state: "sealed" | "opened" | "lapsed";
  ballots: { leaf: Hex; voter: number; code: number }[];
};

/** The ballot that stands for a voter; `key` null on paper. */
export type KnownStanding = {
  voter: number;
  batch: number;
  leaf: Hex;
  answers: number;
  key: KeyPlace | null;
};

/** A key of the roll. */
export type KnownKey = KeyPlace & { voter: number; kind: 0 | 1; keyId: Hex };

/**
 * What the verified evidence of a meeting says that bears on a claim. `unsound` are the checks on which every claim
 * rests and which did not pass, `until` is the time of the last block.
 */
export type MeetingView = {
  info: CommunityInfo;
  meeting: number;
  motions: number;
  policy: ConflictPolicy;
  closesAt: number;
  until: number;
  concluded: boolean;
  logKeys: string[];
  lines: KnownLine[];
  keys: KnownKey[];
  batches: KnownBatch[];
  standing: KnownStanding[];
  unsound: string[];
};

/** What every claim rests on, about a meeting or an entry: files, blocks, contracts. */
export const BLOCKS: readonly CheckName[] = [
  "bundleFile",
  "chainId",
  "blockWhole",
  "blockSealed",
  "blockKnown",
  "contractCode",
  "contractsLinked",
  "chainConsistent",
  "stateCode",
  "stateAgrees",
];

/** What every claim about a meeting rests on; nothing can be held against evidence in which one of them did not pass. */
const GROUND: readonly CheckName[] = [
  ...BLOCKS,
  "rollAttested",
  "rollRecord",
  "areaPages",
  "unitLines",
  "keyPage",
  "keyRevoked",
  "conveneAttested",
  "batchesComplete",
  "batchSealed",
  "batchOrder",
  "batchContent",
  "batchCodes",
  "batchLapsed",
  "ballotAlone",
];

/** The names of the checks that did not pass, of those that claims rest on. */
export function findUnsound(checks: readonly Check[]): string[] {
  const open = checks.filter(({ name, status }) => status !== "ok" && GROUND.includes(name));
  return [...new Set(open.map(({ name }) => name))].sort();
}

function listLines({ evidence, proven }: MeetingFindings): KnownLine[] {
  const roll = Number(rollOf(evidence));
  const record = recordsOf(evidence, "roll").find(
    ({ index, record: { roll: number } }) => proven.has(index) && number === roll,
  );
  const bytes = record && documentOf(evidence, record.record.lines);
  return bytes ? decodeLines(bytes).map(({ unit, leaf }) => ({ unit, leaf })) : [];
}

function listKeys({ ring }: MeetingFindings): KnownKey[] {
  return [...ring.pages].flatMap(([page, { kind, bindings }]) =>
    bindings.map(({ voter, keyId }, position) => ({ page, position, voter, kind, keyId })),
  );
}

function listBatches({ sealing, count }: MeetingFindings): KnownBatch[] {
  return sealing.batches.map(({ batch, commitment, sealedAt }) => {
    const opened = count.opened.find((one) => one.batch === batch);
    const state = opened ? "opened" : count.lapsed.includes(batch) ? "lapsed" : "sealed";
    const ballots = (opened?.ballots ?? []).map(({ leaf, voter, code }) => ({ leaf, voter, code }));
    return { batch, commitment, sealedAt, state, ballots };
  });
}

/** The view of a meeting's evidence: `until` is the time of the last block, `checks` what was found in it. */
export function viewOf(
  findings: MeetingFindings,
  { until, checks }: { until: number; checks: readonly Check[] },
): MeetingView {
  const { evidence, proven, meeting, count } = findings;
  const standing = [...(count.recounted?.standing ?? [])];
  return {
    info: evidence.info,
    meeting: evidence.meeting,
    motions: meeting.items.length,
    policy: meeting.conflict,
    closesAt: meeting.closesAt,
    until,
    concluded: eventsNamed(evidence.assembly, "MeetingConcluded").length > 0,
    logKeys: logKeysOf(evidence.records.filter(({ index }) => proven.has(index))).map(
      ({ key }) => key,
    ),
    lines: listLines(findings),
    keys: listKeys(findings),
    batches: listBatches(findings),
    standing: standing.map(([voter, { batch, leaf, answers, place }]) => {
      return { voter, batch: batch.batch, leaf, answers, key: place ?? null };
    }),
    unsound: findUnsound(checks),
  };
}
