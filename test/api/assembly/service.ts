import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pino } from "pino";
import type { Assembly, AssemblySettings } from "../../../api/assembly/service.ts";
import type { Clock } from "../../../api/clock.ts";
import { readSettings } from "../../../api/config.ts";
import type { Database } from "../../../api/database/client.ts";
import { serve } from "../../../api/serve.ts";
import type { OpenService } from "../../../api/serve.ts";
import { openService } from "../../../api/service.ts";
import type { Service } from "../../../api/service.ts";
import { createTestDatabase } from "../../database/template.ts";

export const ORIGIN = "http://localhost";
const UNLIMITED = {
  challenge: 1e6,
  login: 1e6,
  enrolment: 1e6,
  ballot: 1e6,
  rpc: 1e6,
  import: 1e6,
};

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

/** The service as a whole, on a database of its own, with a clock that the test moves. */
export class TestService {
  readonly clock = new TestClock();
  readonly database: Database;
  readonly #assembly: Partial<AssemblySettings>;
  readonly #environment: Record<string, string>;
  readonly #directory = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-test-"));
  #running: { service: Service; open: OpenService } | undefined;
  operatorToken = "";

  private constructor(
    database: Database,
    assembly: Partial<AssemblySettings>,
    environment: Record<string, string>,
  ) {
    this.database = database;
    this.#assembly = assembly;
    this.#environment = environment;
  }

  static async create(
    assembly: Partial<AssemblySettings> = {},
    environment: Record<string, string> = {},
  ): Promise<TestService> {
    const service = new TestService(await createTestDatabase(), assembly, environment);
    await service.start();
    return service;
  }

  /** Where its keys and files lie: for a second process that takes its place. */
  get directory(): string {
    return this.#directory;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#get().open.port}`;
  }

  get parts(): Service {
    return this.#get().service;
  }

  get assembly(): Assembly {
    return this.parts.assembly;
  }

  #get(): { service: Service; open: OpenService } {
    if (!this.#running) throw new Error("the service is not running");
    return this.#running;
  }

  async start(): Promise<void> {
    const own = { PORT: "0", DATA_DIR: this.#directory, PUBLIC_ORIGIN: ORIGIN };
    const environment = { ...own, ...this.#environment };
    const service = await openService(readSettings(environment, ["--empty"]), {
      clock: this.clock,
      database: this.database,
      log: pino({ level: process.env["TEST_LOG_LEVEL"] ?? "silent" }),
      assembly: { sealEverySeconds: 0.03, ...this.#assembly },
    });
    this.operatorToken = service.keys.newOperatorToken ?? this.operatorToken;
    this.#running = { service, open: await serve(service, UNLIMITED) };
  }

  async stop(): Promise<void> {
    const { open } = this.#get();
    this.#running = undefined;
    await open.close();
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
