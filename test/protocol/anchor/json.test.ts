import { expect } from "chai";
import fc from "fast-check";
import { readFileSync, readdirSync } from "node:fs";
import {
  JsonInvalid,
  canonicalBytes,
  canonicalText,
  parseCanonical,
  toNfc,
} from "../../../protocol/anchor/json.ts";

const VECTORS = new URL("../../vectors/jcs-rfc8785/", import.meta.url);

function faultOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof JsonInvalid) return error.fault;
    throw error;
  }
  return "none";
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("canonical JSON", () => {
  for (const name of readdirSync(new URL("input", VECTORS))) {
    it(`writes the published vector ${name} byte for byte`, () => {
      const value: unknown = JSON.parse(readFileSync(new URL(`input/${name}`, VECTORS), "utf8"));
      const hex = readFileSync(new URL(`outhex/${name.replace(".json", ".txt")}`, VECTORS), "utf8");
      expect(Buffer.from(canonicalText(value)).toString("hex")).to.equal(hex.replaceAll(/\s/g, ""));
    });
  }

  describe("guard", () => {
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    const named = Object.assign([1], { extra: 2 });
    const hidden = Object.defineProperty({}, "a", { value: 1, enumerable: false });
    const cases: [string, unknown, string][] = [
      ["a Map", new Map([["a", 1]]), "notPlain"],
      ["a Set", new Set([1]), "notPlain"],
      ["a date", new Date(0), "notPlain"],
      ["bytes", new Uint8Array(2), "notPlain"],
      ["undefined in an object", { a: undefined }, "notPlain"],
      ["undefined in an array", [undefined], "notPlain"],
      ["a function", { toJSON: () => 1 }, "notPlain"],
      ["a bigint", 1n, "notPlain"],
      ["a symbol key", { [Symbol("a")]: 1 }, "notPlain"],
      ["a class instance", new (class {})(), "notPlain"],
      ["a boxed string", Object("a"), "notPlain"],
      ["an array with a name", named, "notPlain"],
      ["a hidden property", hidden, "notPlain"],
      [
        "an accessor",
        {
          get a() {
            return 1;
          },
        },
        "accessor",
      ],
      ["a sparse array", [1, , 3], "sparseArray"], // eslint-disable-line no-sparse-arrays
      ["a float", 0.5, "notInteger"],
      ["NaN", Number.NaN, "notInteger"],
      ["infinity", Number.POSITIVE_INFINITY, "notInteger"],
      ["minus zero", -0, "negativeZero"],
      ["an unsafe integer", 2 ** 53, "unsafeInteger"],
      ["a lone surrogate", "\ud800", "loneSurrogate"],
      ["a lone surrogate in a key", { "\udc00": 1 }, "loneSurrogate"],
      ["a decomposed letter", "e\u0301", "notNfc"],
      ["a decomposed key", { "e\u0301": 1 }, "notNfc"],
      ["a cycle", cycle, "cycle"],
    ];
    for (const [name, value, fault] of cases) {
      it(`refuses ${name}`, () => expect(faultOf(() => canonicalBytes(value))).to.equal(fault));
    }

    it("names the place and not the content", () => {
      expect(() => canonicalBytes({ a: [1, { b: 0.5 }] })).to.throw(JsonInvalid, "$.a[1].b");
    });

    it("accepts the same object twice side by side", () => {
      const twice = { a: 1 };
      expect(faultOf(() => canonicalBytes([twice, twice]))).to.equal("none");
    });
  });

  it("reads back what it wrote, whatever plain JSON it was", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        let bytes: Uint8Array;
        try {
          bytes = canonicalBytes(value);
        } catch {
          return;
        }
        expect(canonicalBytes(parseCanonical(bytes))).to.deep.equal(bytes);
      }),
    );
  });

  for (const [name, text] of [
    ["a duplicate key", '{"a":1,"a":2}'],
    ["space", '{"a": 1}'],
    ["keys in another order", '{"b":1,"a":2}'],
    ["a needless escape", '"\\u0041"'],
    ["another number form", "1.0"],
    ["a byte order mark", "\ufeff1"],
    ["no JSON at all", "{"],
  ] as const) {
    it(`does not read ${name}`, () =>
      expect(faultOf(() => parseCanonical(encode(text)))).to.equal("notCanonical"));
  }

  it("does not read broken UTF-8", () =>
    expect(faultOf(() => parseCanonical(new Uint8Array([0x22, 0xff, 0x22])))).to.equal(
      "notCanonical",
    ));

  it("brings strings and keys into NFC", () =>
    expect(toNfc({ "e\u0301": ["e\u0301", 1] })).to.deep.equal({ "\u00e9": ["\u00e9", 1] }));
});
