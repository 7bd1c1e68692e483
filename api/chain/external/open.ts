import type { Address } from "viem";
import type { Db } from "../../database/client.ts";
import { ChainRefusal } from "../failure.ts";
import { claimIdentity, findIdentity, requireSameChain, rewriteIdentity } from "../genesis.ts";
import type { ChainIdentity } from "../genesis.ts";
import { nextRelayerNonce, requireCompleteJournal } from "../journal.ts";
import type { Node } from "./node.ts";

/** Where the relayer's numbers begin in the journal. */
export interface ExternalChain {
  chainId: number;
  firstNonce: number;
}

/** Makes sure that node and database belong together. Throws ChainRefusal when they do not. */
export async function openExternal(db: Db, node: Node, relayer: Address): Promise<ExternalChain> {
  const chainId = await node.chainId();
  const genesis = await node.block(0n);
  if (!genesis) throw new Error("The node does not show the first block of its chain.");
  const found = { kind: "external" as const, chainId, genesisHash: genesis.hash, firstNonces: {} };
  const identity = (await findIdentity(db)) ?? (await claimIdentity(db, found));
  requireSameChain(identity, found);
  const firstNonce = await ensureFirstNonce(db, node, { identity, relayer });
  await requireCompleteJournal(db);
  await requireChainNotAhead(db, node, { relayer, firstNonce });
  return { chainId, firstNonce };
}

/** A key that this database meets for the first time may have been used before. */
async function ensureFirstNonce(
  db: Db,
  node: Node,
  { identity, relayer }: { identity: ChainIdentity; relayer: Address },
): Promise<number> {
  if (identity.kind !== "external") throw new Error("not an external chain");
  const known = identity.firstNonces[relayer];
  if (known !== undefined) return known;
  const first = Number(await node.nonceOf(relayer));
  const firstNonces = { ...identity.firstNonces, [relayer]: first };
  await rewriteIdentity(db, { ...identity, firstNonces });
  return first;
}

/** Transactions of ours that we do not know would be done a second time. */
export async function requireChainNotAhead(
  db: Db,
  node: Node,
  { relayer, firstNonce }: { relayer: Address; firstNonce: number },
): Promise<void> {
  const next = await nextRelayerNonce(db, relayer, firstNonce);
  const found = await node.nonceOf(relayer);
  if (found > next) {
    const params = { relayer, journal: next.toString(), chain: found.toString() };
    throw new ChainRefusal("ChainAheadOfDatabase", params);
  }
}
