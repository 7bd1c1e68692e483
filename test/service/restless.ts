import { setTimeout as delay } from "node:timers/promises";
import { createRandom } from "../../api/demo/random.ts";
import type { Random } from "../../api/demo/random.ts";
import type { SignedAnswer } from "../../protocol/assembly/sheet.ts";
import type { ServiceCommunity, Seat } from "../../scripts/bench/serviceCommunity.ts";
import { ServiceFailure } from "../../scripts/bench/servicePort.ts";

/** A busy machine may take long to start the service. */
const PATIENCE_MILLISECONDS = 60_000;
const RETRY_MILLISECONDS = 150;

export interface Acknowledged {
  leaf: string;
  answers: readonly SignedAnswer[];
}

/** Votes again and again; every ballot is sent until the service says that it has it. */
export class RestlessVoter {
  readonly seat: Seat;
  /** In the order in which they were cast. */
  readonly acknowledged: Acknowledged[] = [];
  readonly #community: ServiceCommunity;
  readonly #random: Random;

  constructor(community: ServiceCommunity, seat: Seat, seed: string) {
    this.#community = community;
    this.seat = seat;
    this.#random = createRandom(`${seed} ${seat.key.keyId}`);
  }

  /** Until voting is over. */
  async voteWhile(isOpen: () => boolean, pauseMilliseconds: number): Promise<void> {
    while (isOpen()) {
      await delay(this.#random.below(pauseMilliseconds));
      const draw = (): SignedAnswer => this.#random.pick(["for", "against", "abstain"]);
      await this.#castUntilAcknowledged([draw(), draw()]);
    }
  }

  async #castUntilAcknowledged(answers: readonly SignedAnswer[]): Promise<void> {
    const sheet = await this.#community.sign(1, this.seat, answers);
    const givesUpAt = Date.now() + PATIENCE_MILLISECONDS;
    for (;;) {
      try {
        const { leaf } = await this.#community.cast(1, sheet);
        this.acknowledged.push({ leaf, answers });
        return;
      } catch (error) {
        if (isRefused(error)) return;
        // No answer, or "later": nobody knows whether the ballot was stored, so the same one is sent again.
        if (Date.now() > givesUpAt) throw error;
        await delay(RETRY_MILLISECONDS);
      }
    }
  }
}

/** Wallets sign alike what is alike: a sheet from before, which has given way already, stays where it is. */
const REFUSALS = ["AssemblyVotingClosed", "BallotReplaced"];

/** For good, and for a reason that is to be expected here; false where the service did not answer or says "later". */
function isRefused(error: unknown): boolean {
  if (!(error instanceof ServiceFailure) || error.status === 503) return false;
  if (REFUSALS.includes(error.code)) return true;
  throw error;
}
