import type { Clock } from "../../clock.ts";
import { toSeconds } from "../../clock.ts";
import { DomainError } from "../../http/errors.ts";
import type { ConvenedMeeting } from "../meeting/find.ts";

/**
 * When ballots are taken: while voting is open, and only as long as their sealing will come before closing. What is
 * acknowledged must not be lost to a batch that comes too late.
 */
export class VotingHours {
  readonly #clock: Clock;
  readonly #marginSeconds: number;
  /** By meeting: how long its oldest unsealed ballot has been waiting. */
  readonly #delays = new Map<string, number>();
  #chainTime = new Date(0);

  constructor(clock: Clock, marginSeconds: number) {
    this.#clock = clock;
    this.#marginSeconds = marginSeconds;
  }

  /** The sealing job reports how long ballots wait at present. */
  report(meetingId: string, delaySeconds: number): void {
    if (delaySeconds > 0) this.#delays.set(meetingId, delaySeconds);
    else this.#delays.delete(meetingId);
  }

  /** The time of the chain's newest block: an external chain's clock may be ahead of ours. */
  observe(chainTime: Date): void {
    if (chainTime > this.#chainTime) this.#chainTime = chainTime;
  }

  now(): Date {
    const now = this.#clock.now();
    return now > this.#chainTime ? now : this.#chainTime;
  }

  isOpen(meeting: ConvenedMeeting): boolean {
    return this.#findRefusal(meeting) === undefined;
  }

  requireOpen(meeting: ConvenedMeeting): void {
    const refusal = this.#findRefusal(meeting);
    if (refusal) throw refusal;
  }

  #findRefusal(meeting: ConvenedMeeting): DomainError | undefined {
    const { number } = meeting;
    const now = this.now();
    if (now < meeting.opensAt) {
      const opensAt = Number(toSeconds(meeting.opensAt));
      return new DomainError("AssemblyVotingNotOpen", { meeting: number, opensAt });
    }
    const left = (meeting.closesAt.getTime() - now.getTime()) / 1000;
    if (left <= this.#marginSeconds) {
      const closedAt = Number(toSeconds(meeting.closesAt)) - this.#marginSeconds;
      return new DomainError("AssemblyVotingClosed", { meeting: number, closedAt });
    }
    // A queue that took so long until now may take as long again.
    const delayed = left <= 2 * (this.#delays.get(meeting.id) ?? 0);
    return delayed ? new DomainError("SealingDelayed", { meeting: number }) : undefined;
  }
}
