import type { Db, Tx } from "../../database/client.ts";
import type { BankAccount, BankReconciliation } from "../../database/generated/client.ts";
import type { Fund } from "../books/entry.ts";
import type { FundContext } from "../context.ts";
import { openAccount } from "./account.ts";
import type { NewAccount } from "./account.ts";
import { importFile } from "./import.ts";
import type { ImportedStatement, NewImport } from "./import.ts";
import { ignoreLines, linkLines, undoReconciliation } from "./reconcile.ts";
import type { NewIgnore, NewLink, UndoInput } from "./reconcile.ts";
import { findBankBalance, findReconciliation } from "./state.ts";
import type { BankBalance, FundReconciliation } from "./state.ts";

/** What is done at the bank's side of the books; each call is a transaction of its own. */
export interface BankDesk {
  openAccount(account: NewAccount): Promise<BankAccount>;
  importFile(input: NewImport): Promise<ImportedStatement[]>;
  link(link: NewLink): Promise<BankReconciliation>;
  ignore(ignored: NewIgnore): Promise<BankReconciliation>;
  undo(input: UndoInput): Promise<BankReconciliation>;
  /** "Reconciled to the bank on ..., N lines open", of each fund. */
  state(db: Db | Tx, communityId: string): Promise<FundReconciliation[]>;
  /** What a fund's accounts held at the end of a day; undefined while one has no statement of that day. */
  balance(
    db: Db | Tx,
    communityId: string,
    at: { fund: Fund; date: string },
  ): Promise<BankBalance | undefined>;
}

/** `onSettled`: what follows from lines that belong to something now, such as flags. */
export function createBankDesk(
  context: FundContext,
  onSettled: (communityId: string) => Promise<unknown>,
): BankDesk {
  const settle = async (done: Promise<BankReconciliation>): Promise<BankReconciliation> => {
    const row = await done;
    await onSettled(row.communityId);
    return row;
  };
  return {
    openAccount: (account) => openAccount(context, account),
    importFile: (input) => importFile(context, input),
    link: (link) => settle(linkLines(context, link)),
    ignore: (ignored) => settle(ignoreLines(context, ignored)),
    undo: (input) => undoReconciliation(context, input),
    state: findReconciliation,
    balance: findBankBalance,
  };
}
