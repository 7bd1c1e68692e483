import { expect } from "chai";
import fc from "fast-check";
import type { CountCase, Figures } from "../../../protocol/assembly/count/case.ts";
import { countCase, type CountResult } from "../../../protocol/assembly/count/count.ts";
import { CountError } from "../../../protocol/assembly/count/error.ts";
import type { Outcome } from "../../../protocol/assembly/count/rule.ts";

const PARTS = ["for", "against", "abstain", "invalid", "deliveredUnreturned"] as const;
type Part = (typeof PARTS)[number];
type Parts = Record<Part, bigint>;

type Settings = Pick<CountCase, "regime" | "item" | "rules">;
const settings: fc.Arbitrary<Settings> = fc.record({
  regime: fc.constantFrom("civil-code" as const, "property-law-2007" as const),
  item: fc.integer({ min: 1, max: 9 }),
  rules: fc.record({
    invalid: fc.constantFrom("participates" as const, "ignored" as const),
    deemed: fc.constant("majority" as const),
  }),
});

// Every completion of one dimension's unknown figures, by exhaustion over small numbers; the other
// dimension is complete and passes every test.
interface Puzzle extends Settings {
  total: bigint | null;
  printed: bigint | null;
  parts: Record<Part, bigint | null>;
}

const maybe = (limit: bigint): fc.Arbitrary<bigint | null> =>
  fc.option(fc.bigInt(0n, limit), { nil: null, freq: 2 });
const puzzle: fc.Arbitrary<Puzzle> = fc
  .tuple(
    settings,
    fc.option(fc.bigInt(1n, 9n), { nil: null, freq: 3 }),
    maybe(6n),
    fc.record({
      for: maybe(4n),
      against: maybe(4n),
      abstain: fc.oneof(maybe(2n), fc.constant(0n)),
      invalid: fc.oneof(
        { weight: 3, arbitrary: fc.constant(0n) },
        { weight: 1, arbitrary: maybe(2n) },
      ),
      deliveredUnreturned: fc.oneof(fc.constant(0n), maybe(3n)),
    }),
  )
  .map(([chosen, total, printed, parts]) => ({ ...chosen, total, printed, parts }));

function toCase({ total, printed, parts, ...chosen }: Puzzle): CountCase {
  const beside = (heads: bigint | null, area: bigint | null): Figures => ({ heads, area });
  return {
    id: "puzzle",
    ...chosen,
    total: beside(total, 1n),
    participating: beside(printed, null),
    for: beside(parts.for, 1n),
    against: beside(parts.against, 0n),
    abstain: beside(parts.abstain, 0n),
    invalid: beside(parts.invalid, 0n),
    deliveredUnreturned: beside(parts.deliveredUnreturned, 0n),
  };
}

function* completions(puzzle: Puzzle): Generator<{ total: bigint; parts: Parts }> {
  const { total, parts } = puzzle;
  const isPossible = createFilter(puzzle);
  for (const all of total === null ? range(1n, enoughFor(parts)) : [total]) {
    for (const filled of fillings(parts, all)) {
      if (isPossible(all, filled)) yield { total: all, parts: filled };
    }
  }
}

/**
 * A total from which on nothing new can come: three quarters in favour are reached where those are three times what
 * is known of the others, two thirds of all where they are twice that, and a quorum of printed participants is missed.
 */
function enoughFor(parts: Puzzle["parts"]): bigint {
  return 12n + 3n * sumOfKnown(parts);
}

/** Whether filled parts fit under the printed participants and, with all others, under the total. */
function createFilter({ printed, parts, rules }: Puzzle): (all: bigint, filled: Parts) => boolean {
  const participates = rules.invalid === "participates";
  const columns: Part[] = ["for", "against", "abstain"];
  if (participates) columns.push("invalid");
  const known = columns.reduce((sum, part) => sum + (parts[part] ?? 0n), 0n);
  // An unknown part is within what the printed participants leave over.
  const room = printed === null ? null : printed > known ? printed : known;
  return (all, filled) => {
    const participating = columns.reduce((sum, part) => sum + filled[part], 0n);
    if (room !== null && participating > room) return false;
    const returned = participating + (participates ? 0n : filled.invalid);
    const least = printed !== null && printed > returned ? printed : returned;
    return least + filled.deliveredUnreturned <= all;
  };
}

function sumOfKnown(parts: Puzzle["parts"]): bigint {
  return PARTS.reduce((sum, part) => sum + (parts[part] ?? 0n), 0n);
}

function range(from: bigint, to: bigint): bigint[] {
  return Array.from({ length: Number(to - from) + 1 }, (_, index) => from + BigInt(index));
}

function* fillings(parts: Record<Part, bigint | null>, total: bigint): Generator<Parts> {
  const open = PARTS.filter((part) => parts[part] === null);
  const known = sumOfKnown(parts);
  if (known > total) return;
  const filled = Object.fromEntries(PARTS.map((part) => [part, parts[part] ?? 0n])) as Parts;
  yield* fill(filled, open, total - known);
}

function* fill(filled: Parts, open: readonly Part[], left: bigint): Generator<Parts> {
  const [part, ...rest] = open;
  if (part === undefined) yield filled;
  else
    for (const value of range(0n, left))
      yield* fill({ ...filled, [part]: value }, rest, left - value);
}

function completed(source: Puzzle, { total, parts }: { total: bigint; parts: Parts }): CountResult {
  return countCase(toCase({ ...source, total, parts }));
}

// Few enough open figures that exhaustion stays quick.
function isSmall({ total, parts }: Puzzle): boolean {
  const open = PARTS.filter((part) => parts[part] === null).length;
  return open <= (total === null ? 2 : 4);
}

function common<T>(values: Iterable<T>): T | null {
  const distinct = new Set(values);
  const [first] = distinct;
  return distinct.size === 1 && first !== undefined ? first : null;
}

describe("countCase, against every completion of the unknown figures", () => {
  // The motion passes only with 18 votes in favour of 27: found by chance, once in many runs.
  const passesLate: Puzzle = {
    regime: "property-law-2007",
    item: 5,
    rules: { invalid: "participates", deemed: "majority" },
    total: null,
    printed: null,
    parts: { for: null, against: 3n, abstain: 2n, invalid: 1n, deliveredUnreturned: 3n },
  };

  it("concludes exactly what all completions have in common", () => {
    fc.assert(
      fc.property(puzzle.filter(isSmall), (source) => {
        const results = [...completions(source)].map((one) => completed(source, one));
        if (results.length === 0) {
          expect(() => countCase(toCase(source))).to.throw(CountError);
          return;
        }
        const { quorum, outcome } = countCase(toCase(source));
        expect({ quorum, outcome }).to.deep.equal({
          quorum: common(results.map((result) => result.quorum)),
          outcome: common<Outcome | null>(results.map((result) => result.outcome)),
        });
      }),
      { numRuns: 400, examples: [[passesLate]] },
    );
  });

  it("concludes nothing about deemed ballots that some completion contradicts", () => {
    fc.assert(
      fc.property(puzzle.filter(isSmall), (source) => {
        const results = [...completions(source)].map((one) => completed(source, one).deemed);
        fc.pre(results.length > 0);
        const { deemed } = countCase(toCase(source));
        for (const result of results) {
          if (deemed?.quorum != null) expect(result?.quorum).to.equal(deemed.quorum);
          if (deemed?.outcome != null) expect(result?.outcome).to.equal(deemed.outcome);
          if (deemed?.joins != null) expect(result?.joins ?? deemed.joins).to.equal(deemed.joins);
        }
      }),
      { numRuns: 400 },
    );
  });
});
