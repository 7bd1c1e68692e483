import path from "node:path";
import { keccak256, numberToHex } from "viem";
import type { HardhatUserConfig } from "hardhat/config";
import type { Hex } from "viem";

/** The fixed points of the chain. The same ones always lead to the same blocks. */
export interface Genesis {
  chainId: number;
  /** Unix seconds. */
  timestamp: bigint;
}

export interface BlockHead {
  number: bigint;
  timestamp: bigint;
  hash: Hex;
}

/** What a block says of itself, decided before it is mined. */
export interface NextBlock {
  number: bigint;
  timestamp: bigint;
}

export interface Evm {
  /** JSON-RPC. */
  request(call: { method: string; params?: unknown }): Promise<unknown>;
  head(): Promise<BlockHead>;
  /** A block of this chain with the hashes of its transactions in order. */
  block(number: bigint): Promise<BlockHead & { transactions: Hex[] }>;
  /** `eth_call` as if in the next block. Throws what the chain answers. */
  attempt(next: NextBlock, call: object): Promise<unknown>;
  /** Mines one block of exactly these transactions in this order. Throws TransactionRefused, with nothing mined. */
  mine(next: NextBlock, raws: readonly Hex[]): Promise<BlockHead>;
  close(): Promise<void>;
}

/** The chain does not take a transaction at all, which is not the same as taking it and reverting. */
export class TransactionRefused extends Error {
  readonly position: number;

  constructor(position: number, cause: unknown) {
    super(cause instanceof Error ? cause.message : "refused", { cause });
    this.name = "TransactionRefused";
    this.position = position;
  }
}

/** A block came out with other transactions, or at another place, than it was given. */
export class BlockDiffers extends Error {
  readonly found: BlockHead;

  constructor(found: BlockHead) {
    super(`block ${found.number} came out otherwise than planned`);
    this.name = "BlockDiffers";
    this.found = found;
  }
}

const PROJECT_ROOT = path.resolve(import.meta.dirname, "../../..");
/** Is never there: compiled contracts that lie about would be read in at every start, for traces that nobody sees. */
const NOTHING = path.join(PROJECT_ROOT, "artifacts", "none");

/** Room for as many full transactions as the driver puts into one block. */
const BLOCK_GAS_LIMIT = 600_000_000n;

/** Starts Hardhat's simulated network within this process, with nothing on it but the genesis block. */
export async function startEvm(genesis: Genesis): Promise<Evm> {
  // A service does not report to anybody.
  process.env["HARDHAT_DISABLE_TELEMETRY"] = "true";
  const { createHardhatRuntimeEnvironment } = await import("hardhat/hre");
  const config: HardhatUserConfig = {
    paths: { artifacts: NOTHING, cache: NOTHING },
    networks: {
      embedded: {
        type: "edr-simulated",
        chainType: "l1",
        hardfork: "osaka",
        chainId: genesis.chainId,
        initialDate: new Date(Number(genesis.timestamp) * 1000),
        accounts: [],
        coinbase: "0x0000000000000000000000000000000000000000",
        initialBaseFeePerGas: 0n,
        blockGasLimit: BLOCK_GAS_LIMIT,
        // Otherwise blocks in quick succession would run ahead of the clock.
        allowBlocksWithSameTimestamp: true,
        throwOnTransactionFailures: false,
        mining: { auto: false, interval: 0, mempool: { order: "fifo" } },
      },
    },
  };
  const hre = await createHardhatRuntimeEnvironment(config, {}, PROJECT_ROOT);
  const connection = await hre.network.create("embedded");
  return new SimulatedEvm(connection);
}

interface Connection {
  provider: { request(call: { method: string; params?: unknown[] }): Promise<unknown> };
  close(): Promise<void>;
}

class SimulatedEvm implements Evm {
  readonly #connection: Connection;
  /** What the next block says of itself is one state for all: whoever sets it must be alone until he is done. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async request({ method, params }: { method: string; params?: unknown }): Promise<unknown> {
    const list = Array.isArray(params) ? (params as unknown[]) : [];
    return this.#connection.provider.request({ method, params: list });
  }

  async head(): Promise<BlockHead> {
    return toHead(await this.#block("latest"));
  }

  async block(number: bigint): Promise<BlockHead & { transactions: Hex[] }> {
    const block = await this.#block(numberToHex(number));
    return { ...toHead(block), transactions: block.transactions };
  }

  attempt(next: NextBlock, call: object): Promise<unknown> {
    return this.#alone(async () => {
      await this.#prepare(next);
      return this.request({ method: "eth_call", params: [call, "pending"] });
    });
  }

  mine(next: NextBlock, raws: readonly Hex[]): Promise<BlockHead> {
    return this.#alone(async () => {
      await this.#prepare(next);
      const hashes = await this.#send(raws);
      await this.request({ method: "evm_mine" });
      const block = await this.#block("latest");
      const head = toHead(block);
      const isAsPlanned = head.number === next.number && head.timestamp === next.timestamp;
      if (!isAsPlanned || block.transactions.join() !== hashes.join()) throw new BlockDiffers(head);
      return head;
    });
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #prepare({ number, timestamp }: NextBlock): Promise<void> {
    const settings: [string, Hex][] = [
      ["evm_setNextBlockTimestamp", numberToHex(timestamp)],
      // A block more than half full would otherwise raise the fee of the next from 0 to 1.
      ["hardhat_setNextBlockBaseFeePerGas", "0x0"],
      ["hardhat_setPrevRandao", keccak256(numberToHex(number, { size: 32 }))],
    ];
    for (const [method, value] of settings) await this.request({ method, params: [value] });
  }

  async #send(raws: readonly Hex[]): Promise<Hex[]> {
    const hashes: Hex[] = [];
    for (const raw of raws) {
      try {
        await this.request({ method: "eth_sendRawTransaction", params: [raw] });
        hashes.push(keccak256(raw));
      } catch (cause) {
        for (const hash of hashes.toReversed())
          await this.request({ method: "hardhat_dropTransaction", params: [hash] });
        throw new TransactionRefused(hashes.length, cause);
      }
    }
    return hashes;
  }

  async #block(tag: string): Promise<RpcBlock> {
    const call = { method: "eth_getBlockByNumber", params: [tag, false] };
    return (await this.request(call)) as RpcBlock;
  }

  close(): Promise<void> {
    return this.#connection.close();
  }
}

interface RpcBlock {
  number: Hex;
  timestamp: Hex;
  hash: Hex;
  transactions: Hex[];
}

const toHead = ({ number, timestamp, hash }: RpcBlock): BlockHead => ({
  number: BigInt(number),
  timestamp: BigInt(timestamp),
  hash,
});
