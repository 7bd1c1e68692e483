import { pino } from "pino";
import { pad, stringToHex } from "viem";
import type { Hex } from "viem";
import { openChain } from "../../../api/chain/service.ts";
import type { Chain, ChainCall, ChainSettings } from "../../../api/chain/service.ts";
import type { Clock } from "../../../api/clock.ts";
import { connectDatabase } from "../../../api/database/client.ts";
import type { Database } from "../../../api/database/client.ts";
import { execute, withDatabase } from "../../database/admin.ts";
import { createTestDatabase } from "../../database/template.ts";
import { compileNotebook } from "./notebook.ts";

export const RELAYER_KEY: Hex = `0x${"1f".repeat(32)}`;
export const COMMUNITY = "c";
/** Not read by these contracts. */
export const OFFICERS = [{ signer: "0x01", roles: 1 }] as const;

let notebook: ReturnType<typeof compileNotebook> | undefined;
export const contracts = (): ReturnType<typeof compileNotebook> => (notebook ??= compileNotebook());

/** A clock that stands still until it is moved. */
export class TestClock implements Clock {
  seconds = 1_800_000_000;
  now(): Date {
    return new Date(this.seconds * 1000);
  }
}

/** One database, and the chains opened on it one after the other or side by side. */
export class Bench {
  readonly clock = new TestClock();
  readonly database: Database;
  readonly #open = new Set<Chain>();

  private constructor(database: Database) {
    this.database = database;
  }

  static async create(): Promise<Bench> {
    return new Bench(await createTestDatabase());
  }

  /** A bench on the database as it stands, as from a backup. No chain may be open. */
  async restore(): Promise<Bench> {
    const name = `mingzhang_backup_${crypto.randomUUID().replaceAll("-", "")}`;
    const source = new URL(this.database.url).pathname.slice(1);
    const admin = withDatabase(this.database.url, "postgres");
    await this.database.client.$disconnect();
    await execute(admin, `CREATE DATABASE "${name}" TEMPLATE "${source}"`);
    const database = connectDatabase(withDatabase(this.database.url, name));
    const close = async (): Promise<void> => {
      await database.close();
      await execute(admin, `DROP DATABASE "${name}" WITH (FORCE)`);
    };
    const restored = new Bench({ ...database, close });
    restored.clock.seconds = this.clock.seconds;
    return restored;
  }

  /** Not started yet. */
  async open(settings: Partial<ChainSettings> = {}, code = contracts()): Promise<Chain> {
    const chain = await openChain(
      { relayerKey: RELAYER_KEY, idleSeconds: 0.05, ...settings },
      {
        db: this.database.client,
        databaseUrl: this.database.url,
        clock: this.clock,
        log: pino({ level: process.env["TEST_LOG_LEVEL"] ?? "silent" }),
        contracts: code,
      },
    );
    this.#open.add(chain);
    return chain;
  }

  async start(settings: Partial<ChainSettings> = {}): Promise<Chain> {
    const chain = await this.open(settings);
    chain.start();
    return chain;
  }

  async stop(chain: Chain): Promise<void> {
    this.#open.delete(chain);
    await chain.stop();
  }

  async close(): Promise<void> {
    for (const chain of this.#open) await this.stop(chain);
    await this.database.close();
  }

  /** Deploys the contracts that everything below calls. */
  async deploy(chain: Chain, communityId = COMMUNITY): Promise<void> {
    await chain.deployCommunity({ communityId, officers: OFFICERS });
  }

  /** Enqueues calls of the anchor, all in one transaction, without waking anybody. */
  async enqueue(chain: Chain, ...calls: Partial<ChainCall>[]): Promise<void> {
    await this.database.client.$transaction(async (tx) => {
      for (const call of calls) {
        const rest = { communityId: COMMUNITY, contract: "anchor", functionName: "note" } as const;
        await chain.enqueue(tx, { ...rest, args: [], kind: "note", ref: "", ...call });
      }
    });
  }

  note(chain: Chain, ...notes: string[]): Promise<void> {
    return this.enqueue(chain, ...notes.map((ref) => ({ ref, args: [toText(ref)] })));
  }

  /** How often a note stands on chain. */
  async timesOf(chain: Chain, note: string): Promise<number> {
    const addresses = await chain.findContracts(this.database.client, COMMUNITY);
    const times = await chain.client.readContract({
      address: addresses!.anchor,
      abi: contracts().anchor.abi,
      functionName: "times",
      args: [toText(note)],
    });
    return Number(times);
  }

  async stateOf(ref: string): Promise<string | undefined> {
    const row = await this.database.client.chainCall.findFirst({ where: { ref, kind: "note" } });
    return row?.state;
  }
}

export const toText = (note: string): Hex => pad(stringToHex(note), { size: 32, dir: "right" });

/** Waits for something that must happen soon. */
export async function eventually<T>(
  what: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutSeconds = 15,
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
