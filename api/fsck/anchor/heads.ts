import { anchorAbi } from "../../../protocol/abi/anchor.ts";
import type { Head } from "../../database/generated/client.ts";
import { readEvents } from "../chain/events.ts";
import type { FsckContext } from "../subject.ts";
import { toHex } from "./hash.ts";

interface AnchoredHead {
  size: number;
  root: string;
  transactionHash: string;
  blockNumber: bigint;
}

interface Known {
  row?: Head | undefined;
  anchored?: AnchoredHead | undefined;
}

/** Every head that the database or the chain knows of, met by the log as it grows. */
export class HeadBook {
  readonly #context: FsckContext;
  readonly #community: string;
  readonly #heads: Map<number, Known>;
  /** The largest head on chain that the log agrees with. */
  #agreed = 0;
  #disagreed = false;
  readonly largest: number;

  private constructor(context: FsckContext, community: string, heads: Map<number, Known>) {
    this.#context = context;
    this.#community = community;
    this.#heads = heads;
    const anchored = [...heads].filter(([, head]) => head.anchored).map(([size]) => size);
    this.largest = anchored.reduce((most, size) => Math.max(most, size), 0);
  }

  static async open(context: FsckContext, community: string): Promise<HeadBook> {
    const sql = `SELECT * FROM "Head" WHERE "communityId" = $1 ORDER BY "size"`;
    const rows = await context.snapshot.rows<Head>(sql, [community]);
    const heads = new Map<number, Known>(rows.map((row) => [row.size, { row }]));
    context.inspection.count("Head", community, rows.length);
    for (const anchored of await listAnchored(context, community)) {
      heads.set(anchored.size, { ...heads.get(anchored.size), anchored });
    }
    return new HeadBook(context, community, heads);
  }

  wants(size: number): boolean {
    return this.#heads.has(size);
  }

  /** The log has `size` records, and this root. */
  meet(size: number, root: Buffer): void {
    const { row, anchored } = this.#heads.get(size)!;
    const { inspection, chain } = this.#context;
    const place = { community: this.#community, table: "Head", row: String(size) };
    this.#heads.delete(size);
    if (anchored) this.#meetAnchored(anchored, toHex(root));
    if (!row) return void inspection.missing(place);
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
  finish(): void {
    for (const size of this.#heads.keys()) {
      this.#context.inspection.extra({ community: this.#community, table: "Head", row: `${size}` });
    }
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
