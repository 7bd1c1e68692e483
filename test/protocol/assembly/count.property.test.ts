import { expect } from "chai";
import fc from "fast-check";
import type { CountCase, Figures } from "../../../protocol/assembly/count/case.ts";
import { countCase, type CountResult } from "../../../protocol/assembly/count/count.ts";
import { decideOutcome, findRule } from "../../../protocol/assembly/count/rule.ts";
import { toAreaE4 } from "../../../protocol/registry/area.ts";

const PARTS = ["for", "against", "abstain", "invalid", "deliveredUnreturned"] as const;
type Part = (typeof PARTS)[number];

const regime = fc.constantFrom("civil-code" as const, "property-law-2007" as const);
const item = fc.integer({ min: 1, max: 9 });
const invalidRule = fc.constantFrom("participates" as const, "ignored" as const);
const UNKNOWN: Figures = { heads: null, area: null };

type Settings = Pick<CountCase, "regime" | "item" | "rules">;
const settings: fc.Arbitrary<Settings> = fc.record({
  regime,
  item,
  rules: fc.record({ invalid: invalidRule, deemed: fc.constant("majority" as const) }),
});

/** A case with all figures known, parts within the total. */
function completeCase(limit: bigint): fc.Arbitrary<CountCase> {
  const dimension = fc.tuple(
    ...[4n, 2n, 1n, 1n, 1n].map((weight) => fc.bigInt(0n, limit * weight)),
  );
  return fc.tuple(settings, dimension, dimension).map(([chosen, heads, area]) => {
    const at = (index: number): Figures => ({ heads: heads[index] ?? 0n, area: area[index] ?? 0n });
    const sum = (figures: bigint[]): bigint => figures.reduce((a, b) => a + b, 0n);
    return {
      id: "random",
      ...chosen,
      total: { heads: sum(heads) + 1n, area: sum(area) + 1n },
      participating: UNKNOWN,
      for: at(0),
      against: at(1),
      abstain: at(2),
      invalid: at(3),
      deliveredUnreturned: at(4),
    };
  });
}
// Weighed so that quorums are reached, and motions adopted and lost, about equally often.
const anyComplete = fc.oneof(completeCase(4n), completeCase(1000n), completeCase(1n << 50n));

function shift(
  source: CountCase,
  from: Part,
  to: Part,
  by: { heads: bigint; area: bigint },
): CountCase {
  const moved = (figures: Figures, sign: bigint): Figures => ({
    heads: (figures.heads ?? 0n) + sign * by.heads,
    area: (figures.area ?? 0n) + sign * by.area,
  });
  return { ...source, [from]: moved(source[from], -1n), [to]: moved(source[to], 1n) };
}

function isPossible({ heads, area }: Figures): boolean {
  return (heads ?? 0n) >= 0n && (area ?? 0n) >= 0n;
}

