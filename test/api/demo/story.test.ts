import { expect } from "chai";
import iconv from "iconv-lite";
import { createStory } from "../../../api/demo/story.ts";
import type { DemoSizeName } from "../../../api/demo/story.ts";
import { demoSizes } from "../../../api/demo/households.ts";
import { FIRST_AGENDA } from "../../../api/demo/motions.ts";
import { PROJECTS, figuresOf } from "../../../api/demo/projects/terms.ts";
import { createTable } from "../../../api/demo/table.ts";
import { listOwners } from "../../../api/demo/owners.ts";
import { listStanding, measure, outcomeOf } from "./standing.ts";

describe("demonstration: story", () => {
  for (const size of Object.keys(demoSizes) as DemoSizeName[]) {
    it(`adopts narrowly, adopts what is repaired, and misses three quarters at the ${size} size`, () => {
      const { first, units } = createStory(size);
      const total = measure(listOwners(units));
      const standing = listStanding(first);
      const outcomes = FIRST_AGENDA.motions.map(({ item }, motion) =>
        outcomeOf(standing, motion, { item, total }),
      );
      expect(outcomes).to.deep.equal([
        ...["Adopted", "Adopted", "NotAdopted"],
        ...["Adopted", "Adopted", "Adopted"],
      ]);
      expect(total.heads).to.equal(BigInt(demoSizes[size].voters));
      expect(total.area).to.equal(demoSizes[size].totalAreaE4);
    });
  }

  it("contracts every project within its budget, in parts that add up, to whoever asked for the least", () => {
    const { units } = createStory("full");
    for (const project of Object.values(PROJECTS)) {
      const { budgetFen, contractFen, milestones, quotes } = figuresOf(project, units);
      expect(contractFen <= budgetFen).to.equal(true);
      const parts = milestones.reduce((sum, { amountFen }) => sum + amountFen, 0n);
      expect(parts).to.equal(contractFen);
      expect(quotes.every(({ amountFen }) => amountFen >= contractFen)).to.equal(true);
    }
  });

  it("is the same every time", () => {
    expect(createStory("small")).to.deep.equal(createStory("small"));
  });

  it("has 1,260 of 1,505 voters take part at full size, some on paper, some twice, some with a second key", () => {
    const { first } = createStory("full");
    expect(listStanding(first)).to.have.lengthOf(1260);
    expect(first.paper).to.have.lengthOf(101);
    const sheets = first.own.map(({ owner }) => owner);
    expect(sheets.length - new Set(sheets).size).to.be.greaterThan(30);
    expect(first.lost).to.have.lengthOf(4);
  });

  it("writes the owners' table in GB18030 with a title, Chinese headers and a total", () => {
    const { units } = createStory("small");
    const table = createTable(units);
    expect(() => new TextDecoder("utf-8", { fatal: true }).decode(table)).to.throw();
    const lines = iconv.decode(table, "gb18030").trimEnd().split("\r\n");
    expect(lines[1]).to.contain("建筑面积");
    expect(lines).to.have.lengthOf(units.length + 3);
    expect(lines.at(-1)).to.contain("3841.55");
  });
});
