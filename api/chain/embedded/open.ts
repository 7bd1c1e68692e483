import type { Logger } from "pino";
import { toSeconds } from "../../clock.ts";
import type { Clock } from "../../clock.ts";
import type { Db } from "../../database/client.ts";
import { claimIdentity, findIdentity, requireSameChain } from "../genesis.ts";
import { requireCompleteJournal } from "../journal.ts";
import { startEvm } from "./evm.ts";
import type { Evm } from "./evm.ts";
import { replayJournal, requireWholeChain } from "./replay.ts";

const DEFAULT_CHAIN_ID = 31337;

/** Starts the chain and brings it to where the journal ends. Throws ChainRefusal when the two do not agree. */
export async function openEmbedded(
  { db, clock, log }: { db: Db; clock: Clock; log: Logger },
  chainId: number | undefined,
): Promise<{ evm: Evm; chainId: number }> {
  const known = await findIdentity(db);
  const wanted = {
    kind: "embedded" as const,
    chainId: chainId ?? known?.chainId ?? DEFAULT_CHAIN_ID,
    genesisTime: toSeconds(clock.now()).toString(),
  };
  const identity = known ?? (await claimIdentity(db, wanted));
  requireSameChain(identity, wanted);
  const genesisTime = identity.kind === "embedded" ? identity.genesisTime : wanted.genesisTime;
  const evm = await startEvm({ chainId: identity.chainId, timestamp: BigInt(genesisTime) });
  try {
    await requireCompleteJournal(db);
    await requireWholeChain(db);
    const blocks = await replayJournal(db, evm);
    log.info({ blocks }, "chain replayed");
  } catch (error) {
    await evm.close();
    throw error;
  }
  return { evm, chainId: identity.chainId };
}
