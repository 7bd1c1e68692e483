import { communityPath } from "../registry/community.ts";
import { useQuery, type UseQueryResult } from "../service/query.ts";
import { request } from "../service/request.ts";
import {
  flag,
  hex,
  instant,
  integer,
  list,
  maybe,
  object,
  text,
  type Read,
} from "../service/shape.ts";

const witnessesShape = object({
  size: maybe(integer),
  policy: maybe(text),
  quorum: maybe(object({ isReached: flag })),
  witnesses: list(object({ name: text, size: maybe(integer), at: maybe(instant) })),
  timestamps: object({
    authority: maybe(text),
    last: maybe(object({ size: integer, authority: text, at: instant })),
  }),
});

export type Outside = Read<typeof witnessesShape>;

/** Who has looked at the log from outside, as the service says. */
export function useOutside(community: string): UseQueryResult<Outside> {
  return useQuery({
    queryKey: ["outside", community],
    queryFn: () => request(communityPath(community, "/log/witnesses"), witnessesShape),
  });
}

const headsShape = object({
  items: list(
    object({
      size: integer,
      root: hex,
      transactionHash: hex,
      blockNumber: integer,
      anchoredAt: instant,
    }),
  ),
});

export type AnchoredHead = Read<typeof headsShape>["items"][number];

/** So many are shown. */
const LATEST = 21;

/** The latest heads on chain, the newest first. */
export function useHeads(community: string): UseQueryResult<readonly AnchoredHead[]> {
  return useQuery({
    queryKey: ["heads", community],
    queryFn: async () => {
      const { items } = await request(
        communityPath(community, `/heads?limit=${LATEST}`),
        headsShape,
      );
      return items.toSorted((a, b) => b.size - a.size);
    },
  });
}
