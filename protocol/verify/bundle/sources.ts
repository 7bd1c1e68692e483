import type { Hex } from "viem";
import { type ReadBlock, type WholeBlock, readBlock } from "../block/whole.ts";
import { compareLogs } from "../events.ts";
import {
  type ChainBlock,
  type ChainLog,
  type ChainSource,
  type ChainTransaction,
  type PeriodExport,
  type RecordSource,
  SourceMissing,
  type Sources,
  textMatches,
} from "../source.ts";
import type { Bundle } from "./bundle.ts";

/** What a bundle's blocks and code say of the chain. */
export type ChainContent = {
  chainId: number;
  logs: ChainLog[];
  transactions: ChainTransaction[];
  blocks: ChainBlock[];
  code: { address: Hex; code: Hex }[];
};

/** What a bundle holds, its blocks read. */
export type BundleContent = Omit<Bundle, "chain"> & { chain: ChainContent };

/** Finds items by a key, as a source has to: what is not there is missing. */
function createIndex<Item>(
  what: string,
  items: readonly Item[],
  keyOf: (item: Item) => string,
): (key: string) => Item {
  const index = new Map(items.map((item) => [keyOf(item).toLowerCase(), item]));
  return (key) => {
    const item = index.get(key.toLowerCase());
    if (item === undefined) throw new SourceMissing(`${what} ${key}`);
    return item;
  };
}

function createRecordSource(content: BundleContent): RecordSource {
  const recordAt = createIndex("record", content.records, ({ index }) => `${index}`);
  const inclusionAt = createIndex(
    "proof",
    content.inclusion,
    (proof) => `${proof.index} in ${proof.size}`,
  );
  const consistencyAt = createIndex("proof", content.consistency, (proof) => {
    return `${proof.first} to ${proof.second}`;
  });
  const { checkpoints } = content;
  const checkpointAt = createIndex("checkpoint", checkpoints, ({ size }) => `${size}`);
  const documentAt = createIndex("document", content.documents, ({ sha256 }) => sha256);
  const exportAt = createIndex(
    "export",
    content.exports,
    ({ number, form }) => `${number} ${form}`,
  );
  return {
    community: async () => content.community,
    // Of a meeting all of them: what is in its bundle was wanted, and what does not belong there shows in the report.
    findRecords: async (query) =>
      content.scope.kind === "meeting"
        ? content.records
        : content.records.filter(({ text }) => textMatches(text, query)),
    record: async (index) => recordAt(`${index}`),
    inclusion: async (index, size) => inclusionAt(`${index} in ${size}`).path,
    consistency: async (first, second) => consistencyAt(`${first} to ${second}`).path,
    ...(checkpoints.length === 0
      ? {}
      : { checkpoint: async (size: number) => checkpointAt(`${size}`).note }),
    ...(content.exports.length === 0
      ? {}
      : {
          exportPeriod: async ({ number, form }: PeriodExport) =>
            exportAt(`${number} ${form}`).bytes,
        }),
    document: async (hash) => documentAt(hash).bytes,
  };
}

function createChainSource(content: ChainContent): ChainSource {
  const transactionAt = createIndex("transaction", content.transactions, ({ hash }) => hash);
  const blockAt = createIndex("block", content.blocks, (block) => `${block.number}`);
  const codeAt = createIndex("code at", content.code, ({ address }) => address);
  const same = (a: Hex | undefined, b: Hex): boolean => a?.toLowerCase() === b.toLowerCase();
  const ordered = content.logs.toSorted(compareLogs);
  return {
    chainId: async () => content.chainId,
    logs: async (address, topics = []) =>
      ordered
        .filter((log) => same(log.address, address))
        .filter((log) => topics.every((topic, i) => topic === null || same(log.topics[i], topic))),
    transaction: async (hash) => transactionAt(hash),
    block: async (wanted) => blockAt(`${wanted}`),
    code: async (address) => codeAt(address).code,
  };
}

/** The sources that a bundle's content stands for. */
export function contentSources(content: BundleContent): Sources {
  return { records: createRecordSource(content), chain: createChainSource(content.chain) };
}

async function tryRead(block: WholeBlock): Promise<ReadBlock[]> {
  try {
    return [await readBlock(block)];
  } catch {
    return [];
  }
}

/** Reads a bundle's blocks; one that cannot be read is not there, and its own check says so. */
export async function readContent({ chain, ...rest }: Bundle): Promise<BundleContent> {
  const read = (await Promise.all(chain.blocks.map(({ block }) => tryRead(block)))).flat();
  const blocks = read.map(({ header: { number, hash, timestamp } }) => ({
    number,
    hash,
    timestamp,
  }));
  return {
    ...rest,
    chain: {
      chainId: chain.chainId,
      logs: read.flatMap(({ logs }) => logs),
      transactions: read.flatMap(({ transactions }) => transactions),
      blocks,
      code: chain.code,
    },
  };
}

/** The sources that a bundle stands for. */
export async function bundleSources(bundle: Bundle): Promise<Sources> {
  return contentSources(await readContent(bundle));
}
