import type { Hex } from "viem";
import { z } from "zod";
import { canonicalBytes, parseCanonical } from "../anchor/json.ts";
import { fromBase64 } from "./base64.ts";
import { type ChainSource, type RecordSource, SourceMissing, type Sources } from "./source.ts";

// A bundle is what a verification read, kept in one file. It is as little trusted as a service.

const hex = z.templateLiteral(["0x", z.string().regex(/^[0-9a-f]*$/)]);
const number = z.int().min(0);

const bundleSchema = z.strictObject({
  format: z.literal("mingzhang-bundle"),
  v: z.literal(1),
  meeting: number,
  community: z.strictObject({
    community: z.string(),
    chainId: number,
    registry: hex,
    anchor: hex,
    assembly: hex,
  }),
  records: z
    .array(
      z.strictObject({
        index: number,
        text: z.string(),
        disclosures: z
          .array(z.strictObject({ path: z.string(), salt: hex, value: z.string() }))
          .optional(),
      }),
    )
    .refine((records) => records.every(({ index }, i) => i === 0 || records[i - 1]!.index < index)),
  inclusion: z.array(z.strictObject({ index: number, size: number, path: z.array(hex) })),
  consistency: z.array(z.strictObject({ first: number, second: number, path: z.array(hex) })),
  documents: z.array(z.strictObject({ sha256: hex, base64: z.string() })),
  chain: z.strictObject({
    chainId: number,
    logs: z.array(
      z.strictObject({
        address: hex,
        topics: z.array(hex),
        data: hex,
        blockNumber: number,
        blockHash: hex,
        transactionHash: hex,
        logIndex: number,
      }),
    ),
    transactions: z.array(
      z.strictObject({ hash: hex, blockHash: hex, from: hex, to: hex.nullable(), input: hex }),
    ),
    blocks: z.array(z.strictObject({ number, hash: hex, timestamp: number })),
    code: z.array(z.strictObject({ address: hex, code: hex })),
  }),
});

/** Everything needed to verify one meeting offline: the file format `mingzhang-bundle`, version 1. */
export type Bundle = z.infer<typeof bundleSchema>;

/** The canonical bytes of a bundle: the same meeting at the same block gives the same file. */
export function bundleBytes(bundle: Bundle): Uint8Array<ArrayBuffer> {
  return canonicalBytes(bundleSchema.parse(bundle));
}

/** Reads a bundle file; throws zod's error or `JsonInvalid` when it is none. */
export function parseBundle(bytes: Uint8Array): Bundle {
  return bundleSchema.parse(parseCanonical(bytes));
}

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

function createRecordSource(bundle: Bundle): RecordSource {
  const recordAt = createIndex("record", bundle.records, ({ index }) => `${index}`);
  const inclusionAt = createIndex(
    "proof",
    bundle.inclusion,
    (proof) => `${proof.index} in ${proof.size}`,
  );
  const consistencyAt = createIndex("proof", bundle.consistency, (proof) => {
    return `${proof.first} to ${proof.second}`;
  });
  const documentAt = createIndex("document", bundle.documents, (document) => document.sha256);
  return {
    community: async () => bundle.community,
    // All of them: what is in a bundle was wanted, and what does not belong there shows in the report.
    findRecords: async () => bundle.records,
    record: async (index) => recordAt(`${index}`),
    inclusion: async (index, size) => inclusionAt(`${index} in ${size}`).path,
    consistency: async (first, second) => consistencyAt(`${first} to ${second}`).path,
    document: async (hash) => fromBase64(documentAt(hash).base64),
  };
}

function createChainSource({
  chainId,
  logs,
  transactions,
  blocks,
  code,
}: Bundle["chain"]): ChainSource {
  const transactionAt = createIndex("transaction", transactions, ({ hash }) => hash);
  const blockAt = createIndex("block", blocks, (block) => `${block.number}`);
  const codeAt = createIndex("code at", code, ({ address }) => address);
  const same = (a: Hex | undefined, b: Hex): boolean => a?.toLowerCase() === b.toLowerCase();
  const ordered = logs.toSorted((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex);
  return {
    chainId: async () => chainId,
    logs: async (address, topics = []) =>
      ordered
        .filter((log) => same(log.address, address))
        .filter((log) => topics.every((topic, i) => topic === null || same(log.topics[i], topic))),
    transaction: async (hash) => transactionAt(hash),
    block: async (wanted) => blockAt(`${wanted}`),
    code: async (address) => codeAt(address).code,
  };
}

/** The sources that a bundle stands for. */
export function bundleSources(bundle: Bundle): Sources {
  return { records: createRecordSource(bundle), chain: createChainSource(bundle.chain) };
}
