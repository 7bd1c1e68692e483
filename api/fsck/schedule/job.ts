import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import type { Logger } from "pino";
import type { Anchor } from "../../anchor/service.ts";
import type { Clock } from "../../clock.ts";
import type { Settings } from "../../config.ts";
import type { Db } from "../../database/client.ts";
import type { Prisma } from "../../database/generated/client.ts";
import { DomainError } from "../../http/errors.ts";
import { publishEvent } from "../../http/events.ts";
import type { FsckReport } from "../report.ts";
import { toPublicValues } from "./values.ts";
import { MAX_LISTED, isOwnOf, toIntegrityRecord } from "./verdict.ts";

export interface FsckJobDeps {
  db: Db;
  databaseUrl: string;
  clock: Clock;
  log: Logger;
  settings: Pick<Settings, "dataDirectory" | "chainRpcUrl" | "fsckHours">;
  anchor: Pick<Anchor, "append">;
}

const PROGRAM = path.resolve(import.meta.dirname, "../main.ts");
/** A service that was just started has better things to do. */
const FIRST_MILLISECONDS = 120_000;
const LOOK_MILLISECONDS = 600_000;
/** Whoever asks again gets the verdict that there is: each one is a record for ever. */
const REST_SECONDS = 60;
const HOUR_MILLISECONDS = 3_600_000;

/** Inspects the installation once in a while, as a process of low priority, and publishes what it found. */
export class FsckJob {
  readonly #deps: FsckJobDeps;
  #timer: NodeJS.Timeout | undefined;
  #child: ChildProcess | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(deps: FsckJobDeps) {
    this.#deps = deps;
  }

  start(): void {
    if (this.#deps.settings.fsckHours > 0) this.#schedule(FIRST_MILLISECONDS);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#child?.kill("SIGKILL");
    await this.#running;
  }

  #schedule(milliseconds: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#runOnce();
      void this.#running.then(() => this.#schedule(LOOK_MILLISECONDS));
    }, milliseconds);
    this.#timer.unref();
  }

  async #runOnce(): Promise<void> {
    try {
      await this.runDue();
    } catch (error) {
      // What failed is due again the next time.
      if (!this.#stopped) this.#deps.log.error({ err: error }, "the inspection failed");
    }
  }

  /** Inspects where the last verdict is older than the interval; returns whether anything was published. */
  async runDue(): Promise<boolean> {
    const due = await this.#listDue();
    if (due.length === 0) return false;
    await this.#inspectFor(due);
    return true;
  }

  get isRunning(): boolean {
    return this.#child !== undefined;
  }

  /**
   * Begins to inspect for one community, because somebody asked for it; what is running already is not begun again.
   * Throws InspectionTooSoon.
   */
  async runNow(communityId: string): Promise<void> {
    const { db, clock } = this.#deps;
    const before = new Date(clock.now().getTime() - REST_SECONDS * 1000);
    const where = { communityId, type: "integrity", at: { gt: before } };
    if ((await db.record.count({ where })) > 0) {
      throw new DomainError("InspectionTooSoon", { seconds: REST_SECONDS });
    }
    if (this.isRunning || this.#stopped) return;
    const running = this.#inspectFor([communityId]).catch((error: unknown) => {
      if (!this.#stopped) this.#deps.log.error({ err: error }, "the inspection failed");
    });
    this.#running = Promise.all([this.#running, running]).then(() => undefined);
  }

  async #inspectFor(communities: readonly string[]): Promise<void> {
    const report = await this.#inspect();
    for (const communityId of communities) await this.#publish(report, communityId);
  }

  async #listDue(): Promise<string[]> {
    const { db, clock, settings } = this.#deps;
    const before = new Date(clock.now().getTime() - settings.fsckHours * HOUR_MILLISECONDS);
    const communities = await db.community.findMany({
      where: { state: "ready" },
      select: { id: true },
    });
    const recent = await db.record.findMany({
      where: { type: "integrity", at: { gt: before } },
      select: { communityId: true },
      distinct: ["communityId"],
    });
    const done = new Set(recent.map(({ communityId }) => communityId));
    return communities.map(({ id }) => id).filter((id) => !done.has(id));
  }

  #inspect(): Promise<FsckReport> {
    const { databaseUrl, settings } = this.#deps;
    const { dataDirectory, chainRpcUrl } = settings;
    const env = {
      PATH: process.env["PATH"],
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDirectory,
      CHAIN_RPC_URL: chainRpcUrl ?? "",
    };
    const child = spawn(process.execPath, [PROGRAM], { env, stdio: ["ignore", "pipe", "ignore"] });
    this.#child = child;
    child.once("spawn", () => lowerPriority(child.pid));
    return new Promise((resolve, reject) => {
      const parts: Buffer[] = [];
      child.stdout.on("data", (part: Buffer) => parts.push(part));
      child.once("error", reject);
      child.once("close", (code) => {
        this.#child = undefined;
        if (code === 0) resolve(JSON.parse(Buffer.concat(parts).toString("utf8")) as FsckReport);
        else reject(new Error(`the inspection ended with code ${code}`));
      });
    });
  }

  async #publish(report: FsckReport, communityId: string): Promise<void> {
    const { db, clock, anchor, log } = this.#deps;
    const record = toIntegrityRecord(report, communityId, clock.now());
    const { verdict, found } = record;
    if (verdict === "failed") log.error({ communityId, found }, "the inspection found differences");
    const values = report.findings.filter(isOwnOf(communityId)).slice(0, MAX_LISTED);
    await db.$transaction(async (tx) => {
      const { index } = await anchor.append(tx, communityId, record);
      const seen = { record: index, values: values.map(toPublicValues) as Prisma.InputJsonArray };
      await tx.integrityValues.upsert({
        where: { communityId },
        create: { communityId, ...seen },
        update: seen,
      });
      await publishEvent(tx, communityId, { type: "integrity", data: { verdict, found } });
    });
  }
}

/** Everything else goes first; it still gets its tenth of a machine that is busy all day, and comes to an end. */
function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) os.setPriority(pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or the system does not allow it.
  }
}
