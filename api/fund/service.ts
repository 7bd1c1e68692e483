import type { Db, Tx } from "../database/client.ts";
import type { Route } from "../http/route.ts";
import { findBalances } from "./books/balances.ts";
import type { FundBalance } from "./books/balances.ts";
import type { NewEntry, PostedEntry } from "./books/entry.ts";
import { findEntries, getEntry } from "./books/find.ts";
import type { EntryFilter, StoredEntry } from "./books/find.ts";
import { postEntry } from "./books/post.ts";
import { reverseEntry } from "./books/reverse.ts";
import type { NewReversal } from "./books/reverse.ts";
import { createBankDesk } from "./bank/desk.ts";
import type { BankDesk } from "./bank/desk.ts";
import { bankRoutes } from "./bank/routes.ts";
import type { FundContext } from "./context.ts";
import { bankFlagInputs, entryFlagInputs } from "./flag/inputs.ts";
import type { FlagSource } from "./flag/inputs.ts";
import { raiseFlags } from "./flag/raise.ts";
import { flagRoutes } from "./flag/routes.ts";

export type FundDeps = Omit<FundContext, "random"> & { random?: FundContext["random"] | undefined };

/** The books of both funds, for the demonstration and the tests; parts of the fund use the functions themselves. */
export interface Fund {
  routes: Route[];
  postEntry(tx: Tx, entry: NewEntry): Promise<PostedEntry>;
  reverseEntry(tx: Tx, reversal: NewReversal): Promise<PostedEntry>;
  findEntries(db: Db | Tx, communityId: string, filter?: EntryFilter): Promise<StoredEntry[]>;
  getEntry(db: Db | Tx, communityId: string, number: number): Promise<StoredEntry>;
  balances(db: Db | Tx, communityId: string): Promise<FundBalance[]>;
  bank: BankDesk;
  /** Applies the formulas of all flags and publishes what is new; returns how many. */
  raiseFlags(communityId: string): Promise<number>;
}

/** Where payments and projects come from, of which the formulas ask. */
const FLAG_SOURCES: readonly FlagSource[] = [entryFlagInputs, bankFlagInputs];

/** Create it before the chain starts: its parts register their handlers. */
const cryptoRandom = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

export function createFund({ random = cryptoRandom, ...deps }: FundDeps): Fund {
  const context: FundContext = { ...deps, random };
  const raise = (communityId: string): Promise<number> =>
    raiseFlags(context, communityId, FLAG_SOURCES);
  const bank = createBankDesk(context, raise);
  return {
    routes: [...bankRoutes(context, bank), ...flagRoutes(context, FLAG_SOURCES)],
    bank,
    raiseFlags: raise,
    postEntry: (tx, entry) => postEntry(context, tx, entry),
    reverseEntry: (tx, reversal) => reverseEntry(context, tx, reversal),
    findEntries,
    getEntry,
    balances: findBalances,
  };
}
