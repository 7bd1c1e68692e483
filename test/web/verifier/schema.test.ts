import { expect } from "chai";
import { z as zod } from "zod";
import { z as small } from "../../../web/verifier/schema.ts";

// The stand-alone verifier has parts of its own in the place of libraries, for its size. Here they must
// answer what the libraries answer.

describe("the stand-alone verifier's schemas", function () {
  this.timeout(60_000);

  describe("schemas", () => {
    // Every construct that protocol/ uses, built with zod and with the page's own.
    const build = (z: typeof zod) => ({
      text: z.string().min(2).max(4),
      hash: z.string().regex(/^0x[0-9a-f]{4}$/),
      even: z.string().refine((value) => value.length % 2 === 0),
      number: z.int().min(1).max(9),
      flag: z.boolean(),
      one: z.literal("one"),
      choice: z.enum(["a", "b"]),
      list: z.array(z.int()).length(2),
      some: z.array(z.string()).min(1).max(2),
      pair: z.tuple([z.int(), z.string()]),
      strict: z.strictObject({ a: z.int(), b: z.string().optional() }),
      loose: z.object({ a: z.int(), b: z.string().nullable() }),
      exact: z.strictObject({ a: z.int(), b: z.string().exactOptional() }),
      more: z.strictObject({ a: z.int() }).extend({ b: z.string().nullable() }),
      same: z.strictObject({ ...z.strictObject({ a: z.int() }).shape, b: z.string().nullable() }),
      whole: z.strictObject({ a: z.int(), b: z.string().optional() }).refine(({ b }) => b !== "x"),
      either: z.union([z.string().min(1), z.strictObject({ sealed: z.string() })]),
      kinds: z.discriminatedUnion("type", [
        z.strictObject({ type: z.literal("x"), a: z.int() }),
        z.strictObject({ type: z.literal("y"), b: z.boolean() }),
      ]),
      map: z.record(z.string().min(1), z.int()),
      partial: z.partialRecord(z.enum(["k", "l"]), z.int()),
      hex: z.templateLiteral(["0x", z.string().regex(/^[0-9a-f]*$/)]),
      date: z.iso.date(),
      time: z.iso.datetime(),
      twice: z.int().transform((value) => value * 2),
    });
    const values: unknown[] = [
      ...["", "a", "ab", "abcde", "one", "b", "0x", "0x12ab", "0x12AB", "0x12g", "x", "\u{1f600}"],
      ...[
        "2026-02-28",
        "2026-02-29",
        "2024-02-29",
        "2026-13-01",
        "2026-1-1",
        "2026-01-01T00:00:00Z",
      ],
      ...[
        "2026-01-01T00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:00+08:00",
        "2026-01-01T00:00:00.5Z",
      ],
      ...[0, 1, 9, 10, -1, 1.5, NaN, Infinity, 2 ** 53, null, undefined, true, false, 1n],
      ...[
        [],
        [1],
        [1, 2],
        [1, 2, 3],
        ["a"],
        ["a", "b"],
        ["a", "b", "c"],
        [1, "a"],
        ["a", 1],
        [1, "a", 2],
      ],
      ...[
        {},
        { a: 1 },
        { a: 1, b: "x" },
        { a: 1, b: null },
        { a: 1, b: undefined },
        { a: 1, c: 1 },
      ],
      ...[
        { sealed: "x" },
        { sealed: 1 },
        { type: "x", a: 1 },
        { type: "y", b: true },
        { type: "x", b: true },
      ],
      ...[{ type: "z" }, { "": 1 }, { k: 1, l: 2 }, { k: "1" }, { a: "1" }, { b: "x" }],
    ];

    it("accept, refuse and give what zod does", () => {
      const [theirs, ours] = [build(zod), build(small as unknown as typeof zod)];
      for (const name of Object.keys(theirs) as (keyof typeof theirs)[]) {
        for (const value of values) {
          const [there, here] = [theirs[name].safeParse(value), ours[name].safeParse(value)];
          const what = `${name} of ${JSON.stringify(value, (_, v: unknown) => (typeof v === "bigint" ? `${v}n` : v))}`;
          expect(here.success, what).to.equal(there.success);
          if (there.success) expect(here.data, what).to.deep.equal(there.data);
        }
      }
    });
  });
});
