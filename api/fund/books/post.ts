import type { Hex } from "viem";
import { findEntryFault, fundOfKind } from "../../../protocol/fund/entry.ts";
import type { UnitPosting } from "../../../protocol/fund/entry.ts";
import { findScheduleFault, scheduleBytes } from "../../../protocol/fund/schedule.ts";
import type { Tx } from "../../database/client.ts";
import type { FundBooks, FundUnit } from "../../database/generated/client.ts";
import { DomainError } from "../../http/errors.ts";
import { publishEvent } from "../../http/events.ts";
import type { FundContext } from "../context.ts";
import type { NewEntry, PostedEntry, UnitShare } from "./entry.ts";
import { findBySource } from "./find.ts";
import { fromDay, lockBooks } from "./lock.ts";
import { moveAccounts, moveBuildings, moveUnits, requireLevelsAgree } from "./move.ts";
import { findSettings } from "./settings.ts";
import { today } from "./today.ts";
import { findUnits, syncUnits } from "./units.ts";
import { toEntryTree, writeEntry } from "./write.ts";
import type { FullEntry } from "./write.ts";

/**
 * Posts an entry in the caller's transaction: checks every invariant, moves the balances of all three levels, publishes
 * the record. Posting what has the same `source` again returns the entry that there is.
 */
export async function postEntry(
  context: FundContext,
  tx: Tx,
  entry: NewEntry,
): Promise<PostedEntry> {
  const { communityId, kind } = entry;
  const books = await lockBooks(tx, communityId);
  const posted = await findBySource(tx, communityId, entry.source);
  if (posted) return posted;
  await syncUnits(context, tx, books);
  const shares = entry.units ?? toShares(entry);
  const rows = await findUnits(
    tx,
    communityId,
    shares.map(({ unit }) => unit),
  );
  const units = toPostings(shares, rows);
  const schedule = await putSchedule(context, tx, { entry, units });
  const number = books.lastEntry + 1;
  const full = { ...entry, number, fund: fundOfKind(kind), moves: kind, units, schedule };
  return bookEntry(context, tx, { books, entry: full, rows });
}

export interface Booking {
  books: FundBooks;
  entry: FullEntry;
  rows: ReadonlyMap<string, FundUnit>;
}

/** The same with the books locked and everything looked up. */
export async function bookEntry(
  context: FundContext,
  tx: Tx,
  { books, entry, rows }: Booking,
): Promise<PostedEntry> {
  const { communityId, number, fund, units, postings, moves } = entry;
  const fault = findEntryFault(entry);
  if (fault) throw new DomainError(fault, {});
  requireDate(context, books, entry);
  const tree = units.length > 0 ? toEntryTree(communityId, number, { units, rows }) : undefined;
  const posted = await writeEntry(context, tx, { entry, tree });
  const movement = { communityId, number, fund, kind: moves, postings, units };
  await moveAccounts(tx, movement);
  if (units.length > 0) {
    await moveBuildings(tx, movement, totalBuildings(units));
    const { negativeUnits } = await findSettings(tx, communityId);
    await moveUnits(tx, movement, negativeUnits);
    await requireLevelsAgree(tx, communityId, fund);
  }
  await publishEvent(tx, communityId, { type: "entry", data: { number, fund } });
  return posted;
}

function totalBuildings(units: readonly UnitPosting[]) {
  const totals = new Map<string, bigint>();
  for (const { building, amountFen } of units) {
    totals.set(building, (totals.get(building) ?? 0n) + amountFen);
  }
  return [...totals].map(([building, amountFen]) => ({ building, amountFen }));
}

/** A schedule's shares with the sign of the posting that they are part of. */
function toShares({ schedule, postings }: NewEntry): UnitShare[] {
  if (!schedule) return [];
  const isCharge = postings.some(
    ({ account, amountFen }) => account.endsWith(":owners") && amountFen > 0n,
  );
  const sign = isCharge ? 1n : -1n;
  return schedule.units.map(({ unit, amount }) => ({ unit, amountFen: sign * BigInt(amount) }));
}

function toPostings(
  shares: readonly UnitShare[],
  rows: ReadonlyMap<string, FundUnit>,
): UnitPosting[] {
  const unknown = shares.filter(({ unit }) => !rows.has(unit));
  if (unknown.length > 0) throw new DomainError("EntryUnitUnknown", { units: unknown.length });
  return shares.map(({ unit, amountFen }) => {
    return { unit, building: rows.get(unit)!.building, amountFen };
  });
}

/** Publishes the schedule, which must be right by itself and say what the units' postings say. */
async function putSchedule(
  { anchor }: FundContext,
  tx: Tx,
  { entry, units }: { entry: NewEntry; units: readonly UnitPosting[] },
): Promise<Hex | undefined> {
  const { schedule, communityId } = entry;
  if (!schedule) return undefined;
  const isSame =
    schedule.units.length === units.length &&
    sizesOf(units) === sizesOf(schedule.units.map(({ unit, amount }) => toSize(unit, amount)));
  if (!isSame || findScheduleFault(schedule) !== undefined) {
    throw new DomainError("ScheduleDiffers", {});
  }
  const bytes = scheduleBytes(schedule);
  const name = "apportionment-schedule.json";
  const document = { communityId, name, mediaType: "application/json", bytes };
  return (await anchor.putDocument(tx, document)).sha256;
}

const toSize = (unit: string, amount: string) => ({ unit, amountFen: BigInt(amount) });

/** Units with their amounts, whatever their order and sign. */
const sizesOf = (units: readonly { unit: string; amountFen: bigint }[]): string =>
  units
    .map(({ unit, amountFen }) => `${unit} ${amountFen < 0n ? -amountFen : amountFen}`)
    .sort()
    .join("\n");

/** Nothing is entered into a period that is closed, nor ahead of time. */
function requireDate({ clock }: FundContext, { closedTo }: FundBooks, entry: FullEntry): void {
  const { date, occurred } = entry;
  if (closedTo && date <= fromDay(closedTo)) {
    throw new DomainError("PeriodClosed", { closedTo: fromDay(closedTo) });
  }
  const last = today(clock);
  if (date > last || (occurred !== undefined && occurred > date)) {
    throw new DomainError("EntryDateAhead", { today: last });
  }
}
