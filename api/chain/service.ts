import type { Address, Hex, PublicClient } from "viem";
import { privateKeyToAddress } from "viem/accounts";
import type { Logger } from "pino";
import type { Clock } from "../clock.ts";
import type { Db, Tx } from "../database/client.ts";
import type { ChainCall, FailedHandler, MinedHandler } from "./call.ts";
import { DrivenChain } from "./chain.ts";
import type { Opened } from "./chain.ts";
import type { Contracts } from "./contracts.ts";
import type { CommunityContracts, DeployedHandler, DeploymentInput } from "./deployment.ts";
import { EmbeddedLedger } from "./embedded/ledger.ts";
import { openEmbedded } from "./embedded/open.ts";
import { ExternalLedger } from "./external/ledger.ts";
import { Node } from "./external/node.ts";
import { openExternal } from "./external/open.ts";
import type { LedgerContext } from "./ledger.ts";
import type { ChainRefusalCode, FailureParam } from "./failure.ts";
import type { Verifiers } from "./verifiers.ts";

export type { ChainCall, CommunityContracts, DeploymentInput };
export type { FailedHandler, MinedHandler, Verifiers };

export interface ChainSettings {
  /** An external node. Without it, the embedded chain. */
  rpcUrl?: string | undefined;
  /** The relayer's private key. */
  relayerKey: Hex;
  /** Embedded chain, at the first start only. */
  chainId?: number | undefined;
  /** External node: in how many blocks a transaction is buried before it counts, its own included. */
  confirmations?: number | undefined;
  /** How often an idle driver looks again, and a node is asked. */
  idleSeconds?: number | undefined;
}

export interface ChainDeps {
  db: Db;
  /** For the driver's lock, which is a connection's. */
  databaseUrl: string;
  clock: Clock;
  log: Logger;
  contracts: Contracts;
}

export interface ChainStatus {
  kind: "embedded" | "external";
  chainId: number;
  blockNumber: bigint;
  /** Unix seconds of the last block, as far as it is known. */
  blockTime: bigint;
  relayer: Address;
  /** Whether this instance of the service is the one that sends. */
  driving: boolean;
  /** Calls that wait, and calls that are on their way. */
  waiting: number;
  sent: number;
  /** The node does not answer, or the last step failed; it is tried again. */
  failing: boolean;
  /** Why nothing more is sent. */
  refusal?: { code: ChainRefusalCode; params: Readonly<Record<string, FailureParam>> };
  /** The latest incidents, newest first. */
  incidents: { code: string; params: unknown; at: Date }[];
}

export interface Chain {
  /** In the caller's transaction; call `wake` after the commit. Throws while the community has no contracts. */
  enqueue(tx: Tx, call: ChainCall): Promise<void>;
  /** Runs once per call, in the database transaction that marks it. Register before `start`. */
  onMined(kind: string, handler: MinedHandler): void;
  /** The contract refused: final, never a passing fault. Runs once per call, as above. */
  onFailed(kind: string, handler: FailedHandler): void;
  /** After the commit. Forgetting it costs a moment, never the call. */
  wake(): void;
  /** For reading. */
  client: PublicClient;
  relayer: Address;
  /** In how many blocks something is buried before it counts, its own included. */
  confirmations: number;
  /** In the caller's transaction; `onDeployed` follows. Asking twice deploys once. */
  enqueueDeployment(tx: Tx, input: DeploymentInput): Promise<void>;
  onDeployed(handler: DeployedHandler): void;
  /** The same and waits. Throws DeploymentFailed. After a crash, ask again. */
  deployCommunity(input: DeploymentInput): Promise<CommunityContracts>;
  /** Undefined while they are on their way. */
  findContracts(tx: Tx, communityId: string): Promise<CommunityContracts | undefined>;
  /** Wants the verifiers of officers' P-256 keys on the chain; asking again changes nothing. */
  ensureVerifiers(): Promise<void>;
  /** Undefined while they are on their way. */
  findVerifiers(tx: Tx): Promise<Verifiers | undefined>;
  /** Asks the chain, whichever it is. Only for `answerRpc`, which checks what is asked. */
  request(call: { method: string; params?: unknown }): Promise<unknown>;
  /** A raw transaction signed by somebody else. Kept before its hash is returned. Throws RpcError. */
  submit(raw: Hex): Promise<Hex>;
  status(): Promise<ChainStatus>;
  /** Begins to drive, once all handlers are registered. */
  start(): void;
  /** Ends after the step in hand. */
  stop(): Promise<void>;
}

/** Opens the chain and brings it in line with the database. Throws ChainRefusal when the two contradict each other. */
export async function openChain(settings: ChainSettings, deps: ChainDeps): Promise<Chain> {
  const { rpcUrl } = settings;
  const opened =
    rpcUrl === undefined
      ? await openEmbeddedChain(settings, deps)
      : await openExternalChain({ ...settings, rpcUrl }, deps);
  return new DrivenChain(settings, deps, opened);
}

async function openEmbeddedChain(settings: ChainSettings, deps: ChainDeps): Promise<Opened> {
  const { evm, chainId } = await openEmbedded(deps, settings.chainId);
  const createLedger = (context: LedgerContext) => new EmbeddedLedger(context, evm);
  return { kind: "embedded", chainId, createLedger };
}

async function openExternalChain(
  settings: ChainSettings & { rpcUrl: string },
  { db }: ChainDeps,
): Promise<Opened> {
  const { rpcUrl, relayerKey, confirmations = 1 } = settings;
  const node = new Node(rpcUrl);
  const relayer = privateKeyToAddress(relayerKey);
  const { chainId, firstNonce } = await openExternal(db, node, relayer);
  const createLedger = (context: LedgerContext) =>
    new ExternalLedger(context, node, { confirmations, firstNonce });
  return { kind: "external", chainId, createLedger };
}
