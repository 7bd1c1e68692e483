import type { Hex } from "viem";
import { assemblyAbi } from "../../abi/assembly.ts";
import { fundAbi } from "../../abi/fund.ts";
import { readSchedule } from "../../fund/schedule.ts";
import { type ReadRecord, readRecord, sealedFields } from "../entry.ts";
import { decodeLogs, eventsNamed } from "../events.ts";
import { attempt } from "../evidence.ts";
import { type CommunityInfo, type RecordSource, type Sources, textMatches } from "../source.ts";
import { placed } from "./books.ts";
import { type Chosen, type FundScope, choose, projectOf } from "./choose.ts";

// A bundle of a project or a period holds the records that its verification rests on, and no others.

/** Types of which every record is wanted. */
const ALWAYS = ["community", "logKey", "fundRules"];
/** Types of which those up to a period's closing are wanted. */
const BOOKS = [
  ...["entry", "period", "balances", "fundSettings"],
  ...["bankAccount", "statement", "reconciliation"],
];

/** The number of the newest roll that the chosen entries' schedules name. */
async function newestRoll(
  source: RecordSource,
  records: readonly ReadRecord[],
  { entries }: Chosen,
): Promise<number> {
  let newest = 0;
  for (const { record } of placed({ records }, "entry")) {
    const hash = record.units?.schedule;
    if (!hash || !entries!.has(record.number)) continue;
    const bytes = await attempt(source.document(hash as Hex));
    const units = bytes && (await attempt(Promise.resolve(bytes).then(readSchedule)))?.units;
    newest = Math.max(newest, ...(units ?? []).map(({ roll }) => roll));
  }
  return newest;
}

type Wanted = { scope: FundScope; chosen: Chosen; leaves: ReadonlySet<Hex>; roll: number };

function isWanted(entry: ReadRecord, { scope, chosen, leaves, roll }: Wanted): boolean {
  const { record, index, leaf } = entry;
  if (!record) return false;
  if (ALWAYS.includes(record.type) || leaves.has(leaf)) return true;
  if (record.type === "roll") return record.roll <= roll;
  if (chosen.projects.has(projectOf(entry) ?? 0)) return true;
  if (record.type === "entry" && chosen.entries!.has(record.number)) return true;
  return scope.kind === "period" && BOOKS.includes(record.type) && index <= chosen.lastIndex;
}

/** The records that a scope rests on, by index, with what was redacted of them. */
async function select(
  { records: source, chain }: Sources,
  info: CommunityInfo,
  scope: FundScope,
): Promise<Set<number> | undefined> {
  const records = (await source.findRecords({})).map(readRecord);
  const { events: fund } = decodeLogs(fundAbi, await chain.logs(info.fund));
  const chosen = choose({ records, fund }, scope);
  if (!chosen) return undefined;
  const { events } = decodeLogs(assemblyAbi, await chain.logs(info.assembly));
  const convened = eventsNamed(events, "MeetingConvened").filter(({ args }) =>
    chosen.meetings.has(Number(args.meeting)),
  );
  const leaves = new Set(convened.map(({ args }) => args.convocation.record));
  const roll = await newestRoll(source, records, chosen);
  const wanted = records.filter((entry) => isWanted(entry, { scope, chosen, leaves, roll }));
  const open = new Set(
    wanted
      .filter((entry) => sealedFields(entry).length > (entry.disclosures?.length ?? 0))
      .map(({ index }) => index),
  );
  const redactions = placed({ records }, "redaction").filter(({ record }) =>
    open.has(record.record),
  );
  return new Set([...wanted, ...redactions].map(({ index }) => index));
}

/** Sources that give of all records those that a scope rests on. */
export async function narrowSources(
  sources: Sources,
  info: CommunityInfo,
  scope: FundScope,
): Promise<Sources> {
  const chosen = await select(sources, info, scope);
  if (!chosen) return sources;
  const { records } = sources;
  const narrowed: RecordSource = {
    community: () => records.community(),
    async findRecords(query) {
      const all = await records.findRecords({});
      return all.filter(({ index, text }) => chosen.has(index) && textMatches(text, query));
    },
    record: (index) => records.record(index),
    inclusion: (index, size) => records.inclusion(index, size),
    consistency: (first, second) => records.consistency(first, second),
    document: (hash) => records.document(hash),
    ...(records.exportPeriod ? { exportPeriod: (wanted) => records.exportPeriod!(wanted) } : {}),
    ...(records.checkpoint ? { checkpoint: (size) => records.checkpoint!(size) } : {}),
  };
  return { ...sources, records: narrowed };
}
