import { http, numberToHex } from "viem";
import type { Address, Hex } from "viem";
import type { RpcRequest } from "../client.ts";
import { listCauses, textOf } from "../failure.ts";
import type { Fees } from "../relayer.ts";

export interface NodeBlock {
  number: bigint;
  timestamp: bigint;
  hash: Hex;
  baseFeePerGas: bigint | undefined;
  transactions: Hex[];
}

export interface NodeReceipt {
  hash: Hex;
  blockNumber: bigint;
  blockHash: Hex;
  position: number;
  succeeded: boolean;
  gasUsed: bigint;
}

/** What a node makes of a transaction that it is given. */
export type Broadcast = "taken" | "spent" | "refused";

const TIMEOUT_SECONDS = 20;

/** An EVM node over JSON-RPC. Nothing that it says is believed without need. */
export class Node {
  readonly request: RpcRequest;

  constructor(url: string) {
    const transport = http(url, { timeout: TIMEOUT_SECONDS * 1000, retryCount: 1 })({});
    this.request = (call) => transport.request(call as never);
  }

  async chainId(): Promise<number> {
    return Number(await this.#ask<Hex>("eth_chainId"));
  }

  async block(tag: bigint | "latest" | "pending" | "finalized"): Promise<NodeBlock | undefined> {
    const name = typeof tag === "bigint" ? numberToHex(tag) : tag;
    const block = await this.#ask<RawBlock | null>("eth_getBlockByNumber", [name, false]);
    return block ? toBlock(block) : undefined;
  }

  async latest(): Promise<NodeBlock> {
    const block = await this.block("latest");
    if (!block) throw new Error("The node has no latest block.");
    return block;
  }

  /** Not every node knows the tag. */
  async finalizedNumber(): Promise<bigint | undefined> {
    return (await this.block("finalized").catch(() => undefined))?.number;
  }

  async nonceOf(account: Address): Promise<bigint> {
    return BigInt(await this.#ask<Hex>("eth_getTransactionCount", [account, "latest"]));
  }

  async receipt(hash: Hex): Promise<NodeReceipt | undefined> {
    const receipt = await this.#ask<RawReceipt | null>("eth_getTransactionReceipt", [hash]);
    return receipt?.blockHash ? toReceipt(receipt) : undefined;
  }

  async broadcast(raw: Hex): Promise<Broadcast> {
    try {
      await this.#ask<Hex>("eth_sendRawTransaction", [raw]);
      return "taken";
    } catch (error) {
      return judgeBroadcast(error);
    }
  }

  async fees(): Promise<Fees> {
    const { baseFeePerGas } = await this.latest();
    if (baseFeePerGas === undefined) {
      return { gasPrice: BigInt(await this.#ask<Hex>("eth_gasPrice")) };
    }
    const tip = BigInt(await this.#ask<Hex>("eth_maxPriorityFeePerGas").catch(() => "0x0"));
    const maxPriorityFeePerGas = baseFeePerGas === 0n ? await this.#tipWhereFree(tip) : tip;
    return {
      maxFeePerGas: baseFeePerGas * BASE_FEE_MARGIN + maxPriorityFeePerGas,
      maxPriorityFeePerGas,
    };
  }

  /** A chain without fees may suggest a tip all the same; its own price tells. */
  async #tipWhereFree(tip: bigint): Promise<bigint> {
    const price = BigInt(await this.#ask<Hex>("eth_gasPrice"));
    return price < tip ? price : tip;
  }

  async #ask<T>(method: string, params: unknown[] = []): Promise<T> {
    return (await this.request({ method, params })) as T;
  }
}

/** A transaction is never replaced, so it must be able to wait for cheaper blocks. */
const BASE_FEE_MARGIN = 8n;

function judgeBroadcast(error: unknown): Broadcast {
  for (const cause of listCauses(error)) {
    const text = textOf(cause);
    if (/already known|known transaction|already (been )?imported|already in/i.test(text))
      return "taken";
    if (/nonce too low|nonce is too low|old nonce|nonce.*below/i.test(text)) return "spent";
    // A node that mines at once may answer with the revert of what it has just mined.
    if (/revert/i.test(text)) return "taken";
    const isAnswer =
      typeof cause === "object" &&
      cause !== null &&
      "code" in cause &&
      typeof cause.code === "number";
    if (isAnswer) return "refused";
  }
  throw error;
}

interface RawBlock {
  number: Hex | null;
  timestamp: Hex;
  hash: Hex;
  baseFeePerGas?: Hex | null;
  transactions: Hex[];
}

interface RawReceipt {
  transactionHash: Hex;
  transactionIndex: Hex;
  blockNumber: Hex;
  blockHash: Hex | null;
  status: Hex;
  gasUsed: Hex;
}

const toBlock = (block: RawBlock): NodeBlock => ({
  number: BigInt(block.number ?? 0),
  timestamp: BigInt(block.timestamp),
  hash: block.hash,
  baseFeePerGas: block.baseFeePerGas == null ? undefined : BigInt(block.baseFeePerGas),
  transactions: block.transactions,
});

const toReceipt = (receipt: RawReceipt): NodeReceipt => ({
  hash: receipt.transactionHash,
  blockNumber: BigInt(receipt.blockNumber),
  blockHash: receipt.blockHash as Hex,
  position: Number(receipt.transactionIndex),
  succeeded: receipt.status === "0x1",
  gasUsed: BigInt(receipt.gasUsed),
});
