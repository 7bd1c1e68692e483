import { expect } from "chai";
import iconv from "iconv-lite";
import writeXlsxFile from "write-excel-file/node";
import { readTable } from "../../../api/registry/import/reading.ts";
import type { Reading } from "../../../api/registry/import/reading.ts";
import { createReport } from "../../../api/registry/import/report.ts";
import { readSheets } from "../../../api/table.ts";
import { GOOD, NOTHING_STATED, faultsOf, read, readRows } from "./reading.ts";
import { HEADER, VILLAGE, residentNumber, toCells, toCsv, toTable } from "./tables.ts";

const RULES = { uses: ["residence", "shop", "office", "other"], developer: undefined } as const;

async function codeOf(pending: Promise<unknown>): Promise<string> {
  try {
    await pending;
  } catch (error) {
    return (error as { code: string }).code;
  }
  return "none";
}

describe("reading a table of units", () => {
  describe("whatever the file", () => {
    const expectVillage = (reading: Reading): void => {
      expect(faultsOf(reading)).to.deep.equal([]);
      expect(reading.units.map(({ unit }) => unit)).to.deep.equal([
        ...["1-1-101", "1-1-102", "1-1-201", "2-1-101", "2-1-102", "2-1-103", "2-1-B01"],
      ]);
      expect(reading.units[1]!.owners.map(({ name }) => name)).to.deep.equal(["李四", "王五"]);
      expect(reading.units[3]!.areaE4).to.equal(600_001n);
    };

    it("takes UTF-8 with and without a byte order mark", async () => {
      const text = toCsv(toTable(VILLAGE));
      expectVillage(await read(text));
      expectVillage(await read(`\ufeff${text}`));
    });

    it("takes GB18030, with characters that GBK lacks", async () => {
      const rows = [{ ...VILLAGE[0], owners: "张㼆" }, ...VILLAGE.slice(1)];
      const reading = await read(iconv.encode(toCsv(toTable(rows)), "gb18030"));
      expect(reading.sheet.encoding).to.equal("gb18030");
      expect(reading.units[0]!.owners[0]!.name).to.equal("张㼆");
      expect(reading.units).to.have.length(7);
    });

    it("takes semicolons, tabs and UTF-16 as Excel saves it", async () => {
      const table = toTable(VILLAGE).map((cells) => cells.map((cell) => cell.replace(",", "")));
      expectVillage(await read(table.map((cells) => cells.join(";")).join("\n")));
      const tabbed = table.map((cells) => cells.join("\t")).join("\r\n");
      expectVillage(await read(Buffer.from(`\ufeff${tabbed}`, "utf16le")));
    });

    it("takes XLSX with numbers as cells, on whichever sheet the table stands", async () => {
      const number = (cell: string) => /^\d{1,4}\.\d+$/.test(cell);
      const rows = toTable(VILLAGE).map((cells) =>
        cells.map((cell) =>
          number(cell) ? { type: Number, value: Number(cell) } : { value: cell },
        ),
      );
      const cover = [[{ value: "明远小区" }]];
      const buffer = await writeXlsxFile([
        { sheet: "封面", data: cover },
        { sheet: "名册", data: rows },
      ] as never).toBuffer();
      const reading = await read(buffer);
      expect(reading.sheet).to.include({ kind: "xlsx", encoding: "名册" });
      expectVillage(reading);
    });

    it("reads a spreadsheet's binary number as the figure that Excel shows", async () => {
      const data = [HEADER, toCells(GOOD)].map((cells) =>
        cells.map((cell) =>
          cell === "89.12" ? { type: Number, value: 0.1 + 89.02 } : { value: cell },
        ),
      );
      const buffer = await writeXlsxFile(data as never).toBuffer();
      expect((await read(buffer)).units[0]!.areaE4).to.equal(891_200n);
    });

    it("refuses an old Excel file, a broken one, and what is no table", async () => {
      const old = Buffer.from("d0cf11e0a1b11ae1", "hex");
      expect(await codeOf(readSheets(old))).to.equal("FileKindNotAllowed");
      const broken = Buffer.concat([Buffer.from("504b0304", "hex"), Buffer.alloc(100)]);
      expect(await codeOf(readSheets(broken))).to.equal("ImportFileUnreadable");
      const picture = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
      expect(await codeOf(readSheets(picture))).to.equal("ImportFileUnreadable");
      expect(await codeOf(readSheets(Buffer.from('a,"b\nc')))).to.equal("ImportFileUnreadable");
      expect(readTable(await readSheets(Buffer.from("a,b\n1,2")), NOTHING_STATED)).to.equal(
        undefined,
      );
    });
  });

  describe("whatever its layout", () => {
    it("finds the header below titles, skips blank lines, page headers and notes", async () => {
      const reading = await read(
        toCsv([
          ["明远小区业主名册"],
          ["制表日期:2026年10月1日"],
          HEADER,
          toCells({ ...GOOD, number: "101" }),
          [""],
          HEADER,
          toCells({ ...GOOD, number: "102", area: "10.88" }),
          ["合计", "", "2户", "100"],
          ["制表人:王某", "", "", ""],
        ]),
      );
      expect(faultsOf(reading)).to.deep.equal([]);
      expect(reading.units.map(({ line }) => line)).to.deep.equal([4, 7]);
    });

    it("knows the columns by many names and takes a mapping for others", async () => {
      const synonyms = [
        "幢号",
        "单元号",
        "室号",
        "专有部分面积(平方米)",
        "规划用途",
        "产权人",
        "证件号码",
        "销售状态",
      ];
      expect((await read(toCsv([synonyms, toCells(GOOD)]))).units).to.have.length(1);
      const unknown = HEADER.with(2, "第几套");
      const mapping = { number: "第几套" };
      expect((await read(toCsv([unknown, toCells(GOOD)]), { mapping })).units).to.have.length(1);
    });

    it("tells the line in the file even where a cell runs over several lines", async () => {
      const couple = {
        owners: "李四\n王五",
        identities: `${residentNumber(2)}\n${residentNumber(3)}`,
      };
      const reading = await readRows([
        { ...GOOD, ...couple },
        { ...GOOD, number: "102", area: "x" },
      ]);
      expect(reading.units[0]!.owners).to.have.length(2);
      expect(reading.units[0]!.line).to.equal(2);
      expect(faultsOf(reading)).to.deep.equal(["5:AreaMalformed"]);
    });

    it("takes full-width digits, building suffixes, thousands separators and units of measure", async () => {
      const row = { building: "03幢", entrance: "2单元", number: "1501室", area: "1,089.1200㎡" };
      const [unit] = (await readRows([{ ...GOOD, ...row }])).units;
      expect(unit).to.include({ unit: "3-2-1501", areaE4: 10_891_200n });
    });

    it("takes the building out of the unit's number where it has no column", async () => {
      const table = [HEADER.slice(2), toCells({ ...GOOD, number: "3-2-1501" }).slice(2)];
      expect((await read(toCsv(table))).units[0]!.unit).to.equal("3-2-1501");
    });

    it("knows sold from unsold under either question", async () => {
      const asked = HEADER.with(7, "是否已售");
      const cells = toCells({ number: "101", area: "80", unsold: "否" });
      expect((await read(toCsv([asked, cells]))).units[0]!.unsold).to.equal(true);
      const [unit] = (await readRows([{ number: "101", area: "80", owners: "开发商" }])).units;
      expect(unit!.unsold).to.equal(true);
    });
  });

  it("reports totals, merged owners with masked names, classes of use and the developer's units", async () => {
    const report = createReport(await readRows(VILLAGE), RULES);
    expect(report).to.deep.include({ clean: true, units: 7, voters: 5, votingArea: "1649.1201" });
    expect(report.merged).to.deep.equal({
      voters: 1,
      units: 2,
      largest: [{ owners: ["张*"], units: 2, examples: ["1-1-101", "2-1-101"], area: "149.1201" }],
    });
    expect(report.developer).to.deep.equal({ units: 1, area: "75" });
    expect(report.coOwned).to.equal(1);
    expect(report.uses.find(({ use }) => use === "parking")).to.deep.equal({
      use: "parking",
      units: 1,
      area: "12.5",
      counts: false,
    });
    expect(JSON.stringify(report)).not.to.match(/张三|李四|王五|赵六|11010119/);
  });

  it("shows who owns alone and again with somebody else, without merging them", async () => {
    const couple = {
      owners: "张三、李四",
      identities: `${residentNumber(1)}、${residentNumber(2)}`,
    };
    const report = createReport(
      await readRows([GOOD, { ...GOOD, ...couple, number: "102" }]),
      RULES,
    );
    expect(report.voters).to.equal(2);
    expect(report.overlapping.map(({ owners }) => owners)).to.deep.equal([["张*"], ["张*", "李*"]]);
  });
});
