import { compareText } from "../../../protocol/fund/order.ts";
import { readSchedule } from "../../../protocol/fund/schedule.ts";
import { fromAreaE4 } from "../../../protocol/registry/area.ts";
import type { Hex } from "viem";
import type { FundUnit } from "../../database/generated/client.ts";
import type { OwnVoter } from "../../registry/service.ts";
import type { FundContext } from "../context.ts";
import { toState } from "./figures.ts";
import { fromDay } from "./lock.ts";
import { proveBalance, proveShare } from "./proof.ts";
import type { UnitProof } from "./proof.ts";
import { findSettings } from "./settings.ts";
import { isShort } from "./topUp.ts";
import { ensureUnits } from "./units.ts";

/** How a unit's share of a cost came about: amount × area × factor ÷ total weight, and perhaps a fen more. */
export interface ShareArithmetic {
  amount: string;
  area: string;
  factor: string;
  totalWeight: string;
  extra: boolean;
  developer: boolean;
}

/** The owner's units by the newest roll that has each: who sold a flat sees it no more. */
export async function listOwnUnits(
  context: FundContext,
  communityId: string,
  voters: readonly OwnVoter[],
): Promise<FundUnit[]> {
  const { db, registry } = context;
  await ensureUnits(context, communityId);
  const own: FundUnit[] = [];
  for (const { roll, voter } of voters) {
    const units = await registry.unitsOf(db, communityId, { roll, voter });
    const unit = { in: units.map(({ unit: id }) => id) };
    own.push(...(await db.fundUnit.findMany({ where: { communityId, unit, roll } })));
  }
  return own.sort((a, b) => compareText(a.unit, b.unit));
}

/** What an owner sees of the funds: his units' sub-ledgers, and how they lead to the newest published root. */
export async function viewOwnFund(
  context: FundContext,
  communityId: string,
  voters: readonly OwnVoter[],
) {
  const units = await listOwnUnits(context, communityId, voters);
  const settings = await findSettings(context.db, communityId);
  const published = await context.db.fundBalances.findFirst({
    where: { communityId },
    orderBy: { number: "desc" },
  });
  const views = [];
  for (const row of units) {
    const { unit, building, entrance, areaE4, developer, sharedFen } = row;
    const figures = toFigures(row);
    const number = published?.number;
    views.push({
      ...{ unit, building, entrance, area: fromAreaE4(areaE4), developer },
      ...figures,
      shared: String(sharedFen),
      firstDeposit: String(row.firstFen),
      topUpDue: isShort(row, settings.topUpBelow),
      postings: await listPostings(context, communityId, unit),
      proof:
        number === undefined
          ? null
          : ((await proveBalance(context.db, { communityId, number, unit })) ?? null),
    });
  }
  return { units: views, balances: published && toPublished(published) };
}

function toFigures({ unit, building, depositedFen, gainedFen, usedFen }: FundUnit) {
  const row = { unit, building, deposited: depositedFen, gained: gainedFen, used: usedFen };
  const { deposited, gained, used, balance, owed } = toState(row);
  return {
    deposited: String(deposited),
    gained: String(gained),
    used: String(used),
    balance: String(balance),
    owed: String(owed),
  };
}

const toPublished = (row: { number: number; date: Date; root: string; recordIndex: number }) => ({
  number: row.number,
  date: fromDay(row.date),
  root: row.root as Hex,
  recordIndex: row.recordIndex,
});

const POSTINGS_SHOWN = 500;

/** A unit's own ledger, the newest first; what it gained is positive, what it bore negative. */
async function listPostings(context: FundContext, communityId: string, unit: string) {
  const own = await context.db.fundUnitPosting.findMany({
    where: { communityId, unit },
    orderBy: { number: "desc" },
    take: POSTINGS_SHOWN,
  });
  const entries = await context.db.fundEntry.findMany({
    where: { communityId, number: { in: own.map(({ number }) => number) } },
  });
  const byNumber = new Map(entries.map((entry) => [entry.number, entry]));
  const rows = [];
  for (const { number, amountFen, balanceFen } of own) {
    const entry = byNumber.get(number)!;
    const sign = entry.fund === "income" ? 1n : -1n;
    rows.push({
      ...{ number, fund: entry.fund, kind: entry.kind, date: fromDay(entry.date) },
      ...{ narration: entry.narration, category: entry.category, reverses: entry.reverses },
      amount: String(sign * amountFen),
      balance: String(sign * balanceFen),
      recordIndex: entry.recordIndex,
      source: entry.source,
      share: await readShare(context, { communityId, unit, schedule: entry.schedule }),
    });
  }
  return rows;
}

async function readShare(
  { anchor }: FundContext,
  { communityId, unit, schedule }: { communityId: string; unit: string; schedule: string | null },
): Promise<(ShareArithmetic & { schedule: Hex }) | null> {
  if (schedule === null) return null;
  const { bytes } = await anchor.getDocument(communityId, schedule as Hex);
  const { amount, totalWeight, units } = readSchedule(bytes);
  const line = units.find((row) => row.unit === unit);
  if (!line) return null;
  const { area, factor, extra, developer } = line;
  return { amount, area, factor, totalWeight, extra, developer, schedule: schedule as Hex };
}

/** A unit's part in one entry with its proof against the entry's record; undefined where the unit is not the owner's. */
export async function proveOwnShare(
  context: FundContext,
  voters: readonly OwnVoter[],
  query: { communityId: string; number: number; unit: string },
): Promise<UnitProof | undefined> {
  const own = await listOwnUnits(context, query.communityId, voters);
  if (!own.some(({ unit }) => unit === query.unit)) return undefined;
  return proveShare(context.db, query);
}
