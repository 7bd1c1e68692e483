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

/** Compared with the stored nodes so many at a time: some megabytes in memory, however long the log. */
const RECORDS_AT_ONCE = 4096;

const RECORDS = `SELECT "index", "leaf", "type", "text" FROM "Record" WHERE "communityId" = $1 ORDER BY "index"`;

type LoggedRecord = Pick<StoredRecord, "index" | "leaf" | "type" | "text">;

/** One pass over a log: every record, every node, every head that was ever anchored. */
export async function inspectLog(context: FsckContext, community: string): Promise<void> {
  const { snapshot, inspection } = context;
  const walk = new Walk(context, community, await HeadBook.open(context, community));
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

/** The walk through one log. */
class Walk {
  readonly #context: FsckContext;
  readonly #community: string;
  readonly #log = new GrowingLog();
  readonly #nodes: StoredNodes;
  readonly #heads: HeadBook;
  readonly #references: References;

  constructor(context: FsckContext, community: string, heads: HeadBook) {
    this.#context = context;
    this.#community = community;
    this.#heads = heads;
    this.#nodes = new StoredNodes({ ...context, community });
    this.#references = new References(context, community);
  }

  get expected(): ReturnType<typeof toComparable> {
    const { size, nodes } = this.#log;
    return { size, range: nodes.map((node) => toHex(node)).join(" ") };
  }

  async take(batch: readonly LoggedRecord[]): Promise<void> {
    const from = this.#log.size;
    const last = Math.max(batch.at(-1)!.index + 1, from);
    const stored = await this.#nodes.leaves(from, last);
    this.#context.inspection.count("Record", this.#community, batch.length);
    for (const record of batch) {
      if (record.index < from) {
        this.#context.inspection.extra(this.#placeOf(record.index));
        continue;
      }
      // A record that is not there is filled in from its node, so that the rest can still be judged.
      while (this.#log.size < record.index) this.#fill(stored.get(this.#log.size));
      this.#append(this.#judge(record, stored.get(record.index)));
      this.#read(record);
    }
    await this.#nodes.compare();
    await this.#references.compare();
  }

  async end(): Promise<void> {
    const { size } = this.#log;
    // Records cut off at the end: their nodes, or a head, may still know of them.
    const more = await this.#nodes.leaves(size, Math.max(this.#heads.largest, size));
    while (this.#log.size < this.#heads.largest) this.#fill(more.get(this.#log.size));
    await this.#nodes.compare();
    await this.#nodes.findExtra(this.#log.size);
    this.#heads.finish();
  }

  #placeOf(index: number): Place {
    return { community: this.#community, table: "Record", row: String(index) };
  }

  #fill(node: Buffer | undefined): void {
    this.#context.inspection.missing(this.#placeOf(this.#log.size));
    this.#append(node ?? Buffer.alloc(32));
  }

  #append(leaf: Buffer): void {
    this.#log.append(leaf, (level, index, hash) => this.#nodes.add(level, index, hash));
    if (this.#heads.wants(this.#log.size)) this.#heads.meet(this.#log.size, this.#log.root);
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
