import { useQuery, type UseQueryResult } from "../service/query.ts";
import { Problem } from "../service/problem.ts";
import { toSigner } from "../signing/session.ts";
import type { Signer } from "../signing/signer.ts";
import { findOwnerKey, findPlace, loadMe } from "./me.ts";

/** An owner who can vote: his key and its place in the roll of the meeting. */
export interface Seated {
  readonly signer: Signer;
  readonly seat: { readonly voter: number; readonly page: number; readonly position: number };
  readonly areaE4: bigint;
}

async function findSeat(community: string, roll: number): Promise<Seated | "noKey" | "notBound"> {
  const kept = await findOwnerKey(community);
  if (!kept) return "noKey";
  const signer = toSigner(kept);
  const me = await loadMe(community, kept).catch((error: unknown) => {
    if (error instanceof Problem && error.code === "OwnerRequired") return undefined;
    throw error;
  });
  const voter = me?.voters.find((own) => own.roll === roll);
  const place = voter && findPlace(voter, signer.keyId);
  if (!voter || !place) return "notBound";
  const { page, position } = place;
  return { signer, seat: { voter: voter.voter, page, position }, areaE4: voter.area };
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
