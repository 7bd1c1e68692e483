import type { Db } from "../../database/client.ts";
import { Prisma } from "../../database/generated/client.ts";
import type { BoundKey, Enrolment, Invitation, Roll } from "../../database/generated/client.ts";
import type { RegistryContext } from "../context.ts";
import { maskName } from "../import/identity.ts";
import { getRollByNumber } from "../roll/find.ts";

export const DESK_FILTERS = ["waiting", "keyless", "bound", "all"] as const;
export type DeskFilter = (typeof DESK_FILTERS)[number];

export interface DeskQuery {
  communityId: string;
  roll: number;
  filter: DeskFilter;
  /** The beginning of a unit's id, or all of it. */
  unit?: string | undefined;
  after: number;
}

const PAGE = 50;

const HAS_WAITING = Prisma.sql`EXISTS (SELECT FROM "Enrolment" e
  WHERE e."rollId" = v."rollId" AND e."voter" = v."number" AND e."state" IN ('waiting', 'proposed'))`;
const HAS_KEY = Prisma.sql`EXISTS (SELECT FROM "BoundKey" k
  WHERE k."rollId" = v."rollId" AND k."voter" = v."number" AND k."revokedAt" IS NULL)`;

const CONDITIONS: Record<DeskFilter, Prisma.Sql> = {
  waiting: HAS_WAITING,
  keyless: Prisma.sql`NOT ${HAS_WAITING} AND NOT ${HAS_KEY}`,
  bound: HAS_KEY,
  all: Prisma.sql`TRUE`,
};

/** Voters in the order of their first unit, which is that of the letter boxes. */
async function findVoters(db: Db, roll: Roll, { filter, unit, after }: DeskQuery) {
  const pattern = `${(unit ?? "").replace(/[\\%_]/g, "\\$&")}%`;
  return db.$queryRaw<{ number: number; place: number }[]>`
    SELECT v."number", min(u."position")::int AS "place" FROM "RollVoter" v
    JOIN "RollUnit" u ON u."rollId" = v."rollId" AND u."voter" = v."number"
    WHERE v."rollId" = ${roll.id}::uuid AND ${CONDITIONS[filter]} AND u."unit" LIKE ${pattern}
    GROUP BY v."number" HAVING min(u."position") >= ${after}
    ORDER BY "place" LIMIT ${PAGE}`;
}

async function countVoters(db: Db, roll: Roll) {
  const [counts] = await db.$queryRaw<
    { waiting: number; keyless: number; bound: number; all: number }[]
  >`
    SELECT count(*) FILTER (WHERE ${HAS_WAITING})::int AS "waiting",
      count(*) FILTER (WHERE ${CONDITIONS.keyless})::int AS "keyless",
      count(*) FILTER (WHERE ${HAS_KEY})::int AS "bound", count(*)::int AS "all"
    FROM "RollVoter" v WHERE v."rollId" = ${roll.id}::uuid`;
  return counts!;
}

interface HouseholdRows {
  units: readonly { voter: number; unit: string }[];
  invitations: readonly Invitation[];
  enrolments: readonly Enrolment[];
  keys: readonly BoundKey[];
}

async function readRows(db: Db, rollId: string, voters: readonly number[]): Promise<HouseholdRows> {
  const where = { rollId, voter: { in: [...voters] } };
  return {
    units: await db.rollUnit.findMany({ where, orderBy: { position: "asc" } }),
    invitations: await db.invitation.findMany({ where, orderBy: { createdAt: "desc" } }),
    enrolments: await db.enrolment.findMany({
      where: { ...where, state: { in: ["waiting", "proposed"] } },
      orderBy: { createdAt: "asc" },
    }),
    keys: await db.boundKey.findMany({ where, orderBy: [{ page: "asc" }, { position: "asc" }] }),
  };
}

const viewInvitation = ({ createdAt, expiresAt, usedAt }: Invitation) => ({
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  usedAt: usedAt?.toISOString() ?? null,
});

const viewEnrolment = (row: Enrolment) => ({
  id: row.id,
  state: row.state as "waiting" | "proposed",
  kind: row.kind,
  form: row.form,
  keyId: row.keyId,
  carried: row.carried,
  createdAt: row.createdAt.toISOString(),
});

const viewKey = ({
  page,
  position,
  kind,
  keyId,
  boundAt,
  revocation,
  revokedAt,
  reason,
}: BoundKey) => ({
  ...{ page, position, kind, keyId, revocation, reason },
  boundAt: boundAt.toISOString(),
  revokedAt: revokedAt?.toISOString() ?? null,
});

/** Households with what the desk knows of their keys, some at a time. Names are masked: the letter's list has the same. */
export async function listHouseholds(context: RegistryContext, query: DeskQuery) {
  const { db, cipher } = context;
  const roll = await getRollByNumber(db, query.communityId, query.roll);
  const found = await findVoters(db, roll, query);
  const voters = found.map(({ number }) => number);
  const rows = await readRows(db, roll.id, voters);
  const roster = await db.rollVoter.findMany({
    where: { rollId: roll.id, number: { in: voters } },
  });
  const ownersOf = new Map(roster.map(({ number, owners }) => [number, owners]));
  const items = voters.map((voter) => {
    const own = <Row extends { voter: number }>(list: readonly Row[]): Row[] =>
      list.filter((row) => row.voter === voter);
    const names = cipher.open(ownersOf.get(voter)!, `voter ${roll.id} ${voter}`);
    const [invitation] = own(rows.invitations);
    return {
      voter,
      units: own(rows.units).map(({ unit }) => unit),
      owners: (JSON.parse(names) as string[]).map(maskName),
      invitation: invitation ? viewInvitation(invitation) : null,
      enrolments: own(rows.enrolments).map(viewEnrolment),
      keys: own(rows.keys).map(viewKey),
    };
  });
  const last = found.at(-1);
  const next = found.length === PAGE && last ? last.place + 1 : null;
  return { items, next, counts: await countVoters(db, roll) };
}

const LISTED_ACTS = 100;

/** Who did what at the desk of a roll, newest first; offices, not persons. */
export async function listDeskActs(
  { db }: RegistryContext,
  { communityId, roll: number }: { communityId: string; roll: number },
) {
  const roll = await getRollByNumber(db, communityId, number);
  const acts = await db.deskAct.findMany({
    where: { rollId: roll.id },
    orderBy: { at: "desc" },
    take: LISTED_ACTS,
  });
  const officers = await db.officer.findMany({ where: { communityId } });
  const titles = new Map(officers.map(({ id, title }) => [id, title]));
  const single = acts.filter(({ voters }) => voters.length === 1).map(({ voters }) => voters[0]!);
  const units = await db.rollUnit.findMany({
    where: { rollId: roll.id, voter: { in: single } },
    orderBy: { position: "asc" },
  });
  return acts.map(({ at, officer, act, voters, reason }) => ({
    ...{ act, reason, officer, title: titles.get(officer) ?? "" },
    at: at.toISOString(),
    count: voters.length,
    units:
      voters.length === 1
        ? units.filter(({ voter }) => voter === voters[0]).map(({ unit }) => unit)
        : [],
  }));
}
