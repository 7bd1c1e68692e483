import {
  bytesToHex,
  keccak256,
  numberToHex,
  parseTransaction,
  recoverTransactionAddress,
} from "viem";
import type { Hex, TransactionSerialized } from "viem";
import type { ChainTransaction } from "../../database/generated/client.ts";
import type { FsckContext } from "../subject.ts";

type Transaction = ChainTransaction & {
  to: string | null;
  data: Uint8Array | null;
  /** Of the journal's block of that number; null where there is none. */
  minedHash: string | null;
  block: bigint | null;
};

const TRANSACTIONS = `
  SELECT t.*, c."to", c."data", b."hash" AS "minedHash", b."number" AS block FROM "ChainTransaction" t
  LEFT JOIN "ChainCall" c ON c."id" = t."callId" LEFT JOIN "ChainBlock" b ON b."number" = t."blockNumber"
  ORDER BY t."blockNumber" NULLS LAST, t."position", t."id"`;

/** Every transaction is what its hash names, was signed by its sender, carries its call, and is on chain where it says. */
export async function inspectJournal(context: FsckContext): Promise<void> {
  const { snapshot, inspection } = context;
  const mined = new MinedReader(context);
  const places = new Places(context);
  for await (const row of snapshot.stream<Transaction>(TRANSACTIONS)) {
    inspection.count("ChainTransaction");
    const place = { table: "ChainTransaction", row: String(row.id) };
    places.take(row);
    const raw = bytesToHex(row.raw);
    if (!inspection.equal({ ...place, field: "hash or raw" }, keccak256(raw), row.hash)) continue;
    await inspectSigned(context, row, raw);
    if (row.state === "mined") await inspectMined(context, row, mined);
    else inspection.equal({ ...place, field: "state or blockHash" }, null, row.blockHash);
    if (row.relayer !== null && row.callId === null) inspection.missing(place, "callId");
  }
}

/** In a block of the embedded chain transactions stand one after the other, without a gap. */
class Places {
  readonly #context: FsckContext;
  #block: bigint | null = null;
  #next = 0;

  constructor(context: FsckContext) {
    this.#context = context;
  }

  take(row: Transaction): void {
    const { inspection, chain } = this.#context;
    // Without a chain the journal may be an embedded one that does not replay: there it matters most.
    if (chain?.kind === "external" || row.blockNumber === null || row.state === "refused") return;
    const place = { table: "ChainTransaction", row: String(row.id) };
    if (row.block === null) return inspection.extra(place, "blockNumber");
    if (row.block !== this.#block) [this.#block, this.#next] = [row.block, 0];
    for (; this.#next < (row.position ?? 0); this.#next += 1) {
      inspection.missing({ ...place, row: `block ${row.block}, position ${this.#next}` });
    }
    this.#next += 1;
    if (row.state === "mined") {
      inspection.equal({ ...place, field: "blockHash" }, row.minedHash, row.blockHash);
    }
  }
}

async function inspectSigned({ inspection }: FsckContext, row: Transaction, raw: Hex) {
  const place = { table: "ChainTransaction", row: String(row.id) };
  const signed = parseTransaction(raw);
  const serializedTransaction = raw as TransactionSerialized;
  const sender = await recoverTransactionAddress({ serializedTransaction });
  const lower = (text: string | null | undefined): string => (text ?? "").toLowerCase();
  inspection.equal({ ...place, field: "sender" }, lower(sender), lower(row.sender));
  inspection.equal({ ...place, field: "nonce" }, signed.nonce ?? 0, row.nonce);
  if (row.relayer !== null) {
    inspection.equal({ ...place, field: "relayer" }, lower(sender), lower(row.relayer));
  }
  if (row.data === null) return;
  const call = { table: "ChainCall", row: String(row.callId) };
  inspection.equal({ ...call, field: "to" }, lower(signed.to), lower(row.to));
  inspection.equal({ ...call, field: "data" }, signed.data ?? "0x", row.data);
}

async function inspectMined(context: FsckContext, row: Transaction, mined: MinedReader) {
  const { inspection, chain } = context;
  if (!chain) return;
  const place = { table: "ChainTransaction", row: String(row.id) };
  const receipt = await mined.receipt(row);
  if (!receipt) {
    inspection.missing({ ...place, table: "chain", row: row.hash });
    return;
  }
  inspection.compare(place, row, {
    blockNumber: BigInt(receipt.blockNumber),
    blockHash: receipt.blockHash,
    position: Number(receipt.transactionIndex),
    succeeded: receipt.status === "0x1",
    gasUsed: BigInt(receipt.gasUsed),
  });
  if (chain.kind === "embedded") inspection.equal({ ...place, field: "final" }, false, row.final);
}

interface Receipt {
  blockNumber: Hex;
  blockHash: Hex;
  transactionIndex: Hex;
  transactionHash: Hex;
  status: Hex;
  gasUsed: Hex;
}

/** Receipts block by block where the chain is here; one by one where a node may be far away and dear. */
class MinedReader {
  readonly #context: FsckContext;
  #block: bigint | undefined;
  #receipts = new Map<string, Receipt>();

  constructor(context: FsckContext) {
    this.#context = context;
  }

  async receipt({ hash, blockNumber }: ChainTransaction): Promise<Receipt | null | undefined> {
    if (this.#context.chain?.kind === "embedded" && blockNumber !== null) {
      if (blockNumber !== this.#block) await this.#load(blockNumber);
      const known = this.#receipts.get(hash);
      if (known) return known;
    }
    return this.#ask<Receipt | null>("eth_getTransactionReceipt", hash);
  }

  async #load(block: bigint): Promise<void> {
    const header = await this.#ask<{ transactions: Hex[] } | null>(
      "eth_getBlockByNumber",
      numberToHex(block),
      false,
    );
    const hashes = header?.transactions ?? [];
    const receipts = await Promise.all(
      hashes.map((hash) => this.#ask<Receipt>("eth_getTransactionReceipt", hash)),
    );
    this.#block = block;
    this.#receipts = new Map(receipts.map((receipt) => [receipt.transactionHash, receipt]));
  }

  async #ask<Answer>(method: string, ...params: unknown[]): Promise<Answer> {
    return (await this.#context.chain!.request({ method, params })) as Answer;
  }
}
