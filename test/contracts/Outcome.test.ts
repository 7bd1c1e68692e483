import { expect } from "chai";
import fc from "fast-check";
import { network } from "hardhat";
import {
  decideOutcome,
  findRule,
  type Measure,
  type Outcome,
  type Tally,
} from "../../protocol/assembly/count/rule.ts";
import { toAreaE4 } from "../../protocol/registry/area.ts";
import impossible from "../vectors/count/impossible.json" with { type: "json" };
import ordinary from "../vectors/count/ordinary.json" with { type: "json" };
import propertyLaw2007 from "../vectors/count/property-law-2007.json" with { type: "json" };
import quorum from "../vectors/count/quorum.json" with { type: "json" };
import special from "../vectors/count/special.json" with { type: "json" };

const REGIMES = ["civil-code", "property-law-2007"] as const;
const RESULTS: readonly Outcome[] = ["QuorumNotReached", "Adopted", "NotAdopted"];

interface SolidityCase extends Record<"total" | "participating" | "inFavour", SolidityTotals> {
  regime: number;
  item: number;
}
interface SolidityTotals {
  heads: bigint;
  areaE4: bigint;
}
type PublishedCase = (typeof quorum)[number]["case"];

function toSolidityCase(source: PublishedCase): SolidityCase {
  const totals = ({ heads, area }: { heads: number; area: string }): SolidityTotals => ({
    heads: BigInt(heads),
    areaE4: toAreaE4(area),
  });
  return {
    regime: REGIMES.findIndex((regime) => regime === source.regime),
    item: source.item,
    total: totals(source.total),
    participating: totals(source.participating),
    inFavour: totals(source.for),
  };
}

describe("Outcome", () => {
  async function deployHarness() {
    const { ethers } = await network.create();
    return ethers.deployContract("OutcomeHarness");
  }
  let harness: Awaited<ReturnType<typeof deployHarness>>;

  before(async () => {
    harness = await deployHarness();
  });

  const decide = (source: SolidityCase): Promise<bigint> =>
    harness.getFunction("decide").staticCall(source);
  const decideMany = (sources: SolidityCase[]): Promise<bigint[]> =>
    harness.getFunction("decideMany").staticCall(sources);

  async function errorName(source: SolidityCase): Promise<string | undefined> {
    try {
      await decide(source);
      return undefined;
    } catch (error) {
      const { data } = error as { data?: string };
      return data === undefined ? undefined : harness.interface.parseError(data)?.name;
    }
  }

  describe("decide", () => {
    for (const vector of [...quorum, ...ordinary, ...special, ...propertyLaw2007]) {
      it(`item ${vector.case.item}, ${vector.case.regime}: ${vector.desc}`, async () => {
        const result = await decide(toSolidityCase(vector.case));
        expect(RESULTS[Number(result)]).to.equal(vector.expected.outcome);
      });
    }

    for (const vector of impossible) {
      it(`refuses ${vector.desc}`, async () => {
        expect(await errorName(toSolidityCase(vector.case))).to.equal(
          `Outcome${vector.expected.error}`,
        );
      });
    }

    it("refuses more in favour than take part, in heads or area", async () => {
      const good = toSolidityCase(quorum[0]!.case);
      const { heads, areaE4 } = good.participating;
      const name = "OutcomeInFavourExceedsParticipating";
      expect(await errorName({ ...good, inFavour: { heads: heads + 1n, areaE4 } })).to.equal(name);
      expect(await errorName({ ...good, inFavour: { heads, areaE4: areaE4 + 1n } })).to.equal(name);
    });
  });

  describe("against the rule in TypeScript", () => {
    // Small figures hit the boundaries often, large ones the widths.
    const part = fc.oneof(
      fc.bigInt(0n, 12n),
      fc.bigInt(0n, 3000n),
      fc.bigInt(0n, (1n << 64n) - 1n),
    );
    const dimension = fc
      .array(part, { minLength: 3, maxLength: 3 })
      .map((parts) => parts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
      .map(([inFavour = 0n, participating = 0n, total = 0n]) => ({
        inFavour,
        participating,
        total: total === 0n ? 1n : total,
      }));
    // Figures put on a boundary of each threshold, and one unit beside it.
    const boundary = fc
      .record({
        total: fc.bigInt(1n, 100_000n),
        share: fc.constantFrom([2n, 3n], [1n, 2n], [3n, 4n]),
        shift: fc.bigInt(-1n, 1n),
        everybody: fc.boolean(),
      })
      .map(({ total, share, shift, everybody }) => {
        const participating = everybody ? total : (2n * total + 2n) / 3n;
        const [numerator = 1n, denominator = 1n] = share;
        const inFavour = (participating * numerator) / denominator + shift;
        const clamped = inFavour < 0n ? 0n : inFavour > participating ? participating : inFavour;
        return { total, participating, inFavour: clamped };
      });
    const one = fc.oneof(dimension, boundary);
    const anyCase = fc
      .tuple(one, one, fc.constantFrom(...REGIMES), fc.integer({ min: 1, max: 9 }))
      .map(([heads, area, regime, item]) => {
        const measure = (key: keyof typeof heads): Measure => ({
          heads: heads[key],
          area: area[key],
        });
        const tally: Tally = {
          total: measure("total"),
          participating: measure("participating"),
          inFavour: measure("inFavour"),
        };
        return { regime, item, tally };
      });

    it("decides random tallies alike", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyCase, { minLength: 50, maxLength: 50 }), async (cases) => {
          const totals = ({ heads, area }: Measure): SolidityTotals => ({ heads, areaE4: area });
          const results = await decideMany(
            cases.map(({ regime, item, tally }) => ({
              regime: REGIMES.indexOf(regime),
              item,
              total: totals(tally.total),
              participating: totals(tally.participating),
              inFavour: totals(tally.inFavour),
            })),
          );
          const onChain = results.map((result) => RESULTS[Number(result)]);
          const here = cases.map(({ regime, item, tally }) =>
            decideOutcome(findRule(regime, item), tally),
          );
          expect(onChain).to.deep.equal(here);
        }),
        { numRuns: 60 },
      );
    });
  });
});
