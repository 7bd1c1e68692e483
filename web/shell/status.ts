import { useQuery } from "../service/query.ts";
import { request } from "../service/request.ts";
import { flag, integer, list, object, oneOf, text, type Read } from "../service/shape.ts";

const statusShape = object({
  chain: object({ kind: oneOf(["embedded", "external"]), chainId: integer, blockNumber: integer }),
  demonstration: flag,
  /** Other nodes of the chain that the page may read. */
  nodes: list(text),
});

export type Status = Read<typeof statusShape>;

export const statusQuery = {
  queryKey: ["status"],
  queryFn: () => request("/api/status", statusShape),
  refetchInterval: 30_000,
} as const;

export function useStatus(): Status | undefined {
  return useQuery(statusQuery).data;
}
