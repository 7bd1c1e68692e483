import { expect } from "chai";
import { readFileSync } from "node:fs";
import { countLine } from "../../../protocol/assembly/count/count.ts";
import deemed from "../../vectors/count/deemed.json" with { type: "json" };
import impossible from "../../vectors/count/impossible.json" with { type: "json" };
import margin from "../../vectors/count/margin.json" with { type: "json" };
import ordinary from "../../vectors/count/ordinary.json" with { type: "json" };
import participating from "../../vectors/count/participating.json" with { type: "json" };
import propertyLaw2007 from "../../vectors/count/property-law-2007.json" with { type: "json" };
import quorum from "../../vectors/count/quorum.json" with { type: "json" };
import refused from "../../vectors/count/refused.json" with { type: "json" };
import special from "../../vectors/count/special.json" with { type: "json" };
import unknown from "../../vectors/count/unknown.json" with { type: "json" };
import published from "../../vectors/published-cases.json" with { type: "json" };

interface Vector {
  desc: string;
  case: object;
  expected: object;
}

// As a caller sees it: through JSON, so that nothing but plain values can come out.
function count(source: object): Record<string, unknown> {
  const result: unknown = JSON.parse(JSON.stringify(countLine(JSON.stringify(source))));
  return result as Record<string, unknown>;
}

// Every field that the expectation names, to any depth; fields that it leaves out may be anything.
function expectToHold(actual: unknown, expected: unknown, path: string): void {
  if (typeof expected !== "object" || expected === null || Array.isArray(expected)) {
    expect(actual, path).to.deep.equal(expected);
    return;
  }
  expect(actual, path).to.be.an("object");
  for (const [key, value] of Object.entries(expected)) {
    expectToHold((actual as Record<string, unknown>)[key], value, `${path}.${key}`);
  }
}

function itHolds(vectors: readonly Vector[]): void {
  for (const vector of vectors) {
    it(vector.desc, () => {
      expectToHold(count(vector.case), vector.expected, "result");
    });
  }
}

describe("countLine", () => {
  describe("published results", () => {
    for (const { case: source, expected } of published.cases) {
      it(source.id, () => {
        const { inconsistentDimensions, ...conclusion } = expected;
        const result = count(source);
        expectToHold(result, { ...conclusion, inconsistent: inconsistentDimensions }, source.id);
        expect(result["id"]).to.equal(source.id);
      });
    }

    it("deems the hundred unreturned ballots of Quzhou to the participants that the notice prints", () => {
      const [quzhou] = published.cases;
      const result = count(quzhou!.case)["deemed"];
      expectToHold(
        result,
        {
          joins: "against",
          outcome: "NotAdopted",
          participating: { heads: 1360, area: "171755.223" },
        },
        "deemed",
      );
    });
  });

  describe("quorum", () => itHolds(quorum));
  describe("ordinary items", () => itHolds(ordinary));
  describe("special items", () => itHolds(special));
  describe("the law of 2007", () => itHolds(propertyLaw2007));
  describe("participants", () => itHolds(participating));
  describe("unknown figures", () => itHolds(unknown));
  describe("deemed ballots", () => itHolds(deemed));
  describe("margin", () => itHolds(margin));

  describe("impossible cases", () => {
    for (const vector of impossible) {
      it(`refuses ${vector.desc}`, () => {
        expectToHold(count(vector.case), { error: { code: vector.expected.error } }, "result");
      });
    }
  });

  describe("lines that cannot be counted", () => {
    for (const { desc, line, expected } of refused) {
      it(`refuses ${desc}`, () => {
        const { id, ...error } = expected;
        const result = countLine(line);
        expectToHold(result, { ...(id === undefined ? {} : { id }), error }, "result");
        expect(Object.keys(result)).to.deep.equal(id === undefined ? ["error"] : ["id", "error"]);
      });
    }

    it("names the error in words without repeating the line", () => {
      const failure = countLine('{"id":"张三 13800000000"');
      expect(JSON.stringify(failure)).not.to.contain("张三");
    });
  });

  it("answers the example of docs/counting-rule.md as printed there", () => {
    const page = readFileSync(new URL("../../../docs/counting-rule.md", import.meta.url), "utf8");
    const [source, result] = [...page.matchAll(/```json\n(.*?)```/gs)].map(
      ([, text]) => JSON.parse(text ?? "") as object,
    );
    expect(count(source ?? {})).to.deep.equal(result);
  });

  it("answers in the published order of fields", () => {
    const [first] = published.cases;
    expect(Object.keys(count(first!.case))).to.deep.equal([
      "id",
      "participating",
      "quorum",
      "outcome",
      "unknown",
      "inconsistent",
      "deemed",
      "margin",
    ]);
  });

  it("lets no key inside the id pass for a second one", () => {
    const [first] = published.cases;
    const id = 'a "item": 5, "for": {"heads": 1.5}';
    expectToHold(count({ ...first!.case, id }), { id, outcome: "NotAdopted" }, "result");
  });

  it("answers a number as id with the same number", () => {
    const [first] = published.cases;
    expect(count({ ...first!.case, id: 17 })["id"]).to.equal(17);
  });
});
