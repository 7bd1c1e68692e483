import { createPublicClient, custom, defineChain } from "viem";
import type { PublicClient } from "viem";

export type RpcRequest = (call: { method: string; params?: unknown }) => Promise<unknown>;

/** A reading client over any way of asking. */
export function createClient(chainId: number, request: RpcRequest): PublicClient {
  const chain = defineChain({
    id: chainId,
    name: "Mingzhang",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [] } },
  });
  return createPublicClient({
    chain,
    transport: custom({ request }, { retryCount: 0 }),
    // A head that was just mined must be seen.
    cacheTime: 0,
    pollingInterval: 500,
  });
}
