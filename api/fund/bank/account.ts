import type { Hex } from "viem";
import { toInstant } from "../../clock.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { BankAccount } from "../../database/generated/client.ts";
import { DomainError } from "../../http/errors.ts";
import type { FundContext } from "../context.ts";
import type { Fund } from "../books/entry.ts";
import { mappingSchema } from "./parse/columns.ts";
import type { Mapping } from "./parse/columns.ts";

/** The bank's side of a community's books, held until the transaction ends; comes before the log. */
export async function lockBank(tx: Tx, communityId: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "BankBooks" ("communityId") VALUES (${communityId}) ON CONFLICT DO NOTHING`;
  await tx.$queryRaw`SELECT 1 FROM "BankBooks" WHERE "communityId" = ${communityId} FOR UPDATE`;
}

export interface NewAccount {
  communityId: string;
  fund: Fund;
  /** The bank and what the account is for; in public. */
  name: string;
  /** The whole number, without spaces. */
  account: string;
  officer: Hex;
}

const TAIL = 4;
const contextOf = (communityId: string, number: number): string =>
  `bank account ${communityId} ${number}`;

/** Registers an account; in public stand its name and its last four characters. Throws BankAccountExists. */
export async function openAccount(context: FundContext, account: NewAccount): Promise<BankAccount> {
  const { communityId, fund, name, officer: by } = account;
  const { db, clock, anchor, cipher } = context;
  return db.$transaction(async (tx) => {
    await lockBank(tx, communityId);
    const known = await tx.bankAccount.findMany({ where: { communityId } });
    const twin = known.find((one) => accountOf(context, one) === account.account);
    if (twin) throw new DomainError("BankAccountExists", { account: twin.number });
    const number = known.length + 1;
    const tail = account.account.slice(-TAIL);
    const now = clock.now();
    const { index } = await anchor.append(tx, communityId, {
      ...{ v: 1, type: "bankAccount", community: communityId, at: toInstant(now) },
      ...{ account: number, fund, name, tail, by },
    });
    await tx.bankBooks.update({ where: { communityId }, data: { lastAccount: number } });
    return tx.bankAccount.create({
      data: {
        ...{ communityId, number, fund, name, tail },
        account: cipher.seal(account.account, contextOf(communityId, number)),
        openedBy: by,
        recordIndex: index,
        openedAt: now,
      },
    });
  });
}

/** The whole number of an account. */
export const accountOf = (
  { cipher }: FundContext,
  { communityId, number, account }: BankAccount,
): string => cipher.open(account, contextOf(communityId, number));

/** Throws BankAccountNotFound. */
export async function getAccount(
  db: Db | Tx,
  communityId: string,
  number: number,
): Promise<BankAccount> {
  const row = await db.bankAccount.findUnique({
    where: { communityId_number: { communityId, number } },
  });
  if (!row) throw new DomainError("BankAccountNotFound", { account: number });
  return row;
}

/** How this account's tables are read, as saved. */
export const mappingOf = ({ mapping }: BankAccount): Mapping | undefined =>
  mapping === null ? undefined : mappingSchema.parse(mapping);

export async function saveMapping(
  tx: Db | Tx,
  { communityId, number }: BankAccount,
  mapping: Mapping,
): Promise<void> {
  const where = { communityId_number: { communityId, number } };
  await tx.bankAccount.update({ where, data: { mapping } });
}
