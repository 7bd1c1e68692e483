import type { Hex } from "viem";
import type { SigningDomain } from "../../../protocol/registry/messages.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { Community as Row } from "../../database/generated/client.ts";
import { DomainError } from "../../http/errors.ts";
import type { Community } from "../service.ts";

export const isReady = (row: Row): boolean => row.state === "ready";

export function toCommunity(row: Row): Community {
  const { id, name, demonstration, chainId, registry, anchor, assembly, fund, createdAt } = row;
  if (!registry || !anchor || !assembly || !fund) throw new DomainError("CommunityNotReady");
  const addresses = {
    registry: registry as Hex,
    anchor: anchor as Hex,
    assembly: assembly as Hex,
    fund: fund as Hex,
  };
  return { id, name, demonstration, chainId, ...addresses, createdAt };
}

/** Throws CommunityNotFound, or CommunityNotReady while its contracts are being deployed. */
export async function getCommunity(db: Db | Tx, id: string): Promise<Community> {
  const row = await db.community.findUnique({ where: { id } });
  if (!row) throw new DomainError("CommunityNotFound");
  return toCommunity(row);
}

/** The domain in which rolls, keys, revocations and officers of a community are signed. */
export async function registryDomain(
  db: Db | Tx,
  communityId: string,
): Promise<Required<SigningDomain>> {
  const { chainId, registry } = await getCommunity(db, communityId);
  return { chainId, contract: registry };
}
