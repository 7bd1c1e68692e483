import type { Hex } from "viem";
import type { ReadRecord } from "../entry.ts";
import { type AssemblyEvent, type FundEvent, eventsNamed } from "../events.ts";
import { placed } from "./books.ts";

/**
 * What of the funds is looked at: all of them, a project, the books up to a period's closing with what was paid in it,
 * or one entry with what it takes back or was taken back by, and the project that it paid for.
 */
export type FundScope =
  | { kind: "community" }
  | { kind: "project"; project: number }
  | { kind: "period"; period: number }
  | { kind: "entry"; entry: number };

/** What belongs to a scope, by what records and events say of each other. */
export type Chosen = {
  /** The books end with the record of this index: the closing of a period, and the balances of its day. */
  lastIndex: number;
  /** Entries that are looked into, with their schedules and documents; undefined where all are. */
  entries: ReadonlySet<number> | undefined;
  projects: ReadonlySet<number>;
  reservations: ReadonlySet<number>;
  claims: ReadonlySet<number>;
  meetings: ReadonlySet<number>;
};

/** The records and events that tell what belongs together. */
export type Told = {
  records: readonly ReadRecord[];
  fund: readonly FundEvent[];
};

/** The number of the project that a record is a step of. */
export function projectOf({ record }: ReadRecord): number | undefined {
  const isStep = record?.type.startsWith("project") === true;
  return isStep ? (record as { project?: number }).project : undefined;
}

/** Where the books of a scope end; before everything where the period's record is not there. */
function lastIndexOf({ records }: Told, scope: FundScope): number {
  if (scope.kind !== "period") return Number.MAX_SAFE_INTEGER;
  const closing = placed({ records }, "period").find(
    ({ record }) => record.period === scope.period,
  )?.index;
  if (closing === undefined) return -1;
  const next = placed({ records }, "balances").some(({ index }) => index === closing + 1);
  return next ? closing + 1 : closing;
}

/** The entries of a period by their numbers. */
function entriesOfPeriod({ records }: Told, number: number): number[] {
  const period = placed({ records }, "period").find(({ record }) => record.period === number);
  if (!period) return [];
  const { from, to, lastEntry } = period.record;
  return placed({ records }, "entry")
    .map(({ record }) => record)
    .filter(({ date, number: own }) => date >= from && date <= to && own <= lastEntry)
    .map(({ number: own }) => own);
}

/** An entry, the other half of a pair, what it takes back, and what took these back. */
function entriesAbout({ records }: Told, number: number): number[] {
  const entries = placed({ records }, "entry").map(({ record }) => record);
  const own = entries.filter((entry) => entry.number === number);
  const near = new Set(
    own.flatMap(({ reverses, linked }) => [
      number,
      ...linked,
      ...(reverses === null ? [] : [reverses]),
    ]),
  );
  const back = entries.filter(({ reverses }) => reverses !== null && near.has(reverses));
  return [...near, ...back.map((entry) => entry.number)];
}

function entriesWithin(told: Told, scope: FundScope): number[] {
  if (scope.kind === "entry") return entriesAbout(told, scope.entry);
  return scope.kind === "period" ? entriesOfPeriod(told, scope.period) : [];
}

function projectsOf(told: Told, scope: FundScope, entries: ReadonlySet<number>): number[] {
  if (scope.kind === "project") return [scope.project];
  return placed(told, "projectPayment")
    .filter(({ record }) => entries.has(record.entry))
    .map(({ record }) => record.project);
}

/** What of a project's money stands in the books: its payments, what was put before the owners, and what took it back. */
function entriesOfProjects(told: Told, projects: ReadonlySet<number>): number[] {
  const paid = placed(told, "projectPayment")
    .filter(({ record }) => projects.has(record.project))
    .map(({ record }) => record.entry);
  const shown = placed(told, "projectPublication")
    .filter(({ record }) => projects.has(record.project))
    .flatMap(({ record }) => record.entries);
  const own = new Set([...paid, ...shown]);
  const back = placed(told, "entry")
    .filter(({ record }) => record.reverses !== null && own.has(record.reverses))
    .map(({ record }) => record.number);
  return [...own, ...back];
}

/** Motions that decide on the projects, as `meeting/motion`. */
function motionsOf(told: Told, projects: ReadonlySet<number>): Set<string> {
  const votes = placed(told, "projectVote").filter(({ record }) => projects.has(record.project));
  return new Set(votes.map(({ record }) => `${record.meeting}/${record.motion}`));
}

/** Reservations that the projects tell of, or that name their records or motions. */
function reservationsOf(told: Told, projects: ReadonlySet<number>): Set<number> {
  const steps = told.records.filter((entry) => projects.has(projectOf(entry) ?? 0));
  const leaves = new Set<Hex>(steps.map(({ leaf }) => leaf));
  const motions = motionsOf(told, projects);
  const said = placed({ records: steps }, "projectReservation").map(
    ({ record }) => record.reservation,
  );
  const decided = eventsNamed(told.fund, "MotionReserved")
    .filter(({ args }) => leaves.has(args.record) || motions.has(`${args.meeting}/${args.motion}`))
    .map(({ args }) => Number(args.reservation));
  const urgent = eventsNamed(told.fund, "EmergencyReserved")
    .filter(({ args }) => leaves.has(args.record))
    .map(({ args }) => Number(args.reservation));
  return new Set([...said, ...decided, ...urgent]);
}

/** Finds what belongs to a scope; undefined of a community, to which everything does. */
export function choose(told: Told, scope: FundScope): Chosen | undefined {
  if (scope.kind === "community") return undefined;
  const within = entriesWithin(told, scope);
  const projects = new Set(projectsOf(told, scope, new Set(within)));
  const reservations = reservationsOf(told, projects);
  const claims = eventsNamed(told.fund, "ClaimSubmitted")
    .filter(({ args }) => reservations.has(Number(args.reservation)))
    .map(({ args }) => Number(args.claim));
  const motions = [...motionsOf(told, projects)].map((motion) => Number(motion.split("/")[0]));
  const reserved = eventsNamed(told.fund, "MotionReserved")
    .filter(({ args }) => reservations.has(Number(args.reservation)))
    .map(({ args }) => Number(args.meeting));
  return {
    lastIndex: lastIndexOf(told, scope),
    entries: new Set([...within, ...entriesOfProjects(told, projects)]),
    ...{ projects, reservations, claims: new Set(claims) },
    meetings: new Set([...motions, ...reserved]),
  };
}

/** Whether an event of the Fund belongs to what was chosen; what a fund received and its rules always do. */
export function isChosenFund({ reservations, claims }: Chosen, event: FundEvent): boolean {
  const args = event.args as { reservation?: bigint; claim?: bigint; fund?: number };
  if (args.reservation !== undefined) return reservations.has(Number(args.reservation));
  if (args.claim !== undefined) return claims.has(Number(args.claim));
  return args.fund !== undefined;
}

/** Whether an event of the Assembly is of a meeting that was chosen. */
export function isChosenAssembly({ meetings }: Chosen, { args }: AssemblyEvent): boolean {
  return meetings.has(Number((args as { meeting?: bigint }).meeting));
}
