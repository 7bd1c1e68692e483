import { getBlockNumber, getChainId, readContract } from "viem/actions";
import { assemblyAbi } from "../../protocol/abi/assembly.ts";
import { receiptBytes, type Receipt } from "../../protocol/assembly/receipt.ts";
import { RpcChainSource } from "../../protocol/verify/rpc.ts";
import { verifyReceipt } from "../../protocol/verify/receipt.ts";
import type { Report } from "../../protocol/verify/report.ts";
import {
  SourceMissing,
  type CommunityInfo,
  type RecordSource,
} from "../../protocol/verify/source.ts";
import { createNodeClient } from "../chain/node.ts";
import type { LaterMessages } from "../messages/zh-later.ts";
import { Problem } from "../service/problem.ts";
import type { CheckedAt } from "../shell/verdict.tsx";

/** What became of a ballot at the count. */
export type BallotFate = keyof LaterMessages["check"]["codes"];

export interface CheckedReceipt extends CheckedAt {
  readonly report: Report;
  /** Undefined before its batch is opened. */
  readonly fate: BallotFate | undefined;
}

const NO_ADDRESS = `0x${"0".repeat(40)}` as const;

/** A receipt is checked without any record of the service: contracts come from the receipt and the chain. */
function onlyChain(info: CommunityInfo): RecordSource {
  const none = (): Promise<never> => Promise.reject(new SourceMissing("record"));
  return {
    community: () => Promise.resolve(info),
    findRecords: none,
    record: none,
    inclusion: none,
    consistency: none,
    document: none,
  };
}

async function readInfo(
  receipt: Receipt,
  node: string,
): Promise<CommunityInfo & { block: bigint }> {
  const client = createNodeClient(node);
  try {
    const [chainId, block, registry] = await Promise.all([
      getChainId(client),
      getBlockNumber(client),
      readContract(client, {
        address: receipt.assembly,
        abi: assemblyAbi,
        functionName: "registry",
      }),
    ]);
    const { assembly } = receipt;
    const unread = { anchor: NO_ADDRESS, fund: NO_ADDRESS };
    return { community: "", chainId, registry, assembly, ...unread, block };
  } catch {
    throw new Problem("NodeUnreachable");
  }
}

const FATES: readonly BallotFate[] = [
  "counted",
  "unknownKey",
  "revokedKey",
  "badSignature",
  "unknownOption",
  "superseded",
  "lapsed",
];

function fateOf({ checks }: Report): BallotFate | undefined {
  const counted = checks.find(({ name }) => name === "receiptCounted");
  return FATES.find((fate) => fate === counted?.found);
}

/** Checks a receipt against the chain as a node tells it, without asking the service anything. */
export async function checkReceipt(receipt: Receipt, node: string): Promise<CheckedReceipt> {
  const { block, ...info } = await readInfo(receipt, node);
  const sources = { records: onlyChain(info), chain: new RpcChainSource(node) };
  const report = await verifyReceipt(sources, receiptBytes(receipt));
  return { report, fate: fateOf(report), at: Math.floor(Date.now() / 1000), block };
}
