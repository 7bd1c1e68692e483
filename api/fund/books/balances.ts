import { FUNDS } from "../../../protocol/anchor/record/kinds.ts";
import { bankOf, ownersOf } from "../../../protocol/fund/account.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { Fund } from "./entry.ts";

/** What a fund holds now: positive where there is money, or where it belongs to the owners. */
export interface FundBalance {
  fund: Fund;
  /** At the bank, by the books. */
  bankFen: bigint;
  /** Treasury bonds and the like; of the maintenance fund only. */
  investmentsFen: bigint;
  /** Of the maintenance fund what the units' sub-ledgers add up to, of the public income what is left. */
  ownersFen: bigint;
}

/** Every account that was ever used, a debit being positive. */
export async function listAccounts(
  db: Db | Tx,
  communityId: string,
): Promise<{ account: string; balanceFen: bigint }[]> {
  return db.fundAccount.findMany({
    where: { communityId },
    select: { account: true, balanceFen: true },
    orderBy: { account: "asc" },
  });
}

/** Both funds as the books have them now. */
export async function findBalances(db: Db | Tx, communityId: string): Promise<FundBalance[]> {
  const rows = await listAccounts(db, communityId);
  const amounts = new Map(rows.map(({ account, balanceFen }) => [account, balanceFen]));
  const of = (account: string): bigint => amounts.get(account) ?? 0n;
  return FUNDS.map((fund) => {
    const bankFen = of(bankOf(fund));
    const investmentsFen = fund === "maintenance" ? of("maintenance:investments") : 0n;
    const ownersFen = fund === "maintenance" ? -of(ownersOf(fund)) : bankFen;
    return { fund, bankFen, investmentsFen, ownersFen };
  });
}