describe("countCase, over random cases", () => {
  it("concludes on complete figures what the plain rule decides", () => {
    fc.assert(
      fc.property(anyComplete, (source) => {
        const participates = source.rules.invalid === "participates";
        const parts = [source.for, source.against, source.abstain].concat(
          participates ? source.invalid : [],
        );
        const sum = (dimension: "heads" | "area"): bigint =>
          parts.reduce((all, part) => all + (part[dimension] ?? 0n), 0n);
        const measure = ({ heads, area }: Figures) => ({ heads: heads ?? 0n, area: area ?? 0n });
        const outcome = decideOutcome(findRule(source.regime, source.item), {
          total: measure(source.total),
          participating: { heads: sum("heads"), area: sum("area") },
          inFavour: measure(source.for),
        });
        expect(countCase(source).outcome).to.equal(outcome);
      }),
    );
  });

  it("never loses a motion because a vote against becomes one in favour", () => {
    fc.assert(
      fc.property(anyComplete, fc.bigInt(0n, 5n), fc.bigInt(0n, 5n), (source, heads, area) => {
        const after = shift(source, "against", "for", { heads, area });
        fc.pre(isPossible(after.against));
        if (countCase(source).outcome === "Adopted") {
          expect(countCase(after).outcome).to.equal("Adopted");
        }
      }),
    );
  });

  it("never wins a motion because a vote in favour becomes an abstention", () => {
    fc.assert(
      fc.property(anyComplete, fc.bigInt(0n, 5n), fc.bigInt(0n, 5n), (source, heads, area) => {
        const after = shift(source, "for", "abstain", { heads, area });
        fc.pre(isPossible(after.for));
        if (countCase(source).outcome !== "Adopted") {
          expect(countCase(after).outcome).not.to.equal("Adopted");
        }
      }),
    );
  });

  it("never wins a motion that had its quorum because one more abstains", () => {
    fc.assert(
      fc.property(anyComplete, fc.bigInt(0n, 5n), fc.bigInt(0n, 5n), (source, heads, area) => {
        const after = shift(source, "deliveredUnreturned", "abstain", { heads, area });
        fc.pre(isPossible(after.deliveredUnreturned));
        if (countCase(source).outcome === "NotAdopted") {
          expect(countCase(after).outcome).to.equal("NotAdopted");
        }
      }),
    );
  });

  it("does not care in which unit area is measured", () => {
    fc.assert(
      fc.property(anyComplete, fc.bigInt(1n, 1000n), (source, factor) => {
        const scaled = { ...source };
        for (const part of [...PARTS, "total"] as const) {
          const { heads, area } = source[part];
          scaled[part] = { heads, area: (area ?? 0n) * factor };
        }
        expect(countCase(scaled).outcome).to.equal(countCase(source).outcome);
      }),
    );
  });

  it("prints a change that turns a failed motion, and no smaller one", () => {
    fc.assert(
      fc.property(anyComplete, (source) => {
        const { outcome, margin } = countCase(source);
        fc.pre(outcome === "NotAdopted" && margin.change !== null);
        const change = readChange(margin.change);
        const turned = shift(source, "against", "for", change);
        fc.pre(isPossible(turned.against));
        expect(countCase(turned).outcome).to.equal("Adopted");
        for (const dimension of ["heads", "area"] as const) {
          if (change[dimension] === 0n) continue;
          const less = { ...change, [dimension]: change[dimension] - 1n };
          expect(countCase(shift(source, "against", "for", less)).outcome).to.equal("NotAdopted");
        }
      }),
    );
  });

  it("prints changes of which either turns an adopted motion, and no smaller one", () => {
    fc.assert(
      fc.property(
        anyComplete,
        fc.constantFrom("heads" as const, "area" as const),
        (source, dimension) => {
          const { outcome, margin } = countCase(source);
          fc.pre(outcome === "Adopted");
          const none = { heads: 0n, area: 0n };
          const change = readChange(margin.change)[dimension];
          const by = { ...none, [dimension]: change };
          expect(countCase(shift(source, "for", "against", by)).outcome).to.equal("NotAdopted");
          const less = { ...none, [dimension]: change - 1n };
          expect(countCase(shift(source, "for", "against", less)).outcome).to.equal("Adopted");
        },
      ),
    );
  });

  it("prints what was short of a quorum, and no more", () => {
    const withInvalid = anyComplete.filter(({ rules }) => rules.invalid === "participates");
    fc.assert(
      fc.property(withInvalid, (source) => {
        const { outcome, margin } = countCase(source);
        fc.pre(outcome === "QuorumNotReached");
        const change = readChange(margin.change);
        const joinedBy = (by: typeof change) =>
          countCase(
            shift({ ...source, deliveredUnreturned: by }, "deliveredUnreturned", "abstain", by),
          );
        expect(joinedBy(change).quorum).to.equal(true);
        for (const dimension of ["heads", "area"] as const) {
          if (change[dimension] === 0n) continue;
          const less = { ...change, [dimension]: change[dimension] - 1n };
          expect(joinedBy(less).quorum).to.equal(false);
        }
      }),
    );
  });
});

function readChange(change: CountResult["margin"]["change"]): { heads: bigint; area: bigint } {
  return { heads: BigInt(change?.heads ?? 0), area: toAreaE4(change?.area ?? "0") };
}
