import { useQuery, type UseQueryResult } from "../service/query.ts";
import { readContract } from "viem/actions";
import { registryAbi } from "../../protocol/abi/registry.ts";
import { createNodeClient } from "../chain/node.ts";
import { defaultNode } from "../chain/node-address.ts";
import { request } from "../service/request.ts";
import { instant, integer, list, maybe, object, type Read } from "../service/shape.ts";
import { toSigner } from "../signing/kept-key.ts";
import type { Hex, Signer } from "../signing/signer.ts";
import { communityPath, requestCommunity } from "./community.ts";
import { findOwnerKey } from "./me.ts";

/** An owner who can vote: his key and its place in the roll of the meeting. */
export interface Seated {
  readonly signer: Signer;
  readonly seat: { readonly voter: number; readonly page: number; readonly position: number };
  readonly areaE4: bigint;
}

const placeShape = object({
  page: integer,
  position: integer,
  voter: integer,
  revokedAt: maybe(instant),
});

const placesShape = object({ items: list(placeShape) });

/** Where a key stands in a roll is public, so nobody has to log in to vote: the ballot carries its own signature. */
async function findPlace(
  community: string,
  roll: number,
  keyId: Hex,
): Promise<Read<typeof placeShape> | undefined> {
  const path = communityPath(community, `/rolls/${roll}/keys?keyId=${keyId}`);
  const { items } = await request(path, placesShape);
  return items.find(({ revokedAt }) => revokedAt === undefined);
}

async function readArea(registry: Hex, roll: number, voter: number): Promise<bigint> {
  return readContract(createNodeClient(defaultNode()), {
    address: registry,
    abi: registryAbi,
    functionName: "areaOf",
    args: [BigInt(roll), BigInt(voter)],
  });
}

async function findSeat(community: string, roll: number): Promise<Seated | "noKey" | "notBound"> {
  const kept = await findOwnerKey(community);
  if (!kept) return "noKey";
  const signer = toSigner(kept);
  const place = await findPlace(community, roll, signer.keyId);
  if (!place) return "notBound";
  const { registry } = await requestCommunity(community);
  const { voter, page, position } = place;
  const areaE4 = await readArea(registry, roll, voter);
  return { signer, seat: { voter, page, position }, areaE4 };
}

export function useSeat(
  community: string,
  roll: number,
): UseQueryResult<Seated | "noKey" | "notBound"> {
  return useQuery({
    queryKey: ["seat", community, roll],
    queryFn: () => findSeat(community, roll),
    staleTime: 60_000,
  });
}
