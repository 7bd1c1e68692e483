import { expect } from "chai";
import fc from "fast-check";
import type { Answer, SignedAnswer } from "../../../protocol/assembly/sheet.ts";
import { verifyMeeting } from "../../../protocol/verify/meeting.ts";
import type { TestMeeting } from "./meeting.ts";
import { MIXED } from "./roll.ts";
import { conveneMeeting } from "./scenario.ts";

type Act = {
  what: "seal" | "sealOwn" | "paper" | "revoke";
  owners: number[];
  answers: [SignedAnswer, SignedAnswer];
};

const answer = fc.constantFrom<SignedAnswer>("for", "against", "abstain");
const act: fc.Arbitrary<Act> = fc.record({
  what: fc.constantFrom("seal", "seal", "sealOwn", "paper", "revoke"),
  owners: fc.uniqueArray(fc.nat({ max: 11 }), { minLength: 1, maxLength: 6 }),
  answers: fc.tuple(answer, answer),
});
const plan = fc.record({
  conflict: fc.constantFrom("newestFirst", "oldestFirst", "paperFirst"),
  acts: fc.array(act, { minLength: 1, maxLength: 7 }),
  alone: fc.array(fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 5 })), { maxLength: 4 }),
  lapsing: fc.uniqueArray(fc.nat({ max: 6 }), { maxLength: 2 }),
});

async function perform(meeting: TestMeeting, { what, owners, answers }: Act): Promise<unknown> {
  const [first] = owners as [number];
  const ballots = () => owners.map((owner) => meeting.vote(owner, answers));
  if (what === "seal") return meeting.seal(ballots());
  if (what === "sealOwn") return meeting.sealOwn(first, ballots()[0]!);
  if (what === "revoke") return meeting.revoke(first);
  const sheet: Answer[] = [answers[0], "blank"];
  return meeting.sealPaper(owners.map((owner) => ({ owner, answers: sheet })));
}

/** What the contract refuses leaves no trace, and the meeting goes on. */
async function tolerate(attempt: Promise<unknown>): Promise<void> {
  await attempt.catch(() => undefined);
}

describe("any meeting", () => {
  it("is recounted to what the contract counted, whatever was sealed, opened alone or left to lapse", async function () {
    this.timeout(60_000);
    const property = fc.asyncProperty(plan, async ({ conflict, acts, alone, lapsing }) => {
      const meeting = await conveneMeeting({ ...MIXED, conflict });
      for (const one of acts) await tolerate(perform(meeting, one));
      meeting.startCount();
      for (const [batch, index] of alone) {
        const exists = batch < meeting.batches.length;
        if (exists) await tolerate(meeting.openAlone(batch, index));
      }
      await meeting.openAll(lapsing);
      await meeting.conclude(lapsing.filter((batch) => batch < meeting.batches.length));
      const { verdict, checks } = await verifyMeeting(meeting.community.sources, 1);
      expect(checks.filter(({ status }) => status !== "ok")).to.deep.equal([]);
      expect(verdict).to.equal("ok");
    });
    await fc.assert(property, { numRuns: 25 });
  });
});
