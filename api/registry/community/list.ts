import { fromAreaE4 } from "../../../protocol/registry/area.ts";
import type { Db } from "../../database/client.ts";
import type { Community as Row } from "../../database/generated/client.ts";
import { toRoles } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import type { RegistryContext } from "../context.ts";
import { isReady } from "./find.ts";

type Context = Pick<RegistryContext, "db" | "publication">;

/** What everybody may know of a community. */
async function describe({ db, publication }: Context, row: Row) {
  const { id, name, demonstration, chainId, registry, anchor, assembly, fund, createdAt } = row;
  const roll = await db.roll.findFirst({
    where: { communityId: id, state: "frozen" },
    orderBy: { number: "desc" },
    select: { number: true, voters: true, totalAreaE4: true },
  });
  return {
    ...{ id, name, demonstration, chainId, registry, anchor, assembly, fund },
    ready: isReady(row),
    createdAt: createdAt.toISOString(),
    log: await publication.describeLog(id),
    roll: roll && { ...roll, totalArea: fromAreaE4(roll.totalAreaE4) },
  };
}

export async function listCommunities(context: Context) {
  const rows = await context.db.community.findMany({ orderBy: { createdAt: "asc" } });
  return Promise.all(rows.map((row) => describe(context, row)));
}

export async function viewCommunity(context: Context, id: string) {
  const row = await context.db.community.findUnique({ where: { id } });
  if (!row) throw new DomainError("CommunityNotFound");
  return describe(context, row);
}

export async function listOfficers(db: Db, communityId: string) {
  const rows = await db.officer.findMany({
    where: { communityId, roles: { gt: 0 } },
    orderBy: [{ since: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, signer, keyId, title, roles }) => {
    return { id, signer, keyId, title, roles: toRoles(roles) };
  });
}
