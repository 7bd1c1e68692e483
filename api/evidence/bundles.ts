import { bundleFiles, createBundle } from "../../protocol/verify/bundle/create.ts";
import { packArchive } from "../../protocol/verify/bundle/pack.ts";
import { type Scope, scopeName } from "../../protocol/verify/bundle/scope.ts";
import { RpcProver } from "../../protocol/verify/block/rpcProver.ts";
import type { PeriodExport } from "../../protocol/verify/source.ts";
import type { RpcRequest } from "../../protocol/verify/rpc.ts";
import type { FileAnswer } from "../http/route.ts";
import type { Service } from "../service.ts";
import { createChainSource } from "./chainSource.ts";
import { readKit } from "./kit.ts";

const KEPT_SECONDS = 30;
const KEPT_BUNDLES = 8;

interface Kept {
  at: number;
  bytes: Promise<Uint8Array>;
}

export type EvidenceContext = Pick<
  Service,
  "db" | "chain" | "anchor" | "registry" | "assembly" | "fund"
> & {
  /** Where the built verifier lies. */
  kitDirectory: string;
};

/**
 * Evidence bundles. They hold what log and chain hold, so that before the count nothing about choices is in them.
 * Collecting one reads the chain at length: whoever asks within half a minute shares it.
 */
export class Bundles {
  readonly #context: EvidenceContext;
  readonly #kept = new Map<string, Kept>();

  constructor(context: EvidenceContext) {
    this.#context = context;
  }

  async get(communityId: string, scope: Scope): Promise<FileAnswer> {
    const name = `${communityId}-${scopeName(scope)}.zip`;
    return { mediaType: "application/zip", name, bytes: await this.#share(communityId, scope) };
  }

  #share(communityId: string, scope: Scope): Promise<Uint8Array> {
    const id = `${communityId} ${scopeName(scope)}`;
    const now = performance.now();
    const kept = this.#kept.get(id);
    if (kept && now - kept.at < KEPT_SECONDS * 1000) return kept.bytes;
    const bytes = this.#collect(communityId, scope);
    bytes.catch(() => this.#kept.delete(id));
    this.#kept.delete(id);
    const oldest = this.#kept.keys().next();
    if (this.#kept.size >= KEPT_BUNDLES && !oldest.done) this.#kept.delete(oldest.value);
    this.#kept.set(id, { at: now, bytes });
    return bytes;
  }

  async #collect(communityId: string, scope: Scope): Promise<Uint8Array> {
    const { registry, anchor, chain, db, fund, kitDirectory } = this.#context;
    const { chainId, ...community } = await registry.getCommunity(db, communityId);
    const info = {
      community: communityId,
      chainId,
      registry: community.registry,
      anchor: community.anchor,
      assembly: community.assembly,
      fund: community.fund,
    };
    const records = {
      community: () => Promise.resolve(info),
      ...anchor.source(communityId),
      exportPeriod: (wanted: PeriodExport) => fund.exportPeriod(communityId, wanted),
    };
    const prover = new RpcProver(chain.client.request as RpcRequest);
    const sources = { records, chain: createChainSource(chain.client), prover };
    // A chain of our own is short enough to be handed out whole: whoever has it can run through it again.
    const { kind } = await chain.status();
    const wholeChain = scope.kind === "community" && kind === "embedded";
    const bundle = await createBundle(sources, scope, { wholeChain });
    return packArchive(bundleFiles(bundle, await readKit(kitDirectory)));
  }
}
