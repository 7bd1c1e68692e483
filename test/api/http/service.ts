import { pino } from "pino";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Clock } from "../../../api/clock.ts";
import { readSettings } from "../../../api/config.ts";
import type { Settings } from "../../../api/config.ts";
import type { Database } from "../../../api/database/client.ts";
import { serve } from "../../../api/serve.ts";
import { openService } from "../../../api/service.ts";
import type { Service } from "../../../api/service.ts";
import { createTestDatabase } from "../../database/template.ts";
import { Client } from "./client.ts";

/** The present, moved on by hand. */
export class ShiftedClock implements Clock {
  aheadSeconds = 0;
  now(): Date {
    return new Date(Date.now() + this.aheadSeconds * 1000);
  }
}

export interface TestServiceOptions {
  environment?: Record<string, string>;
  limits?: Parameters<typeof serve>[1];
}

/** A whole service on a database of its own, with the embedded chain, answering on a free port. */
export class TestService {
  readonly clock = new ShiftedClock();
  readonly directory = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-service-"));
  readonly options: TestServiceOptions;
  database!: Database;
  service!: Service;
  url!: string;
  operatorToken!: string;
  #close!: () => Promise<void>;

  private constructor(options: TestServiceOptions) {
    this.options = options;
  }

  static async start(options: TestServiceOptions = {}): Promise<TestService> {
    const test = new TestService(options);
    test.database = await createTestDatabase();
    await test.open();
    test.operatorToken = test.service.keys.newOperatorToken!;
    return test;
  }

  get settings(): Settings {
    const environment = { PORT: "0", DATA_DIR: this.directory, ...this.options.environment };
    return readSettings(environment, ["--empty"]);
  }

  /** Also after `stop`: the same data, the same chain. */
  async open(): Promise<void> {
    const { clock, database } = this;
    const log = pino({ level: process.env["TEST_LOG_LEVEL"] ?? "silent" });
    this.service = await openService(this.settings, { clock, database, log });
    const opened = await serve(this.service, this.options.limits ?? UNLIMITED);
    this.url = opened.url;
    this.#close = () => opened.close();
  }

  /** Ends the service and keeps its data. */
  stop(): Promise<void> {
    return this.#close();
  }

  async close(): Promise<void> {
    await this.stop();
    await this.database.close();
    fs.rmSync(this.directory, { recursive: true, force: true });
  }

  client(): Client {
    return new Client(this.url);
  }

  operator(): Client {
    return new Client(this.url, { Authorization: `Bearer ${this.operatorToken}` });
  }
}

const UNLIMITED = {
  challenge: 1e6,
  login: 1e6,
  enrolment: 1e6,
  ballot: 1e6,
  rpc: 1e6,
  import: 1e6,
};
