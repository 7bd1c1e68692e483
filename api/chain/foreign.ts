import {
  bytesToHex,
  getAddress,
  keccak256,
  parseTransaction,
  recoverTransactionAddress,
} from "viem";
import type { Address, Hex } from "viem";
import type { Clock } from "../clock.ts";
import type { Db } from "../database/client.ts";
import { toColumn } from "./bytes.ts";
import type { Message } from "./call.ts";
import type { Outgoing, TransactionRow } from "./journal.ts";
import { WAKE_CHANNEL } from "./lock.ts";
import type { Relayer } from "./relayer.ts";
import { RpcError } from "./rpc/error.ts";

/** EIP-7825: no transaction may carry more gas. */
export const TRANSACTION_GAS_CAP = 16_777_216n;
const MAX_BYTES = 128 * 1024;
const MAX_WAITING = 1_000;
const FOREIGN_PER_BLOCK = 8;
/** One whose turn never comes, because its sender's account moved on, is given up. */
const MAX_WAIT_SECONDS = 3600;

/** The chain as a transaction from outside meets it. */
export interface ForeignChain {
  request(call: { method: string; params?: unknown }): Promise<unknown>;
  /** Runs the message as if it were in the next block. Throws what the chain answers. */
  attempt(message: Message & { gas: bigint }): Promise<unknown>;
}

export interface ForeignContext {
  db: Db;
  clock: Clock;
  relayer: Relayer;
}

interface Foreign {
  raw: Hex;
  hash: Hex;
  sender: Address;
  to: Address;
  data: Hex;
  nonce: bigint;
  gas: bigint;
  gasPrice: bigint;
  chainId: number;
}

/**
 * A transaction that somebody signed himself: an owner's own seal, anybody's opening of a batch. Accepted only when
 * it calls a contract of a community here and would succeed now; kept before it is acknowledged.
 */
export async function acceptForeign(
  context: ForeignContext,
  chain: ForeignChain,
  raw: Hex,
): Promise<Hex> {
  const foreign = await parseForeign(raw);
  const known = await context.db.chainTransaction.findUnique({ where: { hash: foreign.hash } });
  if (known && known.state !== "refused") return foreign.hash;
  await requireAllowed(context, chain, foreign);
  await requireTurn(context, chain, foreign);
  await requirePass(chain, foreign);
  const { hash, sender, nonce } = foreign;
  const fresh = { state: "waiting" as const, journaledAt: context.clock.now() };
  await context.db.chainTransaction.upsert({
    where: { hash },
    create: { hash, raw: toColumn(raw), sender, nonce, ...fresh },
    update: fresh,
  });
  await context.db.$executeRaw`SELECT pg_notify(${WAKE_CHANNEL}, '')`;
  return hash;
}

async function parseForeign(raw: Hex): Promise<Foreign> {
  if (raw.length > 2 + 2 * MAX_BYTES) throw new RpcError("TransactionRejected", "oversized data");
  try {
    return {
      ...readCall(parseTransaction(raw)),
      raw,
      hash: keccak256(raw),
      sender: await recover(raw),
    };
  } catch (cause) {
    throw new RpcError("TransactionRejected", "not a signed call of a contract", { cause });
  }
}

const PLAIN: ReadonlySet<unknown> = new Set(["legacy", "eip2930", "eip1559"]);

function readCall(
  parsed: ReturnType<typeof parseTransaction>,
): Pick<Foreign, "to" | "data" | "nonce" | "gas" | "gasPrice" | "chainId"> {
  const { type, to, data = "0x", nonce = 0, gas = 0n, value = 0n, chainId } = parsed;
  if (!PLAIN.has(type) || !to || value !== 0n || chainId === undefined)
    throw new Error("another kind");
  const gasPrice = parsed.maxFeePerGas ?? parsed.gasPrice ?? 0n;
  return { to: getAddress(to), data, nonce: BigInt(nonce), gas, gasPrice, chainId };
}

function recover(raw: Hex): Promise<Address> {
  type Input = Parameters<typeof recoverTransactionAddress>[0];
  return recoverTransactionAddress({ serializedTransaction: raw } as Input);
}

