import type { Logger } from "pino";
import type { Clock } from "../clock.ts";
import type { Db } from "../database/client.ts";
import type { Contracts } from "./contracts.ts";
import type { ForeignChain } from "./foreign.ts";
import type { Outbox } from "./outbox.ts";
import type { Relayer } from "./relayer.ts";

export interface LedgerContext {
  db: Db;
  clock: Clock;
  log: Logger;
  contracts: Contracts;
  outbox: Outbox;
  relayer: Relayer;
}

/** How calls get onto one kind of chain. Every step starts from the database, so any of them may be cut short. */
export interface Ledger extends ForeignChain {
  /** Not driving: keeps up with what the driving instance does. */
  follow(): Promise<void>;
  /** Driving: brings what is journaled to its end. */
  settle(): Promise<void>;
  /** Driving: journals and sends what waits. False: there was nothing to send. */
  advance(): Promise<boolean>;
  close(): Promise<void>;
}
