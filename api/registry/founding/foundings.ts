import type { Hex } from "viem";
import type { Db, Tx } from "../../database/client.ts";
import type { Founding, OfficerSeat } from "../../database/generated/client.ts";
import { toRoles } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { createCommunity } from "../community/create.ts";
import type { RegistryContext } from "../context.ts";
import { listSeats } from "../officer/seats.ts";
import { readRules } from "./rules.ts";
import type { MeetingRules } from "./rules.ts";

/** What is said of a community before it stands. */
export interface Profile {
  name: string;
  buildings: readonly string[];
  /** District and street. */
  district: string;
  /** Of its rules of procedure, what its meetings begin with. */
  rules?: MeetingRules | undefined;
}

const toColumns = ({ name, buildings, district, rules }: Profile) => ({
  ...{ name, district, buildings: [...buildings] },
  ...(rules ? { rules } : {}),
});

/** Begins a community: nothing goes to the chain before its first officers have their keys. */
export async function beginFounding(
  { db, clock }: RegistryContext,
  { id, ...profile }: Profile & { id: string },
): Promise<void> {
  const taken = await db.community.count({ where: { id } });
  const data = { communityId: id, ...toColumns(profile), createdAt: clock.now() };
  const { count } = await db.founding.createMany({ data: [data], skipDuplicates: true });
  if (taken > 0 || count === 0) throw new DomainError("CommunityExists");
}

/** Says it otherwise, while the community is not yet asked for. */
export async function changeFounding(
  { db }: RegistryContext,
  { id, ...profile }: Profile & { id: string },
): Promise<void> {
  await requireOpen(db, id);
  await db.founding.update({ where: { communityId: id }, data: toColumns(profile) });
}

/** Throws FoundingNotFound. */
export async function getFounding(db: Db | Tx, communityId: string): Promise<Founding> {
  const row = await db.founding.findUnique({ where: { communityId } });
  if (!row) throw new DomainError("FoundingNotFound");
  return row;
}

/** Throws FoundingClosed once the community has been asked for. */
export async function requireOpen(db: Db | Tx, communityId: string): Promise<void> {
  const { foundedAt } = await getFounding(db, communityId);
  if (foundedAt) throw new DomainError("FoundingClosed");
}

export function listFoundings(db: Db): Promise<Founding[]> {
  return db.founding.findMany({ orderBy: { createdAt: "asc" } });
}

/** What was said of a community at its founding; nothing of one that came about otherwise. */
export async function findProfile(
  db: Db,
  communityId: string,
): Promise<{ district: string; buildings: string[]; rules: MeetingRules | null }> {
  const row = await db.founding.findUnique({ where: { communityId } });
  if (!row) return { district: "", buildings: [], rules: null };
  return { district: row.district, buildings: row.buildings, rules: readRules(row) };
}

/** Asks for the community with the officers whose keys were confirmed. All seats must be: a missing one is withdrawn first. */
export async function completeFounding(
  context: RegistryContext,
  communityId: string,
): Promise<void> {
  const { db, clock } = context;
  const { name, foundedAt } = await getFounding(db, communityId);
  if (foundedAt) return;
  const seats = await listSeats(db, communityId);
  const open = seats.find(({ state }) => state !== "confirmed");
  if (open) throw new DomainError("SeatUnconfirmed", { title: open.title });
  // There already where the last try was cut off between the two.
  if ((await db.community.count({ where: { id: communityId } })) === 0) {
    await createCommunity(context, { id: communityId, name, officers: seats.map(toOfficer) });
  }
  await db.$transaction([
    db.founding.update({ where: { communityId }, data: { foundedAt: clock.now() } }),
    db.officerSeat.updateMany({
      where: { communityId, state: "confirmed" },
      data: { state: "appointed" },
    }),
  ]);
}

const toOfficer = ({ signer, roles, title }: OfficerSeat) => ({
  ...{ title, signer: signer as Hex },
  roles: toRoles(roles),
});
