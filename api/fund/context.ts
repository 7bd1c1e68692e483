import type { Logger } from "pino";
import type { RandomBytes } from "../../protocol/registry/permutation.ts";
import type { Anchor } from "../anchor/service.ts";
import type { Assembly } from "../assembly/service.ts";
import type { Chain } from "../chain/service.ts";
import type { Cipher } from "../cipher.ts";
import type { Clock } from "../clock.ts";
import type { Db } from "../database/client.ts";
import type { Registry } from "../registry/service.ts";

/** What the parts of the fund work with. */
export interface FundContext {
  db: Db;
  clock: Clock;
  cipher: Cipher;
  chain: Chain;
  anchor: Anchor;
  registry: Registry;
  assembly: Pick<Assembly, "getMotion" | "putPlan" | "keepAccount">;
  log: Logger;
  /** Undefined: as each request names the service. */
  publicOrigin: string | undefined;
  /** Of the releases of projects (OCDS). */
  ocdsPrefix: string;
  /** Draws salts. */
  random: RandomBytes;
}

/** A large community's entry writes tens of thousands of rows. */
export const LONG_TRANSACTION = { timeout: 120_000, maxWait: 20_000 };
