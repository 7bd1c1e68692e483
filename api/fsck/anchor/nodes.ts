import type { Inspection } from "../inspection.ts";
import type { Snapshot } from "../snapshot.ts";

const HASH_BYTES = 32;
/** Leaves that are read at once. */
export const STRETCH = 4096;

const MANY = `
  SELECT count(*) AS count, string_agg("hash", ''::bytea ORDER BY "index") AS hashes FROM "LogNode"
  WHERE "communityId" = $1 AND "level" = $2 AND "index" >= $3 AND "index" < $4`;

const EACH = `
  SELECT "index", "hash" FROM "LogNode"
  WHERE "communityId" = $1 AND "level" = $2 AND "index" >= $3 AND "index" < $4 ORDER BY "index"`;

export interface NodeDeps {
  snapshot: Snapshot;
  inspection: Inspection;
  community: string;
}

/** Neighbouring nodes of one level, by the index of the first. */
interface Span {
  level: number;
  first: number;
  hashes: Buffer[];
}

/** Compares the log's stored nodes with computed ones, a stretch of a level at a time. */
export class StoredNodes {
  readonly #deps: NodeDeps;
  readonly #spans = new Map<number, Span>();
  #highest = -1;
  #from = -STRETCH;
  #leaves = new Map<number, Buffer>();

  constructor(deps: NodeDeps) {
    this.#deps = deps;
  }

  /** Whether the leaf hash of this index was read; if not, `read` reads it and those behind it. */
  hasRead(index: number): boolean {
    return index >= this.#from && index < this.#from + STRETCH;
  }

  /** Of an index that was read. */
  leafAt(index: number): Buffer | undefined {
    return this.#leaves.get(index);
  }

  async read(from: number): Promise<void> {
    const { snapshot, community } = this.#deps;
    const range = [community, 0, from, from + STRETCH];
    this.#from = from;
    const [row] = await snapshot.rows<{ count: bigint; hashes: Buffer | null }>(MANY, range);
    const { count, hashes } = row!;
    if (hashes && count === BigInt(STRETCH) && hashes.length === STRETCH * HASH_BYTES) {
      this.#leaves = new Map(split(hashes).map((hash, i) => [from + i, hash]));
      return;
    }
    const rows = await snapshot.rows<{ index: number; hash: Buffer }>(EACH, range);
    this.#leaves = new Map(rows.map(({ index, hash }) => [index, hash]));
  }

  add(level: number, index: number, hash: Buffer): void {
    const span = this.#spans.get(level);
    if (span) span.hashes.push(hash);
    else this.#spans.set(level, { level, first: index, hashes: [hash] });
    this.#highest = Math.max(this.#highest, level);
  }

  /** Compares what was added since the last time. */
  async compare(): Promise<void> {
    for (const span of this.#spans.values()) await this.#compareSpan(span);
    this.#spans.clear();
  }

  async #compareSpan(span: Span): Promise<void> {
    const { snapshot, inspection, community } = this.#deps;
    const { level, first, hashes } = span;
    const range = [community, level, first, first + hashes.length];
    const [row] = await snapshot.rows<{ count: bigint; hashes: Buffer | null }>(MANY, range);
    inspection.count("LogNode", community, Number(row!.count));
    if (row!.hashes?.equals(Buffer.concat(hashes))) return;
    const rows = await snapshot.rows<{ index: number; hash: Buffer }>(EACH, range);
    const stored = new Map(rows.map(({ index, hash }) => [index, hash]));
    hashes.forEach((hash, i) => {
      const found = stored.get(first + i);
      const place = { community, table: "LogNode", row: `${level}/${first + i}` };
      if (!found) inspection.missing(place);
      else inspection.equal({ ...place, field: "hash" }, hash, found);
    });
  }

  /** Nodes beyond the log's end, or of subtrees that are not complete. */
  async findExtra(size: number): Promise<void> {
    const { snapshot, inspection, community } = this.#deps;
    const sql = `
      SELECT "level", "index" FROM "LogNode" WHERE "communityId" = $1
        AND ("level" > $2 OR "level" < 0 OR "index" < 0 OR "index" >= trunc($3::numeric / power(2::numeric, "level")))`;
    for await (const { level, index } of snapshot.stream<{ level: number; index: number }>(sql, [
      community,
      Math.max(this.#highest, 0),
      size,
    ])) {
      inspection.extra({ community, table: "LogNode", row: `${level}/${index}` });
    }
  }
}

function split(hashes: Buffer): Buffer[] {
  return Array.from({ length: hashes.length / HASH_BYTES }, (_, i) =>
    hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  );
}
