import { type Hex, encodeEventTopics } from "viem";
import { assemblyAbi } from "../../../../protocol/abi/assembly.ts";
import { registryAbi } from "../../../../protocol/abi/registry.ts";
import type { WholeBlock } from "../../../../protocol/verify/block/whole.ts";
import type { Bundle } from "../../../../protocol/verify/bundle/bundle.ts";
import { readContent } from "../../../../protocol/verify/bundle/sources.ts";
import { flip, pageOf } from "../tampering.ts";

/** A change of a bundle that whoever makes one can make: the manifest agrees with it. */
export type Alteration = (bundle: Bundle) => Bundle | Promise<Bundle>;

const [SEALED] = encodeEventTopics({ abi: assemblyAbi, eventName: "BatchSealed" });
const [COUNTED] = encodeEventTopics({ abi: assemblyAbi, eventName: "BatchCounted" });
const [REVOKED] = encodeEventTopics({ abi: registryAbi, eventName: "KeyRevoked" });

/** Changes the first block that holds an event, or leaves it out. */
function atEvent(topic: string, change: (block: WholeBlock) => WholeBlock | undefined): Alteration {
  return (bundle) => {
    const { blocks } = bundle.chain;
    const at = blocks.findIndex(({ block }) => block.receipts.join().includes(topic.slice(2)));
    const block = change(blocks[at]!.block);
    const changed = block
      ? blocks.with(at, { number: blocks[at]!.number, block })
      : blocks.toSpliced(at, 1);
    return { ...bundle, chain: { ...bundle.chain, blocks: changed } };
  };
}

const flipAt = (list: readonly Hex[], index: number): Hex[] =>
  list.map((item) => flip(item, index));

const inCode =
  (of: (bundle: Bundle) => Hex | Promise<Hex>, index: number): Alteration =>
  async (bundle) => {
    const altered = await of(bundle);
    const code = bundle.chain.code.map((entry) => {
      return entry.address === altered ? { ...entry, code: flip(entry.code, index) } : entry;
    });
    return { ...bundle, chain: { ...bundle.chain, code } };
  };

/** The page that the first event of `KeysBound` names. */
const keyPage = async (bundle: Bundle): Promise<Hex> =>
  pageOf(await readContent(bundle), "KeysBound").address;

const inRecords =
  (from: string, to: string): Alteration =>
  (bundle) => ({
    ...bundle,
    records: bundle.records.map((entry) => ({ ...entry, text: entry.text.replace(from, to) })),
  });

/** One change each; between them they make every part of a verification say something else. */
export const ALTERATIONS: readonly (readonly [string, Alteration])[] = [
  ["nothing", (bundle) => bundle],
  ["a record", inRecords("全体", "部分")],
  ["a record that is none any more", inRecords('"v":1', '"v":7')],
  ["the record of the result", inRecords('"outcome":"Adopted"', '"outcome":"NotAdopted"')],
  ["a key page", inCode(keyPage, -3)],
  ["a contract's code", inCode(({ community }) => community.assembly, 1_000)],
  [
    "a document",
    (bundle) => ({
      ...bundle,
      documents: bundle.documents.map((one, i) =>
        i === 0 ? { ...one, bytes: one.bytes.with(0, one.bytes[0]! ^ 1) } : one,
      ),
    }),
  ],
  ["documents left out", (bundle) => ({ ...bundle, documents: [] })],
  [
    "proofs",
    (bundle) => ({
      ...bundle,
      inclusion: bundle.inclusion.map((one) => ({ ...one, path: flipAt(one.path, 5) })),
    }),
  ],
  ["a proof left out", (bundle) => ({ ...bundle, consistency: bundle.consistency.slice(1) })],
  [
    "a signed head",
    (bundle) => ({
      ...bundle,
      checkpoints: bundle.checkpoints.map((one) => ({
        ...one,
        note: one.note.replace(`\n${one.size}\n`, `\n${one.size + 1}\n`),
      })),
    }),
  ],
  [
    "nodes of the state left out",
    (bundle) => ({
      ...bundle,
      chain: { ...bundle.chain, state: { nodes: bundle.chain.state!.nodes.slice(2) } },
    }),
  ],
  ["the state left out", (bundle) => ({ ...bundle, chain: { ...bundle.chain, state: null } })],
  ["a header", atEvent(SEALED, (block) => ({ ...block, header: flip(block.header, 20) }))],
  ["a receipt", atEvent(SEALED, (block) => ({ ...block, receipts: flipAt(block.receipts, -4) }))],
  [
    "what a batch held",
    atEvent(COUNTED, (block) => ({ ...block, transactions: flipAt(block.transactions, 900) })),
  ],
  ["the reason of a redaction", inRecords("asked for it", "nobody asked")],
  ["a revocation left out", atEvent(REVOKED, () => undefined)],
];
