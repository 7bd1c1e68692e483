import type { Hex } from "viem";
import type { Db, Tx } from "../../database/client.ts";
import type { Founding, OfficerSeat } from "../../database/generated/client.ts";
import { toRoles } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { createCommunity } from "../community/create.ts";
import type { RegistryContext } from "../context.ts";
import { listSeats } from "../officer/seats.ts";

export interface FoundingInput {
  id: string;
  name: string;
  buildings: readonly string[];
}

/** Begins a community: nothing goes to the chain before its first officers have their keys. */
export async function beginFounding(
  { db, clock }: RegistryContext,
  { id, name, buildings }: FoundingInput,
): Promise<void> {
  const taken = await db.community.count({ where: { id } });
  const data = { communityId: id, name, buildings: [...buildings], createdAt: clock.now() };
  const { count } = await db.founding.createMany({ data: [data], skipDuplicates: true });
  if (taken > 0 || count === 0) throw new DomainError("CommunityExists");
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

/** What the register's list says of the buildings, for the roll to be held against; none where the operator gave none. */
export async function findBuildings(db: Db, communityId: string): Promise<string[]> {
  const row = await db.founding.findUnique({ where: { communityId } });
  return row?.buildings ?? [];
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
