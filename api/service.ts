import path from "node:path";
import type { Logger } from "pino";
import { anchorAbi } from "../protocol/abi/anchor.ts";
import { assemblyAbi } from "../protocol/abi/assembly.ts";
import { fundAbi } from "../protocol/abi/fund.ts";
import { registryAbi } from "../protocol/abi/registry.ts";
import type { RandomBytes } from "../protocol/registry/permutation.ts";
import { registerRedaction } from "./anchor/disclosure/redact.ts";
import { createLogKeys } from "./anchor/log/keys.ts";
import { createAnchor } from "./anchor/service.ts";
import { readOutside } from "./anchor/witness/settings.ts";
import type { Anchor } from "./anchor/service.ts";
import { createAssembly } from "./assembly/service.ts";
import type { Assembly, AssemblySettings } from "./assembly/service.ts";
import {
  anchorBytecode,
  assemblyBytecode,
  fundBytecode,
  registryBytecode,
} from "./chain/bytecode.ts";
import { openChain } from "./chain/service.ts";
import type { Chain } from "./chain/service.ts";
import { createCipher } from "./cipher.ts";
import type { Cipher } from "./cipher.ts";
import { systemClock } from "./clock.ts";
import type { Clock } from "./clock.ts";
import type { Settings } from "./config.ts";
import { openDatabase } from "./database/client.ts";
import type { Database, Db } from "./database/client.ts";
import { createFund } from "./fund/service.ts";
import type { Fund } from "./fund/service.ts";
import { createLog } from "./http/log.ts";
import { Sessions } from "./http/session.ts";
import { openKeys } from "./keys.ts";
import type { Keys } from "./keys.ts";
import { createRegistry } from "./registry/service.ts";
import type { Registry } from "./registry/service.ts";

/** The service without its border: everything that tests and the demonstration replace, and what comes of it. */
export interface ServiceOptions {
  clock?: Clock;
  random?: RandomBytes;
  log?: Logger;
  /** Opened and closed by whoever gives it. */
  database?: Database;
  assembly?: Partial<AssemblySettings>;
}

export interface Service {
  settings: Settings;
  keys: Keys;
  db: Db;
  databaseUrl: string;
  clock: Clock;
  cipher: Cipher;
  log: Logger;
  chain: Chain;
  chainId: number;
  sessions: Sessions;
  anchor: Anchor;
  registry: Registry;
  assembly: Assembly;
  fund: Fund;
  close(): Promise<void>;
}

const CONTRACTS = {
  registry: { abi: registryAbi, bytecode: registryBytecode },
  anchor: { abi: anchorAbi, bytecode: anchorBytecode },
  assembly: { abi: assemblyAbi, bytecode: assemblyBytecode },
  fund: { abi: fundAbi, bytecode: fundBytecode },
} as const;

/**
 * Database, chain and subjects, in this order; the chain is driving when this returns. The assembly's own jobs start
 * with the border (`serve`), so that the demonstration can set their pace.
 */
export async function openService(
  settings: Settings,
  options: ServiceOptions = {},
): Promise<Service> {
  const { clock = systemClock, log = createLog(settings.logLevel) } = options;
  const keys = openKeys(settings.dataDirectory);
  const database = options.database ?? (await openDatabase(settings));
  const closing: (() => Promise<void>)[] = options.database ? [] : [() => database.close()];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const { client: db, url: databaseUrl } = database;
    const cipher = createCipher(keys.identity);
    await requireSameKey(db, cipher);
    const base = { settings, keys, db, databaseUrl, clock, cipher, log };
    const chain = await openChain(
      { rpcUrl: settings.chainRpcUrl, relayerKey: settings.relayerKey ?? keys.relayer },
      { db, databaseUrl, clock, log, contracts: CONTRACTS },
    );
    closing.push(() => chain.stop());
    const parts = { ...base, chain, ...(await createSubjects({ ...base, chain }, options)) };
    await parts.anchor.open();
    closing.push(() => parts.anchor.close());
    chain.start();
    await chain.ensureVerifiers();
    return { ...parts, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Base = Pick<
  Service,
  "keys" | "settings" | "db" | "databaseUrl" | "clock" | "cipher" | "log" | "chain"
>;

async function createSubjects(base: Base, options: ServiceOptions) {
  const { db, clock, chain, cipher, log, settings, keys } = base;
  const chainId = await chain.client.getChainId();
  const sessions = new Sessions({ db, clock, chainId });
  const filesDirectory = path.join(settings.dataDirectory, "files");
  const logKeys = createLogKeys(keys.log);
  const outside = readOutside(settings);
  const anchor = createAnchor({
    ...{ db, chain, clock, cipher, log },
    ...{ filesDirectory, logKeys, outside },
  });
  const registry = createRegistry({
    ...{ db, chain, clock, cipher },
    publication: anchor,
    requireProof: (proof, purpose) => sessions.requireProof(proof, purpose),
    random: options.random,
  });
  registerRedaction({ db, clock, anchor, registry });
  const assembly = createAssembly({
    ...{ db, chain, clock, anchor, registry, cipher, log },
    publicOrigin: settings.publicOrigin,
    settings: options.assembly,
  });
  const fund = createFund({
    ...{ db, chain, clock, cipher, anchor, registry, assembly, log },
    ...{ publicOrigin: settings.publicOrigin, ocdsPrefix: settings.ocdsPrefix },
    random: options.random,
  });
  return { chainId, sessions, anchor, registry, assembly, fund };
}

/** The database belongs to another key directory: nothing in it could be read, and new rows would not match. */
export class IdentityKeyDiffers extends Error {
  override readonly name = "IdentityKeyDiffers";
}

async function requireSameKey(db: Db, cipher: Cipher): Promise<void> {
  const key = "identityKeyFingerprint";
  const fingerprint = cipher.fingerprint("the identity key of this installation");
  await db.setting.createMany({ data: [{ key, value: fingerprint }], skipDuplicates: true });
  const stored = await db.setting.findUniqueOrThrow({ where: { key } });
  if (stored.value === fingerprint) return;
  throw new IdentityKeyDiffers(
    "The key file keys/identity is not the one with which this database was written: restore the data directory's keys from a backup.",
  );
}
