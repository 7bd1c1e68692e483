import type { Hex } from "viem";
import type { KeyPlace, Origin } from "../../assembly/ballot.ts";

/** What a claim comes to. */
export type Outcome = "upheld" | "refuted" | "undecided";

/** What every reason comes to; each has its words (words.ts). */
export const OUTCOME_OF = {
  // the file itself
  form: "undecided",
  ground: "undecided",
  // a ballot
  receiptFails: "undecided",
  counted: "refuted",
  superseded: "refuted",
  invalid: "refuted",
  revoked: "undecided",
  otherBallot: "undecided",
  lapsed: "upheld",
  notSealed: "upheld",
  noPromise: "undecided",
  waiting: "undecided",
  mayBeSealed: "undecided",
  unopened: "undecided",
  // a flat without a ballot
  lineFails: "undecided",
  notConcluded: "undecided",
  noneStands: "upheld",
  keyStands: "refuted",
  paperStands: "undecided",
  // an entry of the books
  entryMissing: "undecided",
  entryFails: "upheld",
  entryReversed: "upheld",
  entryOpen: "undecided",
  entryHolds: "refuted",
} as const satisfies Record<string, Outcome>;

/** Why a claim came to what it came to. */
export type Reason = keyof typeof OUTCOME_OF;

/** A ballot that the claim is about or that stands in its way: public already, by number. */
export type ShownBallot = {
  batch: number;
  leaf: Hex;
  origin: Origin;
  answers: string[];
  key: KeyPlace | null;
};

/** What a claim came to, and why. */
export type Finding = { reason: Reason; shown?: ShownBallot | undefined };
