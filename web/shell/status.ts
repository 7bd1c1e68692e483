import { useQuery } from "@tanstack/react-query";
import { request } from "../service/request.ts";
import { flag, integer, object, oneOf, type Read } from "../service/shape.ts";

const statusShape = object({
  chain: object({ kind: oneOf(["embedded", "external"]), chainId: integer, blockNumber: integer }),
  demonstration: flag,
});

export type Status = Read<typeof statusShape>;

export const statusQuery = {
  queryKey: ["status"],
  queryFn: ({ signal }: { signal: AbortSignal }) => request("/api/status", statusShape, { signal }),
  refetchInterval: 30_000,
} as const;

export function useStatus(): Status | undefined {
  return useQuery(statusQuery).data;
}
