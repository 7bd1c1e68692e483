import type { Response } from "express";
import pg from "pg";
import type { Logger } from "pino";
import type { Tx } from "../database/client.ts";
import { DomainError } from "./errors.ts";

/** Something that pages of a community want to hear of; carries numbers and hashes only. */
export interface ServiceEvent {
  type: string;
  data: Readonly<Record<string, string | number | boolean>>;
}

interface Notice extends ServiceEvent {
  communityId: string;
}

const CHANNEL = "mingzhang_events";
const HEARTBEAT_SECONDS = 25;
const MAX_STREAMS = 2000;

/**
 * Says a committed change to every open page. PostgreSQL carries the message, so it leaves only when the transaction
 * commits, and reaches the pages of every instance of the service.
 */
export async function publishEvent(
  tx: Tx,
  communityId: string,
  event: ServiceEvent,
): Promise<void> {
  const notice: Notice = { communityId, ...event };
  await tx.$executeRaw`SELECT pg_notify(${CHANNEL}, ${JSON.stringify(notice)})`;
}

export class EventHub {
  readonly #streams = new Map<Response, string>();
  readonly #log: Logger;
  #listener: pg.Client | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(log: Logger) {
    this.#log = log;
  }

  async open(databaseUrl: string): Promise<void> {
    this.#heartbeat = setInterval(
      () => this.#writeAll(": still here\n\n"),
      HEARTBEAT_SECONDS * 1000,
    );
    this.#heartbeat.unref();
    await this.#listen(databaseUrl);
  }

  async #listen(databaseUrl: string): Promise<void> {
    const listener = new pg.Client({ connectionString: databaseUrl });
    listener.on("notification", ({ payload }) => this.#deliver(payload ?? ""));
    listener.on("error", (error) => {
      this.#log.warn({ err: error }, "the event stream lost its database connection");
      if (!this.#closed) setTimeout(() => void this.#relisten(databaseUrl), 1000).unref();
    });
    await listener.connect();
    await listener.query(`LISTEN ${CHANNEL}`);
    this.#listener = listener;
  }

  async #relisten(databaseUrl: string): Promise<void> {
    if (this.#closed) return;
    await this.#listen(databaseUrl).catch(() => {
      setTimeout(() => void this.#relisten(databaseUrl), 5000).unref();
    });
  }

  /** Keeps the response open as an event stream until the page leaves or the service stops. */
  subscribe(communityId: string, response: Response): void {
    if (this.#closed || this.#streams.size >= MAX_STREAMS) throw new DomainError("ServiceStopping");
    response.set({
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-store",
      "X-Accel-Buffering": "no",
    });
    response.write("retry: 3000\n\n");
    this.#streams.set(response, communityId);
    response.on("close", () => this.#streams.delete(response));
  }

  /** Ends the streams first: an open one would hold the server's close. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#heartbeat);
    for (const response of this.#streams.keys()) response.end();
    this.#streams.clear();
    await this.#listener?.end();
  }

  #deliver(payload: string): void {
    const { communityId, type, data } = JSON.parse(payload) as Notice;
    const text = `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
    for (const [response, wanted] of this.#streams) {
      if (wanted === communityId) response.write(text);
    }
  }

  #writeAll(text: string): void {
    for (const response of this.#streams.keys()) response.write(text);
  }
}
