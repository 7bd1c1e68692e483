import { setTimeout as delay } from "node:timers/promises";
import type { Address, Hex, PublicClient } from "viem";
import type { Tx } from "../database/client.ts";
import { encodeCall, Handlers } from "./call.ts";
import type { ChainCall, FailedHandler, MinedHandler } from "./call.ts";
import { createClient } from "./client.ts";
import { Deployments, findContracts } from "./deployment.ts";
import type { CommunityContracts, DeployedHandler, DeploymentInput } from "./deployment.ts";
import { Driver } from "./driver.ts";
import { acceptForeign } from "./foreign.ts";
import type { Ledger, LedgerContext } from "./ledger.ts";
import { Outbox } from "./outbox.ts";
import { createRelayer } from "./relayer.ts";
import { enqueueVerifiers, findVerifiers, registerVerifiers } from "./verifiers.ts";
import type { Chain, ChainDeps, ChainSettings, ChainStatus } from "./service.ts";

/** What one kind of chain contributes. */
export interface Opened {
  kind: "embedded" | "external";
  chainId: number;
  createLedger(context: LedgerContext): Ledger;
}

const POLL_MILLISECONDS = 50;
const INCIDENTS_SHOWN = 10;

/** Outbox, driver and ledger put together; the same for every kind of chain. */
export class DrivenChain implements Chain {
  readonly client: PublicClient;
  readonly relayer: Address;
  readonly confirmations: number;
  readonly findContracts = findContracts;
  readonly findVerifiers = findVerifiers;
  readonly #deps: ChainDeps;
  readonly #opened: Opened;
  readonly #handlers = new Handlers();
  readonly #context: LedgerContext;
  readonly #ledger: Ledger;
  readonly #driver: Driver;
  readonly #deployments: Deployments;
  /** For a status while the node is down. */
  #seen = { blockNumber: 0n, blockTime: 0n };

  constructor(settings: ChainSettings, deps: ChainDeps, opened: Opened) {
    this.#deps = deps;
    this.#opened = opened;
    const relayer = createRelayer(settings.relayerKey, opened.chainId);
    const outbox = new Outbox({ ...deps, handlers: this.#handlers });
    this.#context = { ...deps, outbox, relayer };
    this.#ledger = opened.createLedger(this.#context);
    this.relayer = relayer.address;
    // A chain of our own never takes a block back.
    this.confirmations = opened.kind === "embedded" ? 1 : (settings.confirmations ?? 1);
    this.client = createClient(opened.chainId, (call) => this.#ledger.request(call));
    this.#driver = new Driver({
      ...deps,
      outbox,
      ledger: this.#ledger,
      getReceipt: (hash) => this.client.getTransactionReceipt({ hash }),
      idleSeconds: settings.idleSeconds,
    });
    const { contracts } = deps;
    const deployment = { outbox, handlers: this.#handlers, contracts, relayer: relayer.address };
    this.#deployments = new Deployments(deployment);
    registerVerifiers(this.#handlers);
  }

  async enqueue(tx: Tx, call: ChainCall): Promise<void> {
    const addresses = await findContracts(tx, call.communityId);
    if (!addresses) throw new Error(`The community ${call.communityId} has no contracts yet.`);
    const data = encodeCall(call, this.#deps.contracts);
    await this.#context.outbox.enqueue(tx, call, { to: addresses[call.contract], data });
  }

  onMined(kind: string, handler: MinedHandler): void {
    this.#handlers.mined.set(kind, handler);
  }

  onFailed(kind: string, handler: FailedHandler): void {
    this.#handlers.failed.set(kind, handler);
  }

  wake(): void {
    this.#driver.wake();
  }

  enqueueDeployment(tx: Tx, input: DeploymentInput): Promise<void> {
    return this.#deployments.enqueue(tx, input);
  }

  async ensureVerifiers(): Promise<void> {
    await enqueueVerifiers(this.#deps.db, this.#context.outbox);
    this.wake();
  }

  onDeployed(handler: DeployedHandler): void {
    this.#deployments.onDeployed(handler);
  }

  async deployCommunity(input: DeploymentInput): Promise<CommunityContracts> {
    const { db } = this.#deps;
    await db.$transaction((tx) => this.enqueueDeployment(tx, input));
    this.wake();
    for (;;) {
      const addresses = await findContracts(db, input.communityId);
      if (addresses) return addresses;
      await delay(POLL_MILLISECONDS);
    }
  }

  request(call: { method: string; params?: unknown }): Promise<unknown> {
    return this.#ledger.request(call);
  }

  async submit(raw: Hex): Promise<Hex> {
    const hash = await acceptForeign(this.#context, this.#ledger, raw);
    this.wake();
    return hash;
  }

  async status(): Promise<ChainStatus> {
    const { db } = this.#deps;
    const { kind, chainId } = this.#opened;
    const [block, waiting, sent, incidents] = await Promise.all([
      this.client.getBlock().catch(() => undefined),
      db.chainCall.count({ where: { state: "waiting" } }),
      db.chainCall.count({ where: { state: "sent" } }),
      db.chainIncident.findMany({
        orderBy: { id: "desc" },
        take: INCIDENTS_SHOWN,
        select: { code: true, params: true, at: true },
      }),
    ]);
    const { refusal, isDriving: driving } = this.#driver;
    const failing = this.#driver.isFailing || !block;
    if (block) this.#seen = { blockNumber: block.number, blockTime: block.timestamp };
    const queue = { driving, waiting, sent, failing, incidents };
    const status = { kind, chainId, ...this.#seen, relayer: this.relayer, ...queue };
    return refusal
      ? { ...status, refusal: { code: refusal.code, params: refusal.params } }
      : status;
  }

  start(): void {
    this.#driver.start();
  }

  async stop(): Promise<void> {
    await this.#driver.stop();
    await this.#ledger.close();
  }
}
