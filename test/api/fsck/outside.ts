import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import {
  formatVerifierKey,
  parseVerifierKey,
  verifierKeyOf,
} from "../../../protocol/anchor/tlog/key.ts";
import type { VerifierKey } from "../../../protocol/anchor/tlog/key.ts";
import { serveWitness } from "../../../scripts/commands/witness/server.ts";
import { WitnessStore } from "../../../scripts/commands/witness/store.ts";
import { TimestampAuthority } from "../anchor/timestampAuthority.ts";
import { get } from "../assembly/client.ts";
import { eventually } from "../assembly/service.ts";
import type { TestService } from "../assembly/service.ts";

/** A witness and an authority of timestamps that look at a service's logs. */
export class Outside {
  readonly #folder = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-outside-"));
  readonly #authority = new TimestampAuthority();
  readonly #store = new WitnessStore(path.join(this.#folder, "witness"), "witness.example/a");
  readonly #logs: VerifierKey[] = [];
  #server!: Awaited<ReturnType<typeof serveWitness>>;
  environment: Record<string, string> = {};

  static async open(): Promise<Outside> {
    const outside = new Outside();
    await outside.#start();
    return outside;
  }

  async #start(): Promise<void> {
    await this.#authority.serve();
    const parts = { store: this.#store, logs: this.#logs };
    this.#server = await serveWitness(parts, { host: "127.0.0.1", port: 0 });
    const key = formatVerifierKey(verifierKeyOf(this.#store.signer, "cosignature"));
    this.environment = {
      WITNESSES: this.#write("policy", `witness a ${key} ${this.#server.url}\nquorum a\n`),
      TIMESTAMP_URL: this.#authority.url,
      TIMESTAMP_CA: this.#write("ca.pem", this.#authority.authorities),
    };
  }

  #write(name: string, text: string): string {
    const file = path.join(this.#folder, name);
    fs.writeFileSync(file, text);
    return file;
  }

  /** The witness cosigns this log from now on. */
  async learn(service: TestService, community: string): Promise<void> {
    const { log } = await get(service, `/communities/${community}`);
    this.#logs.push(parseVerifierKey(log.key as string));
  }

  /** Waits until both have seen the last head, so that nothing is on its way. */
  async hasSeen(service: TestService, community: string): Promise<void> {
    await eventually(async () => {
      const { size, witnesses, timestamps } = await get(
        service,
        `/communities/${community}/log/witnesses`,
      );
      return witnesses[0].size === size && timestamps.last?.size === size;
    });
  }

  async close(): Promise<void> {
    await this.#server.close();
    this.#store.close();
    this.#authority.close();
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }
}
