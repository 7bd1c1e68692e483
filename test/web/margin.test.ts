import { expect } from "chai";
import { decideOutcome, findRule, type Measure } from "../../protocol/assembly/count/rule.ts";
import { marginSentence, missingQuorum } from "../../web/assembly/margin.ts";
import type { MotionResult } from "../../web/assembly/meeting.ts";
import { meeting } from "../../web/messages/zh/meeting.ts";

const none: Measure = { heads: 0n, area: 0n };
const measure = (heads: number, area: number): Measure => ({
  heads: BigInt(heads),
  area: BigInt(area) * 10_000n,
});

function toResult(item: number, participating: Measure, inFavour: Measure): MotionResult {
  const total = measure(100, 10_000);
  const outcome = decideOutcome(findRule("civil-code", item), { total, participating, inFavour });
  const rest = { against: none, abstain: none, invalid: none, origins: [] };
  return { outcome, total, participating, for: inFavour, ...rest };
}

const say = (item: number, participating: Measure, inFavour: Measure): string =>
  marginSentence(meeting.margin, item, toResult(item, participating, inFavour));

describe("what would change a result, in words", () => {
  const { margin } = meeting;

  it("says how few votes less would have it fail", () => {
    expect(say(5, measure(80, 8000), measure(45, 4100))).to.equal(margin.Adopted("5", "100.00"));
  });

  it("says how many more in favour it would have taken, and only where they are missing", () => {
    expect(say(5, measure(80, 8000), measure(40, 4100))).to.equal(margin.NotAdoptedHeads("1"));
    expect(say(5, measure(80, 8000), measure(41, 3999))).to.equal(margin.NotAdoptedArea("1.0001"));
    expect(say(8, measure(80, 8000), measure(59, 5000))).to.equal(
      margin.NotAdopted("1", "1,000.00"),
    );
  });

  it("says how many more would have had to take part", () => {
    expect(say(5, measure(66, 8000), measure(66, 8000))).to.equal(
      margin.QuorumNotReachedHeads("1"),
    );
    expect(missingQuorum(measure(67, 6666), measure(100, 10_000))).to.deep.equal({
      heads: 0n,
      area: 6667n,
    });
  });

  it("is exact: with the change that it names the outcome turns, with one less it does not", () => {
    const participating = measure(80, 8000);
    const missing = { heads: 1n, area: 10_000_000n };
    const inFavour = measure(59, 5000);
    const enough = {
      heads: inFavour.heads + missing.heads,
      area: inFavour.area + missing.area,
    };
    expect(toResult(8, participating, enough).outcome).to.equal("Adopted");
    expect(toResult(8, participating, { ...enough, area: enough.area - 1n }).outcome).to.equal(
      "NotAdopted",
    );
  });
});
