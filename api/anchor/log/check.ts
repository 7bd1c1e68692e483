import type { Hex } from "viem";
import { anchorAbi } from "../../../protocol/abi/anchor.ts";
import type { Chain } from "../../chain/service.ts";
import type { Db } from "../../database/client.ts";
import { rootAt } from "./proofs.ts";

/** A database restored from a backup may have lost records that the chain has a head of. */
export class LogLost extends Error {
  readonly communityId: string;

  constructor(communityId: string, figures: { stored: number; anchored: bigint }) {
    const { stored, anchored } = figures;
    super(
      `The log of community ${communityId} does not continue the head on chain: ${anchored} records were anchored, ${stored} are here or their content differs. The database is probably older than the chain: restore a newer backup.`,
    );
    this.name = "LogLost";
    this.communityId = communityId;
  }
}

/** Throws LogLost unless every log continues the last head that its contract has accepted. */
export async function requireLogsMatchChain(deps: { db: Db; chain: Chain }): Promise<void> {
  const { db, chain } = deps;
  for (const { communityId, size } of await db.log.findMany()) {
    const address = await findAnchorAddress(db, communityId);
    if (!address) continue;
    const head = await chain.client.readContract({ address, abi: anchorAbi, functionName: "head" });
    if (head.size === 0n) continue;
    const isLost =
      head.size > BigInt(size) || (await rootAt(db, communityId, Number(head.size))) !== head.root;
    if (isLost) throw new LogLost(communityId, { stored: size, anchored: head.size });
  }
}

async function findAnchorAddress(db: Db, communityId: string): Promise<Hex | undefined> {
  const record = await db.record.findUnique({
    where: { communityId_index: { communityId, index: 0 } },
  });
  const body = record ? (JSON.parse(record.text) as { anchor?: Hex }) : {};
  return body.anchor;
}
