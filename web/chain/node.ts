import { createClient, http, type Client } from "viem";

export function createNodeClient(node: string): Client {
  return createClient({ transport: http(node, { batch: true, retryCount: 1 }) });
}
