import type { Hex } from "viem";
import { registryAbi } from "../../../protocol/abi/registry.ts";
import { cloneArgs } from "../../../protocol/registry/pages.ts";
import { readEvents } from "../chain/events.ts";
import type { FsckContext } from "../subject.ts";
import type { Page } from "./keys.ts";

interface ChainPage {
  kind: number;
  store: Hex;
}

interface OfCommunity {
  pages: Map<string, ChainPage>;
  revoked: Set<string>;
}

/** The pages of keys and the revocations that the Registries hold. */
export class ChainKeys {
  readonly #context: FsckContext;
  readonly #byCommunity = new Map<string, OfCommunity>();

  constructor(context: FsckContext) {
    this.#context = context;
  }

  async #read(community: string): Promise<OfCommunity> {
    const known = this.#byCommunity.get(community);
    if (known) return known;
    const address = this.#context.communities.get(community)?.registry;
    const found: OfCommunity = { pages: new Map(), revoked: new Set() };
    for (const { eventName, args } of await readEvents(this.#context, address, registryAbi)) {
      if (eventName === "KeysBound") {
        found.pages.set(`${args.roll}/${args.page}`, { kind: args.kind, store: args.store });
      }
      // A key that stands twice can be reported by anybody; the service does not follow that.
      if (eventName === "KeyRevoked" && !args.duplicate) {
        found.revoked.add(`${args.roll}/${args.page}/${args.position}`);
      }
    }
    this.#byCommunity.set(community, found);
    return found;
  }

  async inspectPage(page: Page): Promise<void> {
    const { inspection, chain } = this.#context;
    if (!chain) return;
    const place = { community: page.communityId, table: "KeyPage", row: page.id };
    const { pages } = await this.#read(page.communityId);
    const name = `${page.number}/${page.page}`;
    const bound = pages.get(name);
    if (!bound) return inspection.extra(place, "not on chain");
    pages.delete(name);
    inspection.equal({ ...place, field: "kind" }, bound.kind, page.kind);
    const code = await chain.client.getCode({ address: bound.store });
    const expected = code ? cloneArgs(code) : "0x";
    inspection.equal({ ...place, field: "entries" }, expected, page.entries);
  }

  /** After `inspectPage` of the same page. */
  isRevoked({ communityId, number, page }: Page, position: number): boolean {
    const revoked = this.#byCommunity.get(communityId)?.revoked;
    return revoked?.has(`${number}/${page}/${position}`) === true;
  }

  async findUnlisted(): Promise<void> {
    const { inspection, communities, snapshot } = this.#context;
    const binding = await snapshot.rows<{ name: string }>(
      `SELECT r."communityId" || ' ' || r."number" || '/' || p."page" AS name FROM "KeyPage" p
       JOIN "Roll" r ON r."id" = p."rollId" WHERE p."state" = 'binding'`,
    );
    const underWay = new Set(binding.map(({ name }) => name));
    for (const community of communities.keys()) {
      for (const name of (await this.#read(community)).pages.keys()) {
        if (underWay.has(`${community} ${name}`)) continue;
        inspection.missing({ community, table: "KeyPage", row: `roll and page ${name}` });
      }
    }
  }
}
