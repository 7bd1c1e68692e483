import { parseCanonical } from "../../../protocol/anchor/json.ts";
import { recordSchema } from "../../../protocol/anchor/record.ts";
import type { PublishedRecord } from "../../../protocol/anchor/record.ts";
import type { Log, Record as StoredRecord } from "../../database/generated/client.ts";
import { show } from "../inspection.ts";
import type { Place } from "../inspection.ts";
import type { FsckContext } from "../subject.ts";
import { GrowingLog, hashLeaf, toHex } from "./hash.ts";
import { HeadBook } from "./heads.ts";
import { StoredNodes } from "./nodes.ts";
import { References } from "./references.ts";

/** Some megabytes in memory, however long the log. */
const RECORDS_AT_ONCE = 4096;

const COUNT = `
  SELECT greatest((SELECT count(*) FROM "Record" WHERE "communityId" = $1),
    (SELECT count(*) FROM "LogNode" WHERE "communityId" = $1 AND "level" = 0))::int AS kept`;

const RECORDS = `SELECT "index", "leaf", "type", "text" FROM "Record" WHERE "communityId" = $1 ORDER BY "index"`;

type LoggedRecord = Pick<StoredRecord, "index" | "leaf" | "type" | "text">;

/** One pass over a log: every record, every node, every head that was ever anchored. */
export async function inspectLog(context: FsckContext, community: string): Promise<void> {
  const { snapshot, inspection } = context;
  const heads = await HeadBook.open(context, community);
  const [counted] = await snapshot.rows<{ kept: number }>(COUNT, [community]);
  const walk = new Walk(context, { community, heads, kept: counted!.kept });
  const records = snapshot.batches<LoggedRecord>(RECORDS, [community], RECORDS_AT_ONCE);
  for await (const batch of records) await walk.take(batch);
  await walk.end();
  const [log] = await snapshot.rows<Log>(`SELECT * FROM "Log" WHERE "communityId" = $1`, [
    community,
  ]);
  const place = { community, table: "Log", row: community };
  inspection.count("Log", community, log ? 1 : 0);
  if (!log) inspection.missing(place);
  else inspection.compare(place, toComparable(log), walk.expected);
}

const toComparable = ({ size, range }: Log) => ({
  size,
  range: range.map((hash) => show(hash)).join(" "),
});

interface Known {
  community: string;
  heads: HeadBook;
  /** How many records, or leaves of records, the database has. */
  kept: number;
}

/** The walk through one log. */
class Walk {
  readonly #context: FsckContext;
  readonly #community: string;
  readonly #log = new GrowingLog();
  readonly #nodes: StoredNodes;
  readonly #heads: HeadBook;
  readonly #references: References;
  /** No index can be as large: one changed digit must not make the walk fill in a thousand million records. */
  readonly #limit: number;

  constructor(context: FsckContext, { community, heads, kept }: Known) {
    this.#context = context;
    this.#community = community;
    this.#heads = heads;
    this.#limit = 2 * Math.max(kept, heads.largest);
    this.#nodes = new StoredNodes({ ...context, community });
    this.#references = new References(context, community);
  }

  get expected(): ReturnType<typeof toComparable> {
    const { size, nodes } = this.#log;
    return { size, range: nodes.map((node) => toHex(node)).join(" ") };
  }

  async take(batch: readonly LoggedRecord[]): Promise<void> {
    this.#context.inspection.count("Record", this.#community, batch.length);
    for (const record of batch) {
      const { index } = record;
      if (index < this.#log.size || index >= this.#limit) {
        this.#context.inspection.extra(this.#placeOf(index));
        continue;
      }
      if (index > this.#log.size) await this.#fillTo(index);
      if (!this.#nodes.hasRead(index)) await this.#goOn();
      this.#append(this.#judge(record, this.#nodes.leafAt(index)));
      this.#read(record);
    }
  }

  async end(): Promise<void> {
    // Records cut off at the end: their nodes, or a head, may still know of them.
    await this.#fillTo(this.#heads.largest);
    await this.#nodes.compare();
    await this.#references.compare();
    await this.#nodes.findExtra(this.#log.size);
    await this.#heads.finish(this.#log.size);
  }

  /** Compares the stretch that was walked through, and reads what is stored of the next one. */
  async #goOn(): Promise<void> {
    await this.#nodes.compare();
    await this.#references.compare();
    await this.#nodes.read(this.#log.size);
    await this.#heads.read(this.#log.size);
  }

  /** Records that are not there are filled in from their nodes, so that the rest can still be judged. */
  async #fillTo(size: number): Promise<void> {
    while (this.#log.size < size) {
      const index = this.#log.size;
      if (!this.#nodes.hasRead(index)) await this.#goOn();
      this.#context.inspection.missing(this.#placeOf(index));
      this.#append(this.#nodes.leafAt(index) ?? Buffer.alloc(32));
    }
  }

  #placeOf(index: number): Place {
    return { community: this.#community, table: "Record", row: String(index) };
  }

  #append(leaf: Buffer): void {
    this.#log.append(leaf, (level, index, hash) => this.#nodes.add(level, index, hash));
    const { size } = this.#log;
    if (this.#heads.wants(size)) this.#heads.meet(size, this.#log.root);
  }

  /** Text, leaf and node must say the same. Where one of them does not, two outvote it, and it is named. */
  #judge({ index, text, leaf }: LoggedRecord, node: Buffer | undefined): Buffer {
    const computed = hashLeaf(text);
    const hex = toHex(computed);
    const isStoredLeaf = leaf === hex;
    const isNode = node?.equals(computed) === true;
    if (isStoredLeaf) return computed; // A node that differs is named when the nodes are compared.
    const place = this.#placeOf(index);
    const { inspection } = this.#context;
    if (isNode) {
      inspection.equal({ ...place, field: "leaf" }, hex, leaf);
      return computed;
    }
    inspection.equal({ ...place, field: "text" }, leaf, hex);
    return /^0x[0-9a-f]{64}$/.test(leaf) ? Buffer.from(leaf.slice(2), "hex") : (node ?? computed);
  }

  #read({ index, text, type }: LoggedRecord): void {
    const { inspection } = this.#context;
    let record: PublishedRecord;
    try {
      record = recordSchema.parse(parseCanonical(Buffer.from(text, "utf8")));
    } catch {
      inspection.find({ kind: "differs", ...this.#placeOf(index), field: "form" });
      return;
    }
    if (record.type !== type || record.community !== this.#community) {
      const expected = { type: record.type, community: this.#community };
      inspection.compare(this.#placeOf(index), { type, community: record.community }, expected);
    }
    this.#references.note(index, text, record);
  }
}
