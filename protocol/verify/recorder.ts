import type { Hex } from "viem";
import { toBase64 } from "./base64.ts";
import type { Bundle } from "./bundle.ts";
import type { ChainLog, CommunityInfo, RecordEntry, Sources } from "./source.ts";

/** Sources that remember every answer they passed on, and the bundle of those answers. */
export type Recorder = { sources: Sources; toBundle(meeting: number): Bundle };

type Kept = Pick<Bundle, "records" | "inclusion" | "consistency" | "documents"> &
  Omit<Bundle["chain"], "chainId">;

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

function lowerLog(log: ChainLog): ChainLog {
  const { blockNumber, logIndex } = log;
  return {
    address: lower(log.address),
    topics: log.topics.map(lower),
    data: lower(log.data),
    blockNumber,
    blockHash: lower(log.blockHash),
    transactionHash: lower(log.transactionHash),
    logIndex,
  };
}

/** Only what is there: canonical JSON knows no `undefined`, and most records seal nothing. */
function toKept({ index, text, disclosures = [] }: RecordEntry): Kept["records"][number] {
  return disclosures.length === 0
    ? { index, text }
    : { index, text, disclosures: [...disclosures] };
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
    async document(sha256) {
      const bytes = await records.document(sha256);
      kept.documents.push({ sha256: lower(sha256), base64: toBase64(bytes) });
      return bytes;
    },
  };
}

function recordChain({ chain }: Sources, kept: Kept): Sources["chain"] {
  return {
    chainId: () => chain.chainId(),
    async logs(address, topics) {
      const logs = (await chain.logs(address, topics)).map(lowerLog);
      kept.logs.push(...logs);
      return logs;
    },
    async transaction(wanted) {
      const { hash, blockHash, from, to, input } = await chain.transaction(wanted);
      const transaction = {
        hash: lower(hash),
        blockHash: lower(blockHash),
        from: lower(from),
        to: to && lower(to),
        input: lower(input),
      };
      kept.transactions.push(transaction);
      return transaction;
    },
    async block(wanted) {
      const { number, hash, timestamp } = await chain.block(wanted);
      kept.blocks.push({ number, hash: lower(hash), timestamp });
      return { number, hash, timestamp };
    },
    async code(address) {
      const code = lower(await chain.code(address));
      kept.code.push({ address: lower(address), code });
      return code;
    },
  };
}

function toChain(kept: Kept, chainId: number): Bundle["chain"] {
  return {
    chainId,
    logs: arrange(kept.logs, (log) => [log.blockNumber, log.logIndex]),
    transactions: arrange(kept.transactions, ({ hash }) => [hash]),
    blocks: arrange(kept.blocks, ({ number }) => [number]),
    code: arrange(kept.code, ({ address }) => [address]),
  };
}

/** Wraps sources so that what is read through them can be written as a bundle. */
export function createRecorder(
  sources: Sources,
  info: { community: CommunityInfo; chainId: number },
): Recorder {
  const kept: Kept = {
    records: [],
    inclusion: [],
    consistency: [],
    documents: [],
    logs: [],
    transactions: [],
    blocks: [],
    code: [],
  };
  return {
    sources: { records: recordRecords(sources, kept), chain: recordChain(sources, kept) },
    toBundle: (meeting) => ({
      format: "mingzhang-bundle",
      v: 1,
      meeting,
      community: info.community,
      records: arrange(kept.records, ({ index }) => [index]),
      inclusion: arrange(kept.inclusion, ({ index, size }) => [index, size]),
      consistency: arrange(kept.consistency, ({ first, second }) => [first, second]),
      documents: arrange(kept.documents, ({ sha256 }) => [sha256]),
      chain: toChain(kept, info.chainId),
    }),
  };
}
