import type { Db, Tx } from "../../database/client.ts";
import type { FundCheck } from "../../database/generated/client.ts";
import type { Route } from "../../http/route.ts";
import type { FundContext } from "../context.ts";
import { findBalances } from "./balances.ts";
import type { FundBalance } from "./balances.ts";
import { checkBooks } from "./check/job.ts";
import { draftRoutes } from "./draftRoutes.ts";
import type { NewEntry, PostedEntry } from "./entry.ts";
import { findEntries, getEntry } from "./find.ts";
import type { EntryFilter, StoredEntry } from "./find.ts";
import { viewOwnFund } from "./own.ts";
import { perform } from "./perform.ts";
import type { Outcome, Performance } from "./perform.ts";
import { postEntry } from "./post.ts";
import { publicBooksRoutes } from "./publicRoutes.ts";
import { reverseEntry } from "./reverse.ts";
import type { NewReversal } from "./reverse.ts";
import { unitRoutes } from "./unitRoutes.ts";

/** The books of both funds, for the demonstration and the tests; parts of the fund use the functions themselves. */
export interface BooksDesk {
  postEntry(tx: Tx, entry: NewEntry): Promise<PostedEntry>;
  reverseEntry(tx: Tx, reversal: NewReversal): Promise<PostedEntry>;
  /** What an officer enters, done at once: for the demonstration. */
  perform(tx: Tx, performance: Performance): Promise<Outcome>;
  findEntries(db: Db | Tx, communityId: string, filter?: EntryFilter): Promise<StoredEntry[]>;
  getEntry(db: Db | Tx, communityId: string, number: number): Promise<StoredEntry>;
  balances(db: Db | Tx, communityId: string): Promise<FundBalance[]>;
  /** Checks the live books and publishes the outcome. */
  check(communityId: string): Promise<FundCheck>;
}

/** Also tells owners of their sub-ledgers. */
export function createBooksDesk(context: FundContext): BooksDesk {
  context.registry.addOwnerView({
    name: "fund",
    view: (communityId, voters) => viewOwnFund(context, communityId, voters),
  });
  return {
    postEntry: (tx, entry) => postEntry(context, tx, entry),
    reverseEntry: (tx, reversal) => reverseEntry(context, tx, reversal),
    perform: (tx, performance) => perform(context, tx, performance),
    findEntries,
    getEntry,
    balances: findBalances,
    check: (communityId) => checkBooks(context, communityId),
  };
}

export const booksRoutes = (context: FundContext): Route[] => [
  ...publicBooksRoutes(context),
  ...draftRoutes(context),
  ...unitRoutes(context),
];
