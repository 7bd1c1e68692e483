import type { Logger } from "pino";
import type { SigningDomain } from "../../protocol/registry/messages.ts";
import type { Anchor } from "../anchor/service.ts";
import type { Chain } from "../chain/service.ts";
import type { Cipher } from "../cipher.ts";
import type { Clock } from "../clock.ts";
import type { Db, Tx } from "../database/client.ts";
import type { Registry } from "../registry/service.ts";
import type { RollAreas } from "./ballot/areas.ts";

export interface AssemblySettings {
  /** How often waiting ballots are sealed. */
  sealEverySeconds: number;
  /** So many waiting ballots are sealed at once. */
  sealAtBallots: number;
  /** No ballot is accepted in the last seconds before closing: its sealing could come too late. */
  sealMarginSeconds: number;
}

export const DEFAULT_ASSEMBLY_SETTINGS: AssemblySettings = {
  sealEverySeconds: 2,
  sealAtBallots: 250,
  sealMarginSeconds: 10,
};

/** Rows by the thousand, files and answers of a node take their time. */
export const LONG_TRANSACTION = { timeout: 60_000, maxWait: 20_000 };

/** What the parts of the assembly work with. */
export interface AssemblyContext {
  db: Db;
  clock: Clock;
  chain: Chain;
  anchor: Anchor;
  registry: Registry;
  cipher: Cipher;
  log: Logger;
  settings: AssemblySettings;
  areas: RollAreas;
  /** Where the page is reached, if that is set: what is printed leads there. */
  publicOrigin?: string | undefined;
}

/** The domain in which sheets, convocations and seals of a community are signed. */
export async function signingDomain(
  { registry }: Pick<AssemblyContext, "registry">,
  db: Db | Tx,
  communityId: string,
): Promise<Required<SigningDomain>> {
  const { chainId, assembly } = await registry.getCommunity(db, communityId);
  return { chainId, contract: assembly };
}
