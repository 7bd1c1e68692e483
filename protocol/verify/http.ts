import { type Client, type Hex, createClient, hexToNumber, http } from "viem";
import { recordLeaf } from "../anchor/record.ts";
import {
  type ChainBlock,
  type ChainLog,
  type ChainSource,
  type ChainTransaction,
  type CommunityInfo,
  type RecordEntry,
  type RecordQuery,
  type RecordSource,
  SourceMissing,
  matchesQuery,
} from "./source.ts";

/** Where a service answers; `fetch` can be replaced, for instance by one that shows progress. */
export type HttpOptions = { api: string; community: string; fetch?: typeof fetch };

const PAGE_SIZE = 500;

type RecordPage = { records: { index: number; bytes: string }[] };

/** A community's published records from a service's public routes (`<api>/communities/...`). */
export class HttpRecordSource implements RecordSource {
  readonly #base: string;
  readonly #id: string;
  readonly #fetch: typeof fetch;
  #log: Promise<(RecordEntry & { leaf: Hex; record: unknown })[]> | undefined;

  constructor({ api, community, fetch: fetcher = globalThis.fetch }: HttpOptions) {
    this.#base = `${api.replace(/\/+$/, "")}/communities/${encodeURIComponent(community)}`;
    this.#id = community;
    this.#fetch = fetcher.bind(globalThis);
  }

  async #get(path: string): Promise<Response> {
    let response: Response;
    try {
      response = await this.#fetch(this.#base + path);
    } catch (cause) {
      throw new SourceMissing(path, { cause });
    }
    if (!response.ok) throw new SourceMissing(path);
    return response;
  }

  async #json<Body>(path: string): Promise<Body> {
    return (await (await this.#get(path)).json()) as Body;
  }

  async community(): Promise<CommunityInfo> {
    const { chainId, registry, anchor, assembly } = await this.#json<CommunityInfo>("");
    const lower = (address: Hex): Hex => address.toLowerCase() as Hex;
    return {
      community: this.#id,
      chainId,
      registry: lower(registry),
      anchor: lower(anchor),
      assembly: lower(assembly),
    };
  }

  async #readLog(): Promise<(RecordEntry & { leaf: Hex; record: unknown })[]> {
    const entries: (RecordEntry & { leaf: Hex; record: unknown })[] = [];
    for (let more = true; more;) {
      const after = entries.at(-1)?.index;
      const query = `/records?limit=${PAGE_SIZE}${after === undefined ? "" : `&after=${after}`}`;
      const { records } = await this.#json<RecordPage>(query);
      entries.push(...records.map(({ index, bytes }) => describe({ index, text: bytes })));
      more = records.length === PAGE_SIZE;
    }
    return entries;
  }

  async findRecords(query: RecordQuery): Promise<RecordEntry[]> {
    this.#log ??= this.#readLog();
    const entries = await this.#log;
    return entries
      .filter(({ leaf, record }) => {
        return (query.leaf === undefined || leaf === query.leaf) && matchesQuery(record, query);
      })
      .map(({ index, text }) => ({ index, text }));
  }

  async record(index: number): Promise<RecordEntry> {
    const { bytes } = await this.#json<{ bytes: string }>(`/records/${index}`);
    return { index, text: bytes };
  }

  async inclusion(index: number, size: number): Promise<Hex[]> {
    const { path } = await this.#json<{ path: Hex[] }>(`/records/${index}/proof?size=${size}`);
    return path;
  }

  async consistency(first: number, second: number): Promise<Hex[]> {
    const { path } = await this.#json<{ path: Hex[] }>(`/consistency?from=${first}&to=${second}`);
    return path;
  }

  async document(sha256: Hex): Promise<Uint8Array> {
    const response = await this.#get(`/documents/${sha256}`);
    return new Uint8Array(await response.arrayBuffer());
  }
}

/** A record with what a query may ask for. */
function describe({ index, text }: RecordEntry): RecordEntry & { leaf: Hex; record: unknown } {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    record = undefined;
  }
  return { index, text, leaf: recordLeaf(new TextEncoder().encode(text)), record };
}

type RpcLog = Omit<ChainLog, "blockNumber" | "logIndex"> & { blockNumber: Hex; logIndex: Hex };
type RpcBlock = { number: Hex; hash: Hex; timestamp: Hex };

/** Any Ethereum node over JSON-RPC: the service's own endpoint, or better one that the reader chose. */
export class RpcChainSource implements ChainSource {
  readonly #client: Client;
  readonly #fromBlock: Hex;

  constructor(url: string, fromBlock: Hex = "0x0") {
    this.#client = createClient({ transport: http(url, { batch: { batchSize: 50 } }) });
    this.#fromBlock = fromBlock;
  }

  async #ask<Result>(method: string, params: unknown[]): Promise<Result> {
    const request = this.#client.request as (ask: object) => Promise<unknown>;
    let result: unknown;
    try {
      result = await request({ method, params });
    } catch (cause) {
      throw new SourceMissing(method, { cause });
    }
    if (result === null || result === undefined) throw new SourceMissing(method);
    return result as Result;
  }

  async chainId(): Promise<number> {
    return hexToNumber(await this.#ask<Hex>("eth_chainId", []));
  }

  async logs(address: Hex, topics: readonly (Hex | null)[] = []): Promise<ChainLog[]> {
    const filter = { address, topics, fromBlock: this.#fromBlock, toBlock: "latest" };
    const logs = await this.#ask<RpcLog[]>("eth_getLogs", [filter]);
    return logs.map((log) => ({
      address: log.address,
      topics: log.topics,
      data: log.data,
      blockNumber: hexToNumber(log.blockNumber),
      blockHash: log.blockHash,
      transactionHash: log.transactionHash,
      logIndex: hexToNumber(log.logIndex),
    }));
  }

  async transaction(hash: Hex): Promise<ChainTransaction> {
    const found = await this.#ask<ChainTransaction>("eth_getTransactionByHash", [hash]);
    const { blockHash, from, to, input } = found;
    return { hash, blockHash, from, to, input };
  }

  async block(number: number): Promise<ChainBlock> {
    const quantity = `0x${number.toString(16)}`;
    const { hash, timestamp } = await this.#ask<RpcBlock>("eth_getBlockByNumber", [
      quantity,
      false,
    ]);
    return { number, hash, timestamp: hexToNumber(timestamp) };
  }

  async code(address: Hex): Promise<Hex> {
    return this.#ask<Hex>("eth_getCode", [address, "latest"]);
  }
}
