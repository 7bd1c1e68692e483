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
import { bankRoutes } from "./bank/routes.ts";
import type { FundContext } from "./context.ts";

export type FundDeps = Omit<FundContext, "random"> & { random?: FundContext["random"] | undefined };

/** The books of both funds, for the demonstration and the tests; parts of the fund use the functions themselves. */
export interface Fund {
  routes: Route[];
  postEntry(tx: Tx, entry: NewEntry): Promise<PostedEntry>;
  reverseEntry(tx: Tx, reversal: NewReversal): Promise<PostedEntry>;
  findEntries(db: Db | Tx, communityId: string, filter?: EntryFilter): Promise<StoredEntry[]>;
  getEntry(db: Db | Tx, communityId: string, number: number): Promise<StoredEntry>;
  balances(db: Db | Tx, communityId: string): Promise<FundBalance[]>;
}

/** Create it before the chain starts: its parts register their handlers. */
const cryptoRandom = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

export function createFund({ random = cryptoRandom, ...deps }: FundDeps): Fund {
  const context: FundContext = { ...deps, random };
  return {
    routes: bankRoutes(context),
    postEntry: (tx, entry) => postEntry(context, tx, entry),
    reverseEntry: (tx, reversal) => reverseEntry(context, tx, reversal),
    findEntries,
    getEntry,
    balances: findBalances,
  };
}
