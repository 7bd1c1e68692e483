import { useQuery, type UseQueryResult } from "../service/query.ts";
import { communityPath } from "../registry/community.ts";
import { request } from "../service/request.ts";
import { area, integer, list, object, oneOf, text, type Read } from "../service/shape.ts";

const rollShape = object({
  roll: integer,
  state: oneOf(["freezing", "frozen"]),
  scope: text,
  voters: integer,
  totalArea: area,
  keys: object({ bound: integer, revoked: integer }),
});

export type Roll = Read<typeof rollShape>;

const rollsShape = object({ items: list(rollShape) });

export function useRolls(community: string): UseQueryResult<readonly Roll[]> {
  return useQuery({
    queryKey: ["rolls", community],
    queryFn: async () => (await request(communityPath(community, "/rolls"), rollsShape)).items,
    refetchInterval: 10_000,
  });
}

/** Puts all waiting keys before the officers; how many there are. */
export async function proposeKeys(community: string, roll: number): Promise<number> {
  const path = communityPath(community, `/rolls/${roll}/keys`);
  const shape = object({ items: list(object({ count: integer })) });
  const { items } = await request(path, shape, { method: "POST", body: {} });
  return items.reduce((sum, { count }) => sum + count, 0);
}

const invitationShape = object({ units: list(text), owners: list(text), code: text });

export type Invitation = Read<typeof invitationShape>;

export async function issueInvitations(
  community: string,
  roll: number,
): Promise<readonly Invitation[]> {
  const path = communityPath(community, `/rolls/${roll}/invitations`);
  const shape = object({ items: list(invitationShape) });
  return (await request(path, shape, { method: "POST", body: {} })).items;
}
