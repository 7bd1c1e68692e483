import type { Hex } from "viem";
import { parseCanonical } from "../../anchor/json.ts";
import { linesSchema } from "../../anchor/record.ts";
import type { UsePlan } from "../../assembly/plan.ts";
import { ownersOf } from "../../fund/account.ts";
import { type Schedule, findScheduleFault, readSchedule } from "../../fund/schedule.ts";
import { selectScope } from "../../fund/scope.ts";
import type { Checks } from "../report.ts";
import { type PlacedEntry, placed, postedOn } from "./books.ts";
import { type FundEvidence, documentOf, isLookedInto } from "./evidence.ts";

type UnitLine = { building: string; entrance: string; unit: string; area: string; roll: number };

/** The unit lines of every roll, as far as they were published. */
type Rolls = Map<number, Map<string, UnitLine>>;

/** Every apportionment schedule: computed again, with the areas of the rolls that it names, against its entry. */
export function checkSchedules(evidence: FundEvidence, checks: Checks): void {
  const rolls = readRolls(evidence);
  for (const entry of placed(evidence, "entry")) {
    const hash = entry.record.units?.schedule;
    if (!hash || !isLookedInto(evidence, entry.record)) continue;
    const { number } = entry.record;
    const schedule = scheduleOf(evidence, hash);
    if (schedule === "missing") checks.skip("entrySchedule", number, "missing");
    else {
      const found = schedule ? findFault(entry, schedule, rolls) : "unreadable";
      checks.equal({ name: "entrySchedule", subject: number, expected: "", found: found ?? "" });
    }
  }
}

/** A schedule by its hash; undefined where its bytes are none. */
export function scheduleOf(
  evidence: Pick<FundEvidence, "documents">,
  hash: string,
): Schedule | "missing" | undefined {
  if (!evidence.documents.has(hash as Hex)) return "missing";
  const bytes = documentOf(evidence, hash);
  try {
    return bytes && readSchedule(bytes);
  } catch {
    return undefined;
  }
}

function readRolls(evidence: FundEvidence): Rolls {
  const rolls: Rolls = new Map();
  for (const { record } of placed(evidence, "roll")) {
    const bytes = documentOf(evidence, record.lines);
    const read = bytes && linesSchema.safeParse(tryParse(bytes));
    if (!read?.success) continue;
    const lines = read.data.map((line): [string, UnitLine] => [
      line.unit,
      { ...line, roll: record.roll },
    ]);
    rolls.set(record.roll, new Map(lines));
  }
  return rolls;
}

function tryParse(bytes: Uint8Array): unknown {
  try {
    return parseCanonical(bytes);
  } catch {
    return undefined;
  }
}

function findFault({ record }: PlacedEntry, schedule: Schedule, rolls: Rolls): string | undefined {
  const at = findScheduleFault(schedule);
  if (at !== undefined) return at < 0 ? "its arithmetic" : schedule.units[at]!.unit;
  const owners = postedOn(record, ownersOf(record.fund)) ?? 0n;
  const amount = owners < 0n ? -owners : owners;
  if (schedule.amount !== String(amount)) return `${schedule.amount} instead of ${amount}`;
  return (
    findBuildingFault(record, schedule) ??
    findAreaFault(schedule, rolls) ??
    findScopeFault(schedule, rolls)
  );
}

/** The sums of each building are those that the entry's record names. */
function findBuildingFault(
  { units }: PlacedEntry["record"],
  schedule: Schedule,
): string | undefined {
  const groups = Map.groupBy(schedule.units, ({ building }) => building);
  for (const { building, count, amount } of units?.buildings ?? []) {
    const own = groups.get(building) ?? [];
    const sum = own.reduce((total, unit) => total + BigInt(unit.amount), 0n);
    const stated = BigInt(amount);
    if (own.length !== count || sum !== (stated < 0n ? -stated : stated)) return building;
    groups.delete(building);
  }
  return groups.keys().next().value;
}

/** Each unit stands on the roll that is named, with that area in that building. */
function findAreaFault({ units }: Schedule, rolls: Rolls): string | undefined {
  return units.find(({ unit, building, roll, area }) => {
    const line = rolls.get(roll)?.get(unit);
    return line === undefined || line.area !== area || line.building !== building;
  })?.unit;
}

/** Exactly the units of the scope bear it, as the rolls up to the newest named one have them. */
function findScopeFault({ units, scope }: Schedule, rolls: Rolls): string | undefined {
  const newest = Math.max(...units.map(({ roll }) => roll));
  const known = new Map<string, UnitLine>();
  for (const [roll, lines] of [...rolls].sort(([a], [b]) => a - b)) {
    if (roll <= newest) for (const [unit, line] of lines) known.set(unit, line);
  }
  const wanted = new Set(
    scope.kind === "units"
      ? scope.units
      : selectScope(scope, [...known.values()]).map(({ unit }) => unit),
  );
  for (const { unit } of units) if (!wanted.delete(unit)) return unit;
  return wanted.values().next().value;
}

/** How a schedule differs from the plan that its payment follows; undefined where it does not. */
export function findPlanFault(
  evidence: Pick<FundEvidence, "documents">,
  schedule: Schedule,
  plan: UsePlan,
): string | undefined {
  const bytes = documentOf(evidence, plan.scope.sha256);
  const scope = bytes && tryParse(bytes);
  if (!Array.isArray(scope)) return "scope";
  const units = schedule.units.map(({ unit }) => unit).sort();
  if (JSON.stringify(units) !== JSON.stringify([...(scope as string[])].sort())) return "scope";
  const factors = Object.fromEntries(
    (plan.rule.factors ?? []).map(({ unit, factor }) => [unit, factor]),
  );
  const own = schedule.rule.factors ?? {};
  const names = new Set([...Object.keys(factors), ...Object.keys(own)]);
  return [...names].some((name) => factors[name] !== own[name]) ? "rule" : undefined;
}
