import { expect } from "chai";
import { groupChecks, listDifferences, verdictOf } from "../../web/assembly/report-parts.ts";
import type { Check } from "../../protocol/verify/report.ts";

const check = (rest: Partial<Check>): Check => ({
  name: "tally",
  subject: "",
  status: "failed",
  ...rest,
});

describe("a report, in parts", () => {
  it("shows of structured values the fields that differ, and nothing else", () => {
    const expected = JSON.stringify({
      for: { heads: 7, area: "1.5" },
      list: [1, 2],
      same: "x",
      gone: 1,
    });
    const found = JSON.stringify({
      for: { heads: 8, area: "1.5" },
      list: [1, 3],
      same: "x",
      more: null,
    });
    expect(listDifferences(check({ expected, found }))).to.deep.equal([
      { field: "for.heads", expected: "7", found: "8" },
      { field: "list.1", expected: "2", found: "3" },
      { field: "gone", expected: "1", found: "" },
      { field: "more", expected: "", found: "null" },
    ]);
  });

  it("shows single values, and what only looks structured, as they are", () => {
    const whole = { expected: "0x12", found: "0x13" };
    expect(listDifferences(check(whole))).to.deep.equal([{ field: "", ...whole }]);
    const broken = { expected: "{", found: "[1]" };
    expect(listDifferences(check(broken))).to.deep.equal([{ field: "", ...broken }]);
  });

  it("says a fault in words only", () => {
    const fault = check({ detail: "wrongTime", expected: "", found: "wrongTime" });
    expect(listDifferences(fault)).to.deep.equal([{ field: "", expected: "", found: "" }]);
  });

  it("groups checks by name and tells early from open", () => {
    const early = check({ status: "notChecked", detail: "notYet" });
    const open = check({ status: "notChecked", detail: "missing", name: "head" });
    expect(groupChecks([early, open, early]).map(({ checks }) => checks.length)).to.deep.equal([
      2, 1,
    ]);
    expect(verdictOf({ verdict: "incomplete", checks: [early] })).to.equal("pending");
    expect(verdictOf({ verdict: "incomplete", checks: [early, open] })).to.equal("unverifiable");
  });
});
