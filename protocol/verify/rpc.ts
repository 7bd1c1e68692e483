import { type Hex, createClient, hexToNumber, http } from "viem";
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

function requestOver(url: string): RpcRequest {
  const client = createClient({ transport: http(url, { batch: { batchSize: 50 } }) });
  return client.request as unknown as RpcRequest;
}

/** Any Ethereum node: the service's own endpoint, or better one that the reader chose. */
export class RpcChainSource implements ChainSource {
  readonly #request: RpcRequest;
  readonly #fromBlock: Hex;

  /** `node` is an address, where questions asked together travel together, or anything that answers. */
  constructor(node: string | RpcRequest, fromBlock: Hex = "0x0") {
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

  async logs(address: Hex, topics: readonly (Hex | null)[] = []): Promise<ChainLog[]> {
    const filter = { address, topics, fromBlock: this.#fromBlock, toBlock: "latest" };
    return this.#ask(z.array(logSchema), "eth_getLogs", filter);
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
