import * as z from "zod";
import { fromAreaE4, sumAreaE4 } from "../../../protocol/registry/area.ts";
import { mergeUnits } from "../../../protocol/registry/voters.ts";
import type { Cipher } from "../../cipher.ts";
import type { Db } from "../../database/client.ts";
import { DomainError } from "../../http/errors.ts";
import { area } from "../../http/fields.ts";
import type { ImportContent } from "../import/imports.ts";
import { toVotingUnits } from "../import/report.ts";

/** A unit, and by a keyed hash who holds it: two rolls name the same people alike. */
interface Holding {
  unit: string;
  areaE4: bigint;
  group: string;
}

const totals = z.object({ units: z.int(), heads: z.int(), area });

/** What became otherwise since the last frozen roll; no owner is named. */
export const differenceSchema = z
  .object({
    roll: z.int().nullable().meta({ description: "the last frozen roll; null for the first" }),
    before: totals.nullable(),
    after: totals,
    added: z.array(z.object({ unit: z.string(), area })),
    removed: z.array(z.object({ unit: z.string(), area })),
    areas: z.array(z.object({ unit: z.string(), before: area, after: area })),
    owners: z.array(z.string()).meta({ description: "units that other people hold now" }),
  })
  .meta({ id: "RollDifference" });

export type RollDifference = z.infer<typeof differenceSchema>;

interface Context {
  db: Db;
  cipher: Cipher;
}

const totalOf = (holdings: readonly Holding[]): z.infer<typeof totals> => ({
  units: holdings.length,
  heads: new Set(holdings.map(({ group }) => group)).size,
  area: fromAreaE4(sumAreaE4(holdings)),
});

function compare(
  roll: number | null,
  before: readonly Holding[],
  after: readonly Holding[],
): RollDifference {
  const old = new Map(before.map((holding) => [holding.unit, holding]));
  const now = new Set(after.map(({ unit }) => unit));
  const view = ({ unit, areaE4 }: Holding) => ({ unit, area: fromAreaE4(areaE4) });
  const both = after.flatMap((holding) => {
    const was = old.get(holding.unit);
    return was ? [{ unit: holding.unit, was, is: holding }] : [];
  });
  return {
    roll,
    before: roll === null ? null : totalOf(before),
    after: totalOf(after),
    added: after.filter(({ unit }) => roll !== null && !old.has(unit)).map(view),
    removed: before.filter(({ unit }) => !now.has(unit)).map(view),
    areas: both
      .filter(({ was, is }) => was.areaE4 !== is.areaE4)
      .map(({ unit, was, is }) => {
        return { unit, before: fromAreaE4(was.areaE4), after: fromAreaE4(is.areaE4) };
      }),
    owners: both.filter(({ was, is }) => was.group !== is.group).map(({ unit }) => unit),
  };
}

async function readHoldings(db: Db, rollId: string): Promise<Holding[]> {
  const units = await db.rollUnit.findMany({
    where: { rollId },
    orderBy: { position: "asc" },
    select: { unit: true, areaE4: true, voter: true },
  });
  const voters = await db.rollVoter.findMany({
    where: { rollId },
    select: { number: true, group: true },
  });
  const groupOf = new Map(voters.map(({ number, group }) => [number, group]));
  return units.map(({ unit, areaE4, voter }) => ({
    unit,
    areaE4,
    group: groupOf.get(voter) ?? "",
  }));
}

/** The last roll of a community that was frozen before `number`, or of all. */
function findLast(db: Db, communityId: string, number?: number) {
  return db.roll.findFirst({
    where: {
      ...{ communityId, state: "frozen" as const },
      ...(number === undefined ? {} : { number: { lt: number } }),
    },
    orderBy: { number: "desc" },
    select: { id: true, number: true },
  });
}

/** How a clean import differs from the last roll. */
export async function compareImport(
  { db, cipher }: Context,
  communityId: string,
  { units, rules }: ImportContent,
): Promise<RollDifference> {
  const last = await findLast(db, communityId);
  const groups = mergeUnits(toVotingUnits(units, rules), rules.developer);
  const after = groups.flatMap((group) => {
    const name = cipher.fingerprint(group.key);
    return group.units.map(({ unit, areaE4 }) => ({ unit, areaE4, group: name }));
  });
  return compare(last?.number ?? null, last ? await readHoldings(db, last.id) : [], after);
}

/** How a roll, proposed or frozen, differs from the one before it. */
export async function compareRoll(
  db: Db,
  communityId: string,
  number: number,
): Promise<RollDifference> {
  const state = { in: ["proposed" as const, "freezing" as const, "frozen" as const] };
  const roll = await db.roll.findFirst({
    where: { communityId, number, state },
    select: { id: true },
  });
  if (!roll) throw new DomainError("RollNotFound", { roll: number });
  const last = await findLast(db, communityId, number);
  const before = last ? await readHoldings(db, last.id) : [];
  return compare(last?.number ?? null, before, await readHoldings(db, roll.id));
}
