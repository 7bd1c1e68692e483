import { fundAbi } from "../../protocol/abi/fund.ts";
import { FUNDS } from "../../protocol/anchor/record/kinds.ts";
import type { Db, Tx } from "../database/client.ts";
import type { Fund } from "./books/entry.ts";
import type { FundContext } from "./context.ts";

/** A fund as the contract keeps it, in fen. */
export interface FundOnChain {
  creditedFen: bigint;
  committedFen: bigint;
  approvals: number;
  overrunBasisPoints: number;
}

/** What the contract says of a fund now. */
export async function readFund(
  { chain, registry }: Pick<FundContext, "chain" | "registry">,
  db: Db | Tx,
  { communityId, fund }: { communityId: string; fund: Fund },
): Promise<FundOnChain> {
  const { fund: address } = await registry.getCommunity(db, communityId);
  const { credited, committed, approvals, overrunBasisPoints } = await chain.client.readContract({
    ...{ address, abi: fundAbi, functionName: "getAccount" },
    args: [FUNDS.indexOf(fund)],
  });
  return { creditedFen: credited, committedFen: committed, approvals, overrunBasisPoints };
}
