import { createPublicClient, http } from "viem";
import type { Hex } from "viem";
import { castSheet, signSheet } from "../../api/demo/household.ts";
import { toDemoKey } from "../../api/demo/keys.ts";
import type { DemoKey } from "../../api/demo/keys.ts";
import type { Actor } from "../../api/demo/port.ts";
import type { SignedAnswer } from "../../protocol/assembly/sheet.ts";
import type { KeyKind } from "../../protocol/registry/keys.ts";
import { HttpPort } from "../../scripts/bench/servicePort.ts";

interface OwnerKey {
  units: string[];
  kind: KeyKind;
  keyId: Hex;
  privateKey: Hex;
}

/** What `GET /api/demo/keys` gives. */
export interface DemoKeys {
  community: string;
  meeting: number;
  officers: { title: string; roles: string[]; signer: Hex; privateKey: Hex }[];
  owners: OwnerKey[];
}

interface Me {
  voters: { roll: number; keys: { page: number; position: number }[] }[];
}

/** Somebody who tries the demonstration with the keys that it hands out. */
export class Visitor {
  readonly #key: DemoKey;
  readonly #keys: DemoKeys;
  readonly #port: HttpPort;
  readonly #self: Actor;

  constructor(
    url: string,
    keys: DemoKeys,
    { kind, privateKey }: { kind: KeyKind; privateKey: Hex },
  ) {
    this.#keys = keys;
    this.#key = toDemoKey(kind, privateKey);
    this.#self = { id: this.#key.keyId, roles: [] };
    this.#port = new HttpPort({ url: () => url, keyOf: () => this.#key });
  }

  /** Logs in, finds his place in the roll, votes. */
  async vote(answers: readonly SignedAnswer[]): Promise<{ leaf: string; state: string }> {
    const { meeting } = this.#keys;
    const { chainId, assembly } = await this.#get<{ chainId: number; assembly: Hex }>("");
    const { voters } = await this.#get<Me>("/me");
    // In the demonstration every meeting has the roll of its own number.
    const place = voters.find(({ roll }) => roll === meeting)!.keys[0]!;
    const domain = { chainId, contract: assembly };
    const communityId = this.#keys.community;
    const vote = { communityId, meeting, domain, key: this.#key, place, answers };
    return castSheet(this.#port, vote, await signSheet(vote));
  }

  async listProposals(): Promise<unknown[]> {
    return (await this.#get<{ items: unknown[] }>("/proposals")).items;
  }

  #get<T>(path: string): Promise<T> {
    const params = { community: this.#keys.community };
    const ask = { method: "get", path: `/communities/:community${path}`, params } as const;
    return this.#port.ask<T>({ ...ask, as: this.#self });
  }
}

/** The time of every block of the chain behind a service, in Unix seconds. */
export async function readBlockTimes(url: string): Promise<number[]> {
  const client = createPublicClient({ transport: http(`${url}/api/rpc`) });
  const newest = Number(await client.getBlockNumber());
  const numbers = Array.from({ length: newest + 1 }, (_, i) => BigInt(i));
  const blocks = await Promise.all(numbers.map((blockNumber) => client.getBlock({ blockNumber })));
  return blocks.map(({ timestamp }) => Number(timestamp));
}