async function requireAllowed(
  { db, relayer }: ForeignContext,
  chain: ForeignChain,
  foreign: Foreign,
): Promise<void> {
  const chainId = Number(await chain.request({ method: "eth_chainId", params: [] }));
  if (foreign.chainId !== chainId)
    throw new RpcError("TransactionRejected", "signed for another chain");
  if (foreign.gas > TRANSACTION_GAS_CAP)
    throw new RpcError("TransactionRejected", "transaction gas limit exceeds the cap of 16777216");
  if (foreign.sender === relayer.address)
    throw new RpcError("TransactionRejected", "this account sends through the service only");
  const { to } = foreign;
  const community = await db.deployment.findFirst({
    where: { OR: [{ registry: to }, { anchor: to }, { assembly: to }, { fund: to }] },
  });
  if (!community) throw new RpcError("TransactionRejected", "not a contract of a community here");
  if ((await db.chainTransaction.count({ where: { state: "waiting" } })) >= MAX_WAITING)
    throw new RpcError("LimitExceeded", "too many transactions waiting");
}

async function requireTurn(
  { db }: ForeignContext,
  chain: ForeignChain,
  { sender, nonce, gas, gasPrice }: Foreign,
): Promise<void> {
  const onItsWay = await db.chainTransaction.count({
    where: { sender, state: { in: ["waiting", "sent"] } },
  });
  const next = (await countOf(chain, sender)) + BigInt(onItsWay);
  if (nonce < next) throw new RpcError("InvalidInput", `nonce too low: next nonce ${next}`);
  if (nonce > next) throw new RpcError("InvalidInput", `nonce too high: next nonce ${next}`);
  const balance = await chain.request({ method: "eth_getBalance", params: [sender, "latest"] });
  if (BigInt(balance as Hex) < gas * gasPrice)
    throw new RpcError("InvalidInput", "insufficient funds for gas * price + value");
}

async function countOf(chain: ForeignChain, sender: string): Promise<bigint> {
  const params = [sender, "latest"];
  return BigInt((await chain.request({ method: "eth_getTransactionCount", params })) as Hex);
}

async function requirePass(chain: ForeignChain, foreign: Foreign): Promise<void> {
  const { sender, to, data, gas } = foreign;
  try {
    await chain.attempt({ from: sender, to, data, gas });
  } catch (error) {
    throw RpcError.from(error);
  }
}

/** Those whose turn it is, tried once more. One per sender, so that a block never depends on its own middle. */
export async function chooseForeign(
  { db, clock }: ForeignContext,
  chain: ForeignChain,
): Promise<Outgoing[]> {
  const waiting = await db.chainTransaction.findMany({
    where: { state: "waiting" },
    orderBy: { id: "asc" },
    take: 100,
  });
  const chosen: Outgoing[] = [];
  const senders = new Set<string>();
  for (const row of waiting) {
    if (chosen.length >= FOREIGN_PER_BLOCK) break;
    if (senders.has(row.sender)) continue;
    senders.add(row.sender);
    const verdict = await judgeForeign(chain, row);
    const ageSeconds = (clock.now().getTime() - row.journaledAt.getTime()) / 1000;
    if (verdict === "pass") chosen.push({ waitingId: row.id, raw: bytesToHex(row.raw) });
    else if (verdict === "never" || ageSeconds > MAX_WAIT_SECONDS) await refuseForeign(db, row);
  }
  return chosen;
}

async function judgeForeign(
  chain: ForeignChain,
  row: TransactionRow,
): Promise<"pass" | "later" | "never"> {
  const next = await countOf(chain, row.sender);
  if (row.nonce !== next) return row.nonce < next ? "never" : "later";
  try {
    await requirePass(chain, await parseForeign(bytesToHex(row.raw)));
    return "pass";
  } catch (error) {
    if (error instanceof RpcError && error.kind === "Reverted") return "never";
    throw error;
  }
}

export async function refuseForeign(db: Db, row: TransactionRow): Promise<void> {
  await db.chainTransaction.update({
    where: { id: row.id },
    data: { state: "refused", blockNumber: null, position: null },
  });
}
