import type { Hex } from "viem";
import type { KeyPlace, Origin } from "../assembly/ballot.ts";
import { type ConflictPolicy, type OrderedBatch, compareBatches } from "../assembly/order.ts";
import { unpackAnswers } from "../assembly/sheet.ts";
import { type Tally, addVoter, emptyTally, removeVoter } from "../assembly/tally.ts";
import { CODE, type JudgedBallot } from "./judging.ts";

/**
 * The ballot that stands for a voter; `alone` while it was opened alone and its batch has not been opened; `place` is
 * that of the key which signed it.
 */
export type Standing = {
  alone: boolean;
  leaf: Hex;
  batch: OrderedBatch;
  answers: number;
  place: KeyPlace | undefined;
};

/** Tallies of one motion, the origins apart. */
export type MotionTally = Record<Origin, Tally>;

/** The count as far as it has come: which ballot stands for whom, and the tallies. */
export class Count {
  readonly tallies: MotionTally[];
  readonly #standing = new Map<number, Standing>();
  readonly #policy: ConflictPolicy;
  readonly #areasE4: readonly bigint[];

  constructor(setup: { motions: number; policy: ConflictPolicy; areasE4: readonly bigint[] }) {
    this.tallies = Array.from({ length: setup.motions }, () => {
      return { own: emptyTally(), paper: emptyTally() };
    });
    this.#policy = setup.policy;
    this.#areasE4 = setup.areasE4;
  }

  /** The voters for whom a ballot stands, by number. */
  get voted(): number[] {
    return [...this.#standing.keys()].sort((a, b) => a - b);
  }

  /** The ballots that stand, by voter. */
  get standing(): ReadonlyMap<number, Standing> {
    return this.#standing;
  }

  /** Counts the next ballot of the batch that is being opened; gives its code. */
  countNext(ballot: JudgedBallot, batch: OrderedBatch): number {
    if (ballot.code !== CODE.counted) return ballot.code;
    const standing = this.#standing.get(ballot.voter);
    if (standing?.alone && standing.batch.batch === batch.batch) {
      if (standing.leaf !== ballot.leaf) return CODE.superseded;
      standing.alone = false;
      return CODE.counted;
    }
    if (standing && !this.#givesWay(standing, batch)) return CODE.superseded;
    this.#replace(ballot, batch, false);
    return CODE.counted;
  }

  /** Counts a ballot that is opened alone; gives its code. */
  countAlone(ballot: JudgedBallot, batch: OrderedBatch): number {
    if (ballot.code !== CODE.counted) return ballot.code;
    const standing = this.#standing.get(ballot.voter);
    if (standing && !this.#givesWay(standing, batch)) return CODE.superseded;
    this.#replace(ballot, batch, true);
    return CODE.counted;
  }

  // Only a ballot that was opened alone gives way, and only to one that precedes it in the order.
  #givesWay(standing: Standing, batch: OrderedBatch): boolean {
    return standing.alone && compareBatches(this.#policy, batch, standing.batch) < 0;
  }

  #replace(ballot: JudgedBallot, batch: OrderedBatch, alone: boolean): void {
    const { voter, leaf, answers, place } = ballot;
    const next: Standing = { alone, leaf, batch, answers, place };
    const former = this.#standing.get(voter);
    if (former) this.#apply(voter, former, removeVoter);
    this.#apply(voter, next, addVoter);
    this.#standing.set(voter, next);
  }

  #apply(voter: number, { answers, batch }: Standing, change: typeof addVoter): void {
    unpackAnswers(answers, this.tallies.length).forEach((answer, motion) => {
      change(this.tallies[motion]![batch.origin], answer, this.#areasE4[voter]!);
    });
  }
}
