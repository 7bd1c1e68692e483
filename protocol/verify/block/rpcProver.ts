import { type Hex, hexToNumber, numberToHex } from "viem";
import type { RpcRequest } from "../rpc.ts";
import { SourceMissing } from "../source.ts";
import type { ChainProver, WantedState } from "./prover.ts";
import { headerOf, receiptOf, transactionOf } from "./rpcBlock.ts";
import type { WholeBlock } from "./whole.ts";

type Json = Record<string, unknown>;
type EthProof = { accountProof: Hex[]; storageProof: { proof: Hex[] }[] };

/** How many slots are asked for at once: what this service's own endpoint allows. */
const SLOTS_AT_ONCE = 100;

/** A node that is asked for whole blocks and proofs over JSON-RPC. */
export class RpcProver implements ChainProver {
  readonly #request: RpcRequest;

  constructor(request: RpcRequest) {
    this.#request = request;
  }

  async #ask<Answer>(method: string, ...params: unknown[]): Promise<Answer> {
    const answer = await this.#request({ method, params });
    if (answer === null || answer === undefined) throw new SourceMissing(method);
    return answer as Answer;
  }

  async head(): Promise<number> {
    return hexToNumber(await this.#ask<Hex>("eth_blockNumber"));
  }

  async block(number: number): Promise<WholeBlock> {
    const block = await this.#ask<Json>("eth_getBlockByNumber", numberToHex(number), true);
    const transactions = block["transactions"] as Json[];
    const receipts = await Promise.all(
      transactions.map(({ hash }) => this.#ask<Json>("eth_getTransactionReceipt", hash)),
    );
    return {
      header: headerOf(block),
      transactions: transactions.map(transactionOf),
      receipts: receipts.map(receiptOf),
    };
  }

  async proof({ address, slots }: WantedState, block: number): Promise<Hex[]> {
    const nodes = new Set<Hex>();
    for (let at = 0; at === 0 || at < slots.length; at += SLOTS_AT_ONCE) {
      const part = slots.slice(at, at + SLOTS_AT_ONCE);
      const proof = await this.#ask<EthProof>("eth_getProof", address, part, numberToHex(block));
      for (const node of proof.accountProof) nodes.add(node);
      for (const node of proof.storageProof.flatMap((slot) => slot.proof)) nodes.add(node);
    }
    return [...nodes].map((node) => node.toLowerCase() as Hex);
  }
}
