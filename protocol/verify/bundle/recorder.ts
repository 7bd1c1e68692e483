import type { Hex } from "viem";
import type { RecordEntry, Sources } from "../source.ts";
import type { Bundle } from "./bundle.ts";

/** What was read, as far as a bundle keeps it; of the chain only which blocks and addresses were looked at. */
export type Kept = Pick<
  Bundle,
  "records" | "inclusion" | "consistency" | "checkpoints" | "documents" | "exports"
> & {
  blocks: number[];
  code: Bundle["chain"]["code"];
};

/** Puts a list into the order of its keys, each key once. */
function arrange<Item>(items: readonly Item[], keyOf: (item: Item) => (string | number)[]): Item[] {
  const byKey = new Map(items.map((item) => [JSON.stringify(keyOf(item)), item]));
  return [...byKey.values()].sort((a, b) => {
    const [left, right] = [keyOf(a), keyOf(b)];
    const at = left.findIndex((part, i) => part !== right[i]);
    if (at < 0) return 0;
    return left[at]! < right[at]! ? -1 : 1;
  });
}

const lower = (hex: Hex): Hex => hex.toLowerCase() as Hex;

/** Only what is there: canonical JSON knows no `undefined`, and most records seal nothing. */
function toKept({ index, text, disclosures = [] }: RecordEntry): RecordEntry {
  return disclosures.length === 0 ? { index, text } : { index, text, disclosures };
}

function recordRecords({ records }: Sources, kept: Kept): Sources["records"] {
  return {
    community: () => records.community(),
    async findRecords(query) {
      const found = await records.findRecords(query);
      kept.records.push(...found.map(toKept));
      return found;
    },
    async record(index) {
      const entry = await records.record(index);
      kept.records.push(toKept(entry));
      return entry;
    },
    async inclusion(index, size) {
      const path = (await records.inclusion(index, size)).map(lower);
      kept.inclusion.push({ index, size, path });
      return path;
    },
    async consistency(first, second) {
      const path = (await records.consistency(first, second)).map(lower);
      kept.consistency.push({ first, second, path });
      return path;
    },
    ...(records.checkpoint
      ? {
          async checkpoint(size) {
            const note = await records.checkpoint!(size);
            kept.checkpoints.push({ size, note });
            return note;
          },
        }
      : {}),
    ...(records.exportPeriod
      ? {
          async exportPeriod(wanted) {
            const bytes = await records.exportPeriod!(wanted);
            kept.exports.push({ ...wanted, bytes });
            return bytes;
          },
        }
      : {}),
    async document(sha256) {
      const bytes = await records.document(sha256);
      kept.documents.push({ sha256: lower(sha256), bytes });
      return bytes;
    },
  };
}

/** The chain as of one block: what came later is not seen. Blocks that were looked at are remembered. */
function recordChain({ chain }: Sources, head: number, kept: Kept): Sources["chain"] {
  return {
    chainId: () => chain.chainId(),
    async logs(address, topics) {
      const logs = await chain.logs(address, topics);
      return logs.filter(({ blockNumber }) => blockNumber <= head);
    },
    transaction: (hash) => chain.transaction(hash),
    async block(number) {
      kept.blocks.push(number);
      return chain.block(number);
    },
    async code(address) {
      const code = lower(await chain.code(address));
      kept.code.push({ address: lower(address), code });
      return code;
    },
  };
}

/** Sources that remember what was read through them, as of the block `head`. */
export type Recorder = { sources: Sources; kept(): Kept };

/** Wraps sources so that what is read through them can be written as a bundle. */
export function createRecorder(sources: Sources, head: number): Recorder {
  const kept: Kept = {
    records: [],
    inclusion: [],
    consistency: [],
    checkpoints: [],
    documents: [],
    exports: [],
    blocks: [],
    code: [],
  };
  return {
    sources: {
      records: recordRecords(sources, kept),
      chain: recordChain(sources, head, kept),
    },
    kept: () => ({
      records: arrange(kept.records, ({ index }) => [index]),
      inclusion: arrange(kept.inclusion, ({ index, size }) => [index, size]),
      consistency: arrange(kept.consistency, ({ first, second }) => [first, second]),
      checkpoints: arrange(kept.checkpoints, ({ size }) => [size]),
      documents: arrange(kept.documents, ({ sha256 }) => [sha256]),
      exports: arrange(kept.exports, ({ number, form }) => [number, form]),
      blocks: arrange(kept.blocks, (number) => [number]),
      code: arrange(kept.code, ({ address }) => [address]),
    }),
  };
}
