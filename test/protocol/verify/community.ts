import { network } from "hardhat";
import {
  type Abi,
  type Hex,
  bytesToHex,
  encodeDeployData,
  encodeFunctionData,
  hashTypedData,
  numberToHex,
  sha256,
} from "viem";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";
import {
  anchorBytecode,
  assemblyBytecode,
  fundBytecode,
  registryBytecode,
} from "../../../api/chain/bytecode.ts";
import { anchorAbi } from "../../../protocol/abi/anchor.ts";
import { assemblyAbi } from "../../../protocol/abi/assembly.ts";
import { fundAbi } from "../../../protocol/abi/fund.ts";
import { registryAbi } from "../../../protocol/abi/registry.ts";
import {
  type Hash,
  logLeaf,
  logRoot,
  proveConsistency,
  proveInclusion,
} from "../../../protocol/anchor/log.ts";
import { type PublishedRecord, recordBytes, recordLeaf } from "../../../protocol/anchor/record.ts";
import { originOf, signCheckpoint } from "../../../protocol/anchor/tlog/checkpoint.ts";
import {
  type NoteSigner,
  formatVerifierKey,
  verifierKeyOf,
} from "../../../protocol/anchor/tlog/key.ts";
import { formatNote } from "../../../protocol/anchor/tlog/note.ts";
import { ROLE } from "../../../protocol/registry/messages.ts";
import { RpcProver } from "../../../protocol/verify/block/rpcProver.ts";
import { RpcChainSource } from "../../../protocol/verify/rpc.ts";
import {
  type CommunityInfo,
  type RecordSource,
  SourceMissing,
  type Sources,
  matchesQuery,
} from "../../../protocol/verify/source.ts";
import { secretOf, signDigest } from "./keys.ts";

type ContractName = "registry" | "anchor" | "assembly" | "fund";
const ABIS: Record<ContractName, Abi> = {
  registry: registryAbi,
  anchor: anchorAbi,
  assembly: assemblyAbi,
  fund: fundAbi,
};
const ROLES = {
  registrar: ROLE.registrar,
  committee: ROLE.committee,
  tellerA: ROLE.teller,
  tellerB: ROLE.teller,
  relayer: ROLE.relayer,
} as const;
export type OfficerName = keyof typeof ROLES;

const GAS = 16_000_000n;

/** A community on a real chain in this process, with a log in memory: what a service would be. */
export class TestCommunity {
  readonly officers = {} as Record<OfficerName, PrivateKeyAccount>;
  readonly documents = new Map<Hex, Uint8Array>();
  readonly texts: string[] = [];
  info!: CommunityInfo;
  now = 1_800_000_000;
  #provider!: { request(ask: { method: string; params?: unknown[] }): Promise<unknown> };
  #nonce = 0;
  #anchored = 0;

  static async create(): Promise<TestCommunity> {
    const community = new TestCommunity();
    const connection = await network.create();
    community.#provider = connection.provider;
    for (const name of Object.keys(ROLES) as OfficerName[]) {
      community.officers[name] = privateKeyToAccount(secretOf(name));
    }
    await community.#deploy();
    return community;
  }

