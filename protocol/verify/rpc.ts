import { type Hex, createClient, hexToNumber, http, numberToHex } from "viem";
import { z } from "zod";
import { type ChainLog, type ChainSource, SourceMissing } from "./source.ts";

/** Asks a node, as EIP-1193 has it. */
export type RpcRequest = (ask: { method: string; params: unknown[] }) => Promise<unknown>;

const hex = z.templateLiteral(["0x", z.string().regex(/^[0-9a-fA-F]*$/)]);
const quantity = hex.transform((value) => hexToNumber(value));

const logSchema = z.object({
  address: hex,
  topics: z.array(hex),
  data: hex,
  blockNumber: quantity,
  blockHash: hex,
  transactionHash: hex,
  logIndex: quantity,
});

const transactionSchema = z.object({ blockHash: hex, from: hex, to: hex.nullable(), input: hex });
const blockSchema = z.object({ hash: hex, timestamp: quantity });

type LogFilter = { address: Hex; topics: readonly (Hex | null)[] };

// What most nodes give at once.
const MAX_LOG_BLOCKS = 10_000;
const MIN_LOG_BLOCKS = 100;

/** Whether a node answered with an error of its own, as JSON-RPC numbers them, anywhere in the chain of causes. */
function hasCode(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "number") return true;
  }
  return false;
}

/** Asks the node at an address; questions asked together travel together. */
export function requestOver(url: string): RpcRequest {
  const client = createClient({ transport: http(url, { batch: { batchSize: 50 } }) });
  return client.request as unknown as RpcRequest;
}

/** Any Ethereum node: the service's own endpoint, or better one that the reader chose. */
export class RpcChainSource implements ChainSource {
  readonly #request: RpcRequest;
  readonly #fromBlock: number;

  /**
   * `node` is an address, where questions asked together travel together, or anything that answers.
   * Events are read from `fromBlock` on, which saves time where the contracts are much younger than
   * the chain.
   */
  constructor(node: string | RpcRequest, fromBlock = 0) {
    this.#request = typeof node === "string" ? requestOver(node) : node;
    this.#fromBlock = fromBlock;
  }

  async #ask<Result>(
    schema: z.ZodType<Result>,
    method: string,
    ...params: unknown[]
  ): Promise<Result> {
    try {
      return schema.parse(await this.#request({ method, params }));
    } catch (cause) {
      throw new SourceMissing(method, { cause });
    }
  }

  chainId(): Promise<number> {
    return this.#ask(quantity, "eth_chainId");
  }

  async #logsWithin(filter: LogFilter, from: number, to: number): Promise<ChainLog[]> {
    const range = { fromBlock: numberToHex(from), toBlock: numberToHex(to) };
    try {
      return await this.#ask(z.array(logSchema), "eth_getLogs", { ...filter, ...range });
    } catch (error) {
      // Nodes differ in how much they give at once; one that does not answer at all is not asked again.
      const isLimit = error instanceof SourceMissing && hasCode(error.cause);
      if (!isLimit || to - from < MIN_LOG_BLOCKS) throw error;
    }
    const middle = from + Math.floor((to - from) / 2);
    const halves = [
      await this.#logsWithin(filter, from, middle),
      await this.#logsWithin(filter, middle + 1, to),
    ];
    return halves.flat();
  }

  async logs(address: Hex, topics: readonly (Hex | null)[] = []): Promise<ChainLog[]> {
    const last = await this.#ask(quantity, "eth_blockNumber");
    const parts: Promise<ChainLog[]>[] = [];
    for (let from = this.#fromBlock; from <= last; from += MAX_LOG_BLOCKS) {
      const to = Math.min(from + MAX_LOG_BLOCKS - 1, last);
      parts.push(this.#logsWithin({ address, topics }, from, to));
    }
    return (await Promise.all(parts)).flat();
  }

  async transaction(hash: Hex) {
    return { hash, ...(await this.#ask(transactionSchema, "eth_getTransactionByHash", hash)) };
  }

  async block(number: number) {
    const at = `0x${number.toString(16)}`;
    return { number, ...(await this.#ask(blockSchema, "eth_getBlockByNumber", at, false)) };
  }

  code(address: Hex): Promise<Hex> {
    return this.#ask(hex, "eth_getCode", address, "latest");
  }
}
