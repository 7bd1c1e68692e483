import { hexToNumber, numberToHex } from "viem";
import type { Hex, PublicClient } from "viem";
import { SourceMissing } from "../../protocol/verify/source.ts";
import type { ChainLog, ChainSource, ChainTransaction } from "../../protocol/verify/source.ts";

type RpcLog = Omit<ChainLog, "blockNumber" | "logIndex"> & { blockNumber: Hex; logIndex: Hex };

/** The service's own chain as verification reads it. */
export function createChainSource(client: PublicClient): ChainSource {
  const request = client.request as (ask: object) => Promise<unknown>;
  const ask = async <Result>(method: string, ...params: unknown[]): Promise<Result> => {
    const result = await request({ method, params });
    if (result === null || result === undefined) throw new SourceMissing(method);
    return result as Result;
  };
  return {
    chainId: async () => hexToNumber(await ask<Hex>("eth_chainId")),
    async logs(address, topics = []) {
      const filter = { address, topics, fromBlock: "0x0", toBlock: "latest" };
      return (await ask<RpcLog[]>("eth_getLogs", filter)).map(toLog);
    },
    async transaction(hash) {
      const found = await ask<ChainTransaction>("eth_getTransactionByHash", hash);
      const { blockHash, from, to, input } = found;
      return { hash, blockHash, from, to, input };
    },
    async block(number) {
      type RpcBlock = { hash: Hex; timestamp: Hex };
      const found = await ask<RpcBlock>("eth_getBlockByNumber", numberToHex(number), false);
      return { number, hash: found.hash, timestamp: hexToNumber(found.timestamp) };
    },
    code: (address) => ask<Hex>("eth_getCode", address, "latest"),
  };
}

const toLog = (log: RpcLog): ChainLog => ({
  address: log.address,
  topics: log.topics,
  data: log.data,
  blockNumber: hexToNumber(log.blockNumber),
  blockHash: log.blockHash,
  transactionHash: log.transactionHash,
  logIndex: hexToNumber(log.logIndex),
});