  async #deploy(): Promise<void> {
    const { address } = this.officers.relayer;
    await this.request("hardhat_setBalance", address, numberToHex(10n ** 24n));
    const appointments = (Object.keys(ROLES) as OfficerName[]).map((name) => {
      return { signer: this.officers[name].address, roles: ROLES[name] };
    });
    const registry = await this.#create(registryAbi, registryBytecode, [appointments]);
    const anchor = await this.#create(anchorAbi, anchorBytecode, [registry]);
    const assembly = await this.#create(assemblyAbi, assemblyBytecode, [registry]);
    const fund = await this.#create(fundAbi, fundBytecode, [assembly]);
    const contracts = { registry, anchor, assembly, fund };
    this.info = { community: "test", chainId: await this.chainId(), ...contracts };
    await this.send("registry", "setAssembly", [assembly]);
  }

  async chainId(): Promise<number> {
    return Number(await this.request("eth_chainId"));
  }

  request(method: string, ...params: unknown[]): Promise<unknown> {
    return this.#provider.request({ method, params });
  }

  async #create(abi: Abi, bytecode: Hex, args: readonly unknown[]): Promise<Hex> {
    const data = encodeDeployData({ abi, bytecode, args });
    const receipt = await this.transact({ data });
    return receipt.contractAddress!.toLowerCase() as Hex;
  }

  /** Sends one transaction in its own block, a second after the last. */
  async transact(
    call: { to?: Hex; data: Hex },
    from: PrivateKeyAccount = this.officers.relayer,
  ): Promise<{ contractAddress: Hex | null; status: Hex; transactionHash: Hex }> {
    this.now += 1;
    await this.request("evm_setNextBlockTimestamp", numberToHex(this.now));
    const nonce =
      from === this.officers.relayer
        ? this.#nonce++
        : Number(await this.request("eth_getTransactionCount", from.address, "latest"));
    const chainId = Number(await this.request("eth_chainId"));
    const raw = await from.signTransaction({
      ...call,
      chainId,
      nonce,
      gas: GAS,
      maxFeePerGas: 10n ** 10n,
      maxPriorityFeePerGas: 0n,
      type: "eip1559",
    });
    const hash = await this.request("eth_sendRawTransaction", raw);
    return (await this.request("eth_getTransactionReceipt", hash)) as never;
  }

  send(
    contract: ContractName,
    functionName: string,
    args: readonly unknown[],
    from?: PrivateKeyAccount,
  ) {
    const data = encodeFunctionData({ abi: ABIS[contract], functionName, args });
    return this.transact({ to: this.info[contract], data }, from);
  }

  /** Moves the clock; the next block has a later time. */
  waitUntil(time: number): void {
    this.now = Math.max(this.now, time);
  }

  attest(typed: object, names: readonly OfficerName[]): { signer: Hex; signature: Hex }[] {
    const digest = hashTypedData(typed as never);
    return names.map((name) => ({
      signer: this.officers[name].address.toLowerCase() as Hex,
      signature: signDigest(secretOf(name), digest),
    }));
  }

  /** Appends a record to the log; gives its leaf. */
  publish(record: object): Hex {
    const at = new Date(this.now * 1000).toISOString().replace(".000", "");
    const whole = { v: 1, community: "test", at, ...record } as PublishedRecord;
    const bytes = recordBytes(whole);
    this.texts.push(new TextDecoder().decode(bytes));
    return recordLeaf(bytes);
  }

  putDocument(bytes: Uint8Array): Hex {
    const hash = sha256(bytes);
    this.documents.set(hash, bytes);
    return hash;
  }

  #leaves(): Hash[] {
    return this.texts.map((text) => logLeaf(new TextEncoder().encode(text)));
  }

  /** The key that signs the log's heads. */
  get logSigner(): NoteSigner {
    const name = originOf(this.info.chainId, this.info.anchor);
    return { name, seed: new Uint8Array(32).fill(1) };
  }

  /** The first head covers the record that says which key signs heads. */
  async anchor(): Promise<void> {
    if (this.#anchored === 0) {
      const key = formatVerifierKey(verifierKeyOf(this.logSigner, "ed25519"));
      this.publish({ type: "logKey", key });
    }
    const leaves = this.#leaves();
    const proof = this.#anchored === 0 ? [] : proveConsistency(leaves, this.#anchored);
    const args = [
      BigInt(leaves.length),
      bytesToHex(logRoot(leaves)),
      proof.map((h) => bytesToHex(h)),
    ];
    await this.send("anchor", "anchorHead", args);
    this.#anchored = leaves.length;
  }

  /** A head as the log signs it; `other` is what it says instead. */
  checkpoint(
    size: number,
    other: { size?: bigint; root?: Hash; signer?: NoteSigner } = {},
  ): string {
    const head = { size: BigInt(size), root: logRoot(this.#leaves().slice(0, size)), ...other };
    const { signer = this.logSigner } = other;
    const checkpoint = { origin: signer.name, size: head.size, root: head.root, extensions: [] };
    return formatNote(signCheckpoint(checkpoint, signer));
  }

  get sources(): Sources {
    const chain = new RpcChainSource(({ method, params }) => this.request(method, ...params));
    return { records: this.#records(), chain };
  }

  /** The chain as bundles are made from it. */
  get prover(): RpcProver {
    return new RpcProver(({ method, params }) => this.request(method, ...params));
  }

  #records(): RecordSource {
    const toHex = (hashes: Hash[]): Hex[] => hashes.map((hash) => bytesToHex(hash));
    return {
      community: async () => this.info,
      findRecords: async (query) =>
        this.texts
          .map((text, index) => ({ index, text }))
          .filter(({ text }) => matchesQuery(JSON.parse(text), query)),
      record: async (index) => {
        const text = this.texts[index];
        if (text === undefined) throw new SourceMissing(`record ${index}`);
        return { index, text };
      },
      inclusion: async (index, size) => toHex(proveInclusion(this.#leaves().slice(0, size), index)),
      consistency: async (first, second) =>
        toHex(proveConsistency(this.#leaves().slice(0, second), first)),
      checkpoint: async (size) => this.checkpoint(size),
      document: async (hash) => {
        const bytes = this.documents.get(hash);
        if (!bytes) throw new SourceMissing(`document ${hash}`);
        return bytes;
      },
    };
  }
}
