import { useQuery, type UseQueryResult } from "../service/query.ts";
import { rulesShape } from "../founding/founding.ts";
import { communityPath } from "../registry/community.ts";
import { request } from "../service/request.ts";
import { integer, list, maybe, object, record, text, type Read } from "../service/shape.ts";

const progressShape = object({
  buildings: list(text),
  district: text,
  rules: maybe(rulesShape),
  officers: record(integer),
  roll: maybe(object({ number: integer, state: text, voters: integer })),
  letters: integer,
  waiting: integer,
  bound: integer,
});

export type Progress = Read<typeof progressShape>;

export function requestProgress(community: string): Promise<Progress> {
  return request(communityPath(community, "/progress"), progressShape);
}

/** How far the community is on its way to a meeting. */
export function useProgress(community: string): UseQueryResult<Progress> {
  return useQuery({
    queryKey: ["progress", community],
    queryFn: () => requestProgress(community),
    refetchInterval: 10_000,
  });
}
