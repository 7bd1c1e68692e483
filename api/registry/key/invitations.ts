import type { Db, Tx } from "../../database/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import type { RegistryContext } from "../context.ts";
import { maskName } from "../import/identity.ts";
import { getRollByNumber } from "../roll/find.ts";
import { drawCode, hashCode } from "./code.ts";
import { noteAct } from "./desk.ts";

const VALID_DAYS = 60;

/** What the registrar hands to one household: shown once, for only the code's hash is kept. */
export interface IssuedInvitation {
  units: string[];
  /** Names, masked. */
  owners: string[];
  code: string;
  expiresAt: Date;
}

/** Codes for the voters of the units given, or for all that have no key yet. A new code replaces an unused one. */
export async function issueInvitations(
  context: RegistryContext,
  input: {
    communityId: string;
    roll: number;
    units?: readonly string[] | undefined;
    officer: OfficerCaller;
  },
): Promise<IssuedInvitation[]> {
  const roll = await getRollByNumber(context.db, input.communityId, input.roll);
  const voters = input.units
    ? await votersOfUnits(context.db, roll.id, input.units)
    : await votersWithoutKey(context.db, roll.id);
  const createdAt = context.clock.now();
  const expiresAt = new Date(createdAt.getTime() + VALID_DAYS * 86_400_000);
  const codes = voters.map((voter) => ({ voter, code: drawCode() }));
  await context.db.$transaction(async (tx) => {
    const { count } = await tx.invitation.deleteMany({
      where: { rollId: roll.id, voter: { in: voters }, usedAt: null },
    });
    const act = input.units && count > 0 ? "reinvited" : "invited";
    await noteAct(context, tx, { rollId: roll.id, officer: input.officer, act, voters });
    await tx.invitation.createMany({
      data: codes.map(({ voter, code }) => {
        return {
          codeHash: hashCode(context.cipher, "invitation", code),
          rollId: roll.id,
          voter,
          createdAt,
          expiresAt,
        };
      }),
    });
  });
  return describe(
    context,
    roll.id,
    codes.map((row) => ({ ...row, expiresAt })),
  );
}

async function votersOfUnits(db: Db, rollId: string, units: readonly string[]): Promise<number[]> {
  const rows = await db.rollUnit.findMany({ where: { rollId, unit: { in: [...units] } } });
  const known = new Set(rows.map(({ unit }) => unit));
  const unknown = units.filter((unit) => !known.has(unit));
  if (unknown.length > 0) throw new DomainError("VoterNotFound", { units: unknown.slice(0, 20) });
  return [...new Set(rows.map(({ voter }) => voter))];
}

async function votersWithoutKey(db: Db, rollId: string): Promise<number[]> {
  const rows = await db.$queryRaw<{ number: number }[]>`
    SELECT v."number" FROM "RollVoter" v
    WHERE v."rollId" = ${rollId}::uuid
      AND NOT EXISTS (SELECT FROM "Enrolment" e
        WHERE e."rollId" = v."rollId" AND e."voter" = v."number" AND e."state" IN ('waiting', 'proposed'))
      AND NOT EXISTS (SELECT FROM "BoundKey" k
        WHERE k."rollId" = v."rollId" AND k."voter" = v."number" AND k."revokedAt" IS NULL)
    ORDER BY v."number"`;
  return rows.map(({ number }) => number);
}

interface Code {
  voter: number;
  code: string;
  expiresAt: Date;
}

/** In the order of the units, which is that of the letter boxes. */
async function describe(
  { db, cipher }: RegistryContext,
  rollId: string,
  codes: readonly Code[],
): Promise<IssuedInvitation[]> {
  const voters = codes.map(({ voter }) => voter);
  const roster = await db.rollVoter.findMany({ where: { rollId, number: { in: voters } } });
  const units = await db.rollUnit.findMany({
    where: { rollId, voter: { in: voters } },
    orderBy: { position: "asc" },
  });
  const codeOf = new Map(codes.map((code) => [code.voter, code]));
  const ownersOf = new Map(roster.map((row) => [row.number, row.owners]));
  const order = [...new Set(units.map(({ voter }) => voter))];
  return order.map((voter) => {
    const names = cipher.open(ownersOf.get(voter)!, `voter ${rollId} ${voter}`);
    const { code, expiresAt } = codeOf.get(voter)!;
    const own = units.filter((unit) => unit.voter === voter).map(({ unit }) => unit);
    return { units: own, owners: (JSON.parse(names) as string[]).map(maskName), code, expiresAt };
  });
}

/** Uses a code up. Throws InvitationUnknown, InvitationUsed or InvitationExpired. */
export async function takeInvitation(
  context: RegistryContext,
  tx: Tx,
  input: { communityId: string; code: string },
): Promise<{ rollId: string; voter: number }> {
  const codeHash = hashCode(context.cipher, "invitation", input.code);
  await tx.$queryRaw`SELECT 1 FROM "Invitation" WHERE "codeHash" = ${codeHash} FOR UPDATE`;
  const row = await tx.invitation.findUnique({ where: { codeHash }, include: { roll: true } });
  if (!row || row.roll.communityId !== input.communityId)
    throw new DomainError("InvitationUnknown");
  if (row.usedAt) throw new DomainError("InvitationUsed");
  const now = context.clock.now();
  if (row.expiresAt <= now) throw new DomainError("InvitationExpired");
  await tx.invitation.update({ where: { codeHash }, data: { usedAt: now } });
  return { rollId: row.rollId, voter: row.voter };
}
