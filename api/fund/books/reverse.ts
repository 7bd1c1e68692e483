import { toReversal } from "../../../protocol/fund/entry.ts";
import type { Tx } from "../../database/client.ts";
import { DomainError } from "../../http/errors.ts";
import type { FundContext } from "../context.ts";
import type { Authors, PostedEntry } from "./entry.ts";
import { findBySource, getEntry } from "./find.ts";
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
 * Takes an entry back, line by line, once. In a period that is closed the original stays as it is: the reversal stands
 * in the next one and names it.
 */
export async function reverseEntry(
  context: FundContext,
  tx: Tx,
  reversal: NewReversal,
): Promise<PostedEntry> {
  const { communityId, number: reverses, date, reason, by, source } = reversal;
  const books = await lockBooks(tx, communityId);
  const posted = await findBySource(tx, communityId, source);
  if (posted) return posted;
  await syncUnits(context, tx, books);
  const original = await getEntry(tx, communityId, reverses);
  if (original.kind === "reversal")
    throw new DomainError("EntryNotReversible", { number: reverses });
  if (original.reversedBy !== null) {
    throw new DomainError("EntryReversed", { number: reverses, by: original.reversedBy });
  }
  const shares = await tx.fundUnitPosting.findMany({ where: { communityId, number: reverses } });
  const rows = await findUnits(
    tx,
    communityId,
    shares.map(({ unit }) => unit),
  );
  const entry = {
    communityId,
    number: books.lastEntry + 1,
    fund: original.fund,
    kind: "reversal" as const,
    date,
    narration: original.narration,
    category: original.category ?? undefined,
    postings: toReversal(
      original.postings.map(({ account, amountFen }) => ({ account, amountFen })),
    ),
    units: toReversal(
      shares.map(({ unit, building, amountFen }) => ({ unit, building, amountFen })),
    ),
    ...{ reverses, reason, by, source },
  };
  return bookEntry(context, tx, { books, entry, moves: original.kind, rows });
}
