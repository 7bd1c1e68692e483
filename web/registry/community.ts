import { useQuery, type UseQueryResult } from "../service/query.ts";
import { request } from "../service/request.ts";
import { hex, integer, list, maybe, object, text, type Read } from "../service/shape.ts";

const communityShape = object({
  id: text,
  name: text,
  chainId: integer,
  registry: hex,
  anchor: hex,
  assembly: hex,
  fund: hex,
  log: object({ anchoredSize: integer, root: maybe(hex), key: maybe(text) }),
});

export type Community = Read<typeof communityShape>;

const listShape = object({ items: list(object({ id: text, name: text })) });

/** The address of a community's own routes. */
export function communityPath(community: string, rest = ""): string {
  return `/api/communities/${encodeURIComponent(community)}${rest}`;
}

export const communitiesQuery = {
  queryKey: ["communities"],
  queryFn: () => request("/api/communities", listShape),
};

export function requestCommunity(community: string): Promise<Community> {
  return request(communityPath(community), communityShape);
}

export function useCommunity(community: string): UseQueryResult<Community> {
  return useQuery({
    queryKey: ["community", community],
    queryFn: () => requestCommunity(community),
  });
}
