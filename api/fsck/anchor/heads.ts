import { anchorAbi } from "../../../protocol/abi/anchor.ts";
import type { Head } from "../../database/generated/client.ts";
import { readEvents } from "../chain/events.ts";
import type { FsckContext } from "../subject.ts";
import { toHex } from "./hash.ts";
import { STRETCH } from "./nodes.ts";

interface AnchoredHead {
  size: number;
  root: string;
  transactionHash: string;
  blockNumber: bigint;
}

const WITHIN = `SELECT * FROM "Head" WHERE "communityId" = $1 AND "size" > $2 AND "size" <= $3`;
const BEYOND = `SELECT "size" FROM "Head" WHERE "communityId" = $1 AND ("size" < 1 OR "size" > $2) ORDER BY 1`;

/** Every head that the database or the chain knows of, met by the log as it grows; rows are read stretch by stretch. */
export class HeadBook {
  readonly #context: FsckContext;
  readonly #community: string;
  readonly #anchored: Map<number, AnchoredHead>;
  #rows = new Map<number, Head>();
  /** The largest head on chain that the log agrees with. */
  #agreed = 0;
  #disagreed = false;
  readonly largest: number;

  private constructor(context: FsckContext, community: string, anchored: AnchoredHead[]) {
    this.#context = context;
    this.#community = community;
    this.#anchored = new Map(anchored.map((head) => [head.size, head]));
    this.largest = anchored.reduce((most, { size }) => Math.max(most, size), 0);
  }

  static async open(context: FsckContext, community: string): Promise<HeadBook> {
    return new HeadBook(context, community, await listAnchored(context, community));
  }

  /** The rows of the heads that the log comes to next, from `size` records on. */
  async read(size: number): Promise<void> {
    const range = [this.#community, size, size + STRETCH];
    const rows = await this.#context.snapshot.rows<Head>(WITHIN, range);
    this.#rows = new Map(rows.map((row) => [row.size, row]));
  }

  wants(size: number): boolean {
    return this.#rows.has(size) || this.#anchored.has(size);
  }

  /** The log has `size` records, and this root. */
  meet(size: number, root: Buffer): void {
    const [row, anchored] = [this.#rows.get(size), this.#anchored.get(size)];
    const { inspection, chain } = this.#context;
    const place = { community: this.#community, table: "Head", row: String(size) };
    this.#anchored.delete(size);
    if (anchored) this.#meetAnchored(anchored, toHex(root));
    if (!row) return void inspection.missing(place);
    inspection.count("Head", this.#community);
    inspection.equal({ ...place, field: "root" }, toHex(root), row.root);
    if (!chain) return;
    if (!anchored) {
      if (row.state === "anchored") inspection.extra(place, "not on chain");
      return;
    }
    // Mined, and its handler has not run yet.
    if (row.state === "anchoring") return void inspection.skip(`Head ${size}`, "underWay");
    const { transactionHash, blockNumber } = anchored;
    inspection.compare(place, row, { state: "anchored", transactionHash, blockNumber });
  }

  /** What was anchored stands for ever: where the log has another root, records before it were changed. */
  #meetAnchored(anchored: AnchoredHead, root: string): void {
    if (anchored.root === root) {
      this.#agreed = anchored.size;
      return;
    }
    if (this.#disagreed) return;
    this.#disagreed = true;
    const row = `${this.#agreed}..${anchored.size - 1}`;
    const place = { community: this.#community, table: "Record", row, field: "anchored root" };
    this.#context.inspection.equal(place, anchored.root, root);
  }

  /** Heads of a size that the log does not have. */
  async finish(logSize: number): Promise<void> {
    const { snapshot, inspection } = this.#context;
    const name = (size: number): void =>
      inspection.extra({ community: this.#community, table: "Head", row: String(size) });
    for await (const { size } of snapshot.stream<Pick<Head, "size">>(BEYOND, [
      this.#community,
      logSize,
    ])) {
      inspection.count("Head", this.#community);
      name(size);
      this.#anchored.delete(size);
    }
    for (const size of this.#anchored.keys()) name(size);
  }
}

async function listAnchored(context: FsckContext, community: string): Promise<AnchoredHead[]> {
  const address = context.communities.get(community)?.anchor;
  const events = await readEvents(context, address, anchorAbi);
  return events
    .filter(({ eventName }) => eventName === "HeadAnchored")
    .map(({ args, log }) => ({
      size: Number(args.size),
      root: args.root,
      transactionHash: log.transactionHash,
      blockNumber: BigInt(log.blockNumber),
    }));
}
