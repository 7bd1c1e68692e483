import type { Hex, PublicClient } from "viem";
import { createClient } from "../../chain/client.ts";
import type { RpcRequest } from "../../chain/client.ts";
import { startEvm } from "../../chain/embedded/evm.ts";
import { Node } from "../../chain/external/node.ts";
import type { ChainIdentity } from "../../chain/genesis.ts";
import type { Inspection } from "../inspection.ts";
import type { Snapshot } from "../snapshot.ts";
import { replaySnapshot } from "./replay.ts";

/** The chain to compare with: replayed here from the journal, or as a node shows it. */
export interface ChainView {
  kind: "embedded" | "external";
  client: PublicClient;
  request: RpcRequest;
  /** The last block that the snapshot can know of. */
  block: bigint;
  close(): Promise<void>;
}

export interface ViewDeps {
  snapshot: Snapshot;
  inspection: Inspection;
  rpcUrl: string | undefined;
}

/** Undefined where the chain cannot be had, or is not what the journal says; why is then noted. */
export async function openChainView(deps: ViewDeps): Promise<ChainView | undefined> {
  const { snapshot, inspection } = deps;
  const sql = `SELECT "value" FROM "Setting" WHERE "key" = 'chain'`;
  const [row] = await snapshot.rows<{ value: ChainIdentity }>(sql);
  if (!row) {
    const [block] = await snapshot.rows(`SELECT 1 FROM "ChainTransaction" LIMIT 1`);
    if (block) inspection.missing({ table: "Setting", row: "chain" });
    return undefined;
  }
  const identity = row.value;
  if (identity.kind === "external") return openNode(deps, identity);
  return openReplayed(deps, identity);
}

async function openReplayed(
  { snapshot, inspection }: ViewDeps,
  identity: Extract<ChainIdentity, { kind: "embedded" }>,
): Promise<ChainView | undefined> {
  const timestamp = BigInt(identity.genesisTime);
  const evm = await startEvm({ chainId: identity.chainId, timestamp });
  const isWhole = await replaySnapshot({ snapshot, inspection, evm });
  if (!isWhole) {
    await evm.close();
    return undefined;
  }
  const request: RpcRequest = (call) => evm.request(call);
  const { number: block } = await evm.head();
  const client = createClient(identity.chainId, request);
  return { kind: "embedded", client, request, block, close: () => evm.close() };
}

async function openNode(
  { inspection, rpcUrl }: ViewDeps,
  identity: Extract<ChainIdentity, { kind: "external" }>,
): Promise<ChainView | undefined> {
  if (rpcUrl === undefined) {
    inspection.skip("chain", "unreachable");
    return undefined;
  }
  const node = new Node(rpcUrl);
  const { chainId } = identity;
  try {
    const found: { chainId: number; genesisHash: Hex | undefined } = {
      chainId: await node.chainId(),
      genesisHash: (await node.block(0n))?.hash,
    };
    const place = { table: "Setting", row: "chain" };
    const expected = { chainId, genesisHash: identity.genesisHash };
    if (!inspection.compare(place, found, expected)) return undefined;
    const { number: block } = await node.latest();
    const client = createClient(chainId, node.request);
    const close = (): Promise<void> => Promise.resolve();
    return { kind: "external", client, request: node.request, block, close };
  } catch {
    inspection.skip("chain", "unreachable");
    return undefined;
  }
}
