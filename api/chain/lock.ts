import pg from "pg";

/** Any number will do, as long as every instance takes the same and nobody else does. */
const DRIVER_LOCK = 2_025_110_901;
export const WAKE_CHANNEL = "mingzhang_chain";

/**
 * One instance at a time drives the chain. The lock is the connection's: it ends with the connection, so nobody who
 * was killed or cut off holds on to it.
 */
export class DriverLock {
  readonly #url: string;
  readonly #onWake: () => void;
  #client: pg.Client | undefined;
  #isHeld = false;

  constructor(url: string, onWake: () => void) {
    this.#url = url;
    this.#onWake = onWake;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Whether this instance may drive now. Asks anew every time, because connections die quietly. */
  async tryHold(): Promise<boolean> {
    try {
      const client = this.#client ?? (await this.#connect());
      if (this.#isHeld) await client.query("SELECT 1");
      else this.#isHeld = await tryLock(client);
    } catch {
      await this.release();
    }
    return this.#isHeld;
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.#url, keepAlive: true });
    // Without a listener a lost connection would end the process.
    client.on("error", () => this.#forget(client));
    client.on("end", () => this.#forget(client));
    client.on("notification", this.#onWake);
    await client.connect();
    this.#client = client;
    await client.query(`LISTEN ${WAKE_CHANNEL}`);
    return client;
  }

  #forget(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    this.#isHeld = false;
  }

  async release(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#isHeld = false;
    await client?.end().catch(() => undefined);
  }
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    "SELECT pg_try_advisory_lock($1) AS held",
    [DRIVER_LOCK],
  );
  return rows[0]?.held === true;
}
