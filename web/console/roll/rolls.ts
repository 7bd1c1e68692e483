import { useQuery, type UseQueryResult } from "../../service/query.ts";
import { communityPath } from "../../registry/community.ts";
import { request } from "../../service/request.ts";
import { area, integer, list, object, oneOf, text, type Read } from "../../service/shape.ts";

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
    // A roll that two have signed stands within seconds.
    refetchInterval: ({ state }) =>
      state.data?.some((roll) => roll.state === "freezing") ? 2_000 : 10_000,
  });
}
