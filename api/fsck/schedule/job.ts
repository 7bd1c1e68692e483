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
import { publishEvent } from "../../http/events.ts";
import type { FsckReport } from "../report.ts";
import { toIntegrityRecord } from "./verdict.ts";

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
    const report = await this.#inspect();
    for (const communityId of due) await this.#publish(report, communityId);
    return true;
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
    await db.$transaction(async (tx) => {
      await anchor.append(tx, communityId, record);
      await publishEvent(tx, communityId, { type: "integrity", data: { verdict, found } });
    });
  }
}

/** Everything else goes first. */
function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) os.setPriority(pid, os.constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or the system does not allow it.
  }
}
