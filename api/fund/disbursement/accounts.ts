import type { Hex } from "viem";
import { fundAbi } from "../../../protocol/abi/fund.ts";
import { FUNDS } from "../../../protocol/anchor/record/kinds.ts";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { configureTypedData, creditTypedData } from "../../../protocol/fund/messages.ts";
import { toInstant } from "../../clock.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { findBalances } from "../books/balances.ts";
import type { Fund } from "../books/entry.ts";
import type { FundContext } from "../context.ts";
import { readFund } from "../onChain.ts";
import { leafOf, proposeAct } from "./act.ts";
import type { ActRules, ProposedAct } from "./act.ts";
import { signingDomain } from "./events.ts";

interface Place {
  communityId: string;
  fund: Fund;
}

/**
 * What the contract is to hold a fund for by the books: what it has, and what was paid of it on chain. So what is free
 * on chain is what the fund has and nobody has reserved.
 */
export async function sumReceived(db: Db | Tx, { communityId, fund }: Place): Promise<bigint> {
  const balances = await findBalances(db, communityId);
  const { bankFen, investmentsFen } = balances.find((balance) => balance.fund === fund)!;
  const { _sum } = await db.fundReservation.aggregate({
    where: { communityId, fund },
    _sum: { paidFen: true },
  });
  return bankFen + investmentsFen + (_sum.paidFen ?? 0n);
}

/** Both funds on chain beside what the books say. */
export async function viewAccounts(context: FundContext, communityId: string) {
  await context.registry.getCommunity(context.db, communityId);
  const items = [];
  for (const fund of FUNDS) {
    const place = { communityId, fund };
    const onChain = await readFund(context, context.db, place);
    items.push({
      fund,
      credited: String(onChain.creditedFen),
      committed: String(onChain.committedFen),
      free: String(onChain.creditedFen - onChain.committedFen),
      received: String(await sumReceived(context.db, place)),
      approvals: onChain.approvals,
      overrunBasisPoints: onChain.overrunBasisPoints,
    });
  }
  return { items };
}

async function readNonce(
  { chain, registry }: FundContext,
  tx: Tx,
  { communityId, fund }: Place,
): Promise<bigint> {
  const { fund: address } = await registry.getCommunity(tx, communityId);
  return chain.client.readContract({
    ...{ address, abi: fundAbi, functionName: "accountNonce" },
    args: [FUNDS.indexOf(fund)],
  });
}

/** Tells the contract what the fund has received by the books; the newest entry's record shows it. */
export function proposeCredit(
  context: FundContext,
  place: Place,
  officer: OfficerCaller,
): Promise<ProposedAct> {
  const { communityId, fund } = place;
  return context.db.$transaction(async (tx) => {
    const entry = await tx.fundEntry.findFirst({
      where: { communityId, fund },
      orderBy: { number: "desc" },
    });
    const credited = await sumReceived(tx, place);
    if (!entry || credited <= 0n) throw new DomainError("FundNothingReceived", { fund });
    const recordLeaf = entry.recordLeaf as Hex;
    const nonce = await readNonce(context, tx, place);
    const message = { fund: FUNDS.indexOf(fund), credited, record: recordLeaf, nonce };
    const typedData = creditTypedData(await signingDomain(context, tx, communityId), message);
    return proposeAct(context, tx, {
      ...{ communityId, kind: "creditFund", typedData, recordLeaf, officer },
    });
  });
}

export interface NewRules extends Place {
  approvals: number;
  overrunBasisPoints: number;
  /** Where the two come from, in public. */
  source: string;
  officer: OfficerCaller;
}

/** How many approvals a payment of this fund needs, and by how much a budget may be overrun. */
export function proposeRules(
  context: FundContext,
  { communityId, fund, approvals, overrunBasisPoints, source, officer }: NewRules,
): Promise<ProposedAct> {
  const place = { communityId, fund };
  return context.db.$transaction(async (tx) => {
    const record: RecordOf<"fundRules"> = {
      ...{ v: 1, type: "fundRules", community: communityId, at: toInstant(context.clock.now()) },
      ...{ fund, approvals, overrunBasisPoints, source, author: officer.id },
    };
    const recordLeaf = leafOf(record);
    const nonce = await readNonce(context, tx, place);
    const rules = { approvals, overrunBasisPoints, record: recordLeaf };
    const message = { fund: FUNDS.indexOf(fund), ...rules, nonce };
    const typedData = configureTypedData(await signingDomain(context, tx, communityId), message);
    return proposeAct(context, tx, {
      ...{ communityId, kind: "configureFund", typedData, record, recordLeaf, officer },
    });
  });
}

export const creditRules: ActRules = {
  functionName: "credit",
  toArgs: (_context, _tx, { message, recordLeaf }) => {
    const { fund, credited } = message as { fund: number; credited: string };
    return Promise.resolve([fund, BigInt(credited), recordLeaf]);
  },
  onDone: () => Promise.resolve(),
};

export const configureRules: ActRules = {
  functionName: "configure",
  toArgs: (_context, _tx, { message, recordLeaf }) => {
    const { fund, approvals, overrunBasisPoints } = message as Record<string, number>;
    return Promise.resolve([fund, { approvals, overrunBasisPoints, record: recordLeaf }]);
  },
  async onDone({ anchor }, tx, { act }) {
    const record = JSON.parse(act.record!) as RecordOf<"fundRules">;
    const { index } = await anchor.append(tx, act.communityId, record);
    await tx.fundAct.update({ where: { id: act.id }, data: { recordIndex: index } });
  },
};
