import { toReversal } from "../../../protocol/fund/entry.ts";
import type { Tx } from "../../database/client.ts";
import type { FundBooks } from "../../database/generated/client.ts";
import { DomainError } from "../../http/errors.ts";
import type { FundContext } from "../context.ts";
import type { Authors, PostedEntry } from "./entry.ts";
import { findBySource, getEntry } from "./find.ts";
import type { StoredEntry } from "./find.ts";
import { lockBooks } from "./lock.ts";
import { bookEntry } from "./post.ts";
import { findUnits, syncUnits } from "./units.ts";

export interface NewReversal {
  communityId: string;
  /** The entry to be taken back. */
  number: number;
  date: string;
  reason: string;
  by?: Authors | undefined;
  source?: string | undefined;
}

/**
 * Takes an entry back, line by line, once, and with it the entries of which it is one half. In a period that is closed
 * the original stays as it is: the reversal stands in the next one and names it.
 */
export async function reverseEntry(
  context: FundContext,
  tx: Tx,
  reversal: NewReversal,
): Promise<PostedEntry> {
  const { communityId, source } = reversal;
  const books = await lockBooks(tx, communityId);
  const posted = await findBySource(tx, communityId, source);
  if (posted) return posted;
  await syncUnits(context, tx, books);
  const original = await getReversible(tx, reversal, reversal.number);
  const halves: StoredEntry[] = [];
  for (const number of original.linked) {
    halves.push(await getReversible(tx, reversal, number));
  }
  const all = [original, ...halves];
  const numbers = all.map((_, i) => books.lastEntry + 1 + i);
  const results: PostedEntry[] = [];
  for (const [i, entry] of all.entries()) {
    const linked = numbers.filter((number) => number !== numbers[i]);
    const terms = {
      ...reversal,
      linked,
      number: numbers[i]!,
      source: i === 0 ? source : undefined,
    };
    results.push(await takeBack(context, tx, { books, original: entry, terms }));
  }
  return results[0]!;
}

async function getReversible(
  tx: Tx,
  { communityId, date }: NewReversal,
  number: number,
): Promise<StoredEntry> {
  const entry = await getEntry(tx, communityId, number);
  if (entry.kind === "reversal") throw new DomainError("EntryNotReversible", { number });
  if (entry.reversedBy !== null) {
    throw new DomainError("EntryReversed", { number, by: entry.reversedBy });
  }
  if (date < entry.date) throw new DomainError("EntryDateBefore", { date: entry.date });
  return entry;
}

interface TakingBack {
  books: FundBooks;
  original: StoredEntry;
  /** `number` is the reversal's own. */
  terms: NewReversal & { linked: number[] };
}

async function takeBack(
  context: FundContext,
  tx: Tx,
  { books, original, terms }: TakingBack,
): Promise<PostedEntry> {
  const { communityId } = terms;
  const where = { communityId, number: original.number };
  const shares = await tx.fundUnitPosting.findMany({ where });
  const ids = shares.map(({ unit }) => unit);
  const rows = await findUnits(tx, communityId, ids);
  const entry = {
    ...terms,
    fund: original.fund,
    kind: "reversal" as const,
    moves: original.moves,
    narration: original.narration,
    category: original.category ?? undefined,
    postings: toReversal(
      original.postings.map(({ account, amountFen }) => ({ account, amountFen })),
    ),
    units: toReversal(
      shares.map(({ unit, building, amountFen }) => ({ unit, building, amountFen })),
    ),
    reverses: original.number,
  };
  return bookEntry(context, tx, { books, entry, rows });
}
