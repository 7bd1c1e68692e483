import { bundleBytes } from "../../../protocol/verify/bundle.ts";
import { createBundle } from "../../../protocol/verify/meeting.ts";
import type { Sources } from "../../../protocol/verify/source.ts";
import type { FileAnswer } from "../../http/route.ts";
import type { AssemblyContext } from "../context.ts";
import { getMeeting } from "../meeting/find.ts";
import { createChainSource } from "./chainSource.ts";

const KEPT_SECONDS = 30;
const KEPT_BUNDLES = 8;

interface Kept {
  at: number;
  bytes: Promise<Uint8Array>;
}

/**
 * Evidence bundles. They hold what log and chain hold, so that before the count nothing about choices is in them.
 * Collecting one reads the chain at length: whoever asks within half a minute shares it.
 */
export class Bundles {
  readonly #context: AssemblyContext;
  readonly #kept = new Map<string, Kept>();

  constructor(context: AssemblyContext) {
    this.#context = context;
  }

  async get(communityId: string, number: number): Promise<FileAnswer> {
    const { id } = await getMeeting(this.#context.db, communityId, number);
    const name = `${communityId}-meeting-${number}.json`;
    return {
      mediaType: "application/json",
      name,
      bytes: await this.#share(id, communityId, number),
    };
  }

  #share(id: string, communityId: string, number: number): Promise<Uint8Array> {
    const now = performance.now();
    const kept = this.#kept.get(id);
    if (kept && now - kept.at < KEPT_SECONDS * 1000) return kept.bytes;
    const bytes = this.#collect(communityId, number);
    bytes.catch(() => this.#kept.delete(id));
    this.#kept.delete(id);
    const oldest = this.#kept.keys().next();
    if (this.#kept.size >= KEPT_BUNDLES && !oldest.done) this.#kept.delete(oldest.value);
    this.#kept.set(id, { at: now, bytes });
    return bytes;
  }

  async #collect(communityId: string, number: number): Promise<Uint8Array> {
    return bundleBytes(await createBundle(await this.#sourcesOf(communityId), number));
  }

  async #sourcesOf(communityId: string): Promise<Sources> {
    const { registry, anchor, chain, db } = this.#context;
    const { chainId, ...community } = await registry.getCommunity(db, communityId);
    const info = {
      community: communityId,
      chainId,
      registry: community.registry,
      anchor: community.anchor,
      assembly: community.assembly,
    };
    const records = { community: () => Promise.resolve(info), ...anchor.source(communityId) };
    return { records, chain: createChainSource(chain.client) };
  }
}
