import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { createAnchor } from "../../../api/anchor/service.ts";
import { anchorRoutes } from "../../../api/anchor/routes.ts";
import type { Anchor } from "../../../api/anchor/service.ts";
import { createAssembly } from "../../../api/assembly/service.ts";
import type { Assembly, AssemblySettings } from "../../../api/assembly/service.ts";
import { communityContracts } from "../../../api/chain/contracts.ts";
import { openChain } from "../../../api/chain/service.ts";
import type { Chain } from "../../../api/chain/service.ts";
import { createCipher } from "../../../api/cipher.ts";
import type { Clock } from "../../../api/clock.ts";
import type { Database } from "../../../api/database/client.ts";
import { createApp } from "../../../api/http/app.ts";
import { EventHub } from "../../../api/http/events.ts";
import { Idempotency } from "../../../api/http/idempotency.ts";
import { createMetrics } from "../../../api/http/metrics.ts";
import { Sessions } from "../../../api/http/session.ts";
import { sessionRoutes } from "../../../api/http/sessionRoutes.ts";
import { createRegistry } from "../../../api/registry/service.ts";
import { registryRoutes } from "../../../api/registry/routes.ts";
import { createTestDatabase } from "../../database/template.ts";

export const OPERATOR_TOKEN = "operator token of the tests";
export const ORIGIN = "http://localhost";
const UNLIMITED = { login: 1e6, enrolment: 1e6, ballot: 1e6, rpc: 1e6, import: 1e6 };

/** A clock that stands still until it is moved. */
export class TestClock implements Clock {
  seconds = 1_800_000_000;
  now(): Date {
    return new Date(this.seconds * 1000);
  }
  at(inSeconds: number): string {
    return new Date((this.seconds + inSeconds) * 1000).toISOString().replace(".000Z", "Z");
  }
}

interface Running {
  server: Server;
  hub: EventHub;
  chain: Chain;
  anchor: Anchor;
  assembly: Assembly;
}

/** The service as a whole, on a database of its own, with a clock that the test moves. */
export class TestService {
  readonly clock = new TestClock();
  readonly database: Database;
  readonly #settings: Partial<AssemblySettings>;
  readonly #directory = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-test-"));
  #running: Running | undefined;

  private constructor(database: Database, settings: Partial<AssemblySettings>) {
    this.database = database;
    this.#settings = settings;
  }

  static async create(settings: Partial<AssemblySettings> = {}): Promise<TestService> {
    const service = new TestService(await createTestDatabase(), settings);
    await service.start();
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#get().server.address() as AddressInfo).port}`;
  }

  get chain(): Chain {
    return this.#get().chain;
  }

  get assembly(): Assembly {
    return this.#get().assembly;
  }

  get anchor(): Anchor {
    return this.#get().anchor;
  }

  #get(): Running {
    if (!this.#running) throw new Error("the service is not running");
    return this.#running;
  }

  async start(): Promise<void> {
    const { clock, database } = this;
    const db = database.client;
    const log = pino({ level: process.env["TEST_LOG_LEVEL"] ?? "silent" });
    const cipher = createCipher(createHash("sha256").update("test").digest());
    const hub = new EventHub(log);
    await hub.open(database.url);
    const chain = await openChain(
      { relayerKey: `0x${"1f".repeat(32)}`, idleSeconds: 0.02 },
      { db, databaseUrl: database.url, clock, log, contracts: communityContracts },
    );
    const { chainId } = await chain.status();
    const sessions = new Sessions({ db, clock, chainId });
    const filesDirectory = path.join(this.#directory, "files");
    const anchor = createAnchor({ db, chain, clock, cipher, filesDirectory });
    const requireProof = sessions.requireProof.bind(sessions);
    const registry = createRegistry({
      db,
      chain,
      clock,
      cipher,
      publication: anchor,
      requireProof,
    });
    const settings = { sealEverySeconds: 0.03, ...this.#settings };
    const assembly = createAssembly({ db, chain, clock, anchor, registry, log, settings });
    const routes = [
      ...sessionRoutes({ sessions, origins: [ORIGIN], isSecure: false }),
      ...registryRoutes(registry, hub),
      ...anchorRoutes({ db, anchor }),
      ...assembly.routes,
    ];
    const app = createApp({
      routes,
      version: "test",
      pageDirectory: this.#directory,
      proxies: 0,
      log,
      metrics: createMetrics(),
      idempotency: new Idempotency({ db, cipher, clock }),
      limits: UNLIMITED,
      origins: [ORIGIN],
      sessions,
      directory: registry.directory,
      operatorTokenHash: createHash("sha256").update(OPERATOR_TOKEN).digest("hex"),
      isSecure: false,
      nodeOrigins: [],
    });
    chain.start();
    await anchor.open();
    assembly.start();
    const server = app.listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    this.#running = { server, hub, chain, anchor, assembly };
  }

  async stop(): Promise<void> {
    const { server, hub, chain, anchor, assembly } = this.#get();
    this.#running = undefined;
    await hub.close();
    server.close();
    server.closeAllConnections();
    await assembly.stop();
    await anchor.close();
    await chain.stop();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async close(): Promise<void> {
    if (this.#running) await this.stop();
    await this.database.close();
    fs.rmSync(this.#directory, { recursive: true, force: true });
  }
}

/** Waits for something that must happen soon. */
export async function eventually<T>(
  what: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutSeconds = 20,
): Promise<T> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    const found = await what();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline)
      throw new Error(`It did not happen in ${timeoutSeconds} s: ${what.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
