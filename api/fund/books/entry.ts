import type { Hex } from "viem";
import type { CHARGE_CATEGORIES, FUNDS } from "../../../protocol/anchor/record/kinds.ts";
import type { OriginalKind, Posting } from "../../../protocol/fund/entry.ts";
import type { Schedule } from "../../../protocol/fund/schedule.ts";

export type Fund = (typeof FUNDS)[number];
export type ChargeCategory = (typeof CHARGE_CATEGORIES)[number];

/** What one unit has to do with an entry; of the sign of the posting on its fund's owners' account. */
export interface UnitShare {
  unit: string;
  amountFen: bigint;
}

/** An entry to be posted. A debit is positive: a deposit is `+bank −owners`, a charge `+owners −bank`. */
export interface NewEntry {
  communityId: string;
  kind: OriginalKind;
  /** YYYY-MM-DD; in a period that is not closed. */
  date: string;
  /** When it really was, where that period is closed already. */
  occurred?: string | undefined;
  /** In public: names no person. */
  narration: string;
  category?: ChargeCategory | undefined;
  postings: readonly Posting[];
  /** Where the owners' account of the fund is among the postings. */
  units?: readonly UnitShare[] | undefined;
  /** How it was shared out by area: becomes a public document, and the units' shares where none are given. */
  schedule?: Schedule | undefined;
  /** Entries of which this is the other half. */
  linked?: readonly number[] | undefined;
  /** Public documents that prove it. */
  documents?: readonly Hex[] | undefined;
  by?: Authors | undefined;
  /** What it follows from, such as `payment 3`: posting the same thing again returns the entry that there is. */
  source?: string | undefined;
}

/** Two different officers, `keccak(signer)`. */
export interface Authors {
  author: Hex;
  confirmer: Hex;
}

export interface PostedEntry {
  number: number;
  recordIndex: number;
  leaf: Hex;
}
