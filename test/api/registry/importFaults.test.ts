import { expect } from "chai";
import type { Reading } from "../../../api/registry/import/reading.ts";
import { toAreaE4 } from "../../../protocol/registry/area.ts";
import { GOOD, faultsOf, read, readRows } from "./reading.ts";
import { residentNumber, toCells, toCsv, toTable } from "./tables.ts";
import type { Row } from "./tables.ts";

describe("a table of units", () => {
  describe("rejects, with line and code,", () => {
    const cases: [string, Row, string][] = [
      ["a missing building", { building: "" }, "BuildingMissing"],
      ["a missing number", { number: "" }, "NumberMissing"],
      ["a missing area", { area: "" }, "AreaMissing"],
      ["an area that is no number", { area: "八十" }, "AreaMalformed"],
      ["a comma in the wrong place", { area: "12,34.5" }, "AreaMalformed"],
      ["an area of nothing", { area: "0.00" }, "AreaNotPositive"],
      ["a negative area", { area: "-89.12" }, "AreaNotPositive"],
      ["five decimals", { area: "89.12345" }, "AreaTooManyDecimals"],
      ["an unknown use", { use: "飞机场" }, "UseUnknown"],
      ["an unknown state of sale", { unsold: "大概" }, "SaleStateUnknown"],
      ["a missing owner", { owners: "", identities: "" }, "OwnerMissing"],
      ["a missing identity", { identities: "" }, "IdentityMissing"],
      ["more owners than identities", { owners: "张三、李四" }, "IdentityCountDiffers"],
      ["a wrong check character", { identities: "11010119710101001X" }, "IdentityInvalid"],
      ["an impossible birthday", { identities: "110101197113010014" }, "IdentityInvalid"],
      ["a number that Excel rounded", { identities: "110101197101010000" }, "IdentityInvalid"],
      [
        "one person twice",
        { owners: "张三、张三", identities: `${residentNumber(1)}、${residentNumber(1)}` },
        "OwnerTwice",
      ],
    ];
    for (const [name, change, code] of cases) {
      it(name, async () => {
        const reading = await readRows([
          { ...GOOD, number: "100" },
          { ...GOOD, ...change },
        ]);
        expect(faultsOf(reading)).to.deep.equal([`3:${code}`]);
        expect(reading.units).to.have.length(1);
      });
    }

    it("a unit that stands twice, however it is written", async () => {
      const reading = await readRows([GOOD, { ...GOOD, building: "1幢", number: "１０１室" }]);
      expect(reading.rejected).to.deep.equal([
        { line: 3, code: "UnitDuplicate", params: { first: 2, unit: "1-1-101" } },
      ]);
    });

    it("a total row that does not add up, with both figures", async () => {
      const lines = [...toTable([GOOD]), ["合计", "", "", "89.13"]];
      expect((await read(toCsv(lines))).rejected).to.deep.equal([
        { line: 3, code: "TotalAreaDiffers", params: { stated: "89.13", sum: "89.12" } },
      ]);
    });

    it("a subtotal that does not add up", async () => {
      const subtotal = (area: string) => ["小计", "", "", area];
      const second = { ...GOOD, number: "102", area: "10" };
      const [header, first, other] = toTable([GOOD, second]);
      const lines = [header!, first!, subtotal("89.12"), other!, subtotal("99.12")];
      expect(faultsOf(await read(toCsv(lines)))).to.deep.equal(["5:TotalAreaDiffers"]);
    });

    it("a stated total, of area or units, that does not come out", async () => {
      const statement = { areaE4: toAreaE4("90"), units: 2 };
      expect(faultsOf(await readRows([GOOD], statement))).to.deep.equal([
        "0:TotalUnitsDiffer",
        "0:TotalAreaDiffers",
      ]);
    });

    it("a line that is neither unit, total nor note", async () => {
      const lines = [
        ...toTable([GOOD]),
        ["abc", "def", "", "", "ghi"],
        toCells({ ...GOOD, number: "102" }),
      ];
      expect(faultsOf(await read(toCsv(lines)))).to.deep.equal(["3:LineNotUnderstood"]);
    });

    it("every fault of a line, not only the first", async () => {
      const reading = await readRows([{ building: "", number: "", area: "x", owners: "张三" }]);
      expect(faultsOf(reading)).to.deep.equal([
        "2:BuildingMissing",
        "2:NumberMissing",
        "2:AreaMalformed",
        "2:IdentityMissing",
      ]);
    });
  });

  describe("accepts, with a warning,", () => {
    const warningsOf = (reading: Reading) =>
      reading.warnings.map(({ line, code }) => `${line}:${code}`);

    it("documents whose numbers cannot be checked", async () => {
      const reading = await readRows([{ ...GOOD, identities: "E12345678" }]);
      expect(warningsOf(reading)).to.deep.equal(["2:IdentityKindUnchecked"]);
    });

    it("one number under two names", async () => {
      const reading = await readRows([GOOD, { ...GOOD, number: "102", owners: "张叁" }]);
      expect(warningsOf(reading)).to.deep.equal(["3:OwnerNameDiffers"]);
    });

    it("fifteen digits of old as the same person's eighteen", async () => {
      const full = residentNumber(1);
      const old = full.slice(0, 6) + full.slice(8, 17);
      const { units } = await readRows([GOOD, { ...GOOD, number: "102", identities: old }]);
      expect(units[1]!.owners[0]!.identity).to.deep.equal(units[0]!.owners[0]!.identity);
    });
  });
});
