import { expect } from "chai";
import fc from "fast-check";
import { VotingHours } from "../../../api/assembly/ballot/hours.ts";
import type { ConvenedMeeting } from "../../../api/assembly/meeting/find.ts";
import { planBatches } from "../../../api/assembly/sealing/plan.ts";
import { TestClock } from "./service.ts";

describe("planning of batches", () => {
  const ballot = fc.record({
    page: fc.nat(3),
    position: fc.nat(1000),
    leaf: fc.stringMatching(/^0x[0-9a-f]{4}$/),
  });

  it("puts every ballot into exactly one batch, sorted as the contract demands", () => {
    fc.assert(
      fc.property(fc.array(ballot, { maxLength: 600 }), (ballots) => {
        const batches = planBatches(ballots);
        expect(batches.flat()).to.have.members(ballots);
        for (const batch of batches) {
          expect(batch.length).to.be.within(1, 256);
          batch.slice(1).forEach((next, i) => expect(isInOrder(batch[i]!, next)).to.equal(true));
        }
        expect(batches.slice(0, -1).every(({ length }) => length === 256)).to.equal(true);
      }),
    );
  });
});

type Placed = { page: number; position: number; leaf: string };

const isInOrder = (a: Placed, b: Placed): boolean =>
  a.page !== b.page
    ? a.page < b.page
    : a.position !== b.position
      ? a.position < b.position
      : a.leaf <= b.leaf;

describe("voting hours", () => {
  const clock = new TestClock();
  const start = clock.seconds;
  const at = (seconds: number): Date => new Date((start + seconds) * 1000);
  const meeting = { id: "m", number: 1, opensAt: at(100), closesAt: at(1000) } as ConvenedMeeting;
  const refusalAt = (hours: VotingHours, seconds: number): string | undefined => {
    clock.seconds = start + seconds;
    try {
      hours.requireOpen(meeting);
      return undefined;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it("take ballots from opening until the margin before closing", () => {
    const hours = new VotingHours(clock, 10);
    expect(refusalAt(hours, 99)).to.equal("AssemblyVotingNotOpen");
    expect(refusalAt(hours, 100)).to.equal(undefined);
    expect(refusalAt(hours, 989)).to.equal(undefined);
    expect(refusalAt(hours, 990)).to.equal("AssemblyVotingClosed");
  });

  it("end sooner where sealing is slow, so that nothing acknowledged comes too late", () => {
    const hours = new VotingHours(clock, 10);
    hours.report("m", 60);
    expect(refusalAt(hours, 879)).to.equal(undefined);
    expect(refusalAt(hours, 880)).to.equal("SealingDelayed");
    hours.report("m", 0);
    expect(refusalAt(hours, 880)).to.equal(undefined);
  });

  it("follow the chain's clock where it is ahead of ours", () => {
    const hours = new VotingHours(clock, 10);
    hours.observe(at(995));
    expect(refusalAt(hours, 500)).to.equal("AssemblyVotingClosed");
  });
});
